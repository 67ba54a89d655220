"""The workbench in the browser: `streamlit run app.py`, or `make run`."""

from kam import ui

ui.navigation()

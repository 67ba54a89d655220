"""What in the programme needs a decision today?"""

import streamlit as st

from kam import ledgers, ui
from kam.words import _

frame = ui.page(_("Today"), _("What in the programme needs a decision?"), needs_ledger=False)

ui.first_steps(frame)
if frame.is_empty:
    st.stop()
ledgers.check_as_of(frame.store, frame.as_of)

if ui.programme_figures(frame):
    ui.programme_needs(frame)
    ui.programme_contribution(frame)

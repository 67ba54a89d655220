"""What do customers say matters, and where do we fall short of it?"""

import streamlit as st

from kam import ui
from kam.words import _

frame = ui.page(
    _("What customers say matters"),
    _("What do customers say matters, and where do we fall short of it?"),
    needs_ledger=False,
)
found = ui.priorities_answer(frame)
if not found.answers.rows:
    st.stop()
ui.tabs(
    {
        _("All customers"): lambda: ui.priorities_of_all(frame, found),
        _("One account"): lambda: ui.priorities_of_account(frame),
        _("The lines"): lambda: ui.priorities_lines(frame),
    }
)

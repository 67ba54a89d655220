"""Where does each account lie, and how surely?"""

import streamlit as st

from kam import selection, ui
from kam.words import _

frame = ui.page(_("Matrix"), _("Where does each account lie, and how surely?"))

if selection.adopted(frame.store, frame.as_of) is None:
    ui.empty(
        _("No criteria hold on this day."),
        _("Adopt written eligibility criteria first; their scores place every account."),
        page="criteria",
        label=_("Draft criteria"),
    )
    st.stop()
found = selection.portfolio(frame.store, frame.as_of, where=frame.narrowing(), for_whom=frame.person)

ui.matrix_answer(frame, found)
ui.portfolio_matrix(frame, found)
ui.matrix_table(frame, found)
ui.unplaced_table(frame, found)
ui.matrix_rule(found)

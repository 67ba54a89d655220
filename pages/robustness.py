"""How firm is the selection?"""

import streamlit as st

from kam import selection, ui
from kam.words import _

frame = ui.page(_("Robustness"), _("How firm is the selection?"))

if selection.adopted(frame.store, frame.as_of) is None:
    ui.empty(
        _("No criteria hold on this day."),
        _("Adopt written eligibility criteria first; only accounts that pass them are ranked."),
        page="criteria",
        label=_("Draft criteria"),
    )
    st.stop()
ui.firmness_of_selection(frame)

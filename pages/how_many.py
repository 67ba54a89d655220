"""How many key accounts can we serve, and which?"""

import streamlit as st

from kam import selection, ui
from kam.words import _

frame = ui.page(_("How many"), _("How many key accounts can we serve, and which?"))

if selection.adopted(frame.store, frame.as_of) is None:
    ui.empty(
        _("No criteria hold on this day."),
        _("Adopt written eligibility criteria first; only accounts that pass them are ranked."),
        page="criteria",
        label=_("Draft criteria"),
    )
    st.stop()
ui.best_set(frame)

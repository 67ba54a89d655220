"""How do all key accounts stand, and what needs a decision of the top team?"""

import streamlit as st

from kam import packs, ui
from kam.words import _

frame = ui.page(_("Programme review"), _("How do all key accounts stand, and what needs a decision?"))
standings = packs.programme_review(frame.store, frame.as_of, for_whom=frame.person)

if not standings:
    ui.empty(
        _("There is no key account on this day."),
        _("The programme is reviewed account by account: admit accounts first."),
        page="candidates",
        label=_("Assess the candidates"),
    )
    st.stop()

ui.programme_answer(frame, standings)
frame.says_whole()
standings = frame.those_shown(standings)
ui.programme_decisions(standings)
ui.programme_accounts(frame, standings)
ui.programme_downloads(frame)

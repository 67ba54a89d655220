"""How well do our executives stand behind the key accounts?"""

import streamlit as st

from kam import sponsorship, ui
from kam.words import _

frame = ui.page(
    _("Sponsorship overview"),
    _("How well do our executives stand behind the key accounts?"),
    needs_ledger=False,
)
found = sponsorship.overview(frame.store, frame.as_of, for_whom=frame.person)
if not found.roster:
    ui.empty(
        _("There is no key account on this day."),
        _("Only key accounts have an executive sponsor: admit accounts first."),
        page="candidates",
        label=_("Assess the candidates"),
    )
    st.stop()

ui.overview_answer(found)
ui.overview_downloads(frame, found)
frame.says_whole()


def gaps():
    """What breaks the rules, and habits worth a conversation."""
    ui.record_table(
        [vars(finding) for finding in frame.those_shown(found.findings)],
        [ui.Column("rule", _("Rule"), "status"), ui.Column("message", _("What is wrong"))],
        key="gaps",
        title=_("Gaps"),
        empty=_("Every key account has its sponsor, nobody carries too many, and no contact is overdue."),
    )
    st.subheader(_("Patterns worth a conversation"), anchor=False)
    ui.pattern_table(frame)


ui.tabs(
    {
        _("Who has whom"): lambda: ui.cover_matrix(frame, found),
        _("Load"): lambda: ui.sponsor_load(frame, found.load),
        _("Contacts"): lambda: ui.cadence_table(frame),
        _("Gaps"): gaps,
    }
)

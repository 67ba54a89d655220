"""Does each key account have one of our executives behind it?"""

import streamlit as st

from kam import sponsorship, ui
from kam.words import _

frame = ui.page(_("Our sponsors"), _("Does each key account have one of our executives behind it?"))
store, on_day = frame.store, {"as_of": frame.as_of}
checked = sponsorship.check(store, frame.as_of, for_whom=frame.person)
load = store.read("sponsorship.executive_load", on_day, order_by=[("account_count", True), ("name", False)]).records()

if not checked.roster:
    ui.empty(
        _("There is no key account on this day."),
        _("Only key accounts have an executive sponsor: admit accounts first."),
        page="candidates",
        label=_("Assess the candidates"),
    )
    st.stop()
if not load:
    ui.empty(
        _("None of our executives is on record."),
        _("Import the table executives: id, name, title, and where known level, region, industries, languages."),
        page="import",
        label=_("Import our executives"),
    )
    st.stop()

ui.sponsor_figures(frame, checked, load)
frame.says_whole()


def assignments():
    """Who stands behind which account, and what breaks the rules."""
    ui.relation_table(
        frame,
        "sponsorship.roster_sponsors",
        on_day,
        [
            ui.Column("name", _("Account"), "account"),
            ui.Column("category", _("Category"), "status"),
            ui.Column("executive_name", _("Our executive sponsor")),
            ui.Column("assigned_on", _("Since"), "date"),
            ui.Column("days_vacant", _("Vacant"), "days", help=_("Days since admission or the last sponsor's relief.")),
            ui.Column("last_contact_on", _("Last executive visit"), "date"),
            ui.Column("contact_due_on", _("Next due"), "date"),
            ui.Column("contact_state", _("Contact"), "status"),
            ui.Column("next_contact_on", _("Next planned"), "date"),
        ],
        more=[
            ui.Column("deputy_name", _("Deputy")),
            ui.Column("is_locked", _("Locked")),
            ui.Column("executive_title", _("Title")),
            ui.Column("owner", _("Account manager")),
            ui.Column("contact_count_12m", _("Visits, 12 months"), "count"),
            ui.Column("admitted_on", _("Key account since"), "date"),
        ],
        key="sponsors",
        title=_("Our sponsors"),
        where=frame.narrowing_within(),
        search=("name", "executive_name"),
        filters={"contact_state": _("Contact"), "executive_name": _("Our executive sponsor")},
        order_by=("days_vacant", True),
        ids=("account_id", "executive_id"),
    )
    st.subheader(_("What breaks the rules"), anchor=False)
    ui.record_table(
        [vars(finding) for finding in frame.those_shown(checked.findings)],
        [ui.Column("rule", _("Rule"), "status"), ui.Column("message", _("What is wrong"))],
        key="findings",
        title=_("What breaks the rules"),
        empty=_("Every key account has its sponsor, nobody carries too many, and no contact is overdue."),
    )


def contacts():
    """What is due, planned and held, what was promised, and habits worth a conversation."""
    ui.cadence_table(frame)
    st.subheader(_("Patterns worth a conversation"), anchor=False)
    ui.pattern_table(frame)
    st.subheader(_("Planned and held"), anchor=False)
    ui.contact_table(frame)
    with st.expander(_("Plan a contact")):
        ui.plan_sponsor_contact(
            frame, [(row["account_id"], row["name"]) for row in checked.roster if row["executive_id"]]
        )
    with st.expander(_("Note an outcome, write a brief, or cancel")):
        ui.note_sponsor_contact(frame)
    st.subheader(_("Promises"), anchor=False)
    ui.promise_table(frame)
    ui.close_sponsor_promise(frame)


def proposal():
    """The best assignment beside today's, accepted account by account or as a whole; who stays in it, who may not."""
    with ui.refusals_shown():
        ui.sponsor_proposal(frame, sponsorship.propose(store, frame.as_of, for_whom=frame.person))
    with st.expander(_("Locked sponsors")):
        ui.sponsor_locks(frame, checked)


ui.tabs(
    {
        _("Assignments"): assignments,
        _("Contacts"): contacts,
        _("Load"): lambda: ui.sponsor_load(frame, load),
        _("Proposal"): proposal,
        _("Assign"): lambda: ui.assign_sponsor(frame, checked),
        _("Relieve"): lambda: ui.relieve_sponsor(frame, checked),
        _("Deputies"): lambda: ui.sponsor_deputies(frame, checked, load),
        _("Vetoes"): lambda: ui.sponsor_vetoes(frame, checked, load),
        _("Executives"): lambda: ui.executive_facts(frame, checked, load),
    }
)

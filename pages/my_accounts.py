"""Which accounts do I stand behind, and what do I do next?"""

import streamlit as st

from kam import ui
from kam.words import _

frame = ui.page(_("My accounts"), _("Which accounts do I stand behind, and what do I do next?"), needs_ledger=False)
executive = ui.choose_executive(frame)
if executive is None:
    ui.empty(
        _("None of our executives is on record."),
        _("Import the table executives: id, name, title, and where known level, region, industries, languages."),
        page="import",
        label=_("Import our executives"),
    )
    st.stop()

mine = [ui.Condition("executive_id", "=", executive["executive_id"])]
roster = frame.store.read(
    "sponsorship.roster_sponsors", {"as_of": frame.as_of}, where=mine, order_by=[("name", False), ("account_id", False)]
).records()
if not roster:
    ui.empty(
        _("No key account has this executive as its sponsor on this day."),
        _("Sponsors are assigned on the page of our sponsors; a proposal shows who fits whom."),
        page="sponsors",
        label=_("See our sponsors"),
    )
    st.stop()
mine += frame.narrowing_by_account()
roster = frame.those_shown(roster)
if not roster:
    st.info(_("None of this executive's accounts is in this selection: choose All under “Accounts shown”."))
    st.stop()
ui.my_answer(frame, executive, roster)


def contacts():
    """What is planned and was held; planning the next one, noting what came of one."""
    ui.my_calendar(frame, mine)
    ui.contact_table(frame, mine)
    st.subheader(_("Plan a contact"), anchor=False)
    ui.plan_sponsor_contact(
        frame, [(row["account_id"], row["name"]) for row in roster], executive_id=executive["executive_id"]
    )
    st.subheader(_("Note an outcome"), anchor=False)
    ui.note_sponsor_contact(frame, mine)


def promises():
    """What I promised, and closing it."""
    ui.promise_table(frame, mine)
    ui.close_sponsor_promise(frame, mine)


ui.tabs(
    {
        _("Accounts"): lambda: ui.my_sponsorships(frame, roster),
        _("Contacts"): contacts,
        _("Promises"): promises,
        _("Brief"): lambda: ui.my_brief(frame, roster),
    }
)

"""The one "New …" menu: what is to be written down, for which account, and its form, without leaving the page."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kam import relationships
from kam.store import Condition
from kam.ui.account_business import add_opportunity
from kam.ui.account_capture import capture_form
from kam.ui.account_complaints import receive_complaint
from kam.ui.account_contacts import add_contact
from kam.ui.account_plan_parts import add_action
from kam.ui.accounts import choose_account
from kam.ui.links import go
from kam.ui.text import escaped
from kam.ui.transitions import put_forward
from kam.words import _

# Tells a form of this menu from the same form on the page behind it.
_SLOT = ".new"


def new_record(frame: Any) -> None:
    """The menu; a choice opens a window that asks for the account (that of the page, at first) and shows the form."""
    chosen = st.menu_button(
        _("New …"),
        list(_FORMS),
        format_func=lambda kind: _FORMS[kind][0],
        key="new.kind",
        icon=":material/add:",
        width="stretch",
    )
    if chosen is not None:
        st.dialog(_FORMS[chosen][0], width="medium")(_window)(frame, chosen)


def _window(frame: Any, kind: str) -> None:
    account_id = choose_account(frame, key=f"new.{kind}", chosen=frame.account_id)
    if account_id is None:
        st.caption(_("Choose the account that it is about."))
        return
    _FORMS[kind][1](frame, account_id)


def _note(frame: Any, account_id: str) -> None:
    capture_form(frame, _with_people(frame, account_id), slot=_SLOT)


def _complaint(frame: Any, account_id: str) -> None:
    receive_complaint(frame, account_id, slot=_SLOT)


def _action(frame: Any, account_id: str) -> None:
    plan = frame.store.one(
        "plans.progress",
        {"as_of": frame.as_of},
        where=[Condition("account_id", "=", account_id), Condition("is_open", "=", True)],
        order_by=[("begins_on", True), ("plan_id", True)],
    )
    if plan is not None:
        st.caption(escaped(_("It goes into {plan}.").format(plan=plan["title"])))
        add_action(frame, plan["plan_id"], slot=_SLOT)
        return
    st.info(_("No plan is open with this account: open one for a period, then add the action there."))
    if st.button(_("Open a plan"), type="primary", key="new.open_plan"):
        go("account", account=account_id, tab=_("Plan"))


def _opportunity(frame: Any, account_id: str) -> None:
    add_opportunity(frame, account_id, slot=_SLOT)


def _contact(frame: Any, account_id: str) -> None:
    add_contact(frame, _with_people(frame, account_id), slot=_SLOT)


def _nomination(frame: Any, account_id: str) -> None:
    account = frame.store.one("ledgers.accounts", where=[Condition("account_id", "=", account_id)])
    put_forward(frame, account_id, account["name"], slot=_SLOT)


def _with_people(frame: Any, account_id: str) -> dict[str, Any]:
    """As the account's header gives it to the forms of the page: the account and who is there."""
    return {
        "account_id": account_id,
        "people": relationships.stakeholders(frame.store, account_id, frame.as_of),
    }


_FORMS = {
    "note": (_("Note, call or visit"), _note),
    "complaint": (_("Complaint"), _complaint),
    "action": (_("Action of a plan"), _action),
    "opportunity": (_("Opportunity"), _opportunity),
    "contact": (_("Contact"), _contact),
    "nomination": (_("Nomination for the programme"), _nomination),
}

"""What was decided about an account, how it stands against the criteria, and the accounts of its group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import selection
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.duplicates import parent_link
from kam.ui.empty import empty
from kam.ui.frame import Frame
from kam.ui.ledger_tables import audit_trail
from kam.ui.measures import measure_column
from kam.ui.tables import record_table, relation_table
from kam.ui.text import escaped
from kam.ui.verdicts import verdict_table
from kam.words import _


def account_decisions(frame: Frame, account: Mapping[str, Any]) -> None:
    """What was decided about it and why, how it stands against the criteria, and everything that was recorded."""
    history = frame.store.read(
        "reviews.account_history",
        {"as_of": frame.as_of, "of_account": account["account_id"]},
        order_by=[("happened_on", True), ("decision_id", True)],
    )
    record_table(
        history.records(),
        [
            Column("happened_on", _("Day"), "date"),
            Column("decision", _("Decision"), "status"),
            Column("outcome", _("Outcome"), "words"),
            Column("reason", _("Reason or notes")),
            Column("decided_by", _("By")),
        ],
        key="history",
        title=_("Decisions and reviews"),
        empty=_("Nothing has been decided about this account yet."),
    )
    st.subheader(_("Against the criteria"), anchor=False)
    _against_the_criteria(frame, account)
    with st.expander(_("Audit trail")):
        audit_trail(frame, "account", account["account_id"])


def _against_the_criteria(frame: Frame, account: Mapping[str, Any]) -> None:
    held = selection.adopted(frame.store, frame.as_of)
    if held is None:
        empty(_("No criteria hold on this day."), _("Adopt a criteria set first."), page="criteria")
        return
    judged = account["group_id"] if held.criteria.level == "group" else account["account_id"]
    st.caption(escaped(held.criteria.name))
    verdict_table(frame, selection.assess_account(frame.store, judged, frame.as_of, for_whom=frame.person))


def account_group(frame: Frame, account: Mapping[str, Any]) -> None:
    """The accounts of its group, with the sum over them."""
    relation_table(
        frame,
        "programme.account_list",
        {"as_of": frame.as_of, "level": "account"},
        [
            Column("name", _("Account"), "account"),
            Column("is_key_account", _("Key"), "flag"),
            measure_column("revenue_12m"),
            measure_column("contribution_12m"),
            measure_column("last_order_on"),
            Column("activity_state", _("Buying"), "status"),
        ],
        key="members",
        title=_("Accounts of the group"),
        where=[Condition("group_id", "=", account["group_id"])],
        order_by=("revenue_12m", True),
        totals=["revenue_12m", "contribution_12m"],
    )
    with st.expander(_("Put this account beneath another"), expanded=False):
        parent_link(frame, account["account_id"], account.get("parent_account_id") or "")

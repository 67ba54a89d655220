"""Search and "New …", in the sidebar of every page.

Both are fragments: what is typed or chosen there runs nothing of the page beneath.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import everyday
from kam.store import Rows
from kam.ui import table_view
from kam.ui.links import address
from kam.ui.new_record import new_record
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.text import escaped, plain
from kam.units import day, short_money
from kam.words import _

_WORDS = {
    "accounts": _("Accounts"),
    "contacts": _("Contacts"),
    "orders": _("Orders"),
    "actions": _("Actions"),
    "knowledge": _("Knowledge"),
}


def at_hand(frame: Any) -> None:
    """The field to find something, and the menu to write something down; drawn where the caller stands."""
    _search(frame)
    _new(frame)


@st.fragment
def _search(frame: Any) -> None:
    sought = st.text_input(
        _("Find anything"),
        key="find.sought",
        type="search",
        max_chars=100,
        placeholder=_("Account, contact, order, action"),
    )
    if not sought.strip():
        return
    with refusals_shown():
        found = everyday.search(frame.store, sought, frame.as_of)
        if not any(found.values()):
            st.caption(
                _("Nothing has {sought} in its name or number up to {day}.").format(
                    sought=escaped(sought.strip()), day=day(frame.as_of)
                )
            )
        for kind, rows in found.items():
            if rows:
                _listed(frame, kind, rows)


def _listed(frame: Any, kind: str, rows: Rows) -> None:
    records = rows.records()
    targets = [_TARGETS[kind](row) for row in records]
    label = _WORDS[kind]
    if rows.total > len(records):
        label = _("{kind}: {shown} of {total}").format(kind=label, shown=len(records), total=f"{rows.total:,}")
    table_view.draw(
        key=f"find.{kind}",
        label=_WORDS[kind],
        columns=[{"k": "found", "l": label, "n": False}],
        rows=[
            [{"t": plain(_told(frame, kind, row), longest=120), "a": address(target[0], **target[1]), "r": at}]
            for at, (row, target) in enumerate(zip(records, targets, strict=True))
        ],
        targets=targets,
    )


def _told(frame: Any, kind: str, row: Mapping[str, Any]) -> str:
    """One line that tells the found thing from its like."""
    if kind == "accounts":
        return f"{row['name']} ({row['account_id']})"
    if kind == "contacts":
        left = _("left {day}").format(day=day(row["left_on"])) if row["left_on"] else None
        return " · ".join(filter(None, [row["name"], row["title"], row["account_name"], left]))
    if kind == "orders":
        worth = short_money(row["net_revenue"], frame.currency)
        return " · ".join([row["order_id"], day(row["ordered_on"]), worth, row["account_name"]])
    if kind == "knowledge":
        return " · ".join([row["title"], state(row["kind"]).word])
    due = _("due {day}").format(day=day(row["due_on"])) if row["due_on"] else None
    return " · ".join(filter(None, [row["action"], row["account_name"], state(row["action_state"]).word, due]))


_TARGETS = {
    "accounts": lambda row: ("account", {"account": row["account_id"]}),
    "contacts": lambda row: ("account", {"account": row["account_id"], "tab": _("People")}),
    "orders": lambda row: ("account", {"account": row["account_id"], "tab": _("Timeline")}),
    "actions": lambda row: (
        "account",
        {"account": row["account_id"], "tab": _("Plan") if row["source"] == "plan" else _("Timeline")},
    ),
    "knowledge": lambda row: ("knowledge", {"entry": str(row["entry_id"])}),
}


@st.fragment
def _new(frame: Any) -> None:
    new_record(frame)

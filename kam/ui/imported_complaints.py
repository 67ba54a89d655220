"""Complaints that an import brought and nobody owns: the list, taking one over, or saying that it was settled."""

from __future__ import annotations

import streamlit as st

from kam import plans
from kam.store import Condition
from kam.ui.attention import Need
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import relation_table
from kam.ui.text import plain
from kam.units import day
from kam.words import _, several

_LIST = "plans.unowned_complaints"


def unowned_complaints(frame: Frame) -> None:
    """What came in by import and waits for an owner, the latest first; nothing where every one has been decided on."""
    where = frame.narrowing()
    waiting = frame.store.page(_LIST, {"as_of": frame.as_of}, where=where, order_by=[("received_on", True)]).records()
    if not waiting:
        return
    st.subheader(
        several("{count} imported complaint has no owner", "{count} imported complaints have no owner", len(waiting)),
        anchor=False,
    )
    st.caption(_("Whoever takes one over owns it until it is closed; its clocks run from the day it was received."))
    relation_table(
        frame,
        _LIST,
        {"as_of": frame.as_of},
        [
            Column("complaint", _("Complaint")),
            Column("name", _("Account"), "account"),
            Column("received_on", _("Received"), "date"),
            Column("heard_by", _("Heard by")),
            Column("manager", _("Account manager")),
        ],
        key="unowned",
        title=_("Imported complaints without an owner"),
        where=where,
        search=("complaint", "name"),
        order_by=("received_on", True),
        opens=None,
        ids=("interaction_id", "account_id"),
        rows_per_page=10,
    )
    _decide(frame, {row["interaction_id"]: row for row in waiting[:200]})


def _decide(frame: Frame, waiting: dict[str, dict]) -> None:
    fields = {field.name: field for field in plans.KINDS["complaint"].fields}
    with form("unowned", _("Decide on this complaint"), is_primary=False) as deciding:
        key = f"unowned.{deciding.op_id[:8]}"
        chosen = st.selectbox(
            _("Imported complaint"),
            list(waiting),
            format_func=lambda at: (
                f"{waiting[at]['name']}, {day(waiting[at]['received_on'])}: {plain(waiting[at]['complaint'], longest=70)}"
            ),
            key=f"{key}.which",
        )
        is_taken = st.radio(
            _("What becomes of it"),
            [True, False],
            format_func=lambda taken: _("taken over") if taken else _("was settled before"),
            horizontal=True,
            key=f"{key}.taken",
        )
        left, middle, right = st.columns(3)
        picked = {
            name: place.selectbox(
                fields[name].label,
                list(fields[name].choices()),
                format_func=fields[name].choices().__getitem__,
                key=f"{key}.{name}",
            )
            for name, place in (("function", left), ("severity", middle))
        }
        owner = right.text_input(_("Owner"), value=frame.person.name, max_chars=120, key=f"{key}.owner")
        reason = st.text_input(_("How it was settled, where it was"), max_chars=2000, key=f"{key}.reason")
    if not deciding.sent:
        return
    common = {"as_of": frame.as_of, "who": frame.person, "op_id": deciding.op_id}
    with refusals_shown(deciding):
        if is_taken:
            plans.take_over(frame.store, chosen, picked, owner=owner, **common)
            deciding.done(_("The complaint is taken over; {owner} owns it.").format(owner=owner))
        else:
            plans.was_settled(frame.store, chosen, reason=reason, **common)
            deciding.done(_("It is written down that the complaint was settled."))


def unowned_need(frame: Frame) -> Need:
    """The line of Today: imported complaints of key accounts that nobody owns."""
    where = [Condition("is_key_account", "=", True), *frame.narrowing_within()]
    day = {"as_of": frame.as_of}
    count = frame.store.page(_LIST, day, columns=("name",), where=where, limit=1).total
    names = frame.store.choices(_LIST, day, "name", where=where)  # an account may wait with several
    said = several("{count} imported complaint has no owner", "{count} imported complaints have no owner", count)
    query = {"tab": _("Complaints"), "accounts": frame.keys_shown}
    return Need("soon", count, said, "service", names, query, account_count=len(names))

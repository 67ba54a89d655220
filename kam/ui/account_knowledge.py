"""Plays and knowledge of one account on its page: what is to be done with it, what fits it, what was learned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import plays
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.knowledge import ENTRY
from kam.ui.knowledge_form import record_lesson
from kam.ui.play_lists import mark_inputs
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table
from kam.ui.text import plain
from kam.units import day
from kam.words import _, several

_AT_A_GLANCE = 3
_MOST_FITTING = 10
_FITTING = [
    Column("title", _("Fits this account")),
    Column("kind", _("Kind"), "words"),
    Column("because", _("Because of")),
    Column("entry_state", _("State"), "status"),
]


def account_knowledge(frame: Frame, account: Mapping[str, Any]) -> None:
    """The plays that it is or was in, with why not; what fits it, ranked, with the marks that match; recording a lesson."""
    rows = _plays(frame, account["account_id"])
    waiting = [row for row in rows if row["is_open"]]
    st.subheader(
        several("{count} play waits to be done here", "{count} plays wait to be done here", len(waiting)), anchor=False
    )
    record_table(
        rows,
        [
            Column("play", _("Play")),
            Column("row_state", _("State"), "status"),
            Column("run_on", _("List of"), "date"),
            Column("due_on", _("Due"), "date"),
            Column("reasons", _("Left out because")),
            Column("note", _("What came of it")),
            Column("done_on", _("On"), "date"),
        ],
        key="account.plays",
        title=_("Plays"),
        opens=("plays", {"run": "run_id"}),
        empty=_("No play was meant for this account: plays are made and run on the page Plays."),
    )
    if waiting:
        _mark(frame, account["account_id"], waiting)
    st.subheader(_("What fits"), anchor=False)
    record_table(
        fitting(frame, account["account_id"], _MOST_FITTING),
        _FITTING,
        key="account.fitting",
        title=_("What fits"),
        opens=ENTRY,
        empty=_(
            "Nothing fits yet: entries of the knowledge base show here where they carry one of its tags, or its category, need, stage or industry."
        ),
    )
    record_lesson(frame, account)


def knowledge_at_a_glance(frame: Frame, account: Mapping[str, Any]) -> None:
    """On the summary: plays that wait, and the entries that fit best; nothing where there are none."""
    waiting = [row for row in _plays(frame, account["account_id"]) if row["is_open"]]
    found = fitting(frame, account["account_id"], _AT_A_GLANCE)
    if waiting:
        record_table(
            waiting[:_AT_A_GLANCE],
            [
                Column("play", _("Play that waits")),
                Column("row_state", _("State"), "status"),
                Column("due_on", _("Due"), "date"),
                Column("message", _("What")),
            ],
            key="glance.plays",
            title=_("Plays that wait"),
            opens=("plays", {"run": "run_id"}),
            empty="",
        )
    if found:
        record_table(found, _FITTING, key="glance.fitting", title=_("What fits"), opens=ENTRY, empty="")


def fitting(frame: Frame, account_id: str, most: int) -> list[dict[str, Any]]:
    """The entries that fit an account best, with `because`: the marks that match."""
    rows = frame.store.page(
        "knowledge.fitting", {"as_of": frame.as_of, "of_account": account_id}, order_by=[("place", False)], limit=most
    ).records()
    return [
        row | {"because": ", ".join([*([_("about this account")] if row["is_own"] else []), *row["matched"]])}
        for row in rows
    ]


def _plays(frame: Frame, account_id: str) -> list[dict[str, Any]]:
    return frame.store.page(
        "plays.run_rows",
        {"as_of": frame.as_of},
        where=[Condition("account_id", "=", account_id)],
        order_by=[("is_open", True), ("run_on", True), ("run_id", True)],
    ).records()


def _mark(frame: Frame, account_id: str, waiting: list[dict[str, Any]]) -> None:
    told = {row["run_id"]: f"{plain(row['play'], longest=60)} ({day(row['run_on'])})" for row in waiting}
    with st.expander(_("A play was done, or not")), form(f"play.mark.{account_id}", _("Write it down")) as marking:
        key = f"mark.{marking.op_id}"
        run_id = st.selectbox(_("Play"), list(told), format_func=told.__getitem__, key=f"{key}.run")
        values = mark_inputs(frame, key)
    if marking.sent:
        with refusals_shown(marking):
            plays.mark(
                frame.store,
                run_id,
                [account_id],
                **values,
                as_of=frame.as_of,
                who=frame.person,
                op_id=marking.op_id,
            )
            marking.done(_("It is written down and stands on the timeline."))

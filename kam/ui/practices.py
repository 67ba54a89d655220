"""Best practices on screen: the register, the committee's decision on one, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import streamlit as st

from kam import benchmarking, change
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import relation_table
from kam.ui.text import escaped, plain
from kam.words import _, several

_KINDS = {"inside": _("inside the company"), "outside": _("outside")}
_VERDICTS = {"adopt": _("adopt"), "try": _("try"), "reject": _("reject")}
_RESULTS = {"worked": _("worked"), "partly": _("worked in part"), "failed": _("did not work")}


def practices_answer(frame: Frame) -> Sequence[Mapping[str, Any]]:
    """How many wait for a decision or a second look, in a sentence; the register."""
    rows = frame.store.read("benchmarking.practice_list", {"as_of": frame.as_of}).records()
    undecided = sum(row["practice_state"] == "undecided" for row in rows)
    due = sum(row["practice_state"] == "follow_up_due" for row in rows)
    said = several("{count} practice waits for the committee", "{count} practices wait for the committee", undecided)
    said += "; " + several("{count} is due to be looked at again", "{count} are due to be looked at again", due)
    if rows:
        st.markdown(f"**{escaped(said)}.**")
    return rows


def practice_register(frame: Frame) -> None:
    """The register, and the form that records one."""
    relation_table(
        frame,
        "benchmarking.practice_list",
        {"as_of": frame.as_of},
        [
            Column("practice", _("Practice")),
            Column("practice_state", _("State"), "status"),
            Column("verdict", _("Decided"), "status"),
            Column("reason", _("Why")),
            Column("source", _("Seen at")),
            Column("context", _("Where it works")),
            Column("evidence", _("Evidence")),
            Column("users", _("Who could use it")),
            Column("result", _("What came of it"), "status"),
            Column("finding", _("Found")),
        ],
        key="practices",
        title=_("Best practices"),
        search=("practice", "source", "context", "evidence", "users"),
        filters={"practice_state": _("State"), "kind": _("Seen")},
        order_by=("practice_id", True),
        opens=None,
        ids=("practice_id",),
        empty=_("No practice is on record: record the first that somebody has seen, with its source and evidence."),
        rows_per_page=10,
    )
    st.subheader(_("Record a practice"), anchor=False)
    with form("practice", _("Record it")) as recording:
        practice = st.text_input(_("What is done"), max_chars=500)
        left, right = st.columns(2)
        kind = left.selectbox(_("Seen"), list(_KINDS), format_func=_KINDS.__getitem__)
        seen_on = right.date_input(_("On"), value=frame.as_of, format="YYYY-MM-DD")
        source = st.text_input(_("Source"), max_chars=500, placeholder=_("Who does it so, or where it is described"))
        context = st.text_area(_("Where it works"), max_chars=2000, height=80)
        evidence = st.text_area(_("What shows that it works"), max_chars=2000, height=80)
        users = st.text_input(_("Who here could use it"), max_chars=500)
    if recording.sent:
        with refusals_shown(recording):
            benchmarking.record_practice(
                frame.store,
                benchmarking.Practice(practice, kind, source, context, evidence, users, seen_on),
                as_of=frame.as_of,
                who=frame.person,
                op_id=recording.op_id,
            )
            recording.done(_("The practice is on record: the committee decides on it."))


def practice_decision(frame: Frame, rows: Sequence[Mapping[str, Any]]) -> None:
    """One practice: what speaks for it beside the decision, and the second look where it was wanted."""
    if not rows:
        st.caption(_("No practice is on record yet."))
        return
    # Those that wait come first.
    waiting = {row["practice_id"]: row for row in sorted(rows, key=_urgency)}
    number = st.selectbox(
        _("Practice"),
        list(waiting),
        format_func=lambda at: plain(waiting[at]["practice"], longest=80),
        key="practice.which",
    )
    row = waiting[number]
    for label, name in (
        (_("Source"), "source"),
        (_("Where it works"), "context"),
        (_("Evidence"), "evidence"),
        (_("Who could use it"), "users"),
    ):
        st.markdown(f"**{label}** {escaped(row[name], longest=2000)}")
    left, right = st.columns(2, gap="large")
    with left:
        _decide(frame, row)
    with right:
        _follow(frame, row)


def _decide(frame: Frame, row: Mapping[str, Any]) -> None:
    st.subheader(_("The committee's decision"), anchor=False)
    with form(f"practice.decide.{row['practice_id']}.{row['decided_on']}", _("Record the decision")) as deciding:
        verdict = st.radio(_("Decision"), list(_VERDICTS), format_func=_VERDICTS.__getitem__, horizontal=True)
        reason = st.text_area(_("Reason"), max_chars=2000, height=80)
        owner = st.text_input(_("Owner, to adopt or try"), max_chars=120)
        first, second = st.columns(2)
        due_on = first.date_input(_("Until when"), value=frame.as_of + timedelta(days=180), format="YYYY-MM-DD")
        again = second.date_input(_("Look again on"), value=frame.as_of + timedelta(days=365), format="YYYY-MM-DD")
        step = st.selectbox(
            _("Step that it serves"),
            list(change.STEPS),
            index=len(change.STEPS) - 1,
            format_func=change.STEPS.__getitem__,
        )
    if deciding.sent:
        with refusals_shown(deciding):
            benchmarking.decide_practice(
                frame.store,
                row["practice_id"],
                benchmarking.PracticeVerdict(verdict, reason, owner, due_on, again, step),
                as_of=frame.as_of,
                who=frame.person,
                op_id=deciding.op_id,
            )
            deciding.done(_("The decision is recorded."), page="change", label=_("See the roadmap"))


def _follow(frame: Frame, row: Mapping[str, Any]) -> None:
    st.subheader(_("The second look"), anchor=False)
    if row["verdict"] not in ("adopt", "try"):
        st.caption(_("What was adopted or tried is looked at again here."))
        return
    with form(f"practice.follow.{row['practice_id']}", _("Write it down"), is_primary=False) as following:
        result = st.radio(_("It"), list(_RESULTS), format_func=_RESULTS.__getitem__, horizontal=True)
        finding = st.text_area(_("What was found"), max_chars=2000)
    if following.sent:
        with refusals_shown(following):
            benchmarking.follow_practice(
                frame.store,
                row["practice_id"],
                result=result,
                finding=finding,
                as_of=frame.as_of,
                who=frame.person,
                op_id=following.op_id,
            )
            following.done(_("What came of it is written down."))


def _urgency(row: Mapping[str, Any]) -> tuple[int, int]:
    order = ("undecided", "follow_up_due", "running", "followed", "rejected")
    return order.index(row["practice_state"]), row["practice_id"]

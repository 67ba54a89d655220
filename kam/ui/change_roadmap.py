"""The roadmap on screen: milestones over the years with owners and what they wait for; planning, moving, closing one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from kam import change
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.plan_timeline import plan_timeline
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table
from kam.ui.text import plain
from kam.words import _, several

_ORIGINS = {
    "roadmap": _("roadmap"),
    "priorities": _("what customers say"),
    "round": _("committee's round"),
    "practice": _("best practice"),
}
_ENDS = {"done": _("reached"), "dropped": _("given up")}


def change_roadmap(frame: Frame) -> None:
    """The timeline, the list, and the three forms."""
    rows = frame.store.read(
        "change.milestone_list", {"as_of": frame.as_of}, order_by=[("due_on", False), ("milestone_id", False)]
    ).records()
    plan_timeline(
        [_drawn(row) for row in rows],
        as_of=frame.as_of,
        begins_on=frame.as_of - timedelta(days=30),
        # Room on the right, so that the last milestone is drawn whole.
        ends_on=max([frame.as_of, *(row["due_on"] for row in rows)]) + timedelta(days=60),
        title=_finding(rows),
        key="roadmap",
    )
    record_table(
        [row | {"from": _ORIGINS[row["origin"]], "step_name": change.STEPS.get(row["step"])} for row in rows],
        [
            Column("milestone", _("Milestone")),
            Column("owner", _("Owner")),
            Column("due_on", _("Due"), "date"),
            Column("milestone_state", _("State"), "status"),
            Column("waits_for", _("Waits for")),
            Column("step_name", _("Step")),
            Column("from", _("Decided in")),
            Column("origin_key", _("Over")),
            Column("outcome", _("Outcome")),
        ],
        key="milestones",
        title=_("Milestones"),
        empty=_("No milestone is on the roadmap: plan the first below."),
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Plan a milestone"), anchor=False)
        _plan(frame, rows)
    with right:
        st.subheader(_("Move or close one"), anchor=False)
        _open_one(frame, rows)


def _plan(frame: Frame, rows: Sequence[Mapping[str, Any]]) -> None:
    with form("milestone", _("Put on the roadmap")) as planning:
        planned = _inputs({}, rows, frame.as_of)
    if planning.sent:
        with refusals_shown(planning):
            change.plan_milestone(frame.store, planned, as_of=frame.as_of, who=frame.person, op_id=planning.op_id)
            planning.done(_("“{name}” stands on the roadmap.").format(name=planned.milestone))


def _open_one(frame: Frame, rows: Sequence[Mapping[str, Any]]) -> None:
    standing = {row["milestone_id"]: row for row in rows if row["is_open"]}
    if not standing:
        st.caption(_("No milestone is open."))
        return
    number = st.selectbox(
        _("Milestone"),
        list(standing),
        format_func=lambda at: plain(standing[at]["milestone"], longest=80),
        key="milestone.which",
    )
    held = standing[number]
    with form(f"close.{number}", _("Close it"), is_primary=False) as closing:
        state = st.radio(_("It was"), list(_ENDS), format_func=_ENDS.__getitem__, horizontal=True)
        outcome = st.text_input(_("What came of it"), max_chars=500)
        seen = closing.version(held["version"])
    if closing.sent:
        with refusals_shown(closing):
            change.close_milestone(
                frame.store,
                number,
                state=state,
                outcome=outcome,
                closed_on=frame.as_of,
                expected_version=seen,
                who=frame.person,
                op_id=closing.op_id,
            )
            closing.done(_("“{name}” is closed.").format(name=held["milestone"]))
    with form(f"move.{number}", _("Save the change"), is_primary=False) as moving:
        version = moving.version(held["version"])
        planned = _inputs(held, [row for row in rows if row["milestone_id"] != number], frame.as_of)
    if moving.sent:
        with refusals_shown(moving):
            change.change_milestone(
                frame.store, number, planned, expected_version=version, who=frame.person, op_id=moving.op_id
            )
            moving.done(_("“{name}” is planned anew.").format(name=planned.milestone))


def _inputs(held: Mapping[str, Any], others: Sequence[Mapping[str, Any]], as_of: date) -> change.Milestone:
    steps = list(change.STEPS)
    names = {row["milestone_id"]: plain(row["milestone"], longest=80) for row in others}
    milestone = st.text_input(_("What is reached"), value=held.get("milestone", ""), max_chars=500)
    owner = st.text_input(_("Owner"), value=held.get("owner", ""), max_chars=120)
    step = st.selectbox(
        _("Step that it serves"),
        steps,
        index=steps.index(held["step"]) if held.get("step") in steps else 0,
        format_func=change.STEPS.__getitem__,
    )
    first, last = st.columns(2)
    starts_on = first.date_input(_("Begins (may stay empty)"), value=held.get("starts_on"), format="YYYY-MM-DD")
    due_on = last.date_input(_("Due"), value=held.get("due_on", as_of + timedelta(days=180)), format="YYYY-MM-DD")
    needs = st.multiselect(
        _("Waits for"),
        list(names),
        default=[n for n in held.get("needed_ids", []) if n in names],
        format_func=names.__getitem__,
    )
    return change.Milestone(step, milestone, owner, due_on, starts_on, tuple(needs))


def _drawn(row: Mapping[str, Any]) -> dict[str, Any]:
    """A milestone as the timeline of plans draws an action: reached at one point, or worked towards from its start."""
    return {
        "action_id": row["milestone_id"],
        "action": row["milestone"],
        "owner": row["owner"],
        "starts_on": row["starts_on"],
        "due_on": row["due_on"],
        "progress_share": 0.0,
        "is_milestone": row["starts_on"] is None,
        "action_state": row["milestone_state"],
        "needed_ids": row["needed_ids"],
    }


def _finding(rows: Sequence[Mapping[str, Any]]) -> str:
    late = sum(row["milestone_state"] == "overdue" for row in rows)
    standing = sum(row["is_open"] for row in rows)
    if late:
        return several("{count} milestone is overdue", "{count} milestones are overdue", late)
    return several("{count} milestone is open, none overdue", "{count} milestones are open, none overdue", standing)

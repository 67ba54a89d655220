"""Reviews on screen: what is due, planning, moving and cancelling, closing actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kam import reviews, units
from kam.store import Condition
from kam.ui.figures import Rule, figures
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.text import escaped
from kam.words import _


def review_figures(frame: Frame, calendar: Sequence[Mapping[str, Any]]) -> None:
    """How far the round is, how many reviews are overdue, due soon and current, and how many actions are late."""
    this_round = reviews.round_of(frame.store, frame.as_of)
    st.markdown(f"**{escaped(this_round.told)}**")
    if this_round.rows:
        st.progress(this_round.held_count / len(this_round.rows))
    count = {code: sum(row["review_state"] == code for row in calendar) for code in ("overdue", "due_soon", "current")}
    on_day = _("as of {day}").format(day=units.day(frame.as_of))
    cycle = Rule(
        _("Due a set number of days after the last review (before the first: the admission), or on the planned day."),
        source=_("reviews.due_after_days on the Settings page"),
    )
    figures(
        {"label": _("Overdue"), "value": count["overdue"], "unit": "count", "period": on_day, "rule": cycle},
        {"label": _("Due soon"), "value": count["due_soon"], "unit": "count", "period": on_day, "rule": cycle},
        {"label": _("Current"), "value": count["current"], "unit": "count", "period": on_day, "rule": cycle},
        {
            "label": _("Late actions"),
            "value": sum(row["overdue_action_count"] for row in calendar),
            "unit": "count",
            "period": on_day,
            "rule": Rule(_("Agreed actions of key accounts that are open after their due date.")),
        },
    )


def plan_review(frame: Frame, calendar: Sequence[Mapping[str, Any]]) -> None:
    """Plan a review, and move or cancel one that is planned."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Plan a review"), anchor=False)
        with form("plan", _("Plan the review")) as planning:
            names = {row["account_id"]: row["name"] for row in calendar}
            account_id = st.selectbox(_("Key account"), list(names), format_func=names.__getitem__)
            planned_on = st.date_input(_("Day"), value=frame.as_of, format="YYYY-MM-DD")
            participants = st.text_input(_("Participants"), max_chars=500, placeholder=_("Who should be there"))
        if planning.sent:
            with refusals_shown(planning):
                reviews.plan(
                    frame.store,
                    account_id,
                    planned_on,
                    participants=participants,
                    who=frame.person,
                    op_id=planning.op_id,
                )
                planning.done(
                    _("The review of {account} is planned for {day}.").format(
                        account=names[account_id], day=units.day(planned_on)
                    )
                )
    with right:
        st.subheader(_("Move or cancel"), anchor=False)
        planned = planned_reviews(frame)
        review_id = choose_review(planned, _("Planned review"), key="move", empty=_("No review is planned."))
        if review_id is not None:
            _move_or_cancel(frame, planned[review_id])


def _move_or_cancel(frame: Frame, review: Mapping[str, Any]) -> None:
    with form(f"move.{review['review_id']}", _("Save the change")) as moving:
        # Keys keep what was typed where the record changes beneath the form.
        key = f"move.{moving.op_id}"
        planned_on = st.date_input(_("New day"), value=review["planned_on"], format="YYYY-MM-DD", key=f"{key}.day")
        participants = st.text_input(
            _("Participants"), value=review["participants"], max_chars=500, key=f"{key}.participants"
        )
        version = moving.version(review["version"])
    if moving.sent:
        with refusals_shown(moving):
            reviews.move(
                frame.store,
                review["review_id"],
                planned_on=planned_on,
                participants=participants,
                expected_version=version,
                who=frame.person,
                op_id=moving.op_id,
            )
            moving.done(_("The review is planned for {day}.").format(day=units.day(planned_on)))
    with form(f"cancel.{review['review_id']}", _("Cancel the review"), is_primary=False) as cancelling:
        reason = st.text_input(_("Why it is cancelled"), max_chars=500)
        version = cancelling.version(review["version"])
    if cancelling.sent:
        with refusals_shown(cancelling):
            reviews.cancel(
                frame.store,
                review["review_id"],
                reason=reason,
                expected_version=version,
                who=frame.person,
                op_id=cancelling.op_id,
            )
            cancelling.done(_("The review is cancelled."))


def close_action(frame: Frame) -> None:
    """Say that an open action is done or dropped."""
    open_actions = frame.store.read(
        "reviews.action_list",
        {"as_of": frame.as_of},
        where=[Condition("is_open", "=", True)],
        order_by=[("due_on", False), ("action_id", False)],
        limit=200,
    ).records()
    if not open_actions:
        return
    by_id = {row["action_id"]: row for row in open_actions}
    with form("close_action", _("Close the action"), is_primary=False) as closing:
        action_id = st.selectbox(
            _("Open action"),
            list(by_id),
            format_func=lambda at: f"{by_id[at]['action']} ({by_id[at]['name']}, {units.day(by_id[at]['due_on'])})",
        )
        outcome = st.radio(_("It is"), ["done", "dropped"], format_func=lambda code: state(code).word, horizontal=True)
    if closing.sent:
        with refusals_shown(closing):
            reviews.close_action(
                frame.store,
                action_id,
                state=outcome,
                closed_on=frame.as_of,
                expected_version=by_id[action_id]["version"],
                who=frame.person,
                op_id=closing.op_id,
            )
            closing.done(_("The action is closed."))


def planned_reviews(frame: Frame) -> dict[int, dict[str, Any]]:
    """The planned reviews by id, the next first."""
    found = frame.store.read(
        "reviews.review_list",
        {"as_of": frame.as_of},
        where=[Condition("state", "=", "planned")],
        order_by=[("planned_on", False), ("review_id", False)],
        limit=200,
    )
    return {row["review_id"]: row for row in found}


def choose_review(planned: Mapping[int, Mapping[str, Any]], label: str, *, key: str, empty: str) -> int | None:
    """One of the planned reviews, or None; says `empty` where there is none."""
    if not planned:
        st.info(empty)
        return None
    return st.selectbox(
        label,
        list(planned),
        index=None,
        format_func=lambda at: f"{planned[at]['name']}, {units.day(planned[at]['planned_on'])}",
        placeholder=_("Choose a review"),
        key=f"{key}.review",
    )

"""Reviews on screen: what is due, planning, holding one with the figures in front, what a past one saw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from kam import reviews, units
from kam.store import Condition
from kam.ui.accounts import choose_account
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.links import link
from kam.ui.refusals import refusals_shown
from kam.ui.states import state, status
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.words import _

_ACTIONS_AT_ONCE = 6
_SHOWN_AT_FIRST = 3


def review_figures(frame: Frame, calendar: Sequence[Mapping[str, Any]]) -> None:
    """How many reviews are overdue, due soon and current, and how many actions are late."""
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
        planned = _planned(frame)
        review_id = _choose_review(planned, _("Planned review"), key="move", empty=_("No review is planned."))
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


def hold_review(frame: Frame) -> None:
    """Hold a planned review: its figures in front, notes, rating and actions; closing freezes what was seen."""
    planned = _planned(frame)
    review_id = _choose_review(
        planned, _("Planned review"), key="hold", empty=_("No review is planned: plan one first.")
    )
    if review_id is None:
        return
    review = planned[review_id]
    with refusals_shown():
        seen = reviews.what_is_seen(frame.store, review["account_id"], frame.as_of, for_whom=frame.person)
        _what_was_seen(seen, currency=frame.currency, key="now")
        link("account", _("Open the account"), account=review["account_id"])
    with form(f"hold.{review_id}", _("Hold and close the review")) as holding:
        version = holding.version(review["version"])
        rating = st.radio(
            _("Rating"),
            [None, *reviews.RATINGS],
            format_func=lambda code: _("not rated") if code is None else state(code).word,
            horizontal=True,
        )
        participants = st.text_input(
            _("Participants"),
            value=review["participants"],
            max_chars=500,
            key=f"hold.{holding.op_id}.participants",
        )
        notes = st.text_area(_("Notes"), max_chars=20_000, height=160)
        agreed = _agreed_actions(frame.as_of)
        st.caption(
            _("Closing freezes the figures as of {day}; a closed review is not changed any more.").format(
                day=units.day(frame.as_of)
            )
        )
    if holding.sent:
        with refusals_shown(holding):
            reviews.hold(
                frame.store,
                review_id,
                held_on=frame.as_of,
                notes=notes,
                rating=rating,
                actions=agreed,
                participants=participants,
                expected_version=version,
                who=frame.person,
                op_id=holding.op_id,
            )
            holding.done(_("The review of {account} is held and closed.").format(account=review["name"]))


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


def past_review(frame: Frame) -> None:
    """One held review: notes, actions, and the figures as they were seen."""
    held = frame.store.read(
        "reviews.review_list",
        {"as_of": frame.as_of},
        columns=("account_id", "name"),
        where=[Condition("state", "=", "held")],
        order_by=[("name", False)],
    )
    if not len(held):
        return
    account_id = choose_account(
        frame, key="past", label=_("See the reviews of"), among=list(dict(held.rows).items()), chosen=frame.account_id
    )
    if account_id is None:
        return
    of_account = frame.store.read(
        "reviews.review_list",
        {"as_of": frame.as_of},
        where=[Condition("account_id", "=", account_id), Condition("state", "=", "held")],
        order_by=[("held_on", True), ("review_id", True)],
    )
    days = {row["review_id"]: units.day(row["held_on"]) for row in of_account}
    review_id = st.segmented_control(
        _("Held on"), list(days), default=next(iter(days)), format_func=days.__getitem__, required=True
    )
    review = reviews.review_of(frame.store, review_id, for_whom=frame.person)
    st.markdown(
        f"{status(review.rating)} {escaped(review.participants)}" if review.rating else escaped(review.participants)
    )
    st.text(review.notes or _("No notes."))
    record_table(
        review.actions,
        [
            Column("action", _("Action")),
            Column("owner", _("Owner")),
            Column("due_on", _("Due"), "date"),
            Column("state", _("State"), "status"),
            Column("closed_on", _("Closed"), "date"),
        ],
        key="agreed",
        title=_("Agreed in this review"),
        empty=_("No action was agreed."),
    )
    _what_was_seen(review.seen, currency=frame.currency, key="seen")


def _what_was_seen(seen: Mapping[str, Any], *, currency: str, key: str) -> None:
    sponsor = seen["sponsor"]["executive_name"] or _("nobody")
    said = _("What is seen as of {day}: our executive sponsor is {sponsor}, {contact}; {count} actions are open.")
    st.markdown(
        escaped(
            said.format(
                day=units.day(date.fromisoformat(seen["as_of"])),
                sponsor=sponsor,
                contact=state(seen["sponsor"]["contact_state"]).word,
                count=len(seen["open_actions"]),
            )
        )
    )
    record_table(
        reviews.seen_figures(seen),
        [Column("name", _("Measure")), Column("value", _("Value"), "number", unit_by="unit")],
        key=f"figures.{key}",
        title=_("Figures as seen"),
        empty=_("Nothing was seen."),
        currency=currency,
    )


def _planned(frame: Frame) -> dict[int, dict[str, Any]]:
    found = frame.store.read(
        "reviews.review_list",
        {"as_of": frame.as_of},
        where=[Condition("state", "=", "planned")],
        order_by=[("planned_on", False), ("review_id", False)],
        limit=200,
    )
    return {row["review_id"]: row for row in found}


def _choose_review(planned: Mapping[int, Mapping[str, Any]], label: str, *, key: str, empty: str) -> int | None:
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


def _agreed_actions(as_of: date) -> list[reviews.Action]:
    """Inputs for actions; a line without words and owner is left out."""
    st.markdown(f"**{_('Actions agreed')}**")
    lines = [_action_inputs(number, as_of) for number in range(1, _SHOWN_AT_FIRST + 1)]
    with st.expander(_("More actions")):
        lines += [_action_inputs(number, as_of) for number in range(_SHOWN_AT_FIRST + 1, _ACTIONS_AT_ONCE + 1)]
    return [line for line in lines if line.action.strip() or line.owner.strip()]


def _action_inputs(number: int, as_of: date) -> reviews.Action:
    what, who, until = st.columns([5, 3, 2], vertical_alignment="bottom")
    return reviews.Action(
        what.text_input(_("Action {number}").format(number=number), max_chars=500),
        who.text_input(_("Owner of action {number}").format(number=number), max_chars=120),
        until.date_input(_("Due date of action {number}").format(number=number), value=None, format="YYYY-MM-DD"),
    )

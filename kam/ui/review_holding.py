"""Holding a review with its figures in front, and what a past one saw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from kam import reviews, units
from kam.store import Condition
from kam.ui.accounts import choose_account
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.links import link
from kam.ui.refusals import refusals_shown
from kam.ui.review_cycle import choose_review, planned_reviews
from kam.ui.states import state, status
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.words import _

_ACTIONS_AT_ONCE = 6
_SHOWN_AT_FIRST = 3
_FIRST = (
    "revenue_12m",
    "revenue_growth_12m",
    "cost_to_serve_12m",
    "contribution_12m",
    "contribution_rate_12m",
    "lifetime_value",
)


def hold_review(frame: Frame) -> None:
    """Hold a planned review: its figures in front, notes, rating and actions; closing freezes what was seen."""
    planned = planned_reviews(frame)
    review_id = choose_review(
        planned, _("Planned review"), key="hold", empty=_("No review is planned: plan one first.")
    )
    if review_id is None:
        return
    review = planned[review_id]
    with refusals_shown():
        seen = reviews.what_is_seen(frame.store, review["account_id"], frame.as_of, for_whom=frame.person)
        what_was_seen(seen, currency=frame.currency, key="now")
        link("account", _("Open the account"), account=review["account_id"])
        link("review", _("Open it in the room: agenda, notes kept as typed"), review=str(review_id))
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
    link("review", _("Open this review, and compare it with another"), review=str(review_id))
    frozen_review(frame, review)


def frozen_review(frame: Frame, review: reviews.Review) -> None:
    """A held review as it was frozen: rating, notes, decisions, actions, figures."""
    st.markdown(
        f"{status(review.rating)} {escaped(review.participants)}" if review.rating else escaped(review.participants)
    )
    st.text(review.notes or _("No notes."))
    if review.decisions:
        record_table(
            [{"decision": decision} for decision in review.decisions],
            [Column("decision", _("Decided"))],
            key="decided",
            title=_("Decided in this review"),
            empty="",
        )
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
    what_was_seen(review.seen, currency=frame.currency, key="seen")


def what_was_seen(seen: Mapping[str, Any], *, currency: str, key: str) -> None:
    """The figures, our sponsor and the open actions as seen (`reviews.what_is_seen`)."""
    sponsor = seen["sponsor"]
    who = sponsor["executive_name"] or _("nobody")
    said = _("What is seen as of {day}: our executive sponsor is {sponsor}; executive contact: {contact}.")
    st.markdown(
        escaped(
            said.format(
                day=units.day(date.fromisoformat(seen["as_of"])),
                sponsor=who,
                contact=state(sponsor["contact_state"]).word,
            )
        )
    )
    seen_figures = reviews.seen_figures(seen)
    columns = [Column("name", _("Measure")), Column("value", _("Value"), "number", unit_by="unit")]
    figures_place, actions_place = st.columns([2, 3], gap="large")
    with figures_place:
        record_table(
            [figure for figure in seen_figures if figure["measure_id"] in _FIRST],
            columns,
            key=f"figures.{key}",
            title=_("Figures as seen"),
            empty=_("Nothing was seen."),
            currency=currency,
        )
        with st.expander(_("More figures")):
            record_table(
                [figure for figure in seen_figures if figure["measure_id"] not in _FIRST],
                columns,
                key=f"more.{key}",
                title=_("More figures as seen"),
                empty=_("Nothing was seen."),
                currency=currency,
            )
    with actions_place:
        record_table(
            [action | {"due_on": date.fromisoformat(action["due_on"])} for action in seen["open_actions"]],
            [
                Column("action", _("Open from earlier reviews")),
                Column("owner", _("Owner")),
                Column("due_on", _("Due"), "date"),
                Column("action_state", _("State"), "status"),
            ],
            key=f"open.{key}",
            title=_("Open actions as seen"),
            empty=_("No action of an earlier review was open."),
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

"""Which review to hold, and what a past one saw."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from kam import reviews, units
from kam.store import Condition
from kam.ui.accounts import choose_account
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.links import link
from kam.ui.review_calendar import planned_calendar_files
from kam.ui.states import state, status
from kam.ui.tables import record_table, relation_table
from kam.ui.text import escaped
from kam.words import _

_FIRST = (
    "revenue_12m",
    "revenue_growth_12m",
    "cost_to_serve_12m",
    "contribution_12m",
    "contribution_rate_12m",
    "lifetime_value",
)


def hold_review(frame: Frame) -> None:
    """The planned reviews, each leading into its room, and their calendar files."""
    st.caption(
        _("A review is prepared and held in its room: agenda, figures, what changed; notes are kept as they are typed.")
    )
    relation_table(
        frame,
        "reviews.review_list",
        {"as_of": frame.as_of},
        [
            Column("name", _("Review of")),
            Column("planned_on", _("Planned"), "date"),
            Column("participants", _("Participants")),
        ],
        key="planned",
        title=_("Planned reviews"),
        where=[Condition("state", "=", "planned")],
        search=("name", "participants"),
        order_by=("planned_on", False),
        opens=("review", {"review": "review_id"}),
        ids=("review_id", "account_id"),
        empty=_("No review is planned: plan one first."),
    )
    planned_calendar_files(frame)


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
        st.markdown(f"**{_('Decided in this review')}**")
        record_table(
            [{"decision": decision} for decision in review.decisions],
            [Column("decision", _("Decided"))],
            key="decided",
            title=_("Decided in this review"),
            empty="",
        )
    st.markdown(f"**{_('Agreed in this review')}**")
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


def what_was_seen(seen: Mapping[str, Any], *, currency: str, key: str, is_narrow: bool = False) -> None:
    """The figures, our sponsor and the open actions as seen (`reviews.what_is_seen`). is_narrow: one beneath the other."""
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
    figures_place, actions_place = (st.container(), st.container()) if is_narrow else st.columns([2, 3], gap="large")
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

"""What changed since the last review, and between any two of them, on screen."""

from __future__ import annotations

import streamlit as st

from kam import reviews, units
from kam.store import Condition
from kam.ui import table_view
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.states import State
from kam.ui.tables import record_table
from kam.ui.text import plain
from kam.words import _

_FIRST = ("revenue_12m", "revenue_growth_12m", "cost_to_serve_12m", "contribution_12m", "lifetime_value")


def changes_since(frame: Frame, account_id: str) -> None:
    """What changed from the last review to the frame's day."""
    with refusals_shown():
        found = reviews.since_last(frame.store, account_id, frame.as_of, for_whom=frame.person)
        if found is None:
            st.caption(_("This is the first review: there is nothing to compare with."))
        else:
            _changes(frame, found, key="since")


def compare_reviews(frame: Frame, review: reviews.Review) -> None:
    """What changed between this review and another one of the account, at first the one before."""
    others = frame.store.read(
        "reviews.review_list",
        {"as_of": frame.as_of},
        where=[
            Condition("account_id", "=", review.account_id),
            Condition("state", "=", "held"),
            Condition("review_id", "!=", review.review_id),
        ],
        order_by=[("held_on", True), ("review_id", True)],
    ).records()
    if not others:
        st.caption(_("This is the only review held: there is nothing to compare with."))
        return
    days = {row["review_id"]: units.day(row["held_on"]) for row in others}
    before = [row["review_id"] for row in others if row["held_on"] <= review.held_on]
    other = st.selectbox(
        _("Compare with the review of"),
        list(days),
        index=list(days).index(before[0]) if before else 0,
        format_func=days.__getitem__,
        key="room.compare",
    )
    with refusals_shown():
        _changes(frame, reviews.between(frame.store, review.review_id, other, for_whom=frame.person), key="between")


def _changes(frame: Frame, found: reviews.Difference, *, key: str) -> None:
    since, until = units.day(found.since), units.day(found.until)
    title = _("What changed from {since} to {until}").format(since=since, until=until)
    st.markdown(f"**{title}**")
    columns = [
        Column("name", _("Measure")),
        Column("before", since, "number", unit_by="unit"),
        Column("after", until, "number", unit_by="unit"),
        Column("change", _("Change"), "number", unit_by="unit"),
    ]
    record_table(
        [row for row in found.figures if row["measure_id"] in _FIRST],
        columns,
        key=f"{key}.figures",
        title=title,
        empty=_("No figure has changed."),
        currency=frame.currency,
    )
    if found.changes:
        table_view.draw(
            key=f"{key}.changes",
            label=_("People, plan and promises"),
            columns=[{"k": "topic", "l": _("Topic"), "n": False}, {"k": "what", "l": _("What changed"), "n": False}],
            rows=[
                [
                    {"t": reviews.CHANGE_TOPICS[change.topic]},
                    {"t": plain(change.text, longest=400), "s": change.tone, "g": State("", change.tone).shape},
                ]
                for change in found.changes
            ],
        )
    if found.unrecorded:
        st.caption(_("The earlier review did not record people, plan and promises: no change of them can be told."))
    with st.expander(_("All figures that changed")):
        record_table(
            found.figures, columns, key=f"{key}.all", title=_("All figures"), empty=_("None."), currency=frame.currency
        )

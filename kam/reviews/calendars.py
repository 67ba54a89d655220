"""Which reviews a calendar file takes: one of them, those of the round, or all that are planned."""

from __future__ import annotations

from datetime import date
from typing import Any

from kam.errors import NotFound
from kam.reviews.rounds import round_of
from kam.store import Condition, Store
from kam.words import _


def for_calendars(
    store: Store, as_of: date, *, review_id: int | None = None, is_round: bool = False
) -> list[dict[str, Any]]:
    """Rows of reviews.review_list that people put into their calendars, by day: this review whatever its state; else what is
    planned, and what was cancelled for as_of or later, so that it leaves the calendars again. is_round: up to the end of the
    quarter of as_of. Raises NotFound for an unknown review.
    """
    if review_id is not None:
        row = store.one("reviews.review_list", {"as_of": as_of}, where=[Condition("review_id", "=", review_id)])
        if row is None:
            raise NotFound(
                _("There is no review {number}: see the numbers with `review show`.").format(number=review_id),
                reason="unknown_review",
            )
        return [row]
    among = [Condition("state", "one_of", ["planned", "cancelled"])]
    if is_round:
        ends_on = round_of(store, as_of).ends_on
        if ends_on is None:
            return []
        among.append(Condition("planned_on", "<=", ends_on))
    rows = store.read(
        "reviews.review_list", {"as_of": as_of}, where=among, order_by=[("planned_on", False), ("review_id", False)]
    )
    return [row for row in rows if row["state"] == "planned" or row["planned_on"] >= as_of]

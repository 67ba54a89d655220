"""A review as it is on record, with what was seen, decided and agreed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kam.access import Person
from kam.errors import NotFound
from kam.store import Condition, Store
from kam.words import _


@dataclass(frozen=True)
class Review:
    """A review as it is on record. seen: what the reviewers saw (`what_is_seen`), None before it is held; its agenda (a list
    of lines: text, topic, tone, page, tab) among it, where it was held with one.

    state: planned, held, cancelled. actions: rows of reviews.actions, by due date. decisions: in words, as taken.
    """

    review_id: int
    account_id: str
    planned_on: date
    held_on: date | None
    state: str
    participants: str
    notes: str
    rating: str | None
    seen: dict[str, Any] | None
    closed_by: str | None
    version: int
    actions: list[dict[str, Any]]
    decisions: list[str] = field(default_factory=list)


def review_of(store: Store, review_id: int, *, for_whom: Person) -> Review:
    """One review with its actions and what was seen. Raises NotFound."""
    among = [Condition("review_id", "=", review_id)]
    row = store.one("reviews.reviews", where=among)
    if row is None:
        raise NotFound(_("There is no review {number}: reload the page.").format(number=review_id))
    actions = store.read("reviews.actions", where=among, order_by=[("due_on", False), ("action_id", False)])
    decisions = store.read("reviews.decisions", where=among, order_by=[("decision_id", False)])
    return Review(
        review_id=row["review_id"],
        account_id=row["account_id"],
        planned_on=row["planned_on"],
        held_on=row["held_on"],
        state=row["state"],
        participants=row["participants"],
        notes=row["notes"],
        rating=row["rating"],
        seen=json.loads(row["seen"]) if row["seen"] else None,
        closed_by=row["closed_by"],
        version=row["version"],
        actions=actions.records(),
        decisions=decisions.column("decision"),
    )

"""A draft of criteria held against those in force: who would enter, leave or change verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kam.access import Person
from kam.selection.adoption import adopted
from kam.selection.assessment import judging
from kam.selection.criteria import CriteriaSet
from kam.store import Condition, Rows, Store

_RELATION = "selection.verdict_changes"
# What a reader has to decide about comes first.
_ORDER = (("is_key_account", True), ("change", False), ("name", False))


@dataclass(frozen=True)
class Changes:
    """How many accounts change verdict, and a page of them (columns of selection.verdict_changes)."""

    enters: int
    leaves: int
    flips: int
    rows: Rows

    @property
    def total(self) -> int:
        return self.enters + self.leaves + self.flips


def compare(
    store: Store,
    as_of: date,
    draft: CriteriaSet,
    *,
    for_whom: Person,
    order_by: Sequence[tuple[str, bool]] = _ORDER,
    limit: int | None = None,
    offset: int = 0,
) -> Changes:
    """Accounts whose verdict on as_of differs between the set in force and the draft, key accounts first.

    Where no set is in force, everything the draft judges counts as a change. Raises a Refusal for a day
    before the ledger.
    """
    then = judging(store, as_of, draft).arguments
    held = adopted(store, as_of)
    now = judging(store, as_of, held.criteria).arguments if held else {}
    arguments = {
        "as_of": as_of,
        "level_now": now.get("level"),
        "at_least_now": now.get("at_least"),
        "at_most_now": now.get("at_most"),
        "level_then": then["level"],
        "at_least_then": then["at_least"],
        "at_most_then": then["at_most"],
    }

    def of(change: str) -> int:
        return store.page(_RELATION, arguments, where=[Condition("change", "=", change)], limit=1).total

    rows = store.page(_RELATION, arguments, order_by=order_by, limit=limit, offset=offset)
    return Changes(of("enters"), of("leaves"), of("flips"), rows)

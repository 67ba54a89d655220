"""Look-alikes: what became of accounts that began as a new one does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any

from kam import parameters
from kam.store import Condition, Store

# Three months of first purchases, fewer where the account is younger than that.
_FIRST_DAYS = 91
_MOST = 20


@dataclass(frozen=True)
class LookAlikes:
    """A new account beside those that it resembles.

    first_on: day of its first purchase; of_days: first days that are compared; rows: of everyday.look_alikes, the most alike first, each with
    contribution_12m, activity_state and is_key_account on the day (None where unknown); total: how many there are; at_least: how
    many it takes to sum them up. median_year_1, median_year_2: of the rows shown whose years are over; None below at_least.
    """

    first_on: date
    of_days: int
    rows: list[dict[str, Any]]
    total: int
    at_least: int
    median_year_1: Decimal | None
    median_year_2: Decimal | None

    @property
    def is_thin(self) -> bool:
        """Too few to sum up."""
        return len(self.rows) < self.at_least

    def count(self, name: str, value: Any) -> int:
        """How many of the rows hold this value."""
        return sum(row[name] == value for row in self.rows)


def look_alikes(store: Store, account_id: str, as_of: date) -> LookAlikes | None:
    """The account's look-alikes on a day; None where it has not bought yet, or is not new (everyday.new_account_days)."""
    held = parameters.all_at(store, as_of)
    facts = store.page(
        "ledgers.account_facts",
        {"as_of": as_of},
        where=[Condition("account_id", "=", account_id)],
        columns=("first_order_on",),
    )
    first_on = next(iter(facts.column("first_order_on")), None)
    if first_on is None or (as_of - first_on).days >= held["everyday.new_account_days"].value:
        return None
    of_days = min(_FIRST_DAYS, (as_of - first_on).days + 1)
    found = store.read(
        "everyday.look_alikes",
        {"as_of": as_of, "of_account": account_id, "of_days": of_days},
        order_by=[("alike_share", True), ("known_count", True), ("first_on", True), ("account_id", False)],
        limit=_MOST,
    )
    today = store.page(
        "programme.account_list",
        {"as_of": as_of, "level": "account"},
        where=[Condition("account_id", "one_of", found.column("account_id"))],
        columns=("account_id", "contribution_12m", "activity_state", "is_key_account"),
    )
    became = {row["account_id"]: row for row in today}
    at_least = int(held["everyday.look_alikes_at_least"].value)
    rows = [row | became.get(row["account_id"], {}) for row in found]
    return LookAlikes(
        first_on,
        of_days,
        rows,
        found.total,
        at_least,
        _middle([row["revenue_year_1"] for row in rows], at_least),
        _middle([row["revenue_year_2"] for row in rows], at_least),
    )


def _middle(values: list[Decimal | None], at_least: int) -> Decimal | None:
    known = [value for value in values if value is not None]
    return median(known) if len(known) >= at_least else None

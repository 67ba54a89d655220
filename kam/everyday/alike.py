"""Look-alikes: what became of accounts that began as a new one does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import quantiles
from typing import Any

from kam import parameters
from kam.store import Condition, Store

# Three months of first purchases, fewer where the account is younger than that.
_FIRST_DAYS = 91
_MOST = 20
SPREADS = ("revenue_year_1", "revenue_year_2", "contribution_year_1", "contribution_year_2")
_YEARS = {"contribution_year_1": None, "contribution_year_2": None, "is_estimated": False}


@dataclass(frozen=True)
class Spread:
    """Where the middle half of the known values lies: lower and upper quartile and median (inclusive method), reporting currency.

    known: how many are known. All None below everyday.look_alikes_at_least.
    """

    known: int
    lower: Decimal | None = None
    middle: Decimal | None = None
    upper: Decimal | None = None


@dataclass(frozen=True)
class LookAlikes:
    """A new account beside those that it resembles.

    first_on: day of its first purchase; of_days: first days that are compared; rows: of everyday.look_alikes, the most alike first, each with
    contribution_year_1 and _2 of everyday.became (None where the year is not over or a cost unknown), is_estimated where a part of these is,
    and contribution_12m, activity_state and is_key_account on the day (None where unknown); total: how many there are; at_least: how
    many it takes to sum them up. spreads: revenue_year_1, revenue_year_2, contribution_year_1 and contribution_year_2 of the rows.
    """

    first_on: date
    of_days: int
    rows: list[dict[str, Any]]
    total: int
    at_least: int
    spreads: dict[str, Spread]

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
    brought = _brought(store, account_id, as_of, of_days) if found.rows else {}
    rows = [row | _YEARS | brought.get(row["account_id"], {}) | became.get(row["account_id"], {}) for row in found]
    return LookAlikes(
        first_on,
        of_days,
        rows,
        found.total,
        at_least,
        {name: spread([row[name] for row in rows], at_least) for name in SPREADS},
    )


def _brought(store: Store, account_id: str, as_of: date, of_days: int) -> dict[str, dict[str, Any]]:
    given = {"as_of": as_of, "of_account": account_id, "of_days": of_days, "most": _MOST}
    found: dict[str, dict[str, Any]] = {}
    for row in store.page("everyday.became", given, order_by=[("account_id", False), ("year", False)]):
        of_account = found.setdefault(row["account_id"], {"is_estimated": False})
        of_account[f"contribution_year_{row['year']}"] = row["contribution"]
        of_account["is_estimated"] |= row["is_estimated"]
    return found


def spread(values: list[Decimal | None], at_least: int) -> Spread:
    """The spread of the known values; nothing but their number where they are fewer than at_least (or than two)."""
    known = sorted(value for value in values if value is not None)
    if len(known) < max(2, at_least):
        return Spread(len(known))
    return Spread(len(known), *quantiles(known, n=4, method="inclusive"))

"""How much of the business hangs on few accounts: Lorenz curve, Gini, top shares, effective number.

Formulas: Lorenz (1905), Gini (1914) in the population form, Herfindahl–Hirschman; METHOD 5.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from kam.store import Store

_LEDGER_BEGINS = date.min
Amount = Decimal | float | int


@dataclass(frozen=True)
class Concentration:
    """Concentration of revenue over the accounts that brought any.

    account_count: accounts with revenue above 0; left_out_count: accounts whose returns reach their purchases.
    Shares 0..1. lorenz: (share of accounts, share of revenue), largest account first, from (0, 0) to (1, 1).
    All None and empty where no account has revenue above 0.
    """

    as_of: date
    account_count: int
    left_out_count: int
    revenue_amount: Decimal
    gini: float | None
    top_one_share: float | None
    top_five_share: float | None
    top_fifth_share: float | None
    eighty_percent_at_share: float | None
    effective_number: float | None
    lorenz: list[tuple[float, float]]


def gini(amounts: Sequence[Amount]) -> float | None:
    """Gini coefficient, population form: G = Σ (2i − n − 1) x₍ᵢ₎ / (n Σ x), x ascending; 0 equal, near 1 all in one.

    None where there is nothing to divide or an amount is negative (the coefficient is undefined: draw the
    whale curve instead).
    """
    ascending = sorted(amounts)
    total = sum(ascending)
    if not ascending or total <= 0 or ascending[0] < 0:
        return None
    count = len(ascending)
    weighted = sum((2 * place - count - 1) * amount for place, amount in enumerate(ascending, 1))
    return float(weighted / (count * total))


def lorenz(amounts: Sequence[Amount]) -> list[tuple[float, float]]:
    """Points (share of accounts, share of the total), largest first; empty where the total is 0 or less."""
    total = sum(amounts)
    if total <= 0:
        return []
    points, reached = [(0.0, 0.0)], 0
    for place, amount in enumerate(sorted(amounts, reverse=True), 1):
        reached += amount
        points.append((place / len(amounts), float(reached / total)))
    return points


def share_of_top(amounts: Sequence[Amount], share: float) -> float | None:
    """What the largest `share` of accounts (0..1) hold of the total; the number of accounts is rounded up.

    20 % of 98 accounts are 20 accounts. None where the total is 0 or less.
    """
    total = sum(amounts)
    if total <= 0:
        return None
    # Decimal keeps 20 % of 15 at 3 accounts; the float product may lie a hair above and take a fourth.
    count = math.ceil(Decimal(str(share)) * len(amounts))
    return float(sum(sorted(amounts, reverse=True)[:count]) / total)


def share_that_holds(points: Sequence[tuple[float, float]], level: float) -> float | None:
    """The smallest share of accounts that holds `level` of the total, interpolated on the Lorenz curve."""
    for (left, low), (right, high) in itertools.pairwise(points):
        if high >= level:
            return right if high == low else left + (right - left) * (level - low) / (high - low)
    return None


def effective_number(amounts: Sequence[Amount]) -> float | None:
    """1 / Σ shares²: how many accounts of equal size would be as concentrated. None where the total is 0 or less."""
    total = sum(amounts)
    if total <= 0:
        return None
    return 1 / sum(float(amount / total) ** 2 for amount in amounts)


def concentration(store: Store, as_of: date, *, months: int | None = 12) -> Concentration:
    """Concentration of net revenue in (as_of − months, as_of]; months None: of the whole ledger up to as_of."""
    first_day = _LEDGER_BEGINS if months is None else _months_back(as_of, months) + timedelta(days=1)
    rows = store.page("segments.revenue", {"first_day": first_day, "after_day": as_of + timedelta(days=1)})
    revenues = rows.column("revenue_amount")
    amounts = [amount for amount in revenues if amount > 0]
    points = lorenz(amounts)
    total = sum(amounts, Decimal("0.00"))
    largest = sorted(amounts, reverse=True)
    return Concentration(
        as_of=as_of,
        account_count=len(amounts),
        left_out_count=len(revenues) - len(amounts),
        revenue_amount=total,
        gini=gini(amounts),
        top_one_share=float(largest[0] / total) if amounts else None,
        top_five_share=float(sum(largest[:5]) / total) if amounts else None,
        top_fifth_share=share_of_top(amounts, 0.2),
        eighty_percent_at_share=share_that_holds(points, 0.8),
        effective_number=effective_number(amounts),
        lorenz=points,
    )


def _months_back(day: date, months: int) -> date:
    """The same day n months earlier, or that month's last day where it is shorter (as SQL's interval)."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = date(year, month + 1, 1)
    next_first = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (next_first - first).days) - 1)

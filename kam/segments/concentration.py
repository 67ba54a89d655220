"""How much of the business hangs on few accounts: Lorenz curve, Gini, top shares, effective number.

Formulas: Lorenz (1905), Gini (1914) in the population form, Herfindahl–Hirschman; METHOD 5. They are computed by
`segments.lorenz`; here they are read for a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from kam.store import Condition, Store

_LEDGER_BEGINS = date.min


@dataclass(frozen=True)
class Concentration:
    """Concentration of net revenue over the accounts that brought any.

    account_count: accounts with net revenue above 0; left_out_count: accounts whose returns reach their purchases.
    Shares 0..1; the top fifth is a number of accounts rounded up (20 of 98). eighty_percent_at_share: the smallest
    share of accounts that holds 80 %, interpolated. effective_number: how many accounts of equal size would be as
    concentrated. lorenz: (share of accounts, share of revenue), largest first, thinned to some hundred points.
    None and empty where no account has net revenue above 0.
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


def concentration(store: Store, as_of: date, *, months: int | None = 12) -> Concentration:
    """Concentration of net revenue in (as_of − months, as_of]; months None: of the whole ledger up to as_of."""
    first_day = _LEDGER_BEGINS if months is None else months_back(as_of, months) + timedelta(days=1)
    drawn = store.page(
        "segments.lorenz",
        {"first_day": first_day, "after_day": as_of + timedelta(days=1)},
        where=[Condition("is_drawn", "=", True)],
        order_by=[("place", False)],
    ).records()
    if not drawn:
        return Concentration(as_of, 0, 0, Decimal("0.00"), None, None, None, None, None, None, [])
    count = drawn[0]["account_count"]
    held = {row["place"]: row["held_share"] for row in drawn}
    points = [(0.0, 0.0), *((row["account_share"], row["held_share"]) for row in drawn)]
    return Concentration(
        as_of=as_of,
        account_count=count,
        left_out_count=drawn[0]["left_out_count"],
        revenue_amount=drawn[0]["total_amount"],
        gini=drawn[0]["gini"],
        top_one_share=held[1],
        top_five_share=held[min(5, count)],
        top_fifth_share=held[-(-count // 5)],
        eighty_percent_at_share=share_that_holds(points, 0.8),
        effective_number=1 / drawn[0]["squared_share"],
        lorenz=points,
    )


def share_that_holds(points: Sequence[tuple[float, float]], level: float) -> float | None:
    """The smallest share of accounts that holds `level` of the total, interpolated on a Lorenz curve."""
    for (left, low), (right, high) in pairwise(points):
        if high >= level:
            return right if high == low else left + (right - left) * (level - low) / (high - low)
    return None


def months_back(day: date, months: int) -> date:
    """The same day n months earlier, or that month's last day where it is shorter (as SQL's interval)."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    first = date(year, month + 1, 1)
    next_first = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return first + timedelta(days=min(day.day, (next_first - first).days) - 1)

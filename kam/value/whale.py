"""The whale curve: accounts by contribution, best first, cumulated (Kaplan & Narayanan 2001; METHOD 4.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kam.access import Person
from kam.store import Condition, Store


@dataclass(frozen=True)
class WhaleCurve:
    """Amounts: reporting currency, 12 months up to as_of; shares 0..1.

    points: (share of accounts, cumulative amount) from (0, 0), thinned to some hundred; the last is the total.
    peak_amount: what the accounts that earn anything earn together, at peak_at_share of the accounts. top_fifth: the
    best 20 % of accounts, rounded up. losers: accounts below 0, loss_amount what they lose (0 or negative).
    Shares of the total (peak_share, top_fifth_share, loss_share) are None where the total is 0 or less: then only
    money has a meaning. unknown_count: accounts with revenue whose contribution is unknown; they are left out.
    estimated_count: accounts of the curve whose margin rests in part on the assumed margin rate.
    """

    as_of: date
    account_count: int
    unknown_count: int
    estimated_count: int
    total_amount: Decimal
    total_lifetime_amount: Decimal | None
    peak_amount: Decimal
    peak_at_share: float
    top_fifth_count: int
    top_fifth_amount: Decimal
    loss_count: int
    loss_amount: Decimal
    points: list[tuple[float, Decimal]]

    def share(self, amount: Decimal) -> float | None:
        """An amount as a share of the total; None where the total is 0 or less."""
        return float(amount / self.total_amount) if self.total_amount > 0 else None

    @property
    def peak_share(self) -> float | None:
        return self.share(self.peak_amount)

    @property
    def top_fifth_share(self) -> float | None:
        return self.share(self.top_fifth_amount)

    @property
    def loss_share(self) -> float | None:
        return self.share(self.loss_amount)


def whale_curve(store: Store, as_of: date, *, level: str = "account", for_whom: Person) -> WhaleCurve | None:
    """The curve over every account (or group) whose contribution is known; None where there is none."""
    arguments = {"as_of": as_of, "level": level}
    drawn = store.page(
        "value.whale_curve", arguments, where=[Condition("is_drawn", "=", True)], order_by=[("place", False)]
    ).records()
    if not drawn:
        return None
    first = drawn[0]
    top_fifth = next(row for row in drawn if row["place"] == -(-first["account_count"] // 5))
    # The curve begins at 0: where every account loses, that is its peak.
    peak = max(drawn, key=lambda row: (row["cumulative_amount"], -row["place"]))
    is_any_gain = peak["cumulative_amount"] > 0
    unknown = [Condition("revenue_12m", "is_known"), Condition("contribution_12m", "is_missing")]
    return WhaleCurve(
        as_of=as_of,
        account_count=first["account_count"],
        unknown_count=store.page("value.account_measures", arguments, where=unknown, limit=1).total,
        estimated_count=first["estimated_count"],
        total_amount=first["total_amount"],
        total_lifetime_amount=first["total_lifetime_amount"],
        peak_amount=peak["cumulative_amount"] if is_any_gain else Decimal("0.00"),
        peak_at_share=peak["account_share"] if is_any_gain else 0.0,
        top_fifth_count=top_fifth["place"],
        top_fifth_amount=top_fifth["cumulative_amount"],
        loss_count=first["loss_count"],
        loss_amount=first["loss_amount"],
        points=[(0.0, Decimal("0.00")), *((row["account_share"], row["cumulative_amount"]) for row in drawn)],
    )


def whale_places(
    store: Store, as_of: date, account_ids: Sequence[str], *, level: str = "account", for_whom: Person
) -> list[dict[str, Any]]:
    """Where some accounts stand on the curve: rows of value.whale_curve, best first; without those left out of it."""
    found = store.page(
        "value.whale_curve",
        {"as_of": as_of, "level": level},
        columns=["account_id", "name", "account_share", "cumulative_amount", "contribution_12m", "place"],
        where=[Condition("account_id", "one_of", list(account_ids))],
        order_by=[("place", False)],
    )
    return found.records()

"""The whale curve's key figures: how far profit rises above the total before the loss-makers take it back (METHOD 4.5).

For a base in memory: a scenario, or a what-if. The ledger's own curve is the relation value.whale_curve.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kam.errors import BadInput
from kam.words import _


@dataclass(frozen=True)
class WhaleCurve:
    """share: share of accounts, from 0 to 1, best first. cumulative: money earned by them, from 0 to total.

    peak: highest point, money, first reached at peak_share. loss_makers: accounts below 0. loss: what they lose, ≤ 0.
    """

    share: NDArray[np.float64]
    cumulative: NDArray[np.float64]
    peak: float
    peak_share: float
    loss_makers: int
    loss: float

    @property
    def total(self) -> float:
        """Profit of all accounts, money."""
        return float(self.cumulative[-1])

    def earned_by(self, share: float) -> float:
        """Money earned by the best `share` of accounts, linear between accounts."""
        return float(np.interp(share, self.share, self.cumulative))

    def earned_by_last(self, share: float) -> float:
        """Money earned, or lost, by the last `share` of accounts."""
        return self.total - self.earned_by(1 - share)

    def as_share_of_total(self, money: float) -> float | None:
        """money/total; None where the total is 0 or less, because percentages of a loss mean nothing."""
        return money / self.total if self.total > 0 else None


def whale_curve(profits: ArrayLike) -> WhaleCurve:
    """Accounts sorted by profit, best first, cumulated (Kaplan & Narayanan 2001; CTS-09).

    profits: money per account, negative for losses. Raises BadInput when there is none or one is not a finite number;
    leave out accounts whose profit is unknown and say how many.
    """
    earned = np.asarray(profits, dtype=float)
    if earned.size == 0 or not np.isfinite(earned).all():
        raise BadInput(
            _("The whale curve needs at least one account, each with a known profit."),
            reason="unknown_profit",
            field="profits",
        )
    ordered = -np.sort(-earned)
    cumulative = np.concatenate(([0.0], np.cumsum(ordered)))
    share = np.arange(len(ordered) + 1) / len(ordered)
    top = int(np.argmax(cumulative))
    return WhaleCurve(
        share,
        cumulative,
        float(cumulative[top]),
        float(share[top]),
        int((earned < 0).sum()),
        float(earned[earned < 0].sum()),
    )


def level_reached_at(curve: WhaleCurve, level: float) -> float | None:
    """The smallest share of accounts that earns `level` of the total, interpolated (0.8 gives the 80/20 point).

    None where the total is 0 or less.
    """
    if curve.total <= 0:
        return None
    wanted = level * curve.total
    points = list(zip(curve.share.tolist(), curve.cumulative.tolist(), strict=True))
    for (left, low), (right, high) in pairwise(points):
        if low < wanted <= high:
            return left + (right - left) * (wanted - low) / (high - low)
    return 0.0 if wanted <= 0 else None

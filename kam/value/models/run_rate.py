"""The plain forecast: what was sold goes on, over a window as long as the horizon, times the season (METHOD 3; issue 3).

For large business customers this carries most of the accuracy; every model has to beat it on the ledger at hand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kam.errors import BadInput
from kam.value.models import bounds
from kam.words import _

LEAST_MONTHS = 24


@dataclass(frozen=True)
class SeasonalIndex:
    """by_month: January to December, mean 1; 1.2 is a month 20 % above the average. months: how many it rests on."""

    by_month: tuple[float, ...]
    months: int

    def exposure(self, after: np.datetime64, until: np.datetime64) -> float:
        """The sum of the index over the days of (after, until]: how many average days the period is worth."""
        days = np.arange(np.datetime64(after, "D") + 1, np.datetime64(until, "D") + 1)
        return float(np.asarray(self.by_month)[days.astype("datetime64[M]").astype(int) % 12].sum())


def run_rate(total: ArrayLike, window: float, horizon: float) -> NDArray[np.float64]:
    """total · horizon/window: money of the window scaled to the horizon. window, horizon: in one unit, above 0."""
    return np.asarray(total, dtype=float) * bounds.at_least_zero(horizon, "horizon") / bounds.positive(window, "window")


def seasonal_run_rate(
    total: ArrayLike,
    index: SeasonalIndex,
    window: tuple[np.datetime64, np.datetime64],
    horizon: tuple[np.datetime64, np.datetime64],
) -> NDArray[np.float64]:
    """total · Σ season over the horizon's days / Σ season over the window's days. Periods as (after, until], days."""
    exposure = index.exposure(*window)
    if exposure <= 0:
        raise BadInput(
            _("The window holds no day with a season above 0; choose a longer one."), reason="no_season", field="window"
        )
    return np.asarray(total, dtype=float) * index.exposure(*horizon) / exposure


def seasonal_index(months: ArrayLike, totals: ArrayLike) -> SeasonalIndex | None:
    """The index of each calendar month by the ratio to the centred 12-month moving average, median over years.

    months: consecutive complete months (datetime64[M]). totals: the whole base's net revenue, money. None below 24
    months, where season and trend cannot be told apart, and where a moving average is not above 0. Classical
    decomposition; negative months count as 0.
    """
    when, money = np.asarray(months, dtype="datetime64[M]"), np.asarray(totals, dtype=float)
    bounds.same_length("totals", money, "months", when)
    if len(when) > 1 and not (np.diff(when).astype(int) == 1).all():
        raise BadInput(_("months has a gap; give every month once, in order."), reason="gap", field="months")
    if len(when) < LEAST_MONTHS:
        return None
    centred = np.convolve(money, np.array([0.5, *[1.0] * 11, 0.5]) / 12, mode="valid")
    if (centred <= 0).any():
        return None
    ratio = np.maximum(money[6:-6], 0) / centred
    calendar = when[6:-6].astype(int) % 12
    index = np.array([np.median(ratio[calendar == month]) for month in range(12)])
    if index.sum() <= 0:
        return None
    return SeasonalIndex(tuple((index * 12 / index.sum()).tolist()), len(when))

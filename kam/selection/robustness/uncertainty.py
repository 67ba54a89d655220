"""Points that are not exact: assessors who differ, measurement error, and points that are missing.

Each cell (account, criterion) is one of
- exact: the point itself;
- triangular: between the lowest and the highest that assessors gave, most likely at the point;
- normal: around the point with a standard deviation, cut off at its bounds (0 and 10 where none are given);
- missing: anywhere between its bounds (0 and 10 where none are given), all equally likely.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kam.errors import BadInput
from kam.selection.scoring import HIGHEST, LOWEST, check_points
from kam.words import _

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class UncertainPoints:
    """Points with what is not known about them; every array has shape (accounts, criteria), 0..10.

    points: the best single figure, nan where missing. low, high: the range that is possible at all.
    deviation: standard deviation in points of a normal cell, 0 elsewhere. Make one with `uncertain`.
    """

    points: Floats
    low: Floats
    high: Floats
    deviation: Floats

    @property
    def is_uncertain(self) -> NDArray[np.bool_]:
        """Cells that vary between draws."""
        return self.low < self.high

    @property
    def centre(self) -> Floats:
        """The point itself, or the middle of the range where it is missing."""
        return np.where(np.isnan(self.points), (self.low + self.high) / 2, self.points)

    def of(self, accounts: ArrayLike) -> UncertainPoints:
        """The same for some of the accounts, by row positions or a mask."""
        rows = np.asarray(accounts)
        return UncertainPoints(self.points[rows], self.low[rows], self.high[rows], self.deviation[rows])

    def drawn(self, rng: np.random.Generator, criterion: int, accounts: ArrayLike, draws: int) -> Floats:
        """Random points of one criterion for the accounts at some rows, shape (draws, accounts).

        By inversion, one uniform number a cell: triangular low + sqrt(u (b - a)(c - a)) below its peak c and
        high - sqrt((1 - u)(b - a)(b - c)) above; normal through the standard normal's distribution function
        cut to the bounds; missing a + u (b - a).
        """
        rows = np.asarray(accounts)
        low, high = self.low[rows, criterion], self.high[rows, criterion]
        peak, deviation = self.points[rows, criterion], self.deviation[rows, criterion]
        u = rng.random((draws, len(rows)))
        drawn = low + u * (high - low)
        triangular = ~np.isnan(peak) & (deviation == 0) & (low < high)
        if triangular.any():
            a, b, c, v = low[triangular], high[triangular], peak[triangular], u[:, triangular]
            below = v * (b - a) < c - a
            drawn[:, triangular] = np.where(
                below, a + np.sqrt(v * (b - a) * (c - a)), b - np.sqrt((1 - v) * (b - a) * (b - c))
            )
        normal = deviation > 0
        if normal.any():
            from scipy.special import ndtr, ndtri

            a, b, c, s = low[normal], high[normal], peak[normal], deviation[normal]
            first, last = ndtr((a - c) / s), ndtr((b - c) / s)
            drawn[:, normal] = np.clip(c + s * ndtri(first + u[:, normal] * (last - first)), a, b)
        return drawn


def uncertain(
    points: ArrayLike,
    *,
    low: ArrayLike | None = None,
    high: ArrayLike | None = None,
    deviation: ArrayLike | None = None,
) -> UncertainPoints:
    """Points with their noise; nan in `low`, `high` or `deviation` says nothing about that cell.

    All of shape (accounts, criteria) (or a single number for all). A cell with a deviation above 0 is normal;
    else one with bounds triangular; a missing point is uniform between its bounds; the rest are exact.
    Raises BadInput for points or bounds outside 0..10, a point outside its bounds, or a negative deviation.
    """
    given = check_points(points)
    sigma = _cells(deviation, given.shape)
    sigma = np.where(np.isnan(sigma), 0.0, sigma)
    if not np.isfinite(sigma).all() or (sigma < 0).any():
        raise BadInput(_("A standard deviation of points must be 0 or more."), reason="bad_points")
    missing = np.isnan(given)
    is_open = missing | (sigma > 0)
    bottom, top = check_points(_cells(low, given.shape)), check_points(_cells(high, given.shape))
    bottom = np.where(np.isnan(bottom), np.where(is_open, LOWEST, given), bottom)
    top = np.where(np.isnan(top), np.where(is_open, HIGHEST, given), top)
    outside = (bottom > top) | (~missing & ((given < bottom) | (given > top)))
    if outside.any():
        account, criterion = (int(part) for part in np.argwhere(outside)[0])
        raise BadInput(
            _(
                "The points of account {account}, criterion {criterion}, do not lie between their lowest {low:g} "
                "and highest {high:g}; correct the bounds."
            ).format(
                account=account + 1,
                criterion=criterion + 1,
                low=bottom[account, criterion],
                high=top[account, criterion],
            ),
            reason="bad_points",
        )
    return UncertainPoints(given, bottom, top, np.where(missing, 0.0, sigma))


def spread_of(ratings: Sequence[float]) -> tuple[float, float, float]:
    """(lowest, most likely, highest) of several assessors' points: the extremes and the median.

    For a triangular cell of `uncertain`. One assessor gives an exact point. Raises BadInput without ratings
    or for a rating outside 0..10.
    """
    if not len(ratings):
        raise BadInput(_("There is no rating to take a spread of; leave the point missing."), reason="missing_points")
    check_points([list(ratings)], complete=True)
    return float(min(ratings)), float(median(ratings)), float(max(ratings))


def _cells(value: ArrayLike | None, shape: tuple[int, ...]) -> Floats:
    given = np.full(shape, np.nan) if value is None else np.asarray(value, dtype=float)
    try:
        return np.broadcast_to(given, shape)
    except ValueError as mismatch:
        raise BadInput(
            _("Bounds and deviations need one figure for each account and criterion."), reason="bad_points"
        ) from mismatch

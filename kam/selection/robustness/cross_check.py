"""Another method's ranking, to compare ours with. It never selects anyone.

TOPSIS normalises each criterion by the set of accounts, so adding or removing one can reverse others; what it
is good for is to show that a ranking does not hang on the method.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kam.errors import BadInput
from kam.selection.scoring import check_points, normalised
from kam.words import _

Floats = NDArray[np.float64]


def topsis_closeness(points: ArrayLike, weights: ArrayLike) -> Floats:
    """Closeness of each account to the best seen on every criterion, 0..1, shape (accounts,).

    v_ak = w_k s_ak / sqrt(sum_a s_ak²); closeness = d⁻ / (d⁺ + d⁻) with the Euclidean distances to the best and
    worst v of each criterion (Hwang & Yoon 1981, recalled; worked example SEL-05 of Tzeng & Huang 2011). Vector
    normalisation, every criterion to be as large as possible. nan where best and worst are the same.
    points: complete, (accounts, criteria). Raises BadInput for missing points or unusable weights.
    """
    known, shares = check_points(points, complete=True), normalised(weights)
    length = np.sqrt((known**2).sum(axis=0))
    weighted = shares * np.divide(known, length, out=np.zeros_like(known), where=length > 0)
    to_best = np.sqrt(((weighted - weighted.max(axis=0)) ** 2).sum(axis=1))
    to_worst = np.sqrt(((weighted - weighted.min(axis=0)) ** 2).sum(axis=1))
    with np.errstate(invalid="ignore"):
        return to_worst / (to_best + to_worst)


def rank_correlation(one: ArrayLike, other: ArrayLike) -> float | None:
    """Spearman's rank correlation of two scorings of the same accounts, -1..1; ties take the mean rank.

    None where either ranks everyone equal or there are fewer than two accounts: nothing can be compared.
    Raises BadInput where the two do not score the same number of accounts, or a score is missing.
    """
    first, second = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    if first.ndim != 1 or first.shape != second.shape or np.isnan(first).any() or np.isnan(second).any():
        raise BadInput(_("Two rankings can be compared only where both score every account."), reason="bad_points")
    ranks = [_mean_ranks(first), _mean_ranks(second)]
    deviations = [rank - rank.mean() if rank.size else rank for rank in ranks]
    spread = np.sqrt((deviations[0] ** 2).sum() * (deviations[1] ** 2).sum())
    return float((deviations[0] * deviations[1]).sum() / spread) if spread > 0 else None


def _mean_ranks(scores: Floats) -> Floats:
    _distinct, position, count = np.unique(scores, return_inverse=True, return_counts=True)
    return (np.cumsum(count) - (count - 1) / 2)[position]

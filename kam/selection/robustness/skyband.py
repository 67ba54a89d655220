"""Which accounts could be among the best K at all, before any draw is ranked.

An account that at least K others beat under every allowed weighting cannot be among the best K (the K-skyband
of a dominance order; Papadias, Tao, Fu & Seeger 2005, ACM TODS 30(1), recalled). Setting such accounts aside
changes no acceptability: it only saves ranking them ten thousand times.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kam.selection.robustness.uncertainty import UncertainPoints

Floats = NDArray[np.float64]

# Rivals that each account is compared with: the best few hundred by their own middle score beat nearly
# everyone who is beaten at all, and more comparisons cost more than the ranking they save.
_RIVALS = 400


def possible_members(
    points: UncertainPoints,
    weights: Floats,
    *,
    places: int,
    margin: float,
    extremes: Floats | None = None,
) -> NDArray[np.bool_]:
    """True for every account that might be among the best `places` in some draw, shape (accounts,).

    weights: the drawn weights, (draws, criteria). extremes: weightings of which all allowed ones are mixtures,
    one a row (`extreme_weights`; default all weight on one criterion). An account is set aside only when
    `places` others are ahead of it by more than `margin` points in every one of these draws, whatever the
    uncertain points turn out to be: others at their lowest, the account at its highest. Nobody who could enter is ever
    set aside; a few who cannot may remain.
    """
    criteria = points.points.shape[1]
    corners = np.eye(criteria) if extremes is None else extremes
    mixture = np.linalg.solve(corners.T, weights.T)
    # Each draw is a mixture of the corners; a corner's smallest share in any draw bounds the lead it gives.
    least = np.maximum(mixture.min(axis=1), 0.0)
    used = mixture.max(axis=1) > 0
    lowest, highest = points.low @ corners.T, points.high @ corners.T
    exact = ~points.is_uncertain.any(axis=1)
    highest[exact] = lowest[exact]
    rivals = np.argsort(-(lowest @ mixture.mean(axis=1)), kind="stable")[: max(_RIVALS, 4 * places)]
    ahead = np.ones((len(rivals), len(lowest)), dtype=bool)
    for corner in np.flatnonzero(used):
        ahead &= lowest[rivals, corner, None] >= highest[None, :, corner]
    ahead &= (lowest[rivals] @ least)[:, None] > (highest @ least)[None, :] + margin
    return np.count_nonzero(ahead, axis=0) < places

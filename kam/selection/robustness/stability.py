"""How far one weight can move before the selection changes.

One weight at a time; the others keep their proportions to each other and make up the rest (METHOD 1.6).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kam.errors import BadInput
from kam.selection.scoring import DECIMALS, check_points, normalised, weighted_scores
from kam.words import _

Floats = NDArray[np.float64]

# Points that differ by less than this are the same in exact arithmetic.
_NEGLIGIBLE = 1e-12


@dataclass(frozen=True)
class Bound:
    """Where a weight meets the edge of its interval: the member (row) that goes and the account that comes."""

    at: float
    leaves: int
    enters: int


@dataclass(frozen=True)
class StabilityInterval:
    """The range (shares 0..1) of one criterion's weight within which the same accounts are selected.

    below, above: the tie that bounds the range, None where the weight can go to 0 or 1 without a change.
    """

    criterion: int
    weight: float
    low: float
    high: float
    below: Bound | None
    above: Bound | None


@dataclass(frozen=True)
class CriticalChange:
    """The smallest relative change of one weight, the other weights left alone, that reverses two accounts.

    criterion, ahead, behind: positions. delta: what is taken off the weight (negative: added), same scale as
    the weights. percent: 100 delta / weight.
    """

    criterion: int
    ahead: int
    behind: int
    delta: float
    percent: float


@dataclass(frozen=True)
class CriticalCriteria:
    """top: the smallest |percent| that changes who is best; any: that reverses any two. None: no weight can."""

    top: CriticalChange | None
    any: CriticalChange | None


def reweighted(weights: ArrayLike, criterion: int, weight: float) -> Floats:
    """The weights with one of them set to `weight` and the others rescaled in proportion, summing to 1.

    For a what-if slider. Raises BadInput for a weight outside 0..1, and where all of the weight lies on that
    criterion (there is no proportion to keep).
    """
    shares = normalised(weights)
    if not 0 <= weight <= 1:
        raise BadInput(
            _("A weight lies between 0 and 1; {value:g} does not.").format(value=weight),
            reason="bad_weights",
            field="weight",
        )
    rest = np.delete(shares, criterion).sum()
    if rest <= _NEGLIGIBLE:
        raise BadInput(
            _("All weight lies on this criterion; give another criterion a weight before moving this one."),
            reason="bad_weights",
            field="weight",
        )
    moved = shares * (1 - weight) / rest
    moved[criterion] = weight
    return moved


def selected(points: ArrayLike, weights: ArrayLike, places: int) -> NDArray[np.intp]:
    """Rows of the best `places` accounts by weighted score, best first; ties by row order.

    points: complete, (accounts, criteria), rows in the order of account_id so that ties are settled by id.
    """
    scores = weighted_scores(check_points(points, complete=True), weights)
    return np.argsort(-scores, kind="stable")[: max(places, 0)]


def entering_and_leaving(
    points: ArrayLike, before: ArrayLike, after: ArrayLike, places: int
) -> tuple[list[int], list[int]]:
    """Rows that enter and rows that leave the best `places` when the weights change from before to after."""
    old, new = set(selected(points, before, places).tolist()), set(selected(points, after, places).tolist())
    return sorted(new - old), sorted(old - new)


def stability_intervals(points: ArrayLike, weights: ArrayLike, *, places: int) -> list[StabilityInterval | None]:
    """For each criterion the range of its weight in which the best `places` accounts stay the same set.

    With R_a = sum_{j≠k} w_j s_aj / (1 - w_k), the score at weight t is t s_ak + (1 - t) R_a; a member m and a
    non-member n tie at t* = (R_n - R_m) / ((s_mk - R_m) - (s_nk - R_n)), and the nearest such ties below and above
    w_k bound the interval (METHOD 1.6; Mareschal 1988, EJOR 33(1), recalled). None where w_k = 1: R is undefined.
    A tie at w_k itself closes the interval on the side where the non-member would win.
    points: complete, (accounts, criteria); weights: (criteria,), normalised here; places: 1 or more.
    Raises BadInput for missing points or unusable weights.
    """
    known, shares = check_points(points, complete=True), normalised(weights)
    chosen = selected(known, shares, places)
    others = np.setdiff1d(np.arange(len(known)), chosen)
    scores = known @ shares
    intervals: list[StabilityInterval | None] = []
    for k, weight in enumerate(shares.tolist()):
        if 1 - weight <= _NEGLIGIBLE:
            intervals.append(None)
            continue
        rest = (scores - weight * known[:, k]) / (1 - weight)
        slope = known[:, k] - rest
        lead = np.maximum(scores[chosen, None] - scores[None, others], 0.0).round(DECIMALS + 2)
        change = slope[chosen, None] - slope[None, others]
        below = _nearest(weight, lead, change, chosen, others, upwards=False)
        above = _nearest(weight, lead, -change, chosen, others, upwards=True)
        intervals.append(
            StabilityInterval(
                criterion=k,
                weight=weight,
                low=below.at if below else 0.0,
                high=above.at if above else 1.0,
                below=below,
                above=above,
            )
        )
    return intervals


def critical_criteria(points: ArrayLike, weights: ArrayLike) -> CriticalCriteria:
    """The weight whose smallest relative change turns over the best account, and any two accounts.

    For accounts i ahead of j (P_i > P_j) and criterion k: delta = (P_j - P_i) / (a_jk - a_ik) is taken off w_k (the
    others stay; only then are they normalised), relative 100 delta / w_k, feasible when delta <= w_k
    (Triantaphyllou & Sanchez 1997, Decision Sciences 28(1):151-194). A criterion of weight 0 has no relative
    change and is left out. points: complete, (accounts, criteria). Memory is accounts² per criterion.
    """
    known, shares = check_points(points, complete=True), normalised(weights)
    scores = known @ shares
    order = np.argsort(-scores.round(DECIMALS), kind="stable")
    top: CriticalChange | None = None
    any_: CriticalChange | None = None
    for k, weight in enumerate(shares.tolist()):
        if weight <= 0 or len(known) < 2:
            continue
        # Ranked order: row i is ahead of column j wherever i < j.
        ranked, points_k = scores[order], known[order, k]
        gap = points_k[None, :] - points_k[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            delta = (ranked[None, :] - ranked[:, None]) / gap
        possible = np.triu(np.ones_like(delta, dtype=bool), 1) & (np.abs(gap) > _NEGLIGIBLE) & (delta <= weight)
        size = np.where(possible, np.abs(delta), np.inf)
        for best_only in (True, False):
            rows = size[:1] if best_only else size
            i, j = np.unravel_index(int(rows.argmin()), rows.shape)
            if not np.isfinite(rows[i, j]):
                continue
            change = CriticalChange(
                criterion=k,
                ahead=int(order[i]),
                behind=int(order[j]),
                delta=float(delta[i, j]),
                percent=float(100 * delta[i, j] / weight),
            )
            if best_only and (top is None or abs(change.percent) < abs(top.percent)):
                top = change
            if not best_only and (any_ is None or abs(change.percent) < abs(any_.percent)):
                any_ = change
    return CriticalCriteria(top=top, any=any_)


def _nearest(
    weight: float,
    lead: Floats,
    loses: Floats,
    chosen: NDArray[np.intp],
    others: NDArray[np.intp],
    *,
    upwards: bool,
) -> Bound | None:
    """The nearest weight in one direction at which a member's lead over a non-member is used up.

    lead, loses: (members, non-members); `loses` is what the lead loses for each unit that the weight moves.
    """
    if not lead.size:
        return None
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = np.where(loses > _NEGLIGIBLE, lead / loses, np.inf)
    i, j = np.unravel_index(int(distance.argmin()), distance.shape)
    at = weight + distance[i, j] if upwards else weight - distance[i, j]
    if not -_NEGLIGIBLE <= at <= 1 + _NEGLIGIBLE:
        return None
    return Bound(at=float(np.clip(at, 0, 1)), leaves=int(chosen[i]), enters=int(others[j]))

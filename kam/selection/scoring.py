"""Points against fixed anchors, and their weighted sum.

Accounts are scored one by one against anchors that the programme wrote down, never against each other:
adding or removing an account cannot change the score of another (worked example SEL-01 shows what happens
otherwise). A missing value is an interval, never a zero.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from kam.errors import BadInput
from kam.words import _

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

LOWEST, HIGHEST = 0.0, 10.0

# Weighted sums are compared with lines ("5.0 belongs to the higher cell"), so the last bits of a
# floating-point sum must not decide: every score that is shown or compared has nine decimals.
DECIMALS = 9


def check_anchors(anchors: Sequence[Sequence[float]]) -> list[tuple[float, float]]:
    """The anchors as pairs of floats: measure value, points.

    Valid: at least two pairs of finite numbers, measure values strictly rising, points within 0..10 (they
    may rise, fall, or have a peak). Raises BadInput with the field `anchors`.
    """
    try:
        pairs = [(float(value), float(points)) for value, points in anchors]
    except (TypeError, ValueError):
        pairs = []
    if len(pairs) < 2:
        raise _bad_anchors(
            _("Anchors are at least two pairs of a measure's value and its points, such as [[0, 0], [100, 10]].")
        )
    if not all(math.isfinite(number) for pair in pairs for number in pair):
        raise _bad_anchors(_("An anchor is not a finite number; write every anchor as two plain numbers."))
    for (before, _low), (after, _high) in pairwise(pairs):
        if after <= before:
            raise _bad_anchors(
                _("Anchors must rise in the measure's value: {after:g} does not come after {before:g}.").format(
                    after=after, before=before
                )
            )
    for _value, points in pairs:
        if not LOWEST <= points <= HIGHEST:
            raise _bad_anchors(_("Points of an anchor lie between 0 and 10; {value:g} does not.").format(value=points))
    return pairs


def _bad_anchors(sentence: str) -> BadInput:
    return BadInput(sentence, reason="bad_anchors", field="anchors")


def anchored_points(values: ArrayLike, anchors: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    """Points 0..10 of measure values: linear between the anchors, level beyond the outermost.

    Between the anchors (x0, y0) and (x1, y1): y0 + (y1 - y0) (x - x0) / (x1 - x0).
    values: any shape, in the measure's unit, nan where unknown; the result has the same shape, nan where
    unknown. Source: piecewise-linear partial value function with clipping (worked example SEL-07).
    Raises BadInput for anchors that `check_anchors` refuses.
    """
    import numpy as np

    pairs = check_anchors(anchors)
    return np.interp(np.asarray(values, dtype=float), *zip(*pairs, strict=True))


def normalised(weights: ArrayLike) -> NDArray[np.float64]:
    """Weights as shares of their sum; multiplying all of them by a positive number changes nothing.

    weights: shape (criteria,), finite, none negative, at least one positive; otherwise BadInput.
    """
    import numpy as np

    given = np.asarray(weights, dtype=float)
    if given.ndim != 1 or not given.size:
        raise BadInput(_("Give one weight for each criterion."), reason="bad_weights", field="weight")
    if not np.isfinite(given).all() or (given < 0).any():
        raise BadInput(
            _("A weight is negative or not a number; every weight must be 0 or more."),
            reason="bad_weights",
            field="weight",
        )
    if given.sum() <= 0:
        raise BadInput(
            _("All weights are 0; give at least one criterion a weight."), reason="bad_weights", field="weight"
        )
    return given / given.sum()


def check_points(points: ArrayLike, *, complete: bool = False) -> NDArray[np.float64]:
    """Points as an array of shape (accounts, criteria), each within 0..10, nan where unknown.

    complete: refuse unknown points too. Raises BadInput.
    """
    import numpy as np

    given = np.asarray(points, dtype=float)
    if given.ndim != 2:
        raise BadInput(_("Points are one row per account with one figure per criterion."), reason="bad_points")
    known = given[~np.isnan(given)]
    if known.size and (known.min() < LOWEST or known.max() > HIGHEST):
        raise BadInput(
            _("Points lie between 0 and 10; {value:g} does not.").format(
                value=known.min() if known.min() < LOWEST else known.max()
            ),
            reason="bad_points",
        )
    if complete and known.size < given.size:
        raise BadInput(
            _("Points are unknown in {count} places; fill them in, or ask for the range instead of one figure.").format(
                count=given.size - known.size
            ),
            reason="missing_points",
        )
    return given


def weighted_range(points: ArrayLike, weights: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lowest and highest weighted score that the known points allow, 0..10, each of shape (accounts,).

    A missing point is set to 0 for the lowest and to 10 for the highest (METHOD 1.3). A criterion of weight 0
    widens nothing. points: (accounts, criteria), nan where unknown; weights: (criteria,), normalised here.
    """
    import numpy as np

    known, shares = check_points(points), _matching(points, weights)
    lowest = np.where(np.isnan(known), LOWEST, known) @ shares
    highest = np.where(np.isnan(known), HIGHEST, known) @ shares
    return lowest.round(DECIMALS), highest.round(DECIMALS)


def weighted_scores(points: ArrayLike, weights: ArrayLike) -> NDArray[np.float64]:
    """Weighted score of each account, A_a = sum_k w_k s_ak, 0..10; nan where a weighted point is unknown.

    points: (accounts, criteria), nan where unknown; weights: (criteria,), normalised here (METHOD 1.3).
    Rounded to nine decimals so that a score that equals a line is found equal.
    """
    import numpy as np

    lowest, highest = weighted_range(points, weights)
    return np.where(lowest == highest, lowest, np.nan)


def rank_order_centroid(criteria: int) -> NDArray[np.float64]:
    """Weights for criteria of which only the order of importance is known, most important first.

    w_k = (1/n) sum_{j=k..n} 1/j: the mean of all weights that keep the order (Barron & Barrett 1996, Management
    Science 42(11), recalled; worked example SEL-08). Shape (criteria,), sums to 1. Raises BadInput below 1.
    """
    import numpy as np

    if criteria < 1:
        raise BadInput(_("An order of importance needs at least one criterion."), reason="bad_weights")
    return np.cumsum((1.0 / np.arange(1, criteria + 1))[::-1])[::-1] / criteria


def _matching(points: ArrayLike, weights: ArrayLike) -> NDArray[np.float64]:
    import numpy as np

    shares = normalised(weights)
    criteria = np.shape(points)[1]
    if len(shares) != criteria:
        raise BadInput(
            _("There are {weights} weights for {criteria} criteria; give each criterion one weight.").format(
                weights=len(shares), criteria=criteria
            ),
            reason="bad_weights",
            field="weight",
        )
    return shares

"""An uncertain input: fixed, triangular or PERT, given by its ends or by its P10, P50 and P90 (METHOD 3.5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, ndtr, ndtri

from kam.errors import BadInput
from kam.value.models import bounds
from kam.words import _

Shape = Literal["fixed", "triangular", "pert"]

# PERT weighs the mode four times: beta shapes 1 + 4c and 5 − 4c, where c is the mode's place between the ends.
_MODE_WEIGHT = 4
_SCORES = np.linspace(-8.0, 8.0, 641)
_MODES = np.linspace(0.0, 1.0, 65)


class Scores:
    """Standard-normal scores with what every estimate needs of them, computed once for all years of an input."""

    def __init__(self, values: ArrayLike) -> None:
        self.values = np.asarray(values, dtype=float)

    @cached_property
    def below(self) -> NDArray[np.float64]:
        """Chance of a lower score."""
        return ndtr(self.values)

    @cached_property
    def above(self) -> NDArray[np.float64]:
        """Chance of a higher score."""
        return ndtr(-self.values)

    @cached_property
    def in_table(self) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Cell of the PERT table that holds each score, and how far into it, 0..1."""
        steps = len(_SCORES) - 1
        at = np.clip((self.values - _SCORES[0]) * (steps / (_SCORES[-1] - _SCORES[0])), 0, steps)
        cell = np.minimum(at.astype(np.intp), steps - 1)
        return cell, at - cell


@dataclass(frozen=True)
class Estimate:
    """What an input may turn out to be: low ≤ mode ≤ high in the input's own unit. low and high are the very ends."""

    low: float
    mode: float
    high: float
    shape: Shape = "triangular"

    @property
    def is_certain(self) -> bool:
        """True when there is only one value it can take."""
        return self.shape == "fixed" or self.low == self.high

    def at(self, score: ArrayLike | Scores) -> NDArray[np.float64]:
        """The values at standard-normal scores (0 is the median), the same shape as `score`.

        The triangle is exact; PERT is read from a table, within 2e-4 of the distance between the ends.
        """
        scores = score if isinstance(score, Scores) else Scores(score)
        if self.is_certain:
            return np.full(scores.values.shape, self.mode)
        place = (self.mode - self.low) / (self.high - self.low)
        return self.low + (self.high - self.low) * _STANDARD[self.shape](scores, place)

    def quantile(self, probability: float) -> float:
        """The value below which it falls with this probability; P10 is the low case."""
        inside = bounds.within(probability, "probability", 0, 1, open_low=True, open_high=True)
        return float(self.at(ndtri(inside)))


def fixed(value: float, field: str = "estimate") -> Estimate:
    """A value that is certain."""
    sure = bounds.number(value, field)
    return Estimate(sure, sure, sure, "fixed")


def triangular(low: float, mode: float, high: float, field: str = "estimate") -> Estimate:
    """A triangle from its lowest to its highest value with the likeliest between. Raises BadInput when out of order."""
    return _ordered(low, mode, high, "triangular", field)


def pert(low: float, mode: float, high: float, field: str = "estimate") -> Estimate:
    """A PERT (beta) bump over the same three points, mean (low + 4·mode + high)/6."""
    return _ordered(low, mode, high, "pert", field)


def from_percentiles(p10: float, p50: float, p90: float, shape: Shape = "pert", field: str = "estimate") -> Estimate:
    """The estimate whose 10th, 50th and 90th percentiles are these; P10 is the low case.

    Raises BadInput when they are out of order, or so skewed that the shape cannot have them: (P90 − P50)/(P50 − P10)
    can lie in 1/1.618..1.618 for a triangle and in 1/2.2..2.2 for PERT. Three equal values are a fixed estimate.
    """
    low, mid, high = (bounds.number(value, field) for value in (p10, p50, p90))
    if low == mid == high:
        return fixed(mid, field)
    if not low < mid < high:
        raise BadInput(
            _("{field} has P10 {low:g}, P50 {mid:g} and P90 {high:g}; they have to rise.").format(
                field=field, low=low, mid=mid, high=high
            ),
            reason="order",
            field=field,
        )
    scores = Scores(ndtri(np.array([0.1, 0.5, 0.9])))

    def skew(place: float) -> float:
        q10, q50, q90 = _STANDARD[shape](scores, place)
        return (q90 - q50) / (q50 - q10)

    wanted = (high - mid) / (mid - low)
    if not skew(1.0) <= wanted <= skew(0.0):
        raise BadInput(
            _(
                "{field} is too skewed for a {shape} estimate: P90 − P50 is {wanted:.3g} times P50 − P10, "
                "and {least:.3g} to {most:.3g} times is possible."
            ).format(field=field, shape=shape, wanted=wanted, least=skew(1.0), most=skew(0.0)),
            reason="skew",
            field=field,
        )
    left, right = 0.0, 1.0
    for _halving in range(60):
        middle = (left + right) / 2
        left, right = (middle, right) if skew(middle) > wanted else (left, middle)
    q10, q50, q90 = _STANDARD[shape](scores, left)
    width = (high - low) / (q90 - q10)
    lowest = mid - width * q50
    return Estimate(float(lowest), float(lowest + width * left), float(lowest + width), shape)


def _ordered(low: float, mode: float, high: float, shape: Shape, field: str) -> Estimate:
    ends = [bounds.number(value, field) for value in (low, mode, high)]
    if not ends[0] <= ends[1] <= ends[2]:
        raise BadInput(
            _("{field} has low {low:g}, likeliest {mode:g} and high {high:g}; they must not fall.").format(
                field=field, low=ends[0], mode=ends[1], high=ends[2]
            ),
            reason="order",
            field=field,
        )
    return Estimate(*ends, shape)


def _triangle(scores: Scores, place: float) -> NDArray[np.float64]:
    rising = np.sqrt(scores.below * place)
    falling = 1 - np.sqrt(scores.above * (1 - place))
    return np.where(scores.below <= place, rising, falling)


def _pert(scores: Scores, place: float) -> NDArray[np.float64]:
    # Inverting the beta for 10,000 draws × years × accounts takes seconds; a table in mode and score takes none.
    table = _pert_table()
    at = place * (len(_MODES) - 1)
    row = min(int(at), len(_MODES) - 2)
    curve = table[row] + (at - row) * (table[row + 1] - table[row])
    cell, within = scores.in_table
    return curve[cell] + within * np.diff(curve)[cell]


@cache
def _pert_table() -> NDArray[np.float64]:
    shape = 1 + _MODE_WEIGHT * _MODES[:, None]
    return betaincinv(shape, _MODE_WEIGHT + 2 - shape, ndtr(_SCORES)[None, :])


_STANDARD: dict[str, Callable[[Scores, float], NDArray[np.float64]]] = {
    "triangular": _triangle,
    "pert": _pert,
}

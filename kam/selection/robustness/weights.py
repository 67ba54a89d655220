"""Random weights: what the programme says about importance, and draws that respect it.

All draws are uniform on the weights that the preference allows, so a share of draws is a share of those
weights (Lahdelma & Salminen 2001, SMAA-2, Operations Research 49(3)). A seed gives the same draws again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kam.errors import BadInput
from kam.words import _

# Rejection is exact and used while at least one draw in fifty is kept; below that hit-and-run takes over.
REJECTION_KEEPS_AT_LEAST = 0.02
# Moves of each hit-and-run walk per criterion; the walks agree with rejection in the tests well before this.
MOVES_PER_CRITERION = 25
_TRIAL_DRAWS = 2_000
_NEGLIGIBLE = 1e-12


@dataclass(frozen=True)
class NoPreference:
    """Nothing is said about importance: every weighting that makes 1 is as good as another."""


@dataclass(frozen=True)
class Ordinal:
    """Only the order of importance is known. order: criterion positions (0-based), most important first."""

    order: tuple[int, ...]


@dataclass(frozen=True)
class Intervals:
    """Each weight lies within bounds (shares 0..1): at_least and at_most, one pair for each criterion."""

    at_least: tuple[float, ...]
    at_most: tuple[float, ...]


Preference = NoPreference | Ordinal | Intervals


def draw_weights(preference: Preference, criteria: int, *, draws: int, seed: int) -> NDArray[np.float64]:
    """Weights of shape (draws, criteria), each row none negative and summing to 1.

    No preference: normalised exponential draws, that is Dirichlet(1, …, 1). Ordinal: the same, sorted into
    the order (their mean is the rank-order centroid). Intervals: the same moved above the lower bounds and
    rejected above the upper ones, or hit-and-run walks where too few would be kept (METHOD 1.6).
    seed: a whole number; the same seed gives the same weights.
    Raises BadInput for an order that is not one, for bounds no weights can meet, and for draws below 1.
    """
    if criteria < 1 or draws < 1:
        raise BadInput(_("Ask for at least one draw of weights over at least one criterion."), reason="bad_draws")
    rng = np.random.default_rng([seed, 0])
    match preference:
        case NoPreference():
            return _on_simplex(rng, draws, criteria)
        case Ordinal(order):
            _check_order(order, criteria)
            weights = np.empty((draws, criteria))
            weights[:, list(order)] = np.sort(_on_simplex(rng, draws, criteria), axis=1)[:, ::-1]
            return weights
        case Intervals(at_least, at_most):
            low, high = check_bounds(at_least, at_most, criteria)
            return _within(rng, low, high, draws)


def check_bounds(
    at_least: Sequence[float], at_most: Sequence[float], criteria: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The bounds of interval weights as arrays of shape (criteria,).

    Valid: 0 <= at_least <= at_most <= 1 for each criterion, sum of at_least <= 1 <= sum of at_most.
    Raises BadInput with the sentence that says which of these fails.
    """
    low, high = np.asarray(at_least, dtype=float), np.asarray(at_most, dtype=float)
    if low.shape != (criteria,) or high.shape != (criteria,):
        raise BadInput(
            _("Weight bounds need one lowest and one highest weight for each of the {count} criteria.").format(
                count=criteria
            ),
            reason="bad_weights",
        )
    for position in range(criteria):
        if not 0 <= low[position] <= high[position] <= 1:
            raise BadInput(
                _(
                    "The weight of criterion {number} cannot lie between {low:g} and {high:g}; "
                    "give bounds within 0 and 1, the lower one first."
                ).format(number=position + 1, low=low[position], high=high[position]),
                reason="bad_weights",
            )
    if low.sum() > 1 + _NEGLIGIBLE:
        raise BadInput(
            _("The lowest weights already make {total:g}; lower them until they make 1 or less.").format(
                total=low.sum()
            ),
            reason="bad_weights",
        )
    if high.sum() < 1 - _NEGLIGIBLE:
        raise BadInput(
            _("The highest weights make only {total:g}; raise them until they make 1 or more.").format(
                total=high.sum()
            ),
            reason="bad_weights",
        )
    return low, high


def extreme_weights(preference: Preference, criteria: int) -> NDArray[np.float64]:
    """Weightings of which every allowed one is a mixture, shape (criteria, criteria), one in each row.

    An account that is at least as good as another under all of these is so under every allowed weighting.
    Without preference and with intervals: all weight on one criterion. Ordinal: equal weights on the first,
    the first two, … criteria of the order (Barron & Barrett 1996).
    """
    if not isinstance(preference, Ordinal):
        return np.eye(criteria)
    _check_order(preference.order, criteria)
    extremes = np.zeros((criteria, criteria))
    for count in range(1, criteria + 1):
        extremes[count - 1, list(preference.order[:count])] = 1 / count
    return extremes


def _check_order(order: tuple[int, ...], criteria: int) -> None:
    if sorted(order) != list(range(criteria)):
        raise BadInput(
            _("An order of importance names each of the {count} criteria once.").format(count=criteria),
            reason="bad_weights",
        )


def _on_simplex(rng: np.random.Generator, draws: int, criteria: int) -> NDArray[np.float64]:
    weights = rng.standard_exponential((draws, criteria))
    return weights / weights.sum(axis=1, keepdims=True)


def _within(
    rng: np.random.Generator, low: NDArray[np.float64], high: NDArray[np.float64], draws: int
) -> NDArray[np.float64]:
    """Uniform weights between bounds: what is fixed is set, the rest drawn on the simplex that remains."""
    fixed = high - low <= _NEGLIGIBLE
    left_over = 1 - low.sum()
    weights = np.tile(low, (draws, 1))
    if left_over <= _NEGLIGIBLE:
        return weights
    if high.sum() - 1 <= _NEGLIGIBLE:
        return np.tile(high, (draws, 1))
    free = np.flatnonzero(~fixed)
    room = np.minimum((high - low)[free] / left_over, 1.0)
    shares = _rejected(rng, room, draws)
    if shares is None:
        shares = _walked(rng, room, draws)
    weights[:, free] += left_over * shares
    return weights


def _rejected(rng: np.random.Generator, room: NDArray[np.float64], draws: int) -> NDArray[np.float64] | None:
    """Simplex draws that stay within `room`; None where a trial shows that too few would."""
    trial = _on_simplex(rng, _TRIAL_DRAWS, len(room))
    trial = trial[(trial <= room).all(axis=1)]
    kept_share = len(trial) / _TRIAL_DRAWS
    if kept_share < REJECTION_KEEPS_AT_LEAST:
        return None
    kept, count = [trial], len(trial)
    while count < draws:
        more = _on_simplex(rng, int((draws - count) / kept_share * 1.1) + 100, len(room))
        more = more[(more <= room).all(axis=1)]
        kept.append(more)
        count += len(more)
    return np.concatenate(kept)[:draws]


def _walked(rng: np.random.Generator, room: NDArray[np.float64], draws: int) -> NDArray[np.float64]:
    """One hit-and-run walk for each draw, from a point inside {v : sum v = 1, 0 <= v <= room}.

    Each move picks a direction that keeps the sum, scaled by the room of each criterion, and a uniform
    point of the chord in that direction (Smith 1984, Operations Research 32(6), recalled); the walks are
    independent of each other.
    """
    criteria = len(room)
    place = np.tile(room / room.sum(), (draws, 1))
    for _move in range(MOVES_PER_CRITERION * criteria):
        direction = rng.standard_normal((draws, criteria)) * room
        direction -= np.outer(direction.sum(axis=1), room**2 / (room**2).sum())
        with np.errstate(divide="ignore", invalid="ignore"):
            to_zero, to_room = -place / direction, (room - place) / direction
        farthest = np.nanmin(np.maximum(to_zero, to_room), axis=1)
        nearest = np.nanmax(np.minimum(to_zero, to_room), axis=1)
        length = nearest + (farthest - nearest) * rng.random(draws)
        place = np.clip(place + length[:, None] * direction, 0, room)
    return place / place.sum(axis=1, keepdims=True)

"""The portfolio matrix: account attractiveness against our relative business strength.

Four cells named by Woodburn & McDonald 2011 (recalled): strategic, star, status, streamline. Both axes run from 0
to 10; a score on a cut line belongs to the higher cell (METHOD 1.4). The screens draw strength high on the left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kam.errors import BadInput
from kam.selection.scoring import DECIMALS, HIGHEST, LOWEST, weighted_range
from kam.words import _

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

STRATEGIC, STAR, STATUS, STREAMLINE = "strategic", "star", "status", "streamline"
CATEGORIES = (STRATEGIC, STAR, STATUS, STREAMLINE)
ATTRACTIVENESS, STRENGTH = "attractiveness", "strength"


@dataclass(frozen=True)
class CutLines:
    """Where high begins on each axis, 0..10. valid_from, source: which version of the lines this is."""

    attractiveness: float = 5.0
    strength: float = 5.0
    valid_from: date | None = None
    source: str = ""

    def __post_init__(self) -> None:
        for cut in (self.attractiveness, self.strength):
            if not LOWEST < cut <= HIGHEST:
                raise BadInput(
                    _("A cut line lies above 0 and at 10 at most; {value:g} does not.").format(value=cut),
                    reason="bad_lines",
                )


@dataclass(frozen=True)
class Placement:
    """Where an account lies. distance: points to the nearest cut line, on `nearest_axis` (attractiveness at a draw)."""

    category: str
    distance: float
    nearest_axis: str


@dataclass(frozen=True)
class RelativeStrength:
    """The customer's view of us against our best competitor.

    own, competitor: weighted scores 0..10. difference: own − competitor. ratio: own / competitor, None where the
    competitor scores 0. points: 5 + difference / 2, parity at 5. All None where a score that carries weight is
    unknown; lowest, highest: the points that are possible then.
    """

    own: float | None
    competitor: float | None
    difference: float | None
    ratio: float | None
    points: float | None
    lowest: float
    highest: float


def category(attractiveness: float | None, strength: float | None, cuts: CutLines) -> str | None:
    """The cell of an account; None where either score is unknown. Scores: 0..10; on a cut line counts as high."""
    if attractiveness is None or strength is None:
        return None
    _check_score(attractiveness)
    _check_score(strength)
    high_attractiveness = round(attractiveness, DECIMALS) >= cuts.attractiveness
    high_strength = round(strength, DECIMALS) >= cuts.strength
    if high_attractiveness:
        return STRATEGIC if high_strength else STAR
    return STATUS if high_strength else STREAMLINE


def category_of_ranges(
    attractiveness: tuple[float, float], strength: tuple[float, float], cuts: CutLines
) -> str | None:
    """The cell of an account of which only (lowest, highest) scores are known; None where a range crosses its line."""
    cells = {category(a, s, cuts) for a in attractiveness for s in strength}
    return cells.pop() if len(cells) == 1 else None


def place(attractiveness: float, strength: float, cuts: CutLines) -> Placement:
    """The cell and how near the account is to another one. Scores: 0..10, known; otherwise BadInput."""
    found = category(attractiveness, strength, cuts)
    if found is None:
        raise BadInput(_("An account without both scores has no place in the matrix."), reason="missing_points")
    vertical = round(abs(attractiveness - cuts.attractiveness), DECIMALS)
    horizontal = round(abs(strength - cuts.strength), DECIMALS)
    if vertical <= horizontal:
        return Placement(found, vertical, ATTRACTIVENESS)
    return Placement(found, horizontal, STRENGTH)


def relative_strength(
    customer_weights: Sequence[float], own: Sequence[float | None], competitor: Sequence[float | None]
) -> RelativeStrength:
    """Relative business strength from the customer's critical success factors.

    own = sum u_j o_j, competitor = sum u_j c_j with the customer's weights u (normalised here) and scores 0..10;
    points = 5 + (own − competitor) / 2, clipped to 0..10, so that parity plots at 5 (METHOD 1.3; a ratio alone is
    undefined at 0 and hides scale). A missing score is None: it gives a range, never a zero.
    Raises BadInput for scores outside 0..10, unusable weights, or lists of different lengths.
    """
    if not len(own) == len(competitor) == len(customer_weights):
        raise BadInput(
            _("Each critical success factor needs a weight, our score and the best competitor's score."),
            reason="bad_points",
        )
    import numpy as np

    table = np.array([own, competitor], dtype=float)
    low, high = weighted_range(table, customer_weights)
    lowest, highest = _points(low[0] - high[1]), _points(high[0] - low[1])
    if (low != high).any():
        return RelativeStrength(None, None, None, None, None, lowest, highest)
    ours, theirs = float(low[0]), float(low[1])
    difference = round(ours - theirs, DECIMALS)
    return RelativeStrength(
        own=ours,
        competitor=theirs,
        difference=difference,
        ratio=ours / theirs if theirs > 0 else None,
        points=_points(difference),
        lowest=lowest,
        highest=highest,
    )


def cell_probabilities(
    attractiveness: ArrayLike, strength: ArrayLike, cuts: CutLines
) -> dict[str, NDArray[np.float64]]:
    """Share of draws in which each account lies in each cell: category to an array of shape (accounts,).

    attractiveness, strength: scores 0..10 of the same draws and accounts, shape (draws, accounts), from
    `robustness.weighted_draws`; a single row of known scores will do for an axis that does not vary. The four shares
    of an account sum to 1. Raises BadInput where the shapes do not fit.
    """
    import numpy as np

    vertical, horizontal = np.asarray(attractiveness, dtype=float), np.asarray(strength, dtype=float)
    fits = vertical.ndim == horizontal.ndim == 2 and vertical.shape[1] == horizontal.shape[1]
    if not fits or 0 in (*vertical.shape, *horizontal.shape) or not _draws_fit(len(vertical), len(horizontal)):
        raise BadInput(_("Both axes need scores of the same accounts in the same draws."), reason="bad_points")
    is_attractive = vertical.round(DECIMALS) >= cuts.attractiveness
    is_strong = horizontal.round(DECIMALS) >= cuts.strength
    return {
        STRATEGIC: (is_attractive & is_strong).mean(axis=0),
        STAR: (is_attractive & ~is_strong).mean(axis=0),
        STATUS: (~is_attractive & is_strong).mean(axis=0),
        STREAMLINE: (~is_attractive & ~is_strong).mean(axis=0),
    }


def _draws_fit(one: int, other: int) -> bool:
    return one == other or 1 in (one, other)


def _points(difference: float) -> float:
    return min(max(round(float(5 + difference / 2), DECIMALS), LOWEST), HIGHEST)


def _check_score(score: float) -> None:
    if not LOWEST <= score <= HIGHEST:
        raise BadInput(
            _("A score lies between 0 and 10; {value:g} does not.").format(value=score), reason="out_of_range"
        )

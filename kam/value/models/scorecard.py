"""From a relationship-risk score to a yearly chance to keep the account (METHOD 3.2).

The table is monotone and the same for all accounts: a chance is never set by judgement for one account.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from kam.errors import BadInput
from kam.value.models import bounds
from kam.words import _

LEAST_HISTORY = 30


def retention_probability(score: float | None, table: Sequence[tuple[float, float]]) -> float | None:
    """The chance at a score, linear between the table's points and level beyond them; None for an unknown score.

    table: (score, chance) with at least two rising scores and chances in 0..1 that never fall. Raises BadInput.
    """
    points = checked_table(table)
    if score is None:
        return None
    return float(
        np.interp(bounds.number(score, "score"), [point[0] for point in points], [point[1] for point in points])
    )


def checked_table(table: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The table as floats. Raises BadInput when it is too short, not rising, or a chance leaves 0..1."""
    points = [(bounds.number(score, "score"), bounds.share(chance, "retention")) for score, chance in table]
    if len(points) < 2:
        raise BadInput(
            _("The retention table has {count} points; give at least two.").format(count=len(points)),
            reason="short_table",
            field="retention table",
        )
    for (score, chance), (next_score, next_chance) in pairwise(points):
        if next_score <= score or next_chance < chance:
            raise BadInput(
                _(
                    "The retention table falls or stands still after score {score:g}; "
                    "scores have to rise and chances must not fall."
                ).format(score=score),
                reason="not_monotone",
                field="retention table",
            )
    return points


def calibrated_table(score: ArrayLike, kept: ArrayLike, *, prior_weight: float = 4.0) -> list[tuple[float, float]]:
    """The monotone table that fits what happened: isotonic regression (pool adjacent violators) on yearly outcomes.

    score: one per account-year at its start. kept: 1 kept, 0 lost. prior_weight: how many account-years of the overall
    rate each score starts with, so that three kept accounts do not make a certainty. Raises BadInput below 30
    account-years, where a stated table is the honest choice, and when all scores are equal.
    """
    scores, outcomes = np.asarray(score, dtype=float), np.asarray(kept, dtype=float)
    bounds.same_length("kept", outcomes, "score", scores)
    if len(scores) < LEAST_HISTORY:
        raise BadInput(
            _("{count} account-years are too few to calibrate retention; give {least}, or state the table.").format(
                count=len(scores), least=LEAST_HISTORY
            ),
            reason="too_few",
            field="kept",
        )
    if not np.isfinite(scores).all() or not np.isin(outcomes, (0.0, 1.0)).all():
        raise BadInput(
            _("score has to be a number and kept has to be 1 or 0 in every account-year."),
            reason="bad_number",
            field="kept",
        )
    levels, place = np.unique(scores, return_inverse=True)
    if len(levels) < 2:
        raise BadInput(_("All scores are equal; there is nothing to calibrate."), reason="one_score", field="score")
    weight = np.bincount(place) + bounds.at_least_zero(prior_weight, "prior weight")
    rate = (np.bincount(place, outcomes) + prior_weight * outcomes.mean()) / weight
    return list(zip(levels.tolist(), _rising(rate, weight), strict=True))


def _rising(rate: np.ndarray, weight: np.ndarray) -> list[float]:
    """The closest non-decreasing sequence by weighted least squares."""
    blocks: list[list[float]] = []
    for value, mass in zip(rate.tolist(), weight.tolist(), strict=True):
        blocks.append([value, mass, 1])
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            above = blocks.pop()
            below = blocks[-1]
            mass_of_both = below[1] + above[1]
            blocks[-1] = [(below[0] * below[1] + above[0] * above[1]) / mass_of_both, mass_of_both, below[2] + above[2]]
    return [value for value, _mass, size in blocks for _repeat in range(int(size))]

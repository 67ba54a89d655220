"""Gaps between what accounts require and what a manager can (METHOD 6; oracle CMP-01: 1.05 and 0.7575).

Nothing makes up for a gap elsewhere: a level above the required one counts as the required one. A level that is not
known leaves the whole unknown; what is known of it is given beside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kam.managers.competencies import Required


@dataclass(frozen=True)
class Fit:
    """weighted_gap: sum of w × max(0, required − actual), levels; readiness: sum of w × min(actual / required, 1),
    0..1; both None where a level is unknown, or nothing is required. known_count of required_count levels are known;
    least_gap: the weighted gap of those alone, which the whole is never below.
    """

    weighted_gap: float | None
    readiness: float | None
    least_gap: float | None
    known_count: int
    required_count: int


def gap(required: float, actual: float | None) -> float | None:
    """max(0, required − actual) in levels; None where actual is unknown."""
    return None if actual is None else max(0.0, required - actual)


def fit(demand: Mapping[str, Required], actual: Mapping[str, float | None]) -> Fit:
    """How a manager's levels stand against a demand; the weights of the demand add up to 1."""
    known = {name: of for name, of in demand.items() if actual.get(name) is not None}
    gaps = sum(of.weight * gap(of.level, actual[name]) for name, of in known.items())
    is_whole = bool(demand) and len(known) == len(demand)
    ready = sum(of.weight * min(actual[name] / of.level, 1) for name, of in known.items())
    return Fit(
        weighted_gap=gaps if is_whole else None,
        readiness=ready if is_whole else None,
        least_gap=gaps if known else None,
        known_count=len(known),
        required_count=len(demand),
    )


def priority(gap_levels: float | None, weight: float, value_at_stake: float | None) -> float | None:
    """Training priority = gap × weight × lifetime value of the accounts managed, reporting currency; None if unknown.

    A competency without a gap has priority 0 whatever is at stake; a value below 0 puts nothing at stake.
    """
    if gap_levels is None:
        return None
    if gap_levels == 0:
        return 0.0
    return None if value_at_stake is None else gap_levels * weight * max(0.0, value_at_stake)

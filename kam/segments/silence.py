"""How surprising an account's silence is, from the gaps between its own purchases (METHOD 5).

segments.rhythm judges accounts with five gaps by their quantiles. Here is the finer reading for those with fewer, and
the chance behind an alarm.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, fsum, lgamma, log

from kam.errors import BadInput
from kam.words import _

_MOST_REGULAR = 50


def mean_gap(gaps: Sequence[float], base_gap: float, base_weight: float) -> float:
    """(k0·g0 + Σ gaps)/(k0 + n): the account's mean gap, drawn towards its segment's where it has few (Gamma–Poisson).

    gaps: days between neighbouring purchase days, above 0. base_gap g0: the segment's mean gap, days. base_weight k0:
    how many gaps the segment counts for, ≥ 0; with 0 and no gap nothing is known and BadInput is raised.
    """
    _check(gaps)
    if base_weight < 0 or base_gap <= 0 or base_weight + len(gaps) <= 0:
        raise BadInput(
            _("A mean gap needs a gap of the account, or a segment's gap above 0 with a weight above 0."),
            reason="no_gap",
            field="base gap",
        )
    return (base_weight * base_gap + sum(gaps)) / (base_weight + len(gaps))


def regularity(gaps: Sequence[float]) -> int:
    """k of the Erlang distribution with the gaps' coefficient of variation, 1/CV² rounded, from 1 (random) to 50.

    With fewer than 5 gaps 1: regularity cannot be told yet, and the random buyer is the tolerant assumption.
    """
    _check(gaps)
    if len(gaps) < 5:
        return 1
    mean = sum(gaps) / len(gaps)
    variance = sum((gap - mean) ** 2 for gap in gaps) / (len(gaps) - 1)
    if variance * _MOST_REGULAR <= mean**2:
        return _MOST_REGULAR
    return max(1, round(mean**2 / variance))


def silence_probability(silence: float, mean: float, regular: int = 1) -> float:
    """Chance that an account still active would be silent for this long: P(gap > silence).

    exp(−s/mean) for a random buyer (ACT-02: 30-day rhythm, 90 days silent, 0.0498); for a regular one the Erlang-k
    tail e^(−ks/m) Σ_{j<k} (ks/m)^j/j!, because the exponential is too patient with it. silence: days ≥ 0. mean: days
    above 0. regular k: whole, ≥ 1.
    """
    if not silence >= 0 or not mean > 0 or regular < 1 or regular != int(regular):
        raise BadInput(
            _("silence has to be at least 0, the mean gap above 0 and the regularity a whole number from 1."),
            reason="bad_silence",
            field="silence",
        )
    events = regular * silence / mean
    if events == 0:
        return 1.0
    return min(1.0, fsum(exp(j * log(events) - events - lgamma(j + 1)) for j in range(int(regular))))


def probability_active(purchases: int, last: float, age: float) -> float:
    """(t_x/T)^n: the heuristic of Reinartz & Kumar (2000), a cross-check only (ACT-01).

    It misleads: of two accounts silent for equally long the one that bought more gets the lower chance. purchases n ≥ 1;
    last t_x: time from first to last purchase; age T ≥ t_x, above 0, in the same unit.
    """
    if purchases < 1 or not 0 <= last <= age or not age > 0:
        raise BadInput(
            _("The heuristic needs at least one purchase, an age above 0 and a last purchase within it."),
            reason="bad_history",
            field="last",
        )
    return (last / age) ** purchases


def _check(gaps: Sequence[float]) -> None:
    for gap in gaps:
        if not gap > 0:
            raise BadInput(
                _("A gap is {gap} days; gaps between purchase days are above 0.").format(gap=gap),
                reason="bad_gap",
                field="gaps",
            )

"""How firm a selection is: what random weights and uncertain points say, and how far one weight can move.

`draw_weights` gives weights that respect what is known of importance, `uncertain` the points with their noise;
`acceptability` then tells how often each account is among the best K, `stability_intervals` and
`critical_criteria` how far one weight can move before that changes, `topsis_closeness` with
`rank_correlation` how a different method would rank.
"""

from kam.selection.robustness.cross_check import rank_correlation, topsis_closeness
from kam.selection.robustness.sample_size import draws_needed, half_width
from kam.selection.robustness.skyband import possible_members
from kam.selection.robustness.smaa import (
    CONTESTED,
    DRAWS,
    ROBUST,
    ROBUST_NON_MEMBER,
    Acceptability,
    acceptability,
    classify,
    confidence_factors,
    entropy_bits,
    rank_acceptability,
    ranking_entropy,
    weighted_draws,
)
from kam.selection.robustness.stability import (
    Bound,
    CriticalChange,
    CriticalCriteria,
    StabilityInterval,
    critical_criteria,
    entering_and_leaving,
    reweighted,
    selected,
    stability_intervals,
)
from kam.selection.robustness.uncertainty import UncertainPoints, spread_of, uncertain
from kam.selection.robustness.weights import (
    Intervals,
    NoPreference,
    Ordinal,
    Preference,
    draw_weights,
    extreme_weights,
)

__all__ = [
    "CONTESTED",
    "DRAWS",
    "ROBUST",
    "ROBUST_NON_MEMBER",
    "Acceptability",
    "Bound",
    "CriticalChange",
    "CriticalCriteria",
    "Intervals",
    "NoPreference",
    "Ordinal",
    "Preference",
    "StabilityInterval",
    "UncertainPoints",
    "acceptability",
    "classify",
    "confidence_factors",
    "critical_criteria",
    "draw_weights",
    "draws_needed",
    "entering_and_leaving",
    "entropy_bits",
    "extreme_weights",
    "half_width",
    "possible_members",
    "rank_acceptability",
    "rank_correlation",
    "ranking_entropy",
    "reweighted",
    "selected",
    "spread_of",
    "stability_intervals",
    "topsis_closeness",
    "uncertain",
    "weighted_draws",
]

"""How firm the selection is: who would be among the best K whatever the weights, and what one weight can change.

Only accounts that pass every gate take part, ranked by attractiveness. The mathematics is `kam.selection.robustness`;
this brings the store's figures to it. A what-if judges the same figures again with other weights and thresholds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from kam.access import Person
from kam.errors import RuleBroken
from kam.selection.assessment import judging
from kam.selection.criteria import CriteriaSet, Gate, Score
from kam.selection.measures import as_number
from kam.store import Condition, Store
from kam.words import _

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kam.selection.robustness import Acceptability, CriticalCriteria, StabilityInterval
    from kam.selection.robustness.weights import Preference

AXIS = "attractiveness"
SEED = 20_120_713
Known = Literal["nothing", "order", "range"]


@dataclass(frozen=True)
class Field:
    """Everyone who could take part on a day, in the order of account_id; arrays have one row for each account.

    values: of the gates' measures, (accounts, gates), nan where unknown. points: of the scores that make
    attractiveness, (accounts, scores), nan where unknown; weights: theirs, adopted.
    """

    as_of: date
    criteria: CriteriaSet
    account_ids: tuple[str, ...]
    names: tuple[str, ...]
    is_key_account: NDArray[np.bool_]
    values: NDArray[np.float64]
    points: NDArray[np.float64]
    scores: tuple[Score, ...]

    @property
    def weights(self) -> tuple[float, ...]:
        """The adopted weights of attractiveness."""
        return tuple(score.weight for score in self.scores)

    @property
    def gates(self) -> tuple[Gate, ...]:
        """The gates, one for each column of values."""
        return self.criteria.gates

    def passing(self, thresholds: Mapping[int, float] | None = None) -> NDArray[np.bool_]:
        """Who passes every gate. thresholds: other bounds, by the gate's position, dates as days since 1970-01-01."""
        import numpy as np

        passes = np.ones(len(self.account_ids), dtype=bool)
        for k, gate in enumerate(self.gates):
            threshold = (thresholds or {}).get(k, as_number(gate.threshold))
            # A comparison with nan is False: an unknown value blocks admission.
            passes &= self.values[:, k] >= threshold if gate.bound == "at_least" else self.values[:, k] <= threshold
        return passes

    def of(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> Field:
        """The same for some of the accounts."""
        import numpy as np

        at = np.arange(len(self.account_ids))[rows].tolist()
        return replace(
            self,
            account_ids=tuple(self.account_ids[i] for i in at),
            names=tuple(self.names[i] for i in at),
            is_key_account=self.is_key_account[at],
            values=self.values[at],
            points=self.points[at],
        )


@dataclass(frozen=True)
class Firmness:
    """What the draws say of those that pass the gates. field: they alone, in the order of every array here.

    confidence: chance to be among the best K under the account's own central weights, nan where it has none.
    intervals, critical: None entries, or None, where a point is missing somewhere or nothing competes. unranked: ids
    with missing points, left out of intervals and critical. competes: false where there are places for everyone.
    """

    field: Field
    known: Known
    spread: float
    score_noise: float
    acceptability: Acceptability
    confidence: NDArray[np.float64]
    intervals: list[StabilityInterval | None]
    critical: CriticalCriteria
    ranked: Field
    unranked: tuple[str, ...]

    @property
    def competes(self) -> bool:
        """Whether there are more accounts than places."""
        return len(self.field.account_ids) > self.acceptability.places


@dataclass(frozen=True)
class WhatIf:
    """Who enters and who leaves the best K, ids by rank. before, after: the best K, best first."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    entering: tuple[str, ...]
    leaving: tuple[str, ...]
    passing: int
    unranked: int


def field(
    store: Store,
    as_of: date,
    criteria: CriteriaSet | None = None,
    *,
    where: Sequence[Condition] = (),
    for_whom: Person,
) -> Field:
    """The figures of every account (or group) on a day, ready to be judged again.

    Raises as `judging`, and RuleBroken where the criteria score nothing on attractiveness.
    """
    import numpy as np

    bound = judging(store, as_of, criteria)
    at = [k for k, score in enumerate(bound.criteria.scores) if score.axis == AXIS]
    if not at:
        raise RuleBroken(
            _("{name} scores nothing on attractiveness, so there is no ranking: add scores to the criteria.").format(
                name=bound.criteria.name
            ),
            reason="no_scores",
        )
    gated = [gate.measure for gate in bound.criteria.gates]
    columns = tuple(dict.fromkeys(["account_id", "name", "is_key_account", "points", *gated]))
    rows = store.page(
        "selection.verdicts", bound.arguments, columns=columns, where=where, order_by=[("account_id", False)]
    )
    by_name = {name: rows.column(name) for name in columns}
    values = np.full((len(rows), len(gated)), np.nan)
    for k, measure in enumerate(gated):
        values[:, k] = [np.nan if v is None else as_number(v) for v in by_name[measure]]
    points = np.array([[earned[k] for k in at] for earned in by_name["points"]], dtype=float).reshape(-1, len(at))
    return Field(
        as_of=as_of,
        criteria=bound.criteria,
        account_ids=tuple(by_name["account_id"]),
        names=tuple(by_name["name"]),
        is_key_account=np.array(by_name["is_key_account"], dtype=bool),
        values=values,
        points=points,
        scores=tuple(bound.criteria.scores[k] for k in at),
    )


def preference(weights: Sequence[float], known: Known, spread: float = 0.0) -> Preference:
    """What is taken as known of the weights: nothing, their order, or each within ± spread (a share, 0..1).

    Adopted weights that tie keep the order of the file.
    """
    from kam.selection.robustness import Intervals, NoPreference, Ordinal

    if known == "nothing":
        return NoPreference()
    if known == "order":
        return Ordinal(tuple(sorted(range(len(weights)), key=lambda k: (-weights[k], k))))
    return Intervals(
        tuple(max(0.0, weight - spread) for weight in weights), tuple(min(1.0, weight + spread) for weight in weights)
    )


def firmness(
    whole: Field,
    *,
    places: int,
    known: Known = "order",
    spread: float = 0.1,
    score_noise: float = 0.0,
    draws: int | None = None,
    seed: int = SEED,
) -> Firmness:
    """SMAA-2 over those that pass the gates, with weight stability intervals and critical criteria.

    places: K. known, spread: see `preference`. score_noise: standard deviation of each score, points; missing
    points are anywhere within 0..10. draws: 10,000 where not given. Raises RuleBroken where nobody passes, BadInput
    for places below 1.
    """
    import numpy as np

    from kam.selection import robustness

    passing = whole.of(whole.passing())
    if not passing.account_ids:
        raise RuleBroken(
            _("No account passes every gate of {name}, so there is nothing to rank.").format(name=whole.criteria.name),
            reason="nobody_passes",
        )
    chosen = preference(passing.weights, known, spread)
    count = len(passing.weights)
    draws = draws or robustness.DRAWS
    points = robustness.uncertain(passing.points, deviation=score_noise)
    weights = robustness.draw_weights(chosen, count, draws=draws, seed=seed)
    found = robustness.acceptability(
        points, weights, places=places, seed=seed, extremes=robustness.extreme_weights(chosen, count)
    )
    confidence = robustness.confidence_factors(
        points, found.central_weights, places=places, draws=min(draws, 1_000), seed=seed
    )
    complete = ~np.isnan(passing.points).any(axis=1)
    ranked = passing.of(complete)
    intervals: list[StabilityInterval | None] = [None] * count
    critical = robustness.CriticalCriteria(None, None)
    if len(ranked.account_ids) > 1:
        intervals = robustness.stability_intervals(ranked.points, ranked.weights, places=places)
        critical = robustness.critical_criteria(ranked.points, ranked.weights)
    return Firmness(
        field=passing,
        known=known,
        spread=spread,
        score_noise=score_noise,
        acceptability=found,
        confidence=confidence,
        intervals=intervals,
        critical=critical,
        ranked=ranked,
        unranked=passing.of(~complete).account_ids,
    )


def what_if(
    whole: Field,
    *,
    places: int,
    weights: Sequence[float] | None = None,
    thresholds: Mapping[int, float] | None = None,
) -> WhatIf:
    """Who would enter and leave the best `places` with other weights and thresholds; changes nothing.

    weights: of attractiveness, any positive scale (default the adopted ones). thresholds: by the gate's position.
    Accounts with a missing point are not ranked: they are counted. Raises BadInput where all weights are 0.
    """
    before, _passing, _unranked = _best(whole, whole.weights, None, places)
    after, passing, unranked = _best(whole, whole.weights if weights is None else weights, thresholds, places)
    return WhatIf(
        before=before,
        after=after,
        entering=tuple(a for a in after if a not in set(before)),
        leaving=tuple(a for a in before if a not in set(after)),
        passing=passing,
        unranked=unranked,
    )


def _best(
    whole: Field, weights: Sequence[float], thresholds: Mapping[int, float] | None, places: int
) -> tuple[tuple[str, ...], int, int]:
    import numpy as np

    from kam.selection.robustness import selected
    from kam.selection.scoring import normalised

    shares = normalised(weights)
    passes = whole.passing(thresholds)
    complete = ~np.isnan(whole.points).any(axis=1)
    rows = np.flatnonzero(passes & complete)
    best = rows[selected(whole.points[rows], shares, places)] if len(rows) else rows
    return tuple(whole.account_ids[i] for i in best.tolist()), int(passes.sum()), int((passes & ~complete).sum())

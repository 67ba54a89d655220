"""What a criteria set may state, beyond its shape: measures, units, forbidden grounds, weights, anchors."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import NoReturn

from kam.errors import BadInput
from kam.selection import scoring
from kam.selection.criteria import AXES, CriteriaSet, Gate, Score
from kam.selection.forbidden import PAST_SALES, REVENUE_ALONE, ForbiddenGround, forbidden_ground
from kam.selection.measures import CATALOGUE, as_number, unit_fits
from kam.words import _

# Where in the file: ("gate", 1, "at_least") is the key at_least of the second [[gate]].
Place = tuple[str | int, ...]
Refuse = Callable[[Place, str, str], NoReturn]

# As many as selection.verdicts has places for; five to eight are what people can weigh against each other.
SCORES_AT_MOST = 16

# 0.1 + 0.2 + 0.7 in binary floating point is not exactly 1; a third written with six digits is near enough.
WEIGHT_TOLERANCE = 1e-5


def check(criteria: CriteriaSet, refuse: Refuse) -> None:
    """Call refuse(place, clause, reason) for the first thing that a criteria set may not state."""
    for number, gate in enumerate(criteria.gates):
        _check_measure(gate, ("gate", number), refuse)
        _check_bound(gate, ("gate", number), refuse)
    for number, score in enumerate(criteria.scores):
        _check_measure(score, ("score", number), refuse)
        _check_score(score, ("score", number), refuse)
    if not criteria.gates:
        refuse(("gate",), _("there is no gate; without one every account would pass"), "no_gate")
    if len(criteria.scores) > SCORES_AT_MOST:
        refuse(
            ("score", SCORES_AT_MOST),
            _("there are {count} scores and {most} are the most; five to eight are enough for two axes").format(
                count=len(criteria.scores), most=SCORES_AT_MOST
            ),
            "too_many",
        )
    _check_twice(criteria, refuse)
    _check_weights(criteria, refuse)
    if set(criteria.measures) <= PAST_SALES:
        refuse(("gate", 0, "measure"), _ground(criteria.gates[0].measure, REVENUE_ALONE), "forbidden_ground")


def _check_measure(item: Gate | Score, place: Place, refuse: Refuse) -> None:
    if ground := forbidden_ground(item.measure):
        refuse((*place, "measure"), _ground(item.measure, ground), "forbidden_ground")
    if item.measure not in CATALOGUE:
        near = get_close_matches(item.measure, CATALOGUE, n=1)
        refuse(
            (*place, "measure"),
            _("there is no measure {measure}; {hint}").format(
                measure=item.measure,
                hint=_("did you mean {near}?").format(near=near[0])
                if near
                else _("the measures are {measures}").format(measures=", ".join(CATALOGUE)),
            ),
            "unknown_measure",
        )
    if not unit_fits(item.unit, item.measure):
        refuse(
            (*place, "unit"),
            _("{measure} is measured in {own}, not in {unit}").format(
                measure=item.measure, own=CATALOGUE[item.measure].unit, unit=item.unit
            ),
            "wrong_unit",
        )


def _ground(measure: str, ground: ForbiddenGround) -> str:
    return _("{measure} is refused as {ground}: {sentence} (source: {source})").format(
        measure=measure, ground=ground.name, sentence=ground.sentence, source=ground.source
    )


def _check_bound(gate: Gate, place: Place, refuse: Refuse) -> None:
    if gate.at_least is not None and gate.at_most is not None:
        refuse(
            (*place, "at_most"), _("at_least and at_most stand in one gate; write a gate for each"), "two_thresholds"
        )
    if gate.at_least is None and gate.at_most is None:
        refuse((*place, "measure"), _("it lacks at_least or at_most, the threshold"), "no_threshold")
    _check_kind(gate.threshold, gate.measure, (*place, gate.bound), refuse)


def _check_kind(quantity: float | date, measure: str, place: Place, refuse: Refuse) -> None:
    is_day = isinstance(quantity, date)
    if is_day != (CATALOGUE[measure].unit == "date"):
        refuse(
            place,
            _("{measure} is a date; write it as 2026-01-31, without quotation marks").format(measure=measure)
            if not is_day
            else _("{measure} is a number of {unit}, not a date").format(measure=measure, unit=CATALOGUE[measure].unit),
            "wrong_unit",
        )


def _check_score(score: Score, place: Place, refuse: Refuse) -> None:
    if score.weight < 0:
        refuse(
            (*place, "weight"), _("a weight is 0 or more; {weight:g} is not").format(weight=score.weight), "bad_weights"
        )
    for quantity, _points in score.anchors:
        _check_kind(quantity, score.measure, (*place, "anchors"), refuse)
    try:
        scoring.check_anchors([(as_number(quantity), points) for quantity, points in score.anchors])
    except BadInput as bad:
        refuse((*place, "anchors"), bad.message.rstrip("."), bad.reason)


def _check_twice(criteria: CriteriaSet, refuse: Refuse) -> None:
    bounds: dict[tuple[str, str], float] = {}
    for number, gate in enumerate(criteria.gates):
        if (gate.measure, gate.bound) in bounds:
            refuse(
                ("gate", number, gate.bound),
                _("{measure} has an {bound} in an earlier gate already; leave one out").format(
                    measure=gate.measure, bound=gate.bound
                ),
                "twice",
            )
        bounds[gate.measure, gate.bound] = as_number(gate.threshold)
        lower, upper = bounds.get((gate.measure, "at_least")), bounds.get((gate.measure, "at_most"))
        if lower is not None and upper is not None and lower > upper:
            refuse(
                ("gate", number, gate.bound),
                _("no account can pass: at_least is above at_most for {measure}").format(measure=gate.measure),
                "contradiction",
            )
    seen: set[tuple[str, str]] = set()
    for number, score in enumerate(criteria.scores):
        if (score.measure, score.axis) in seen:
            refuse(
                ("score", number, "measure"),
                _("{measure} is scored on {axis} twice; leave one out").format(measure=score.measure, axis=score.axis),
                "twice",
            )
        seen.add((score.measure, score.axis))


def _check_weights(criteria: CriteriaSet, refuse: Refuse) -> None:
    for axis in AXES:
        scores = criteria.scores_of(axis)
        total = math.fsum(score.weight for score in scores)
        if scores and abs(total - 1) > WEIGHT_TOLERANCE:
            first = criteria.scores.index(scores[0])
            refuse(
                ("score", first, "weight"),
                _("the weights of {axis} make {total:g} together; they have to make 1").format(axis=axis, total=total),
                "bad_weights",
            )

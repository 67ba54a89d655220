"""Judging accounts by a criteria set on a day. Nothing here changes anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import ledgers, parameters
from kam.access import Person
from kam.errors import NotFound, RuleBroken
from kam.selection.adoption import adopted
from kam.selection.assessed_records import evidence_on
from kam.selection.criteria import AXES, CriteriaSet
from kam.selection.measures import NUMBERED, as_number
from kam.selection.verdicts import AccountVerdict, account_verdict
from kam.store import Condition, Rows, Store
from kam.units import day
from kam.words import _

_RELATION = "selection.verdicts"


@dataclass(frozen=True)
class Assessment:
    """All accounts on a day. criteria_set_id: None for a draft."""

    as_of: date
    criteria: CriteriaSet
    criteria_set_id: int | None
    accounts: list[AccountVerdict]


@dataclass(frozen=True)
class Judging:
    """A criteria set bound to a day: what `selection.verdicts` is called with."""

    as_of: date
    criteria: CriteriaSet
    criteria_set_id: int | None
    arguments: dict[str, Any]


def judging(store: Store, as_of: date, criteria: CriteriaSet | None = None) -> Judging:
    """The criteria that hold on as_of (or a draft), bound to that day.

    Raises RuleBroken where no set has been adopted for that day, a Refusal for a day before the ledger.
    """
    ledgers.check_as_of(store, as_of)
    criteria_set_id = None
    if criteria is None:
        held = adopted(store, as_of)
        if held is None:
            raise RuleBroken(
                _("No criteria hold on {day}: adopt a criteria set first, or name a criteria file.").format(
                    day=day(as_of)
                ),
                reason="no_criteria",
            )
        criteria, criteria_set_id = held.criteria, held.criteria_set_id
    return Judging(as_of, criteria, criteria_set_id, _arguments(store, as_of, criteria))


def _arguments(store: Store, as_of: date, criteria: CriteriaSet) -> dict[str, Any]:
    # Tuples, not lists: the store keeps readings by their arguments.
    bounds = {(gate.measure, gate.bound): as_number(gate.threshold) for gate in criteria.gates}
    scores = criteria.scores
    cuts = {axis: parameters.value_at(store, f"selection.{axis}_cut", as_of).value for axis in AXES}
    return {
        "as_of": as_of,
        "level": criteria.level,
        "at_least": tuple(bounds.get((measure, "at_least")) for measure in NUMBERED),
        "at_most": tuple(bounds.get((measure, "at_most")) for measure in NUMBERED),
        "score_measure": tuple(NUMBERED.index(score.measure) + 1 for score in scores),
        "anchor_values": tuple(tuple(as_number(value) for value, _points in score.anchors) for score in scores),
        "anchor_points": tuple(tuple(points for _value, points in score.anchors) for score in scores),
        "attractiveness_weight": tuple(s.weight if s.axis == "attractiveness" else None for s in scores),
        "strength_weight": tuple(s.weight if s.axis == "strength" else None for s in scores),
        "attractiveness_cut": cuts["attractiveness"],
        "strength_cut": cuts["strength"],
        "near_miss_share": parameters.value_at(store, "selection.near_miss_share", as_of).value,
    }


def assess(store: Store, as_of: date, criteria: CriteriaSet | None = None, *, for_whom: Person) -> Assessment:
    """Every account (or group) judged by the adopted criteria, or by a draft; changes nothing.

    Raises as `judging`. for_whom: verdicts rest on value and cost, which are confidential.
    """
    bound = judging(store, as_of, criteria)
    rows = store.page(_RELATION, bound.arguments, order_by=[("account_id", False)])
    evidence = evidence_on(store, as_of, None, bound.criteria.measures)
    accounts = [account_verdict(bound.criteria, row, evidence) for row in rows]
    return Assessment(as_of, bound.criteria, bound.criteria_set_id, accounts)


def assess_account(
    store: Store, account_id: str, as_of: date, criteria: CriteriaSet | None = None, *, for_whom: Person
) -> AccountVerdict:
    """One account (or group, by its root) judged. Raises NotFound where it is not among those judged."""
    bound = judging(store, as_of, criteria)
    found = store.page(_RELATION, bound.arguments, where=[Condition("account_id", "=", account_id)])
    if not len(found):
        raise NotFound(
            _(
                "There is no account {account_id} among those judged: check the id; groups go by their topmost account."
            ).format(account_id=account_id),
            reason="unknown_account",
            field="account_id",
        )
    evidence = evidence_on(store, as_of, [account_id], bound.criteria.measures)
    return account_verdict(bound.criteria, found.records()[0], evidence)


@dataclass(frozen=True)
class Tally:
    """How many accounts pass, are unknown, fail, and fail narrowly."""

    passing: int
    unknown: int
    failing: int
    near_misses: int


def tally(store: Store, bound: Judging, where: Sequence[Condition] = ()) -> Tally:
    """The verdicts counted, of all accounts or of those under a condition."""

    def count(column: str, wanted: Any) -> int:
        narrowed = [*where, Condition(column, "=", wanted)]
        return store.page(_RELATION, bound.arguments, columns=("account_id",), where=narrowed, limit=1).total

    return Tally(
        count("verdict", "pass"), count("verdict", "unknown"), count("verdict", "fail"), count("is_near_miss", True)
    )


def candidates(
    store: Store,
    as_of: date,
    criteria: CriteriaSet | None = None,
    *,
    for_whom: Person,
    where: Sequence[Condition] = (),
    search: str = "",
    order_by: Sequence[tuple[str, bool]] = (("account_id", False),),
    limit: int | None = None,
    offset: int = 0,
) -> Rows:
    """A page of `selection.verdicts`, cut by the database and kept in memory while nothing changes."""
    bound = judging(store, as_of, criteria)
    return store.page(
        _RELATION,
        bound.arguments,
        where=where,
        search=(search, ("name", "account_id")),
        order_by=order_by,
        limit=limit,
        offset=offset,
    )

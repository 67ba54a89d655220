"""A manager's scorecard: the proposed measures over years, for the accounts held and for the team, unknown where unknown.

Later rooms put their reading behind a measure by a line in READINGS: nothing else has to change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kam import relations
from kam.access import Person
from kam.managers.schemes import PROPOSED, Scheme, measure_name, scheme_of
from kam.store import Condition, Store

YEARS = 3


@dataclass(frozen=True)
class Reading:
    """Where a measure comes from. relation: takes as_of and `arguments`; column: per account_id, the mean of an
    account's rows under `where`; is_sum: values of several accounts add up (money), else their mean is taken;
    steps: what a word stands for, where the column holds words.
    """

    relation: str
    column: str
    is_sum: bool
    arguments: Mapping[str, Any] = field(default_factory=dict)
    where: Sequence[Condition] = ()
    steps: Mapping[str, float] = field(default_factory=dict)


_ACCOUNTS = {"level": "account"}
# McDonald, Rogers & Woodburn's stages in their order; a relationship that disintegrates stands outside of it, below.
_STAGES = {"disintegrating": 0, "exploratory": 1, "basic": 2, "cooperative": 3, "interdependent": 4, "integrated": 5}
READINGS: dict[str, Reading] = {
    "lifetime_value": Reading("programme.account_list", "lifetime_value", True, _ACCOUNTS),
    "contribution_12m": Reading("programme.account_list", "contribution_12m", True, _ACCOUNTS),
    "relationship_stage": Reading(
        "relationships.standing_stages",
        "stage",
        False,
        where=(Condition("side", "=", "ours"),),
        steps=_STAGES,
    ),
    "plan_progress": Reading("plans.progress", "due_done_share", False, where=(Condition("is_open", "=", True),)),
}


@dataclass(frozen=True)
class Line:
    """A measure of the scorecard. own: for the accounts held today, as of the day and of the same day in the years
    before, the latest first; team: the same for all key accounts; each None where unknown. known_count of
    account_count accounts are known today. weight, scope: of the scheme in force, None where it has no such line.
    """

    measure_id: str
    name: str
    unit: str
    says: str
    own: tuple[float | None, ...]
    team: tuple[float | None, ...]
    known_count: int
    account_count: int
    weight: float | None
    scope: str | None


@dataclass(frozen=True)
class Scorecard:
    """A manager's scorecard on a day. days: of the values of each line; scheme: in force, or None."""

    days: tuple[date, ...]
    lines: tuple[Line, ...]
    scheme: Scheme | None

    @property
    def unproposed(self) -> list[str]:
        """What the scheme measures besides the proposed measures, by name."""
        known = {line.measure_id for line in self.lines}
        return (
            [measure_name(line.measure) for line in self.scheme.measures if line.measure not in known]
            if self.scheme
            else []
        )


def scorecard(store: Store, manager_id: str, as_of: date, *, for_whom: Person) -> Scorecard:
    """The scorecard of a manager for the accounts held on as_of, compared with the same accounts in the years before."""
    holdings = store.read("managers.holdings", {"as_of": as_of}, columns=("account_id", "manager_id")).rows
    own = [account_id for account_id, of in holdings if of == manager_id]
    everyone = [account_id for account_id, _of in holdings]
    days = tuple(_years_before(as_of, years) for years in range(YEARS))
    held = scheme_of(store, manager_id, as_of, for_whom=for_whom)
    return Scorecard(days, tuple(_line(store, measure, own, everyone, days, held) for measure in PROPOSED), held)


def _line(store: Store, measure, own: Sequence[str], everyone: Sequence[str], days, scheme: Scheme | None) -> Line:
    per_day = [_values(store, measure.measure_id, everyone, day) for day in days]
    reading = READINGS.get(measure.measure_id)
    is_sum = reading is None or reading.is_sum
    in_scheme = next((of for of in scheme.measures if of.measure == measure.measure_id), None) if scheme else None
    return Line(
        measure.measure_id,
        measure.name,
        measure.unit,
        measure.says,
        own=tuple(_over(values, own, is_sum=is_sum) for values in per_day),
        team=tuple(_over(values, everyone, is_sum=is_sum) for values in per_day),
        known_count=sum(per_day[0].get(account_id) is not None for account_id in own),
        account_count=len(own),
        weight=in_scheme.weight if in_scheme else None,
        scope=in_scheme.scope if in_scheme else None,
    )


def _values(store: Store, measure_id: str, account_ids: Sequence[str], day: date) -> dict[str, float]:
    """account_id → value on a day; empty where no reading stands behind the measure."""
    reading = READINGS.get(measure_id)
    if reading is None or reading.relation not in relations.catalogue() or not account_ids:
        return {}
    found = store.page(
        reading.relation,
        {"as_of": day, **reading.arguments},
        columns=("account_id", reading.column),
        where=[Condition("account_id", "one_of", tuple(account_ids)), *reading.where],
    )
    values: dict[str, list[float]] = {}
    for account_id, value in found.rows:
        if value is not None:
            values.setdefault(account_id, []).append(float(reading.steps[value] if reading.steps else value))
    return {account_id: sum(of) / len(of) for account_id, of in values.items()}


def _over(values: Mapping[str, float], account_ids: Sequence[str], *, is_sum: bool) -> float | None:
    """The sum or mean over accounts; None where one of them is unknown, or there is none."""
    known = [values[account_id] for account_id in account_ids if account_id in values]
    if not known or len(known) < len(account_ids):
        return None
    return sum(known) if is_sum else sum(known) / len(known)


def _years_before(day: date, years: int) -> date:
    return date(day.year - years, day.month, 28 if (day.month, day.day) == (2, 29) and years else day.day)

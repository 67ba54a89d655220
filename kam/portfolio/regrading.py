"""Which grade the opportunities of an account speak for, without flip-flop; and what grades mean for the work of a week."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import parameters
from kam.portfolio.grades import GRADES
from kam.store import Condition, Store
from kam.words import _

_ORDER = tuple(GRADES)


@dataclass(frozen=True)
class Limits:
    """close_within: days to the expected close up to which A, B and C hold. margin: days beyond a limit, min_days: days
    in a grade, before another is proposed."""

    close_within: tuple[int, int, int]
    margin: int
    min_days: int


@dataclass(frozen=True)
class Proposal:
    """Another grade for an account. before: None where it has none yet. days_ahead: to the earliest expected close."""

    account_id: str
    name: str
    owner: str | None
    before: str | None
    after: str
    days_ahead: int | None
    why: str


@dataclass(frozen=True)
class Workload:
    """Follow-ups in a working week. before, after: now, and with the proposals; by_grade: (grade, accounts before, after)."""

    before: float
    after: float
    by_grade: tuple[tuple[str, int, int], ...]


def plain_grade(days_ahead: int | None, limits: Limits, need: str | None = None) -> str:
    """The grade of an expected close, by the limits alone. days_ahead None: no open opportunity, D where a need is known."""
    if days_ahead is None:
        return "D" if need in ("latent", "recognised") else "E"
    return next((g for g, most in zip(_ORDER, limits.close_within, strict=False) if days_ahead <= most), "D")


def next_grade(
    days_ahead: int | None, held: str | None, held_days: int, limits: Limits, need: str | None = None
) -> str:
    """The grade to propose: the held one, until the evidence lies beyond its limits by the margin and min_days are over.

    Without a held grade the plain one. The margin widens the held grade's interval at both ends, so a date that moves by
    at most the margin around a limit never moves the grade back and forth.
    """
    plain = plain_grade(days_ahead, limits, need)
    if held is None or plain == held:
        return plain
    if held_days < limits.min_days:
        return held
    if days_ahead is None or held == "E":
        return plain
    at, margin = _ORDER.index(held), limits.margin
    lowest = 0 if at == 0 else limits.close_within[at - 1]
    highest = limits.close_within[at] if at < len(limits.close_within) else None
    is_near = days_ahead >= lowest - margin and (highest is None or days_ahead <= highest + margin)
    return held if is_near else plain


def limits_of(store: Store, as_of: date) -> Limits:
    """The limits in force on a day."""
    held = _parameters(store, as_of)
    return Limits(
        tuple(int(held[f"portfolio.close_within_days_{g}"]) for g in "abc"),
        int(held["portfolio.regrade_margin_days"]),
        int(held["portfolio.regrade_min_days"]),
    )


def proposals(store: Store, as_of: date, where: Sequence[Condition] = ()) -> list[Proposal]:
    """Every account whose opportunities speak for another grade: those with a grade first, then the most urgent.

    where: narrows portfolio.grade_evidence. Accounts whose open opportunities are all past their day, or without one,
    are left out: their close is unknown.
    """
    limits = limits_of(store, as_of)
    found = [
        proposal
        for row in store.page("portfolio.grade_evidence", {"as_of": as_of}, where=where)
        if (proposal := _proposal(row, as_of, limits)) is not None
    ]
    return sorted(
        found, key=lambda p: (p.before is None, p.after, p.days_ahead is None, p.days_ahead or 0, p.name, p.account_id)
    )


def workload(store: Store, as_of: date, changes: Mapping[str, str], where: Sequence[Condition] = ()) -> Workload:
    """What a set of changes (account_id → grade) does to the follow-ups of a week, over the accounts of `where`.

    Rule: 5 working days / cadence of the grade, summed over the graded accounts.
    """
    per_week = {row["grade"]: row["per_week"] for row in store.read("portfolio.cadences", {"as_of": as_of})}
    held = {
        row["account_id"]: row["grade"]
        for row in store.page("portfolio.grade_evidence", {"as_of": as_of}, where=where)
        if row["grade"]
    }
    after = held | dict(changes)
    by_grade = tuple(
        (grade, sum(g == grade for g in held.values()), sum(g == grade for g in after.values())) for grade in GRADES
    )
    return Workload(
        sum(count * per_week[grade] for grade, count, _after in by_grade),
        sum(count * per_week[grade] for grade, _before, count in by_grade),
        by_grade,
    )


def _proposal(row: Mapping[str, Any], as_of: date, limits: Limits) -> Proposal | None:
    closes = row["next_close_on"]
    if closes is None and row["past_count"]:
        return None
    days_ahead = None if closes is None else (closes - as_of).days
    held_days = (as_of - row["since"]).days if row["since"] else 0
    after = next_grade(days_ahead, row["grade"], held_days, limits, row["need"])
    if after == row["grade"]:
        return None
    why = (
        _("no opportunity is open")
        if days_ahead is None
        else _("an opportunity is expected to close in {days} days").format(days=days_ahead)
    )
    return Proposal(row["account_id"], row["name"], row["owner"], row["grade"], after, days_ahead, why)


def _parameters(store: Store, as_of: date) -> dict[str, float]:
    return {
        name: parameter.value
        for name, parameter in parameters.all_at(store, as_of).items()
        if name.startswith("portfolio.")
    }

"""The seven steps of the programme as a living board: each state from the records, judged only where none speak.

Source of the steps: Ryals, How to succeed at key account management, HBR 13 July 2012 (steps 3 to 7 as recalled).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import parameters, programme, units
from kam.store import Store
from kam.words import _, several

STEPS = {
    "recognise": _("Recognise the change"),
    "support": _("Win support at the top"),
    "champion": _("Appoint a champion"),
    "selection": _("Select with care"),
    "managers": _("Appoint and train managers"),
    "measures": _("Measure the right things"),
    "renewal": _("Benchmark and renew"),
}
STATES = ("absent", "begun", "in_place")


@dataclass(frozen=True)
class Check:
    """What one record says about a step. is_met: None where the record does not exist yet, which says nothing.

    found: in words; page: where its records are shown. is_needed: False where no record is as good as a good one.
    """

    step: str
    what: str
    is_met: bool | None
    found: str
    page: str
    is_needed: bool = True


@dataclass(frozen=True)
class StepState:
    """A step on a day. state: absent, begun, in_place or None (unknown). basis: records, judgement or none.

    judgement: the latest dated judgement, shown beside the records where both are there.
    """

    step: str
    name: str
    state: str | None
    basis: str
    checks: tuple[Check, ...]
    judgement: Mapping[str, Any] | None


def step_states(store: Store, as_of: date) -> tuple[StepState, ...]:
    """The seven steps on as_of, in their order."""
    found = checks_of(store, as_of)
    judged = {row["step"]: row for row in store.read("change.judged_steps", {"as_of": as_of})}
    return tuple(
        _step(step, name, tuple(c for c in found if c.step == step), judged.get(step)) for step, name in STEPS.items()
    )


def state_of(met: Sequence[bool | None]) -> str | None:
    """in_place where every check is met, absent where none is, begun between; None where no record speaks.

    A check without a record keeps a step from being in place: what is unknown is not there.
    """
    if not met or all(m is None for m in met):
        return None
    if all(met):
        return "in_place"
    return "begun" if any(met) else "absent"


def checks_of(store: Store, as_of: date) -> list[Check]:
    """Every check of every step, from the records up to as_of."""
    row = store.one("change.counts", {"as_of": as_of}) or {}
    limits = programme.limits(store, as_of)
    within_days = parameters.value_at(store, "change.benchmark_within_days", as_of).value
    functions_at_least = parameters.value_at(store, "change.functions_reached_at_least", as_of).value
    warnings = programme.champion_warnings(store, as_of)
    count = row["key_account_count"]
    return [
        *_recognising(row, functions_at_least),
        _share("support", _("Our executive sponsors"), row["covered_count"], count, "sponsors"),
        _share(
            "support",
            _("Executive contacts in time"),
            row["contacted_in_time_count"],
            row["cadenced_count"],
            "sponsors",
        ),
        Check(
            "support",
            _("Decisions of the top team"),
            row["agenda_decided_12m"] > 0 if row["agenda_held_12m"] else None,
            several("{count} decision in 12 months", "{count} decisions in 12 months", row["agenda_decided_12m"]),
            "champion",
        ),
        Check(
            "champion",
            _("A champion holds the office"),
            row["has_champion"],
            _("a term holds on this day") if row["has_champion"] else _("nobody is appointed"),
            "champion",
        ),
        Check(
            "champion",
            _("Level, time, agenda, successor"),
            not warnings if row["has_champion"] else None,
            several("{count} thing is missing", "{count} things are missing", len(warnings))
            if warnings
            else _("nothing is missing"),
            "champion",
        ),
        *_selecting(row, limits),
        _share("managers", _("Key accounts with a manager on record"), row["managed_count"], count, "managers"),
        _share(
            "managers",
            _("Managers assessed by others"),
            row["assessed_manager_count"],
            row["manager_count"],
            "managers",
        ),
        _share("managers", _("Managers trained"), row["trained_manager_count"], row["manager_count"], "managers"),
        _share(
            "measures", _("Scorecards free of revenue pay"), row["clean_scheme_count"], row["scheme_count"], "managers"
        ),
        _since("measures", _("Cost model in force"), row["cost_model_from"], "cost_to_serve"),
        _share(
            "measures",
            _("Lifetime value known"),
            programme.worth(store, as_of).key_lifetime_known,
            count,
            "lifetime_value",
        ),
        _benchmark(row, within_days, as_of),
        Check(
            "renewal",
            _("Milestones on time"),
            row["milestone_overdue_count"] == 0 if row["milestone_count"] else None,
            _("{overdue} of {open} open ones are overdue").format(
                overdue=row["milestone_overdue_count"], open=row["milestone_open_count"]
            )
            if row["milestone_count"]
            else _("no milestone is on the roadmap"),
            "change",
        ),
    ]


def _recognising(row: Mapping[str, Any], at_least: float | None) -> list[Check]:
    def reached(count: int) -> bool | None:
        return None if not count or at_least is None else count >= at_least

    def said(count: int) -> str:
        return several("{count} function", "{count} functions", count)

    return [
        Check(
            "recognise",
            _("Functions that heard why"),
            reached(row["heard_count"]),
            said(row["heard_count"]),
            "champion",
        ),
        Check(
            "recognise",
            _("Functions trained to serve key accounts"),
            reached(row["trained_function_count"]),
            said(row["trained_function_count"]),
            "managers",
        ),
        Check(
            "recognise",
            _("On the top team's agenda"),
            row["agenda_held_12m"] > 0 or None,
            several("{count} meeting in 12 months", "{count} meetings in 12 months", row["agenda_held_12m"]),
            "champion",
        ),
    ]


def _selecting(row: Mapping[str, Any], limits: programme.Limits) -> list[Check]:
    asked, refused, count = row["exception_count_12m"], row["exception_refused_12m"], row["key_account_count"]
    is_bound = limits.at_least is not None or limits.at_most is not None
    return [
        _since("selection", _("Criteria adopted"), row["criteria_valid_from"], "criteria"),
        Check(
            "selection",
            _("Few enough to be treated well"),
            (limits.at_least or 0) <= count <= (count if limits.at_most is None else limits.at_most)
            if is_bound and count
            else None,
            several("{count} key account", "{count} key accounts", count),
            "roster",
        ),
        _since("selection", _("Selection cycle decided"), row["cycle_decided_on"], "cycles"),
        Check(
            "selection",
            _("Exceptions refused or sent the regular way"),
            # Every request on record has the programme's own answer: none of them is an exception made.
            True if asked else None,
            _("{refused} of {asked} asked in 12 months were refused").format(refused=refused, asked=asked)
            if asked
            else _("none was asked for in 12 months"),
            "cycles",
            is_needed=False,
        ),
    ]


def _share(step: str, what: str, part: int, whole: int, page: str) -> Check:
    found = _("{part} of {whole}").format(part=part, whole=whole) if whole else _("nothing on record")
    return Check(step, what, part == whole if whole else None, found, page)


def _since(step: str, what: str, day: date | None, page: str) -> Check:
    found = _("since {day}").format(day=units.day(day)) if day else _("nothing on record")
    return Check(step, what, True if day else None, found, page)


def _benchmark(row: Mapping[str, Any], within_days: float | None, as_of: date) -> Check:
    closed_on = row["round_closed_on"]
    is_met = None if closed_on is None or within_days is None else (as_of - closed_on).days <= within_days
    found = (
        _("round of {year}, closed on {day}").format(year=row["round_year"], day=units.day(closed_on))
        if closed_on
        else _("no round has been closed")
    )
    return Check("renewal", _("Benchmark of the last year"), is_met, found, "benchmarking")


def _step(step: str, name: str, checks: tuple[Check, ...], judgement: Mapping[str, Any] | None) -> StepState:
    derived = state_of([c.is_met for c in checks if c.is_needed or c.is_met is not None])
    if derived is not None:
        return StepState(step, name, derived, "records", checks, judgement)
    if judgement:
        return StepState(step, name, judgement["verdict"], "judgement", checks, judgement)
    return StepState(step, name, None, "none", checks, None)

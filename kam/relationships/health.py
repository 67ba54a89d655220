"""Health of an account, 0 to 100: visible weighted parts, a cap while a red line is open, and confidence apart from it.

Missing parts reweight the others and lower confidence, never health; so does stale evidence. Alerts come when health has
moved by a set number of points since the last alert, or when a part crosses its line, with a dead band so that nothing
flickers. Weights and lines are dated parameters (relationships.*).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import parameters
from kam.relationships import red_lines
from kam.store import Store
from kam.units import day, share
from kam.words import _, several

PARTS = {
    "delivery": _("Promises kept"),
    "satisfaction": _("Satisfaction"),
    "trend": _("Trend of revenue"),
    "coverage": _("Contact coverage"),
    "executive": _("Executive contact"),
    "claims": _("Returns and complaints"),
    "horizon": _("Contract horizon"),
    "progress": _("Agreed actions done"),
}
STEPS = 5


@dataclass(frozen=True)
class Part:
    """A part of health. points: 0–100, None where the evidence is missing. freshness: 1 fresh … 0 stale, None without
    evidence. said: the evidence in a sentence, or what is missing."""

    part: str
    name: str
    weight: float
    points: float | None
    evidence_on: date | None
    freshness: float | None
    said: str


@dataclass(frozen=True)
class Health:
    """Health on a day. index: 0–100, None where no part is known; uncapped: before the cap of an open red line.

    confidence: 0–1. red_lines: open ones (rows of relationships.open_red_lines). state: healthy, watch or poor; thin
    where confidence is too low to say so; unknown.
    """

    as_of: date
    index: float | None
    uncapped: float | None
    confidence: float
    parts: tuple[Part, ...]
    red_lines: tuple[dict[str, Any], ...]
    cap: float | None
    state: str

    @property
    def is_capped(self) -> bool:
        """True where an open red line holds the index down."""
        return self.index is not None and self.index < self.uncapped


@dataclass(frozen=True)
class Alert:
    """Health (part None) moved, or a part fell below its line. Points before and after."""

    on: date
    part: str | None
    before: float
    after: float


@dataclass(frozen=True)
class Course:
    """Health now, and at equal steps before, the oldest first. change: points since the step before now; None: unknown."""

    now: Health
    steps: tuple[Health, ...]
    alerts: tuple[Alert, ...]

    @property
    def change(self) -> float | None:
        """Points that health moved since the step before."""
        if len(self.steps) < 2 or self.now.index is None or self.steps[-2].index is None:
            return None
        return self.now.index - self.steps[-2].index


def weighted(parts: Iterable[tuple[float, float | None]]) -> float | None:
    """The weighted mean of (weight, points) pairs whose points are known; None where none is, or all weigh nothing."""
    known = [(weight, points) for weight, points in parts if points is not None]
    total = sum(weight for weight, _points in known)
    return sum(weight * points for weight, points in known) / total if total else None


def confidence(parts: Iterable[tuple[float, float | None]]) -> float:
    """How much of the weight rests on fresh evidence, 0 to 1, from (weight, freshness 0–1 or None) pairs."""
    parts = list(parts)
    total = sum(weight for weight, _fresh in parts)
    return sum(weight * (fresh or 0) for weight, fresh in parts) / total if total else 0.0


def freshness(age_days: int, fresh_days: float) -> float:
    """1 up to fresh_days, falling to 0 at twice that."""
    return min(1.0, max(0.0, 2 - age_days / fresh_days))


def alerts(
    course: Sequence[tuple[date, float | None, Mapping[str, float | None]]],
    *,
    change: float,
    alarm_below: float,
    rearmed_from: float,
) -> list[Alert]:
    """Alerts along a course of (day, health, points by part), the oldest first.

    Health: one alert when it lies `change` or more from where it stood at the last alert (at first: the first known
    level); that level is then the new one. A part: one alert when it falls below alarm_below, the next only after it
    was at rearmed_from or above; a part that is below from the start raises none.
    """
    raised: list[Alert] = []
    level: float | None = None
    armed: dict[str, bool] = {}
    last: dict[str, float] = {}
    for on, index, parts in course:
        if index is not None:
            if level is None:
                level = index
            elif abs(index - level) >= change:
                raised.append(Alert(on, None, level, index))
                level = index
        for part, points in parts.items():
            if points is None:
                continue
            if part not in armed:
                armed[part] = points >= alarm_below
            elif armed[part] and points < alarm_below:
                raised.append(Alert(on, part, last[part], points))
                armed[part] = False
            elif points >= rearmed_from:
                armed[part] = True
            last[part] = points
    return raised


def health(store: Store, account_id: str, as_of: date) -> Health:
    """The health of an account on a day."""
    held = parameters.all_at(store, as_of)
    fresh_days = held["relationships.evidence_fresh_days"].value
    cap = held["relationships.red_line_cap"].value
    rows = store.read("relationships.health_parts", {"as_of": as_of, "of_account": account_id})
    by_part = {row["part"]: row for row in rows}
    parts = tuple(_part(by_part[part], as_of, fresh_days) for part in PARTS if part in by_part)
    uncapped = weighted((part.weight, part.points) for part in parts)
    sure = confidence((part.weight, part.freshness) for part in parts)
    is_open = tuple(red_lines.open_of(store, account_id, as_of))
    index = min(uncapped, cap) if uncapped is not None and is_open and cap is not None else uncapped
    return Health(
        as_of=as_of,
        index=index,
        uncapped=uncapped,
        confidence=sure,
        parts=parts,
        red_lines=is_open,
        cap=cap,
        state=_state(
            index,
            bool(is_open),
            is_thin=sure < held["relationships.health_least_confidence"].value,
            poor_below=held["relationships.part_alarm_below"].value,
            good_from=held["relationships.health_good_from"].value,
        ),
    )


def _state(index: float | None, has_red_line: bool, *, is_thin: bool, poor_below: float, good_from: float) -> str:
    if index is None:
        return "unknown"
    if has_red_line:
        return "poor"
    if is_thin:
        return "thin"
    if index < poor_below:
        return "poor"
    return "healthy" if index >= good_from else "watch"


def course(store: Store, account_id: str, as_of: date, *, steps: int = STEPS) -> Course:
    """Health on a day and at steps of relationships.change_months before it, with the alerts along the way."""
    held = parameters.all_at(store, as_of)
    months = int(held["relationships.change_months"].value)
    days = [months_before(as_of, months * at) for at in range(steps - 1, -1, -1)]
    found = tuple(health(store, account_id, on) for on in days)
    raised = alerts(
        [(step.as_of, step.index, {part.part: part.points for part in step.parts}) for step in found],
        change=held["relationships.alert_change"].value,
        alarm_below=held["relationships.part_alarm_below"].value,
        rearmed_from=held["relationships.part_rearmed_from"].value,
    )
    return Course(now=found[-1], steps=found, alerts=tuple(raised))


def months_before(on: date, months: int) -> date:
    """The same day of the month `months` before, a month's last day for a last day and where the month is shorter."""
    counted = on.year * 12 + on.month - 1 - months
    year, month = counted // 12, counted % 12 + 1
    last = calendar.monthrange(year, month)[1]
    is_last = on.day == calendar.monthrange(on.year, on.month)[1]
    return date(year, month, last if is_last else min(on.day, last))


def _part(row: Mapping[str, Any], as_of: date, fresh_days: float) -> Part:
    on = row["evidence_on"]
    return Part(
        part=row["part"],
        name=PARTS[row["part"]],
        weight=row["weight"] or 0.0,
        points=row["points"],
        evidence_on=on,
        freshness=None if row["points"] is None or on is None else freshness((as_of - on).days, fresh_days),
        said=_MISSING[row["part"]] if row["points"] is None else _said(row),
    )


_MISSING = {
    "delivery": _("No promise of the last 12 months was settled: settle next steps on the timeline."),
    "satisfaction": _("Nobody answered a survey in 24 months: import survey responses."),
    "trend": _("No revenue in the 12 months before: there is nothing to compare with."),
    "coverage": _("No contact with an influence, or no interaction, is on record."),
    "executive": _("No interaction is on record: import them, or write them down."),
    "claims": _("Nothing was bought in 12 months."),
    "horizon": _("No contract is on record: import contracts."),
    "progress": _("No action of a review fell due in 12 months."),
}


def _said(row: Mapping[str, Any]) -> str:
    part, value, basis = row["part"], row["value"], row["basis"]
    if part == "delivery":
        return _("{kept} of {due} promises of 12 months were kept in time.").format(kept=int(value), due=int(basis))
    if part == "satisfaction":
        who = several("{count} person", "{count} people", int(basis))
        return _("Mean mark {mark:.0f} of 100 by role, {who}.").format(mark=value, who=who)
    if part == "trend":
        return _("Revenue of 12 months changed by {growth} on the 12 before.").format(growth=share(value))
    if part == "coverage":
        return _("Contacts with {active} of {all} points of influence are in touch.").format(
            active=int(value), all=int(basis)
        )
    if part == "executive":
        if value is None:
            return _("No visit of an executive of ours is on record.")
        return _("The last visit of an executive of ours was {days} days ago, {allowed} are allowed.").format(
            days=int(value), allowed=int(basis)
        )
    if part == "claims":
        if basis is None:
            return _("{returns} of purchases came back; complaints are unknown.").format(returns=share(value))
        complaints = several("{count} complaint", "{count} complaints", int(basis))
        return _("{returns} of purchases came back, {complaints} in 12 months.").format(
            returns=share(value), complaints=complaints
        )
    if part == "horizon":
        if value is None:
            return _("A contract without an end is running.")
        if value < 0:
            return _("Every contract on record has ended.")
        return _("The longest contract still runs {months:.0f} months.").format(months=value)
    return _("{done} of {due} actions due in 12 months are done.").format(done=int(value), due=int(basis))


def told(alert: Alert) -> str:
    """An alert as a sentence."""
    if alert.part is None:
        words = _("Health rose from {before:.0f} to {after:.0f}") if alert.after > alert.before else _(
            "Health fell from {before:.0f} to {after:.0f}"
        )  # fmt: skip
    else:
        words = PARTS[alert.part] + " " + _("fell from {before:.0f} to {after:.0f}")
    return words.format(before=alert.before, after=alert.after) + " " + _("by {day}.").format(day=day(alert.on))

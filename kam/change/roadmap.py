"""The roadmap of the programme: milestones with owner and day, and which of them waits for which."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import Any

from kam import units
from kam.access import Person
from kam.change.steps import STEPS
from kam.change.words import LONGEST_NAME, written
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Condition, Store, Transaction
from kam.store.writing import as_json
from kam.words import _

ORIGINS = ("roadmap", "priorities", "round", "practice")
STATES = ("open", "done", "dropped")


@dataclass(frozen=True)
class Milestone:
    """A milestone to record. step: a key of STEPS; needs: ids of milestones that come before it.

    origin, origin_key, seen: where it was decided and the figures seen then; the roadmap itself without.
    """

    step: str
    milestone: str
    owner: str
    due_on: date
    starts_on: date | None = None
    needs: tuple[int, ...] = ()
    origin: str = "roadmap"
    origin_key: str = ""
    seen: Mapping[str, Any] | None = None


def plan_milestone(
    store: Store, planned: Milestone, *, as_of: date, who: Person, op_id: str | None = None
) -> int | None:
    """Put a milestone on the roadmap; returns its id (None where op_id was done already).

    Raises BadInput for missing words, an unknown step or an end before the start; NotFound for a milestone it needs;
    RuleBroken where it would be due before one that it needs.
    """

    def change(tx: Transaction) -> int:
        return insert_milestone(tx, planned, as_of)

    return store.write(
        change,
        who=who,
        action="plan milestone",
        subject=("programme", "roadmap"),
        op_id=op_id,
        details={"milestone": planned.milestone, "owner": planned.owner, "due_on": planned.due_on},
    )


def insert_milestone(tx: Transaction, planned: Milestone, as_of: date) -> int:
    """As `plan_milestone`, inside a transaction: what a round or a practice decides flows into the roadmap with it."""
    if planned.origin not in ORIGINS:
        raise BadInput(_("{origin} is no origin of a milestone.").format(origin=planned.origin), reason="bad_value")
    values = _checked(planned)
    number = tx.next_number("change.milestones", "milestone_id")
    _check_needs(tx, number, planned.needs, values["due_on"])
    tx.insert(
        "change.milestones",
        milestone_id=number,
        **values,
        origin=planned.origin,
        origin_key=planned.origin_key,
        seen=None if planned.seen is None else as_json(dict(planned.seen)),
        recorded_on=as_of,
        recorded_by=tx.who.name,
    )
    tx.insert_many("change.milestone_needs", ["milestone_id", "needed_id"], [(number, n) for n in set(planned.needs)])
    return number


def change_milestone(
    store: Store,
    milestone_id: int,
    planned: Milestone,
    *,
    expected_version: int,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Plan an open milestone anew: words, owner, days and what it needs.

    Raises as `plan_milestone`, RuleBroken for a circle of needs and for one that is closed, StaleWrite.
    """
    values = _checked(planned)

    def change(tx: Transaction) -> None:
        _open(tx, milestone_id)
        _check_needs(tx, milestone_id, planned.needs, values["due_on"])
        tx.update("change.milestones", {"milestone_id": milestone_id}, values, expected_version=expected_version)
        tx.delete("change.milestone_needs", {"milestone_id": milestone_id})
        tx.insert_many(
            "change.milestone_needs", ["milestone_id", "needed_id"], [(milestone_id, n) for n in set(planned.needs)]
        )

    store.write(
        change,
        who=who,
        action="change milestone",
        subject=("milestone", str(milestone_id)),
        op_id=op_id,
        details={**values, "needs": sorted(set(planned.needs))},
    )


def close_milestone(
    store: Store,
    milestone_id: int,
    *,
    state: str,
    outcome: str,
    closed_on: date,
    expected_version: int,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Say that a milestone was reached (done) or given up (dropped), and what came of it.

    Raises BadInput without an outcome, RuleBroken where it is closed, where one that it needs is still open (done
    only), or before it was recorded; StaleWrite.
    """
    if state not in STATES[1:]:
        raise BadInput(_("A milestone ends as done or dropped."), reason="bad_value", field="state")
    said = written(outcome, _("Say what came of it: an outcome, or why it was given up."), "outcome")

    def change(tx: Transaction) -> None:
        held = _open(tx, milestone_id)
        if closed_on < held["recorded_on"]:
            raise RuleBroken(
                _("The milestone was recorded on {day}: it ends on or after that day.").format(
                    day=units.day(held["recorded_on"])
                ),
                reason="before_start",
                field="closed_on",
            )
        waits = [m["milestone"] for m in _needed(tx, milestone_id) if m["state"] == "open"]
        if state == "done" and waits:
            raise RuleBroken(
                _("It needs “{first}”, which is still open: close that one first, or take the dependency away.").format(
                    first=waits[0]
                ),
                reason="needs_open",
                field="state",
            )
        tx.update(
            "change.milestones",
            {"milestone_id": milestone_id},
            {"state": state, "outcome": said, "closed_on": closed_on},
            expected_version=expected_version,
        )

    store.write(
        change,
        who=who,
        action=f"milestone {state}",
        subject=("milestone", str(milestone_id)),
        op_id=op_id,
        details={"state": state, "outcome": said, "closed_on": closed_on},
    )


def first_circle(needs: Mapping[int, Collection[int]]) -> list[int]:
    """Milestones that wait for each other in a circle, the first one repeated at the end; empty where there is none."""
    sorter = TopologicalSorter({number: set(needed) for number, needed in needs.items()})
    try:
        sorter.prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _checked(planned: Milestone) -> dict[str, Any]:
    if planned.step not in STEPS:
        raise BadInput(_("Say which of the seven steps it serves."), reason="missing", field="step")
    if planned.due_on is None:
        raise BadInput(_("Say until when."), reason="missing", field="due_on")
    if planned.starts_on is not None and planned.starts_on > planned.due_on:
        raise BadInput(
            _("The end, {last}, lies before the start, {first}: choose a later day.").format(
                first=units.day(planned.starts_on), last=units.day(planned.due_on)
            ),
            reason="due_before_start",
            field="due_on",
        )
    return {
        "step": planned.step,
        "milestone": written(planned.milestone, _("Say what is reached."), "milestone", longest=500),
        "owner": written(
            planned.owner, _("Say who reaches it: a milestone has an owner."), "owner", longest=LONGEST_NAME
        ),
        "starts_on": planned.starts_on,
        "due_on": planned.due_on,
    }


def _check_needs(tx: Transaction, number: int, needed: Sequence[int], due_on: date) -> None:
    held = {m["milestone_id"]: m for m in tx.read("change.milestones")}
    for other in needed:
        if other == number:
            raise RuleBroken(_("A milestone cannot wait for itself."), reason="circle", field="needs")
        if other not in held:
            raise NotFound(_("There is no milestone {number}: reload the page.").format(number=other), field="needs")
        if held[other]["state"] != "dropped" and held[other]["due_on"] > due_on:
            raise RuleBroken(
                _("It would be due on {day}, before “{other}”, which it needs and which is due on {later}.").format(
                    day=units.day(due_on), other=held[other]["milestone"], later=units.day(held[other]["due_on"])
                ),
                reason="due_before_needed",
                field="due_on",
            )
    needs: dict[int, set[int]] = {number: set(needed)}
    for row in tx.read("change.milestone_needs"):
        if row["milestone_id"] != number:
            needs.setdefault(row["milestone_id"], set()).add(row["needed_id"])
            if row["needed_id"] == number and held[row["milestone_id"]]["state"] == "open":
                _check_later(held[row["milestone_id"]], due_on)
    if circle := first_circle(needs):
        names = [held[at]["milestone"] if at in held else _("this one") for at in circle]
        raise RuleBroken(
            _("These milestones would wait for each other in a circle: {names}.").format(names=" → ".join(names)),
            reason="circle",
            field="needs",
        )


def _check_later(waiting: Mapping[str, Any], due_on: date) -> None:
    if waiting["due_on"] < due_on:
        raise RuleBroken(
            _("“{other}” waits for it and is due on {day}, before {later}: move that one first.").format(
                other=waiting["milestone"], day=units.day(waiting["due_on"]), later=units.day(due_on)
            ),
            reason="due_before_needed",
            field="due_on",
        )


def _needed(tx: Transaction, milestone_id: int) -> list[dict[str, Any]]:
    rows = tx.read("change.milestone_needs", where=[Condition("milestone_id", "=", milestone_id)])
    return [tx.one("change.milestones", {"milestone_id": row["needed_id"]}) for row in rows]


def _open(tx: Transaction, milestone_id: int) -> dict[str, Any]:
    held = tx.one("change.milestones", {"milestone_id": milestone_id})
    if held is None:
        raise NotFound(_("There is no milestone {number}: reload the page.").format(number=milestone_id))
    if held["state"] != "open":
        raise RuleBroken(
            _("This milestone was closed on {day}: record a new one instead.").format(day=units.day(held["closed_on"])),
            reason="closed",
        )
    return held

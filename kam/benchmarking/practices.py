"""Best practices seen inside and outside: recorded with evidence, decided with reasons, looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import change, units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Store, Transaction
from kam.words import _

VERDICTS = ("adopt", "try", "reject")
RESULTS = ("worked", "partly", "failed")
KINDS = ("inside", "outside")
_MOST = {"practice": 500, "source": 500, "users": 500}
_LONGEST = 20_000


@dataclass(frozen=True)
class Practice:
    """A practice to record. kind: inside or outside the company; users: who here could use it."""

    practice: str
    kind: str
    source: str
    context: str
    evidence: str
    users: str
    seen_on: date


@dataclass(frozen=True)
class PracticeVerdict:
    """What the committee makes of a practice. owner, due_on, follow_up_on: for adopt and try, which become a milestone."""

    verdict: str
    reason: str
    owner: str = ""
    due_on: date | None = None
    follow_up_on: date | None = None
    step: str = "renewal"


def record_practice(store: Store, given: Practice, *, as_of: date, who: Person, op_id: str | None = None) -> int | None:
    """Put a practice into the register; returns its id (None where op_id was done already).

    Raises BadInput for what is missing (a practice without source or evidence is a rumour) or seen after as_of.
    """
    asked = {
        "practice": _("Say in a line what is done."),
        "source": _("Say who does it so, or where it is described."),
        "context": _("Say where it works: what holds there need not hold here."),
        "evidence": _("Say what shows that it works: without evidence it is a rumour."),
        "users": _("Say who here could use it."),
    }
    values: dict[str, Any] = {name: _written(getattr(given, name), said, name) for name, said in asked.items()}
    if given.kind not in KINDS:
        raise BadInput(_("A practice is seen inside or outside."), reason="bad_value", field="kind")
    if given.seen_on > as_of:
        raise BadInput(
            _("It was seen on {day}, which is still ahead.").format(day=units.day(given.seen_on)),
            reason="future_date",
            field="seen_on",
        )

    def adding(tx: Transaction) -> int:
        number = tx.next_number("benchmarking.practices", "practice_id")
        tx.insert(
            "benchmarking.practices",
            practice_id=number,
            kind=given.kind,
            seen_on=given.seen_on,
            recorded_by=who.name,
            recorded_at=tx.now,
            **values,
        )
        return number

    return store.write(
        adding, who=who, action="record practice", subject=("practice", values["practice"][:80]), op_id=op_id
    )


def decide_practice(
    store: Store, practice_id: int, given: PracticeVerdict, *, as_of: date, who: Person, op_id: str | None = None
) -> int | None:
    """Adopt, try or reject a practice; an adoption and a trial become a milestone of the roadmap in the same write.

    Raises NotFound, BadInput without a reason, RuleBroken where the practice is seen after as_of; for adopt and try as
    change.plan_milestone, and BadInput without a day to look again. A later decision takes the place of this one.
    """
    if given.verdict not in VERDICTS:
        raise BadInput(_("A practice is adopted, tried or rejected."), reason="bad_value", field="verdict")
    reason = _written(given.reason, _("Say why: the next committee will ask."), "reason")
    is_wanted = given.verdict != "reject"
    if is_wanted and (given.follow_up_on is None or given.follow_up_on <= as_of):
        raise BadInput(
            _("Say when the committee looks again, after {day}.").format(day=units.day(as_of)),
            reason="missing",
            field="follow_up_on",
        )

    def deciding(tx: Transaction) -> int:
        held = _held(tx, practice_id, as_of)
        milestone_id = None
        if is_wanted:
            words = {"adopt": _("Adopted: {practice}"), "try": _("Tried: {practice}")}[given.verdict]
            milestone = change.Milestone(
                step=given.step,
                milestone=words.format(practice=held["practice"])[:500],
                owner=given.owner,
                due_on=given.due_on,
                starts_on=as_of,
                origin="practice",
                origin_key=str(practice_id),
            )
            milestone_id = change.insert_milestone(tx, milestone, as_of)
        number = tx.next_number("benchmarking.practice_decisions", "decision_id")
        tx.insert(
            "benchmarking.practice_decisions",
            decision_id=number,
            practice_id=practice_id,
            verdict=given.verdict,
            reason=reason,
            milestone_id=milestone_id,
            follow_up_on=given.follow_up_on if is_wanted else None,
            decided_on=as_of,
            decided_by=who.name,
            decided_at=tx.now,
        )
        return number

    return store.write(
        deciding,
        who=who,
        action=f"{given.verdict} practice",
        subject=("practice", str(practice_id)),
        op_id=op_id,
        details={"verdict": given.verdict, "reason": reason, "owner": given.owner, "due_on": given.due_on},
    )


def follow_practice(
    store: Store,
    practice_id: int,
    *,
    result: str,
    finding: str,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Write down what came of an adopted or tried practice. Raises NotFound, BadInput, RuleBroken where it is neither."""
    if result not in RESULTS:
        raise BadInput(_("It worked, worked in part, or failed."), reason="bad_value", field="result")
    said = _written(finding, _("Say what was found."), "finding")

    def following(tx: Transaction) -> int:
        _held(tx, practice_id, as_of)
        decisions = tx.read("benchmarking.practice_decisions", order_by=[("decided_on", True), ("decision_id", True)])
        latest = next((d for d in decisions if d["practice_id"] == practice_id and d["decided_on"] <= as_of), None)
        if latest is None or latest["verdict"] == "reject":
            raise RuleBroken(
                _("Only an adopted or tried practice is followed up: decide on it first."), reason="not_decided"
            )
        number = tx.next_number("benchmarking.practice_follow_ups", "follow_up_id")
        tx.insert(
            "benchmarking.practice_follow_ups",
            follow_up_id=number,
            practice_id=practice_id,
            result=result,
            finding=said,
            followed_on=as_of,
            followed_by=who.name,
            followed_at=tx.now,
        )
        return number

    return store.write(
        following,
        who=who,
        action="follow practice",
        subject=("practice", str(practice_id)),
        op_id=op_id,
        details={"result": result, "finding": said},
    )


def _held(tx: Transaction, practice_id: int, as_of: date) -> dict[str, Any]:
    held = tx.one("benchmarking.practices", {"practice_id": practice_id})
    if held is None:
        raise NotFound(_("There is no practice {number}: reload the page.").format(number=practice_id))
    if held["seen_on"] > as_of:
        raise RuleBroken(
            _("The practice was seen on {day}, after this day.").format(day=units.day(held["seen_on"])),
            reason="before_start",
        )
    return held


def _written(text: str | None, missing: str, field: str) -> str:
    clean = (text or "").strip()
    most = _MOST.get(field, _LONGEST)
    if not clean:
        raise BadInput(missing, reason="missing", field=field)
    if len(clean) > most:
        raise BadInput(
            _("This is longer than {most} characters: shorten it.").format(most=most), reason="too_long", field=field
        )
    return clean

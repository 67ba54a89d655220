"""The register of exceptions: anyone may ask, the programme answers by itself, and there is no override for any role.

A request on a forbidden ground, or for an account that fails a gate, is refused with its sentence and source; one for
an account whose gates pass is shown the regular way. What can change is the criteria set, for everyone, from a date.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kam import units
from kam.access import Person
from kam.errors import BadInput
from kam.selection.admission import seen_verdict
from kam.selection.assessment import Judging, assess_account, judging
from kam.selection.forbidden import GROUNDS, REVENUE_ALONE, ForbiddenGround, ground_in_words
from kam.selection.suspension import groups_of
from kam.selection.verdicts import AccountVerdict, account_verdict, because
from kam.store import Condition, Store, Transaction
from kam.store.writing import as_json
from kam.words import _

TABLE = "selection.exception_requests"
OTHER = "other_evidence"
# What a request may rest on: id -> what it is called.
EXCEPTION_GROUNDS: dict[str, str] = {
    **{ground.ground_id: ground.name for ground in (*GROUNDS, REVENUE_ALONE)},
    OTHER: _("other evidence"),
}
_FORBIDDEN = {ground.ground_id: ground for ground in (*GROUNDS, REVENUE_ALONE)}
_LONGEST = 2000


@dataclass(frozen=True)
class ExceptionRequest:
    """A request with its answer. outcome: refused_ground, refused_gate, unknown_gate (evidence is missing),
    regular_way (it passes every gate: admit it) or already_member."""

    request_id: int
    account_id: str
    requested_on: date
    ground: str
    evidence: str
    asked_by: str
    outcome: str
    answer: str
    source: str
    verdict: str | None
    seen: dict[str, Any] | None
    recorded_by: str
    recorded_at: datetime

    @property
    def is_refused(self) -> bool:
        """True where the programme says no."""
        return self.outcome in ("refused_ground", "refused_gate", "unknown_gate")


def exception_requests(store: Store, account_id: str | None = None) -> list[ExceptionRequest]:
    """The requests about one account, or all, newest first."""
    where = [] if account_id is None else [Condition("account_id", "=", account_id)]
    found = store.read(TABLE, where=where, order_by=[("request_id", True)])
    return [ExceptionRequest(**row | {"seen": json.loads(row["seen"]) if row["seen"] else None}) for row in found]


def request_exception(
    store: Store,
    account_id: str,
    ground_id: str,
    *,
    evidence: str,
    asked_by: str,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> ExceptionRequest | None:
    """Record a request and the programme's answer to it (None where op_id was done already).

    A refused request is an answer and not an error: it is kept like any other. ground_id: of EXCEPTION_GROUNDS; words
    of friendship and the like in the evidence are taken for what they are. Raises BadInput for an unknown ground, no
    evidence or nobody who asks; NotFound for an unknown account; otherwise as `judging`.
    """
    evidence, asked_by = evidence.strip(), " ".join(asked_by.split())
    if ground_id not in EXCEPTION_GROUNDS:
        raise BadInput(
            _("{ground} is no ground of the register: choose one of {grounds}.").format(
                ground=ground_id, grounds=", ".join(EXCEPTION_GROUNDS)
            ),
            field="ground",
        )
    if not evidence or len(evidence) > _LONGEST:
        raise BadInput(
            _(
                "Write down in up to {longest} characters what the request rests on: it is kept, whatever the answer."
            ).format(longest=_LONGEST),
            reason="missing",
            field="evidence",
        )
    if not asked_by:
        raise BadInput(_("Name who asks for the exception."), reason="missing", field="asked_by")
    bound = judging(store, as_of)
    verdict = _judged(store, bound, account_id, who)
    ground = _FORBIDDEN.get(ground_id) or ground_in_words(evidence)
    outcome, answer, source = _answer(store, bound, verdict, ground)
    seen = seen_verdict(store, bound, verdict)

    def change(tx: Transaction) -> int:
        request_id = tx.next_number(TABLE, "request_id")
        tx.insert(
            TABLE,
            request_id=request_id,
            account_id=account_id,
            requested_on=as_of,
            ground=ground.ground_id if ground else ground_id,
            evidence=evidence,
            asked_by=asked_by,
            outcome=outcome,
            answer=answer,
            source=source,
            verdict=verdict.verdict,
            seen=as_json(seen.seen),
            recorded_by=who.name,
            recorded_at=tx.now,
        )
        tx.note(request_id=request_id)
        return request_id

    request_id = store.write(
        change,
        who=who,
        action="request exception",
        subject=("account", account_id),
        op_id=op_id,
        details={"requested_on": as_of, "asked_by": asked_by, "outcome": outcome, "answer": answer},
    )
    return next((r for r in exception_requests(store, account_id) if r.request_id == request_id), None)


def _judged(store: Store, bound: Judging, account_id: str, who: Person) -> AccountVerdict:
    judged_as = groups_of(store, bound.criteria.level, [account_id])[account_id]
    found = store.page("selection.verdicts", bound.arguments, where=[Condition("account_id", "=", judged_as)])
    if len(found):
        return account_verdict(bound.criteria, found.records()[0])
    # Says in one sentence that there is no such account.
    return assess_account(store, account_id, bound.as_of, for_whom=who)


def _answer(
    store: Store, bound: Judging, verdict: AccountVerdict, ground: ForbiddenGround | None
) -> tuple[str, str, str]:
    """(outcome, sentence, source). A forbidden ground is named first: it is what was asked on."""
    clauses = "; ".join(because(verdict, store.setting("currency")))
    criteria = _("{criteria}, from {day}").format(
        criteria=bound.criteria.name, day=units.day(bound.criteria.valid_from)
    )
    if ground is not None:
        gates = {
            "pass": _(
                "It passes every gate, so it can be admitted the regular way, on its merits and not on this ground."
            ),
            "fail": _("It fails the criteria besides: {clauses}."),
            "unknown": _("Its gates are not all known besides: {clauses}."),
        }
        answer = _("Refused: {ground} is no ground for an exception; {sentence}.").format(
            ground=ground.name, sentence=ground.sentence
        )
        return "refused_ground", f"{answer} {gates[verdict.verdict].format(clauses=clauses)}", ground.source
    if verdict.is_key_account:
        return "already_member", _("It is a key account already: no exception is needed."), criteria
    if verdict.verdict == "fail":
        sentence = _(
            "Refused: it does not meet the criteria: {clauses}. There is no override for anyone; "
            "what can change is the criteria set, for everyone, from a date."
        )
        return "refused_gate", sentence.format(clauses=clauses), criteria
    if verdict.verdict == "unknown":
        sentence = _(
            "Refused until its gates are known: {clauses}. Bring in the missing evidence; that is the regular way."
        )
        return "unknown_gate", sentence.format(clauses=clauses), criteria
    return (
        "regular_way",
        _(
            "No exception is needed: it passes every gate. Admit it as a candidate, or put it forward for the next cycle."
        ),
        criteria,
    )

"""Judging a step by dated evidence: what stands in where the records say nothing, and beside them where they do."""

from __future__ import annotations

from datetime import date

from kam import units
from kam.access import Person
from kam.change.steps import STATES, STEPS
from kam.change.words import written
from kam.errors import BadInput
from kam.store import Store, Transaction
from kam.words import _


def judge_step(
    store: Store,
    step: str,
    *,
    verdict: str,
    evidence: str,
    evidence_on: date,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Record a judgement of a step; returns its id (None where op_id was done already). Earlier ones are kept.

    Raises BadInput for an unknown step or verdict, missing evidence, or evidence dated after as_of.
    """
    if step not in STEPS:
        raise BadInput(_("Say which of the seven steps is judged."), reason="missing", field="step")
    if verdict not in STATES:
        raise BadInput(_("A step is absent, begun or in place."), reason="bad_value", field="verdict")
    said = written(evidence, _("Say what shows it: a judgement without evidence is not taken in."), "evidence")
    if evidence_on is None:
        raise BadInput(_("Say of which day the evidence is."), reason="missing", field="evidence_on")
    if evidence_on > as_of:
        raise BadInput(
            _("The evidence is dated {day}, after {as_of}: give what was there on that day.").format(
                day=units.day(evidence_on), as_of=units.day(as_of)
            ),
            reason="future_date",
            field="evidence_on",
        )

    def change(tx: Transaction) -> int:
        number = tx.next_number("change.step_judgements", "judgement_id")
        tx.insert(
            "change.step_judgements",
            judgement_id=number,
            step=step,
            verdict=verdict,
            evidence=said,
            evidence_on=evidence_on,
            judged_on=as_of,
            judged_by=who.name,
            judged_at=tx.now,
        )
        return number

    return store.write(
        change,
        who=who,
        action="judge step",
        subject=("programme", step),
        op_id=op_id,
        details={"verdict": verdict, "evidence": said, "evidence_on": evidence_on},
    )

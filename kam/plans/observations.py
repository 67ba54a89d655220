"""What is observed with a date: values of objectives, commitments kept or not. Append-only; a correction is a new row."""

from __future__ import annotations

import math
from datetime import date

from kam import units
from kam.access import Person
from kam.errors import BadInput, RuleBroken
from kam.plans.kinds import KINDS
from kam.plans.records import standing_record
from kam.store import Store, Transaction
from kam.words import _


def note_value(
    store: Store,
    objective_id: int,
    *,
    observed_on: date,
    value: float | None,
    evidence: str = "",
    who: Person,
    op_id: str | None = None,
) -> None:
    """Note an objective's value on a day. Raises BadInput for no value, RuleBroken for a computed or closed objective."""
    if value is None or not math.isfinite(value):
        raise BadInput(_("Type the value that was observed."), reason="missing", field="value")

    def change(tx: Transaction) -> None:
        objective = standing_record(tx, KINDS["objective"], objective_id)
        if objective["measure_id"]:
            raise RuleBroken(
                _("This objective is computed from the ledger: its value is not typed."), reason="computed"
            )
        _check_day(objective["closed_on"], observed_on)
        tx.insert(
            "plans.objective_values",
            objective_id=objective_id,
            observed_on=observed_on,
            value=value,
            evidence=evidence.strip()[:500],
            recorded_by=tx.who.name,
            recorded_at=tx.now,
        )

    store.write(
        change,
        who=who,
        action="note value",
        subject=("objective", str(objective_id)),
        op_id=op_id,
        details={"observed_on": observed_on, "value": value},
    )


def observe_commitment(
    store: Store,
    commitment_id: int,
    *,
    observed_on: date,
    is_kept: bool,
    evidence: str,
    value: float | None = None,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Record that a commitment was kept or not on a day, with evidence. value: of its KPI.

    Raises BadInput for no evidence, RuleBroken for a day before the promise or after it ended, NotFound.
    """
    evidence = evidence.strip()
    if not evidence:
        raise BadInput(
            _("Say what shows it: a report, a figure, who said so. Without evidence it is an opinion."),
            reason="missing",
            field="evidence",
        )

    def change(tx: Transaction) -> None:
        commitment = standing_record(tx, KINDS["commitment"], commitment_id)
        if observed_on < commitment["begins_on"]:
            raise RuleBroken(
                _("This was promised on {day}: observe it on or after that day.").format(
                    day=units.day(commitment["begins_on"])
                ),
                reason="before_start",
                field="observed_on",
            )
        _check_day(commitment["closed_on"], observed_on)
        tx.insert(
            "plans.commitment_checks",
            commitment_id=commitment_id,
            observed_on=observed_on,
            is_kept=is_kept,
            value=value,
            evidence=evidence[:500],
            recorded_by=tx.who.name,
            recorded_at=tx.now,
        )

    store.write(
        change,
        who=who,
        action="observe commitment",
        subject=("commitment", str(commitment_id)),
        op_id=op_id,
        details={"observed_on": observed_on, "is_kept": is_kept, "value": value, "evidence": evidence},
    )


def _check_day(closed_on: date | None, observed_on: date) -> None:
    if closed_on is not None and observed_on > closed_on:
        raise RuleBroken(
            _("This was closed on {day}: observe it on or before that day.").format(day=units.day(closed_on)),
            reason="closed",
            field="observed_on",
        )

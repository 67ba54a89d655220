"""Admitting an account: judged on the day by the criteria in force, then put to the programme."""

from __future__ import annotations

from datetime import date

from kam import programme
from kam.access import Person
from kam.selection.assessment import Judging, assess_account, judging
from kam.selection.measures import CATALOGUE
from kam.selection.verdicts import AccountVerdict, because, gate_document, plain
from kam.store import Store


def admit(
    store: Store, account_id: str, *, as_of: date, reason: str, who: Person, op_id: str | None = None
) -> int | None:
    """Admit an account that passes every gate; returns the decision's id (None where op_id was done already).

    The verdict that was seen is kept with the decision, and the category that the scores give. Raises as
    `assess_account` (no criteria in force, unknown account) and as `programme.admit` (fail, unknown, full,
    already in, empty reason).
    """
    bound = judging(store, as_of)
    verdict = assess_account(store, account_id, as_of, for_whom=who)
    return programme.admit(
        store,
        account_id,
        seen_verdict(store, bound, verdict),
        as_of=as_of,
        reason=reason,
        category=verdict.category,
        who=who,
        op_id=op_id,
    )


def seen_verdict(store: Store, bound: Judging, verdict: AccountVerdict) -> programme.SeenVerdict:
    """What is kept with a decision: the verdict, its gates and scores, and the ledger it was read from."""
    last_import = store.read("ledgers.imports", columns=("import_id",), order_by=[("import_id", True)], limit=1)
    return programme.SeenVerdict(
        verdict=verdict.verdict,
        because=because(verdict, store.setting("currency")),
        criteria_set_id=bound.criteria_set_id,
        seen={
            "as_of": bound.as_of,
            "level": bound.criteria.level,
            "criteria": bound.criteria.name,
            "criteria_set_id": bound.criteria_set_id,
            "last_import_id": last_import.rows[0][0] if last_import.rows else None,
            "verdict": verdict.verdict,
            "gates": [gate_document(gate) for gate in verdict.gates],
            "scores": [
                {
                    "measure": score.measure,
                    "axis": score.axis,
                    "weight": score.weight,
                    "value": plain(score.value, CATALOGUE[score.measure].unit),
                    "points": score.points,
                }
                for score in verdict.scores
            ],
            "attractiveness": verdict.attractiveness,
            "strength": verdict.strength,
            "category": verdict.category,
        },
    )

"""Admitting accounts to the programme and releasing them: dated decisions, each with its reason.

A decision is never edited: a correction is a new one. Nobody may override a refusal; what can change is
the criteria set, for everyone, from a date.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kam import ledgers
from kam.access import Person
from kam.errors import BadInput
from kam.programme.door import enter, leave
from kam.programme.moving import stated
from kam.programme.verdict import CATEGORIES, SeenVerdict
from kam.store import Condition, Store, Transaction
from kam.words import _


@dataclass(frozen=True)
class Decision:
    """An admission or a release. decision: `admitted` or `released`; seen: what was seen when deciding."""

    decision_id: int
    account_id: str
    decision: str
    decided_on: date
    reason: str
    category: str | None
    criteria_set_id: int | None
    seen: dict[str, Any] | None
    decided_by: str
    decided_at: datetime


def decisions(store: Store, account_id: str | None = None) -> list[Decision]:
    """The decisions about one account, or about all, newest first."""
    where = [] if account_id is None else [Condition("account_id", "=", account_id)]
    found = store.read("programme.roster_decisions", where=where, order_by=[("decision_id", True)])
    return [
        Decision(seen=json.loads(row["verdicts_seen"]) if row["verdicts_seen"] else None, **_but_seen(row))
        for row in found
    ]


def _but_seen(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "verdicts_seen"}


def admit(
    store: Store,
    account_id: str,
    verdict: SeenVerdict,
    *,
    as_of: date,
    reason: str,
    category: str | None = None,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Admit an account that passes; returns the decision's id (None where op_id was done already).

    Raises BadInput for an empty reason or an unknown category, NotFound for an unknown account, and
    RuleBroken for a verdict other than pass, an account that is in already, one too many on any day from
    as_of on, and a date before the account's last decision; a Refusal for a day before the ledger.
    """
    reason = stated(reason, _("Say why this account is admitted: the reason is kept with the decision."))
    if category is not None and category not in CATEGORIES:
        raise BadInput(
            _("{category} is not a category: choose one of {categories}.").format(
                category=category, categories=", ".join(CATEGORIES)
            ),
            field="category",
        )
    ledgers.check_as_of(store, as_of)

    def change(tx: Transaction) -> int:
        return enter(tx, account_id, verdict, on=as_of, reason=reason, category=category)

    return store.write(
        change,
        who=who,
        action="admit account",
        subject=("account", account_id),
        op_id=op_id,
        details={"decided_on": as_of, "reason": reason, "category": category, "seen": verdict.seen},
    )


def release(
    store: Store,
    account_id: str,
    *,
    as_of: date,
    reason: str,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Release a key account; returns the decision's id (None where op_id was done already).

    Raises BadInput for an empty reason, NotFound for an unknown account, and RuleBroken for one that is not
    in the programme and for a date before its admission; a Refusal for a day before the ledger.
    """
    reason = stated(reason, _("Say why this account is released: the reason is kept with the decision."))
    ledgers.check_as_of(store, as_of)

    def change(tx: Transaction) -> int:
        return leave(tx, account_id, on=as_of, reason=reason)

    return store.write(
        change,
        who=who,
        action="release account",
        subject=("account", account_id),
        op_id=op_id,
        details={"decided_on": as_of, "reason": reason},
    )

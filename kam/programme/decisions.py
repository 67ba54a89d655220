"""Admitting accounts to the programme and releasing them: dated decisions, each with its reason.

A decision is never edited: a correction is a new one. Nobody may override a refusal; what can change is
the criteria set, for everyone, from a date.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kam import ledgers, units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.programme.limits import limits
from kam.programme.verdict import CATEGORIES, SeenVerdict
from kam.store import Condition, Store, Transaction
from kam.store.writing import as_json
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
    reason = _stated(reason, _("Say why this account is admitted: the reason is kept with the decision."))
    if category is not None and category not in CATEGORIES:
        raise BadInput(
            _("{category} is not a category: choose one of {categories}.").format(
                category=category, categories=", ".join(CATEGORIES)
            ),
            field="category",
        )
    ledgers.check_as_of(store, as_of)

    def change(tx: Transaction) -> int:
        name = _known_name(tx, account_id)
        if tx.one("programme.members", {"account_id": account_id}):
            raise RuleBroken(
                _("{name} is a key account already: there is nothing to admit.").format(name=name),
                reason="already_member",
                field="account_id",
            )
        _check_verdict(name, verdict)
        _check_order(tx, account_id, name, as_of)
        _check_room(tx, name, as_of)
        decision_id = tx.next_number("programme.roster_decisions", "decision_id")
        tx.insert(
            "programme.roster_decisions",
            decision_id=decision_id,
            account_id=account_id,
            decision="admitted",
            decided_on=as_of,
            reason=reason,
            category=category,
            criteria_set_id=verdict.criteria_set_id,
            verdicts_seen=as_json(verdict.seen),
            decided_by=who.name,
            decided_at=tx.now,
        )
        tx.insert(
            "programme.members",
            account_id=account_id,
            decision_id=decision_id,
            admitted_on=as_of,
            category=category,
        )
        return decision_id

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
    reason = _stated(reason, _("Say why this account is released: the reason is kept with the decision."))
    ledgers.check_as_of(store, as_of)

    def change(tx: Transaction) -> int:
        member = tx.one("programme.members", {"account_id": account_id})
        if member is None:
            raise RuleBroken(
                _("{name} is not a key account: there is nothing to release.").format(name=_known_name(tx, account_id)),
                reason="not_member",
                field="account_id",
            )
        # An undone import may have taken the account's record; the programme must still be able to let it go.
        account = tx.one("ledgers.accounts", {"account_id": account_id})
        _check_order(tx, account_id, account["name"] if account else account_id, as_of)
        decision_id = tx.next_number("programme.roster_decisions", "decision_id")
        tx.insert(
            "programme.roster_decisions",
            decision_id=decision_id,
            account_id=account_id,
            decision="released",
            decided_on=as_of,
            reason=reason,
            category=member["category"],
            decided_by=who.name,
            decided_at=tx.now,
        )
        tx.delete("programme.members", {"account_id": account_id})
        return decision_id

    return store.write(
        change,
        who=who,
        action="release account",
        subject=("account", account_id),
        op_id=op_id,
        details={"decided_on": as_of, "reason": reason},
    )


def _stated(reason: str, sentence: str) -> str:
    reason = reason.strip()
    if not reason:
        raise BadInput(sentence, reason="missing", field="reason")
    return reason


def _known_name(tx: Transaction, account_id: str) -> str:
    account = tx.one("ledgers.accounts", {"account_id": account_id})
    if account is None:
        raise NotFound(
            _("There is no account {account_id}: check the id, or import the account first.").format(
                account_id=account_id
            ),
            reason="unknown_account",
            field="account_id",
        )
    return account["name"]


def _check_verdict(name: str, verdict: SeenVerdict) -> None:
    if verdict.verdict == "pass":
        return
    because = "; ".join(verdict.because)
    if verdict.verdict == "unknown":
        sentence = _(
            "{name} cannot be admitted before its gates are known: {because}. Bring in the missing evidence first."
        )
    else:
        sentence = _(
            "{name} does not meet the criteria: {because}. There is no override; the criteria hold for everyone."
        )
    raise RuleBroken(
        sentence.format(name=name, because=because or _("a gate is not passed")),
        reason=f"verdict_{verdict.verdict}",
        field="account_id",
    )


def _check_order(tx: Transaction, account_id: str, name: str, as_of: date) -> None:
    last = tx.read(
        "programme.roster_decisions",
        where=[Condition("account_id", "=", account_id)],
        order_by=[("decision_id", True)],
        limit=1,
    )
    for row in last:
        if as_of < row["decided_on"]:
            raise RuleBroken(
                _("The last decision about {name} is of {last}: date this one on or after that day.").format(
                    name=name, last=units.day(row["decided_on"])
                ),
                reason="before_last_decision",
                field="as_of",
            )


def _check_room(tx: Transaction, name: str, as_of: date) -> None:
    rule = limits(tx.store, as_of)
    if rule.at_most is None:
        raise RuleBroken(
            _("No limit of key accounts holds on {day}: adopt programme.accounts_at_most first.").format(
                day=units.day(as_of)
            ),
            reason="no_limit",
        )
    fullest = max(
        tx.read("programme.sizes_from", arguments={"from_on": as_of}), key=lambda row: row["key_account_count"]
    )
    if fullest["key_account_count"] >= rule.at_most:
        raise RuleBroken(
            _(
                "The programme is full: {count} key accounts on {day}, and the rule allows {at_most} "
                "({source}). Release one before you admit {name}."
            ).format(
                count=fullest["key_account_count"],
                day=units.day(fullest["size_on"]),
                at_most=rule.at_most,
                source=rule.at_most_source,
                name=name,
            ),
            reason="programme_full",
            field="account_id",
        )

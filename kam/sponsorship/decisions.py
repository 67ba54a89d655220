"""Assigning our executives to key accounts and relieving them: dated decisions with reasons, never edited.

Exactly one active sponsor per account: the primary key of sponsorship.active_sponsors refuses a second
one even where two people decide in the same moment.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kam import parameters, units
from kam.access import Person
from kam.errors import RuleBroken
from kam.sponsorship.checks import (
    account_name,
    check_in_office,
    check_no_veto,
    executive_name,
    first,
    name_or_id,
    stated,
)
from kam.sponsorship.matching import match
from kam.store import Condition, Store, Transaction
from kam.store.writing import as_json
from kam.words import _


@dataclass(frozen=True)
class Assigned:
    """What an assignment did. warning: a sentence where the executive is now above the cap, else None."""

    decision_id: int
    warning: str | None


@dataclass(frozen=True)
class Decision:
    """An assignment or a relief. decision: `assigned` or `relieved`; seen: the fit and load seen when deciding."""

    decision_id: int
    account_id: str
    executive_id: str
    executive_name: str
    decision: str
    decided_on: date
    reason: str
    seen: dict[str, Any] | None
    decided_by: str
    decided_at: datetime


def history(store: Store, account_id: str, *, for_whom: Person) -> list[Decision]:
    """Every decision about an account's sponsor, newest first."""
    found = store.read(
        "sponsorship.decision_list",
        where=[Condition("account_id", "=", account_id)],
        order_by=[("decided_on", True), ("decision_id", True)],
    )
    return [Decision(**{**row, "seen": json.loads(row["seen"]) if row["seen"] else None}) for row in found]


def assign(
    store: Store,
    account_id: str,
    executive_id: str,
    *,
    as_of: date,
    reason: str,
    who: Person,
    op_id: str | None = None,
) -> Assigned | None:
    """Make an executive the account's sponsor from as_of on (None where op_id was done already).

    Raises BadInput for an empty reason, NotFound for an unknown account or executive, and RuleBroken for an
    account that is no key account or has a sponsor, for an executive who has left, is vetoed or stands at the hard
    cap, and for a date before the account's last decision.
    """
    reason = stated(reason, _("Say why this executive: the reason is kept with the decision."))
    seen_fit = match(store, [account_id], as_of, for_whom=who).points(account_id, executive_id)

    def change(tx: Transaction) -> Assigned:
        decision = put_in_place(tx, account_id, executive_id, as_of=as_of, reason=reason, fit=seen_fit)
        tx.note(decision_id=decision.decision_id, fit=seen_fit)
        return decision

    return store.write(
        change,
        who=who,
        action="assign sponsor",
        subject=("account", account_id),
        op_id=op_id,
        details={"executive_id": executive_id, "decided_on": as_of, "reason": reason},
    )


def relieve(
    store: Store,
    account_id: str,
    *,
    as_of: date,
    reason: str,
    who: Person,
    executive_id: str | None = None,
    op_id: str | None = None,
) -> int | None:
    """End the account's sponsorship on as_of; returns the decision's id (None where op_id was done already).

    executive_id: the sponsor that the user saw; refused where it is another by now. Raises BadInput for an empty
    reason, RuleBroken for an account without a sponsor and for a date before the last decision.
    """
    reason = stated(reason, _("Say why this sponsor is relieved: the reason is kept with the decision."))

    def change(tx: Transaction) -> int:
        held = tx.one("sponsorship.active_sponsors", {"account_id": account_id})
        if held and executive_id is not None and held["executive_id"] != executive_id:
            raise RuleBroken(
                _("{account} has another sponsor by now: {executive}. Reload the page before you decide.").format(
                    account=account_name(tx, account_id), executive=executive_name(tx, held["executive_id"])
                ),
                reason="other_sponsor",
            )
        decision_id = take_out(tx, account_id, as_of=as_of, reason=reason)
        tx.note(decision_id=decision_id, executive_id=held["executive_id"])
        return decision_id

    return store.write(
        change,
        who=who,
        action="relieve sponsor",
        subject=("account", account_id),
        op_id=op_id,
        details={"decided_on": as_of, "reason": reason},
    )


# -- inside a transaction ------------------------------------------------------------------------------


def put_in_place(
    tx: Transaction, account_id: str, executive_id: str, *, as_of: date, reason: str, fit: float | None
) -> Assigned:
    """Check every rule and write the assignment, inside the caller's transaction. Raises as `assign`."""
    account = account_name(tx, account_id)
    executive = executive_name(tx, executive_id)
    _check_key_account(tx, account_id, account, as_of)
    held = tx.one("sponsorship.active_sponsors", {"account_id": account_id})
    if held:
        raise RuleBroken(
            _(
                "{account} has a sponsor already, {executive}: relieve that one first, an account has exactly one."
            ).format(account=account, executive=name_or_id(tx, held["executive_id"])),
            reason="has_sponsor",
            field="account_id",
        )
    _check_order(tx, account_id, account, as_of)
    check_in_office(tx, executive_id, executive, as_of)
    check_no_veto(tx, account_id, account, executive_id, executive, as_of)
    sponsored, warning = _check_load(tx, executive_id, executive, as_of)
    decision_id = _write_decision(
        tx,
        account_id,
        executive_id,
        "assigned",
        as_of=as_of,
        reason=reason,
        seen={"fit": fit, "accounts_sponsored": sponsored},
    )
    tx.insert(
        "sponsorship.active_sponsors",
        account_id=account_id,
        executive_id=executive_id,
        assigned_on=as_of,
        decision_id=decision_id,
    )
    _relieve_deputy(tx, account_id, executive_id, as_of)
    return Assigned(decision_id, warning)


def take_out(tx: Transaction, account_id: str, *, as_of: date, reason: str) -> int:
    """Check every rule and write the relief, inside the caller's transaction. Raises as `relieve`."""
    held = tx.one("sponsorship.active_sponsors", {"account_id": account_id})
    account = account_name(tx, account_id, must_exist=held is None)
    if held is None:
        raise RuleBroken(
            _("{account} has no sponsor: there is nobody to relieve.").format(account=account),
            reason="no_sponsor",
            field="account_id",
        )
    _check_order(tx, account_id, account, as_of)
    decision_id = _write_decision(
        tx, account_id, held["executive_id"], "relieved", as_of=as_of, reason=reason, seen=None
    )
    tx.delete("sponsorship.active_sponsors", {"account_id": account_id})
    return decision_id


def _write_decision(
    tx: Transaction,
    account_id: str,
    executive_id: str,
    decision: str,
    *,
    as_of: date,
    reason: str,
    seen: dict[str, Any] | None,
) -> int:
    decision_id = tx.next_number("sponsorship.decisions", "decision_id")
    tx.insert(
        "sponsorship.decisions",
        decision_id=decision_id,
        account_id=account_id,
        executive_id=executive_id,
        decision=decision,
        decided_on=as_of,
        reason=reason,
        seen=as_json(seen) if seen is not None else None,
        decided_by=tx.who.name,
        decided_at=tx.now,
    )
    return decision_id


def _check_key_account(tx: Transaction, account_id: str, account: str, as_of: date) -> None:
    member = tx.one("programme.members", {"account_id": account_id})
    if member is None:
        raise RuleBroken(
            _("{account} is not a key account: only key accounts have an executive sponsor. Admit it first.").format(
                account=account
            ),
            reason="not_key_account",
            field="account_id",
        )
    if as_of < member["admitted_on"]:
        raise RuleBroken(
            _("{account} is a key account since {day}: assign its sponsor on or after that day.").format(
                account=account, day=units.day(member["admitted_on"])
            ),
            reason="before_admission",
            field="as_of",
        )


def _check_order(tx: Transaction, account_id: str, account: str, as_of: date) -> None:
    last = tx.read(
        "sponsorship.decisions",
        where=[Condition("account_id", "=", account_id)],
        order_by=[("decision_id", True)],
        limit=1,
    )
    for row in last:
        if as_of < row["decided_on"]:
            raise RuleBroken(
                _(
                    "The last decision about the sponsor of {account} is of {day}: choose that day or a later one."
                ).format(account=account, day=units.day(row["decided_on"])),
                reason="before_last_decision",
                field="as_of",
            )


def _relieve_deputy(tx: Transaction, account_id: str, executive_id: str, as_of: date) -> None:
    """Who becomes the sponsor is the deputy no longer."""
    if first(tx, "sponsorship.deputies", as_of, account_id=account_id, executive_id=executive_id):
        tx.insert(
            "sponsorship.deputy_decisions",
            decision_id=tx.next_number("sponsorship.deputy_decisions", "decision_id"),
            account_id=account_id,
            executive_id=executive_id,
            decision="stood_down",
            decided_on=as_of,
            reason=_("Became the sponsor."),
            recorded_by=tx.who.name,
            recorded_at=tx.now,
        )


def _check_load(tx: Transaction, executive_id: str, executive: str, as_of: date) -> tuple[int, str | None]:
    """(accounts sponsored with this one, warning). Counts what stands now: no decision may pile up unseen."""
    held = tx.read("sponsorship.active_sponsors", where=[Condition("executive_id", "=", executive_id)])
    sponsored = len(held) + 1
    hard = parameters.value_at(tx.store, "sponsorship.accounts_refused_above", as_of)
    if hard.value is not None and sponsored > hard.value:
        raise RuleBroken(
            _(
                "{executive} sponsors {held} accounts already, and nobody may sponsor more than {most} ({source}): "
                "choose another executive, or relieve this one elsewhere."
            ).format(executive=executive, held=sponsored - 1, most=int(hard.value), source=hard.source),
            reason="over_hard_cap",
            field="executive_id",
        )
    own = tx.one("ledgers.executives", {"executive_id": executive_id})["max_accounts"]
    if own is not None and sponsored > own:
        return sponsored, _("{executive} now sponsors {count} accounts, and offered to take {most}.").format(
            executive=executive, count=sponsored, most=own
        )
    soft = parameters.value_at(tx.store, "sponsorship.accounts_at_most", as_of)
    if own is None and soft.value is not None and sponsored > soft.value:
        return sponsored, _(
            "{executive} now sponsors {count} accounts; above {most} there is rarely time for each ({source})."
        ).format(executive=executive, count=sponsored, most=int(soft.value), source=soft.source)
    return sponsored, None

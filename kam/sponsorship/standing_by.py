"""Who stays and who helps: locks on sponsorships, and deputies. Dated decisions, never edited."""

from __future__ import annotations

from datetime import date

from kam import units
from kam.access import Person
from kam.errors import RuleBroken
from kam.sponsorship.checks import (
    account_name,
    check_in_office,
    check_no_veto,
    executive_name,
    first,
    name_or_id,
    sponsor_of,
    stated,
)
from kam.store import Store, Transaction
from kam.words import _


def lock(store: Store, account_id: str, *, as_of: date, reason: str, who: Person, op_id: str | None = None) -> None:
    """Keep today's sponsor with the account in every proposal, as long as this assignment lasts.

    Raises BadInput for no reason, RuleBroken for an account without a sponsor, one that is locked already, and a day
    before the assignment.
    """
    _decide_lock(store, account_id, "locked", as_of=as_of, reason=reason, who=who, op_id=op_id)


def unlock(store: Store, account_id: str, *, as_of: date, reason: str, who: Person, op_id: str | None = None) -> None:
    """Let proposals change the sponsor again. Raises as `lock`, and RuleBroken where nothing is locked."""
    _decide_lock(store, account_id, "unlocked", as_of=as_of, reason=reason, who=who, op_id=op_id)


def _decide_lock(
    store: Store, account_id: str, decision: str, *, as_of: date, reason: str, who: Person, op_id: str | None
) -> None:
    reason = stated(reason, _("Say why: the reason is kept with the lock."))

    def change(tx: Transaction) -> None:
        account = account_name(tx, account_id)
        held = sponsor_of(tx, account_id, account)
        check_not_before(held["assigned_on"], as_of, account)
        is_locked = first(tx, "sponsorship.locks", as_of, account_id=account_id) is not None
        if is_locked == (decision == "locked"):
            raise RuleBroken(
                _("The sponsor of {account} is locked already.").format(account=account)
                if is_locked
                else _("The sponsor of {account} is not locked: there is nothing to release.").format(account=account),
                reason="no_change",
                field="account_id",
            )
        tx.insert(
            "sponsorship.lock_decisions",
            decision_id=tx.next_number("sponsorship.lock_decisions", "decision_id"),
            assignment_id=held["decision_id"],
            account_id=account_id,
            executive_id=held["executive_id"],
            decision=decision,
            decided_on=as_of,
            reason=reason,
            recorded_by=tx.who.name,
            recorded_at=tx.now,
        )

    store.write(
        change,
        who=who,
        action="lock sponsor" if decision == "locked" else "unlock sponsor",
        subject=("account", account_id),
        op_id=op_id,
        details={"decided_on": as_of, "reason": reason},
    )


def name_deputy(
    store: Store,
    account_id: str,
    executive_id: str,
    *,
    as_of: date,
    reason: str,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Make an executive the deputy of the account's sponsor; another deputy stands down for it.

    Raises BadInput for no reason, NotFound for an unknown account or executive, RuleBroken for an account without a
    sponsor, for the sponsor in person, and for an executive who has left or is vetoed.
    """
    reason = stated(reason, _("Say why this deputy: the reason is kept with the decision."))

    def change(tx: Transaction) -> None:
        account, executive = account_name(tx, account_id), executive_name(tx, executive_id)
        held = sponsor_of(tx, account_id, account)
        check_not_before(held["assigned_on"], as_of, account)
        if held["executive_id"] == executive_id:
            raise RuleBroken(
                _("{executive} is the sponsor of {account}: a deputy is someone else.").format(
                    executive=executive, account=account
                ),
                reason="is_the_sponsor",
                field="executive_id",
            )
        check_in_office(tx, executive_id, executive, as_of)
        check_no_veto(tx, account_id, account, executive_id, executive, as_of)
        _write_deputy(tx, account_id, executive_id, "named", as_of, reason)

    store.write(
        change,
        who=who,
        action="name deputy",
        subject=("account", account_id),
        op_id=op_id,
        details={"executive_id": executive_id, "decided_on": as_of, "reason": reason},
    )


def stand_down(
    store: Store, account_id: str, *, as_of: date, reason: str, who: Person, op_id: str | None = None
) -> None:
    """End the deputy's task. Raises BadInput for no reason, RuleBroken where there is no deputy on as_of."""
    reason = stated(reason, _("Say why the deputy stands down: the reason is kept with the decision."))

    def change(tx: Transaction) -> None:
        account = account_name(tx, account_id, must_exist=False)
        deputy = first(tx, "sponsorship.deputies", as_of, account_id=account_id)
        if deputy is None:
            raise RuleBroken(
                _("{account} has no deputy on {day}.").format(account=account, day=units.day(as_of)),
                reason="no_deputy",
                field="account_id",
            )
        _write_deputy(tx, account_id, deputy["executive_id"], "stood_down", as_of, reason)

    store.write(
        change,
        who=who,
        action="stand down deputy",
        subject=("account", account_id),
        op_id=op_id,
        details={"decided_on": as_of, "reason": reason},
    )


def check_not_before(assigned_on: date, as_of: date, account: str) -> None:
    """Raises RuleBroken for a day before the sponsor was assigned."""
    if as_of < assigned_on:
        raise RuleBroken(
            _("The sponsor of {account} was assigned on {day}: choose that day or a later one.").format(
                account=account, day=units.day(assigned_on)
            ),
            reason="before_assignment",
            field="as_of",
        )


def _write_deputy(tx: Transaction, account_id: str, executive_id: str, decision: str, as_of: date, reason: str) -> None:
    tx.note(deputy=name_or_id(tx, executive_id))
    tx.insert(
        "sponsorship.deputy_decisions",
        decision_id=tx.next_number("sponsorship.deputy_decisions", "decision_id"),
        account_id=account_id,
        executive_id=executive_id,
        decision=decision,
        decided_on=as_of,
        reason=reason,
        recorded_by=tx.who.name,
        recorded_at=tx.now,
    )

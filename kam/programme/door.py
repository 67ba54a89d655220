"""The one door of the programme: entering and leaving, checked and written inside a transaction.

Every admission and release comes through here, from a page, a command or a selection cycle alike, with the roster's
decision and the account's move in the same transaction.
"""

from __future__ import annotations

from datetime import date

from kam import units
from kam.errors import RuleBroken
from kam.programme.lifecycle import HOLDING_A_PLACE, MEMBER, NOMINATED, OUTSIDE, Membership
from kam.programme.limits import limits
from kam.programme.moving import held, known_name, name_of, write_move
from kam.programme.verdict import SeenVerdict
from kam.store import Condition, Transaction
from kam.store.writing import as_json
from kam.words import _


def enter(
    tx: Transaction,
    account_id: str,
    verdict: SeenVerdict,
    *,
    on: date,
    reason: str,
    category: str | None,
    cause: str = "admitted",
    cycle_id: int | None = None,
) -> int:
    """Take an account in from `on`; returns the decision's id. Raises as `programme.admit`."""
    name = known_name(tx, account_id)
    if tx.one("programme.members", {"account_id": account_id}):
        raise RuleBroken(
            _("{name} is a key account already: there is nothing to admit.").format(name=name),
            reason="already_member",
            field="account_id",
        )
    _check_verdict(name, verdict)
    _check_order(tx, account_id, name, on)
    _check_room(tx, name, on)
    decision_id = tx.next_number("programme.roster_decisions", "decision_id")
    tx.insert(
        "programme.roster_decisions",
        decision_id=decision_id,
        account_id=account_id,
        decision="admitted",
        decided_on=on,
        reason=reason,
        category=category,
        criteria_set_id=verdict.criteria_set_id,
        verdicts_seen=as_json(verdict.seen),
        decided_by=tx.who.name,
        decided_at=tx.now,
    )
    tx.insert(
        "programme.members",
        account_id=account_id,
        decision_id=decision_id,
        admitted_on=on,
        category=category,
    )
    if held(tx, account_id).state == OUTSIDE:
        write_move(tx, account_id, Membership(NOMINATED), on=on, cause=cause, reason=reason, cycle_id=cycle_id)
    member = Membership(MEMBER, member_since=on)
    write_move(tx, account_id, member, on=on, cause=cause, reason=reason, cycle_id=cycle_id, decision_id=decision_id)
    return decision_id


def leave(
    tx: Transaction, account_id: str, *, on: date, reason: str, cause: str = "released", cycle_id: int | None = None
) -> int:
    """Let a key account go from `on`; its place is free. Returns the decision's id. Raises as `programme.release`."""
    member = tx.one("programme.members", {"account_id": account_id})
    if member is None:
        raise RuleBroken(
            _("{name} is not a key account: there is nothing to release.").format(name=known_name(tx, account_id)),
            reason="not_member",
            field="account_id",
        )
    # An undone import may have taken the account's record; the programme must still be able to let it go.
    _check_order(tx, account_id, name_of(tx, account_id), on)
    decision_id = tx.next_number("programme.roster_decisions", "decision_id")
    tx.insert(
        "programme.roster_decisions",
        decision_id=decision_id,
        account_id=account_id,
        decision="released",
        decided_on=on,
        reason=reason,
        category=member["category"],
        decided_by=tx.who.name,
        decided_at=tx.now,
    )
    tx.delete("programme.members", {"account_id": account_id})
    write_move(
        tx,
        account_id,
        Membership(OUTSIDE),
        on=on,
        cause=cause,
        reason=reason,
        cycle_id=cycle_id,
        decision_id=decision_id,
    )
    return decision_id


def settle(
    tx: Transaction,
    account_id: str,
    after: Membership,
    *,
    on: date,
    cause: str,
    reason: str,
    cycle_id: int | None = None,
    verdict: SeenVerdict | None = None,
    category: str | None = None,
) -> bool:
    """Bring an account to where a review put it, through the door where its place changes hands.

    verdict: what was seen, needed to enter. Returns whether anything was written: an account that stands there
    already stays untouched. Raises as `enter` and `leave`.
    """
    before = held(tx, account_id)
    was_in, is_in = before.state in HOLDING_A_PLACE, after.state in HOLDING_A_PLACE
    if is_in and not was_in:
        if verdict is None:
            raise ValueError("entering needs the verdict that was seen")
        enter(tx, account_id, verdict, on=on, reason=reason, category=category, cause=cause, cycle_id=cycle_id)
        return True
    if was_in and not is_in:
        leave(tx, account_id, on=on, reason=reason, cause=cause, cycle_id=cycle_id)
        return True
    if _same(before, after):
        return False
    write_move(tx, account_id, after, on=on, cause=cause, reason=reason, cycle_id=cycle_id)
    return True


def _same(before: Membership, after: Membership) -> bool:
    def told(membership: Membership) -> tuple:
        return (
            membership.state,
            membership.times_below,
            membership.last_below,
            membership.is_suspended,
            membership.waits_for,
        )

    return told(before) == told(after)


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

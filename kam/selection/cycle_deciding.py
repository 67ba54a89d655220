"""Deciding a cycle, and putting it in force: proposals first, people confirm, and what fails does not come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import ledgers, programme, units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.selection.cycle_list import TABLE, Cycle, check_state, cycle_of
from kam.selection.cycle_record import ACCOUNTS, DECISIONS, cycle_accounts, frozen_hash
from kam.store import Condition, Store, Transaction
from kam.words import _

DECIDABLE = ("enter", "stay", "leave", "wait", "decline")
# Who goes makes room for who comes: the order in which a cycle is put in force.
_ORDER = ("decline", "leave", "stay", "wait", "enter")


@dataclass(frozen=True)
class Decided:
    """What the meeting decides about one account. reason: may be empty where it follows the proposal."""

    decision: str
    reason: str = ""


def decide_cycle(
    store: Store,
    cycle_id: int,
    decided: Mapping[str, Decided],
    *,
    present: str,
    decided_on: date,
    conclusions: str = "",
    expected_version: int,
    who: Person,
    op_id: str | None = None,
) -> dict[str, int] | None:
    """Record the meeting's decisions; accounts that are not named follow their proposal. Returns how many of each.

    Raises BadInput without those present, for an unknown decision, or a departure from the proposal without its
    reason; NotFound for an account the cycle did not judge; RuleBroken for a cycle that is not assessed, for an account
    that did not pass every gate, for one that may not leave yet, and for more accounts than there are places.
    """
    present = present.strip()
    if not present:
        raise BadInput(_("Name those who were present: the decision is theirs."), reason="missing", field="present")
    cycle = cycle_of(store, cycle_id)
    if decided_on < cycle.as_of:
        raise BadInput(
            _("The cycle judges {day}: it cannot be decided before.").format(day=units.day(cycle.as_of)),
            reason="bad_date",
            field="decided_on",
        )

    def change(tx: Transaction) -> dict[str, int]:
        check_state(tx, cycle_id, "assessed")
        judged = cycle_accounts(store, cycle_id, with_evidence=False, for_whom=who)
        accounts = {row["account_id"]: row for row in judged}
        if unknown := next((a for a in decided if a not in accounts), None):
            raise NotFound(
                _("{account} is not among the accounts of this cycle.").format(account=unknown),
                reason="unknown_account",
            )
        rows = [
            (cycle_id, account_id, *_checked(account, decided.get(account_id)))
            for account_id, account in sorted(accounts.items())
            if account["proposal"] or account_id in decided
        ]
        entering = [accounts[row[1]]["name"] for row in rows if row[2] == "enter"]
        _check_places(tx, entering, decided_on)
        tx.insert_many(DECISIONS, ["cycle_id", "account_id", "decision", "proposal", "reason"], rows)
        written = tx.read(DECISIONS, where=[_of(cycle_id)], order_by=[("account_id", False)]).rows
        digest = frozen_hash(present, written)
        changes: dict[str, Any] = {
            "state": "decided",
            "decided_on": decided_on,
            "present": present,
            "conclusions": conclusions.strip(),
            "decided_by": who.name,
            "decided_at": tx.now,
            "decisions_hash": digest,
        }
        tx.update(TABLE, {"cycle_id": cycle_id}, changes, expected_version=expected_version)
        tx.note(decisions_hash=digest, decisions={row[1]: row[2] for row in rows})
        return {decision: sum(row[2] == decision for row in rows) for decision in DECIDABLE}

    return store.write(
        change,
        who=who,
        action="decide cycle",
        subject=("cycle", str(cycle_id)),
        op_id=op_id,
        details={"decided_on": decided_on, "present": present},
    )


def put_in_force(
    store: Store, cycle_id: int, *, on: date, expected_version: int, who: Person, op_id: str | None = None
) -> dict[str, int] | None:
    """Bring every account to where the cycle decided, through the programme's door, all or nothing.

    Returns how many accounts were moved, by decision. An account that stands there already, or that has left since,
    stays untouched. Raises RuleBroken for a cycle that is not decided, and as `programme.admit` (full, a date before
    the last decision); a Refusal for a day before the ledger.
    """
    ledgers.check_as_of(store, on)
    cycle = cycle_of(store, cycle_id)
    if cycle.decided_on and on < cycle.decided_on:
        raise BadInput(
            _("The cycle was decided on {day}: put it in force on that day or later.").format(
                day=units.day(cycle.decided_on)
            ),
            reason="bad_date",
            field="on",
        )

    def change(tx: Transaction) -> dict[str, int]:
        check_state(tx, cycle_id, "decided")
        about = tx.read(DECISIONS, where=[_of(cycle_id)]).column("account_id")
        accounts = cycle_accounts(store, cycle_id, where=[Condition("account_id", "one_of", about)], for_whom=who)
        moved = dict.fromkeys(DECIDABLE, 0)
        for decision in _ORDER:
            for account in accounts:
                if account["decision"] == decision:
                    moved[decision] += _apply(tx, cycle, account, on)
        changes = {"state": "in_force", "in_force_on": on, "put_in_force_by": who.name, "put_in_force_at": tx.now}
        tx.update(TABLE, {"cycle_id": cycle_id}, changes, expected_version=expected_version)
        tx.note(moved=moved)
        return moved

    return store.write(
        change, who=who, action="put cycle in force", subject=("cycle", str(cycle_id)), op_id=op_id, details={"on": on}
    )


def _checked(account: dict[str, Any], wanted: Decided | None) -> tuple[str, str | None, str]:
    """(decision, proposal, reason) of an account. Raises as `decide_cycle`."""
    proposal, name = account["proposal"], account["name"]
    decision = proposal if wanted is None else wanted.decision
    reason = "" if wanted is None else wanted.reason.strip()
    if decision not in DECIDABLE:
        raise BadInput(
            _("{decision} is no decision: choose one of {decisions}.").format(
                decision=decision, decisions=", ".join(DECIDABLE)
            ),
            field="decision",
        )
    is_in = account["state_before"] in programme.HOLDING_A_PLACE
    if decision == "enter" and account["verdict"] != "pass":
        raise RuleBroken(
            _(
                "{name} did not pass every gate in this cycle and cannot be taken in: "
                "there is no override; the criteria hold for everyone."
            ).format(name=name),
            reason=f"verdict_{account['verdict']}",
        )
    if is_in != (decision in ("stay", "leave")) or (is_in and account["state_before"] == "exiting"):
        sentence = (
            _("{name} is in the programme: it stays or leaves.")
            if is_in
            else _("{name} is not in the programme: it enters, waits or is declined.")
        )
        raise RuleBroken(sentence.format(name=name), reason="wrong_decision")
    if decision == "leave" and proposal != "leave":
        raise RuleBroken(
            _(
                "{name} cannot leave by this cycle: it takes reviews below in a row, the minimum stay, a transition plan "
                "and the sponsor's approval. Release it on the Roster page with its reason, if it has to go now."
            ).format(name=name),
            reason="may_not_leave",
        )
    if decision != proposal and not reason:
        raise BadInput(
            _("Say why {name} is decided otherwise than proposed.").format(name=name), reason="missing", field="reason"
        )
    return decision, proposal, reason or _("as proposed")


def _check_places(tx: Transaction, entering: list[str], on: date) -> None:
    rule = programme.limits(tx.store, on)
    size = programme.size(tx.store, on)
    if entering and rule.at_most is not None and size + len(entering) > rule.at_most:
        raise RuleBroken(
            _(
                "{count} would enter, and {size} of {at_most} places are taken ({source}): "
                "let some wait, or close a transition first."
            ).format(count=len(entering), size=size, at_most=rule.at_most, source=rule.at_most_source),
            reason="programme_full",
        )


def _apply(tx: Transaction, cycle: Cycle, account: dict[str, Any], on: date) -> bool:
    """Move one account; returns whether it moved."""
    decision, state = account["decision"], programme.held(tx, account["account_id"]).state
    is_in = state in programme.HOLDING_A_PLACE
    common = {"on": on, "reason": _reason(cycle, account), "cycle_id": cycle.cycle_id}
    account_id = account["account_id"]
    if decision == "enter" and not is_in:
        return programme.settle(
            tx,
            account_id,
            programme.Membership("member", member_since=on),
            # A meeting may take in one that passes below the entry line; it then says so.
            cause="qualified" if account["proposal"] == "enter" else "admitted",
            verdict=_seen(cycle, account),
            category=account["category"],
            **common,
        )
    if decision == "wait" and state == "outside":
        after = programme.Membership("nominated")
        return programme.settle(tx, account_id, after, cause=account["cause"] or "put_forward", **common)
    if decision == "decline" and state == "nominated":
        cause = account["cause"] or "no_longer_qualified"
        return programme.settle(tx, account_id, programme.Membership(), cause=cause, **common)
    if decision in ("stay", "leave") and state in ("member", "at_risk"):
        after = _membership(account["proposed"])
        cause = account["cause"] or "cleared"
        if decision == "stay" and after.state == "exiting":
            after, cause = _membership(account["proposed"] | {"state": "at_risk"}), "kept"
        return programme.settle(tx, account_id, after, cause=cause, **common)
    return False


def _membership(proposed: dict[str, Any]) -> programme.Membership:
    def day(name: str) -> date | None:
        return date.fromisoformat(proposed[name]) if proposed[name] else None

    return programme.Membership(
        state=proposed["state"],
        since=day("since"),
        member_since=day("member_since"),
        times_below=proposed["times_below"],
        last_below=day("last_below"),
        is_suspended=proposed["is_suspended"],
        waits_for=tuple(proposed["waits_for"]),
    )


def _reason(cycle: Cycle, account: dict[str, Any]) -> str:
    return _("{cycle}: {reason}").format(cycle=cycle.name, reason=account["decided_because"])


def _seen(cycle: Cycle, account: dict[str, Any]) -> programme.SeenVerdict:
    """The frozen verdict, as it is kept with an admission."""
    criteria = cycle.frozen["criteria"]

    def exact(axis: str) -> float | None:
        low, high = account[f"{axis}_low"], account[f"{axis}_high"]
        return low if low == high else None

    return programme.SeenVerdict(
        verdict=account["verdict"],
        criteria_set_id=criteria["criteria_set_id"],
        seen={
            "as_of": cycle.as_of,
            "level": criteria["level"],
            "criteria": criteria["name"],
            "criteria_set_id": criteria["criteria_set_id"],
            "cycle_id": cycle.cycle_id,
            "last_import_id": cycle.frozen["ledger"]["last_import_id"],
            "verdict": account["verdict"],
            "gates": account["gates"],
            "scores": account["scores"],
            "attractiveness": exact("attractiveness"),
            "strength": exact("strength"),
            "category": account["category"],
        },
    )


def _of(cycle_id: int) -> Condition:
    return Condition("cycle_id", "=", cycle_id)


__all__ = ["ACCOUNTS", "DECIDABLE", "Decided", "decide_cycle", "put_in_force"]

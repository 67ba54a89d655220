"""What people do with an account's place between reviews: put it forward, plan and approve an exit, close it.

Each is a dated record with its reason and an audit event of its own; none of them can admit an account that fails.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kam import ledgers, parameters, units
from kam.access import Person
from kam.errors import BadInput, RuleBroken
from kam.programme import lifecycle
from kam.programme.door import leave
from kam.programme.lifecycle import EXITING, HOLDING_A_PLACE, NOMINATED, OUTSIDE, Membership, Rules
from kam.programme.limits import limits
from kam.programme.moving import held, known_name, name_of, stated, write_move
from kam.store import Condition, Store, Transaction
from kam.words import _, several

_PLANS, _STEPS, _APPROVALS = "programme.transition_plans", "programme.transition_steps", "programme.exit_approvals"


@dataclass(frozen=True)
class Step:
    """A step of a transition plan: what, who, until when."""

    step: str
    owner: str
    due_on: date


def rules(store: Store, as_of: date) -> Rules:
    """The lines, counts and places that hold on as_of, from the parameters.

    Raises RuleBroken where a parameter or the limit of key accounts is undecided, BadInput where the exit line does
    not lie below the entry line.
    """
    found: dict[str, float] = {}
    for name in ("entry_line", "exit_line", "reviews_to_demote", "minimum_stay_months", "months_apart"):
        value = parameters.value_at(store, f"programme.{name}", as_of).value
        if value is None:
            raise RuleBroken(
                _("The parameter programme.{name} is undecided on {day}: adopt a value first.").format(
                    name=name, day=units.day(as_of)
                ),
                reason="undecided",
            )
        found[name] = value
    places = limits(store, as_of).at_most
    if places is None:
        raise RuleBroken(
            _("No limit of key accounts holds on {day}: adopt programme.accounts_at_most first.").format(
                day=units.day(as_of)
            ),
            reason="no_limit",
        )
    return Rules(
        entry_line=found["entry_line"],
        exit_line=found["exit_line"],
        places=places,
        reviews_to_demote=int(found["reviews_to_demote"]),
        minimum_stay_months=int(found["minimum_stay_months"]),
        months_apart=int(found["months_apart"]),
    )


def nominate(
    store: Store, account_id: str, *, as_of: date, reason: str, who: Person, op_id: str | None = None
) -> bool | None:
    """Put an account forward: outside → nominated, to be judged in the next cycle (None where done already).

    Raises BadInput for an empty reason, NotFound for an unknown account, RuleBroken for one that is not outside.
    """
    reason = stated(reason, _("Say why this account is put forward: the reason is kept."))

    def change(tx: Transaction) -> bool:
        known_name(tx, account_id)
        after, move = lifecycle.nominate(account_id, held(tx, account_id), on=as_of)
        write_move(tx, account_id, after, on=as_of, cause=move.cause, reason=reason)
        return True

    return _write(store, change, "put account forward", account_id, as_of, reason, who, op_id)


def withdraw(
    store: Store, account_id: str, *, as_of: date, reason: str, who: Person, op_id: str | None = None
) -> bool | None:
    """The customer does not want to work this way: a key account exits at once, a nominated one is outside again.

    Raises BadInput for an empty reason, RuleBroken for an account that is outside or exiting already.
    """
    reason = stated(reason, _("Say what the customer said: the reason is kept."))

    def change(tx: Transaction) -> bool:
        before, name = held(tx, account_id), name_of(tx, account_id)
        if before.state in (OUTSIDE, EXITING):
            raise RuleBroken(
                _("{name} is not in the programme or is leaving it already: there is nothing to withdraw from.").format(
                    name=name
                ),
                reason="not_member",
                field="account_id",
            )
        after = Membership(OUTSIDE) if before.state == NOMINATED else replace(before, state=EXITING, waits_for=())
        write_move(tx, account_id, after, on=as_of, cause="customer_withdrew", reason=reason)
        return True

    return _write(store, change, "customer withdraws", account_id, as_of, reason, who, op_id)


def plan_transition(
    store: Store,
    account_id: str,
    plan: str,
    steps: Sequence[Step],
    *,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Write the transition plan of a key account that is to leave; a later one replaces it. Returns its number.

    Raises BadInput without a text, without a step, or for a step that lacks its owner; RuleBroken for an account that
    is no key account.
    """
    plan = stated(plan, _("Write how the account is served after it leaves."), "plan")
    if not steps:
        raise BadInput(
            _("A transition plan needs at least one step with its owner and due date."), reason="missing", field="steps"
        )
    for step in steps:
        if not step.step.strip() or not step.owner.strip():
            raise BadInput(
                _("Each step of the plan needs what is done and who does it."), reason="missing", field="steps"
            )
        if step.due_on < as_of:
            raise BadInput(
                _("The step {step} is due on {due}, before the plan is written ({day}): date it later.").format(
                    step=step.step.strip(), due=units.day(step.due_on), day=units.day(as_of)
                ),
                reason="bad_date",
                field="steps",
            )

    def change(tx: Transaction) -> int:
        _check_in(tx, account_id)
        plan_id = tx.next_number(_PLANS, "plan_id")
        tx.insert(
            _PLANS,
            plan_id=plan_id,
            account_id=account_id,
            written_on=as_of,
            plan=plan,
            written_by=who.name,
            written_at=tx.now,
        )
        first = tx.next_number(_STEPS, "step_id")
        tx.insert_many(
            _STEPS,
            ["step_id", "plan_id", "account_id", "step", "owner", "due_on"],
            [
                (first + at, plan_id, account_id, step.step.strip(), step.owner.strip(), step.due_on)
                for at, step in enumerate(steps)
            ],
        )
        return plan_id

    return _write(store, change, "plan transition", account_id, as_of, plan, who, op_id)


def close_step(
    store: Store, step_id: int, *, done_on: date, expected_version: int, who: Person, op_id: str | None = None
) -> bool | None:
    """A step of a transition plan is done. Raises NotFound for an unknown step, StaleWrite where it changed."""

    def change(tx: Transaction) -> bool:
        tx.update(_STEPS, {"step_id": step_id}, {"done_on": done_on}, expected_version=expected_version)
        return True

    return store.write(
        change,
        who=who,
        action="close transition step",
        subject=("transition_step", str(step_id)),
        op_id=op_id,
        details={"done_on": done_on},
    )


def approve_exit(
    store: Store,
    account_id: str,
    *,
    approved_by: str,
    as_of: date,
    reason: str,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Record that our executive approves the exit of a key account; returns the approval's number.

    Raises BadInput without a name or a reason, RuleBroken for an account that is no key account.
    """
    approved_by = stated(approved_by, _("Name our executive who approves the exit."), "approved_by")
    reason = stated(reason, _("Say why the exit is approved: the reason is kept."))

    def change(tx: Transaction) -> int:
        _check_in(tx, account_id)
        approval_id = tx.next_number(_APPROVALS, "approval_id")
        tx.insert(
            _APPROVALS,
            approval_id=approval_id,
            account_id=account_id,
            approved_on=as_of,
            approved_by=approved_by,
            reason=reason,
            recorded_by=who.name,
            recorded_at=tx.now,
        )
        return approval_id

    return _write(store, change, "approve exit", account_id, as_of, reason, who, op_id)


def close_transition(
    store: Store, account_id: str, *, as_of: date, reason: str, who: Person, op_id: str | None = None
) -> int | None:
    """Exiting → outside: the account is released and its place is free. Returns the release's number.

    Raises BadInput for an empty reason, RuleBroken for an account that is not exiting, or whose plan has open steps.
    """
    reason = stated(reason, _("Say how the transition ended: the reason is kept."))
    ledgers.check_as_of(store, as_of)

    def change(tx: Transaction) -> int:
        _outside, move = lifecycle.close_transition(account_id, held(tx, account_id), on=as_of)
        state = next(iter(tx.read("programme.states", arguments={"as_of": as_of}, where=[_of(account_id)])), {})
        if count := state.get("open_step_count"):
            raise RuleBroken(
                several(
                    "{count} step of the transition plan is still open: close it first.",
                    "{count} steps of the transition plan are still open: close them first.",
                    count,
                ),
                reason="open_steps",
            )
        return leave(tx, account_id, on=as_of, reason=reason, cause=move.cause)

    return _write(store, change, "close transition", account_id, as_of, reason, who, op_id)


def transition(store: Store, account_id: str, as_of: date) -> dict[str, Any] | None:
    """The transition plan that holds on as_of, with its `steps` in order of their due dates; None without one."""
    state = store.one("programme.states", {"as_of": as_of}, where=[_of(account_id)])
    if state is None or state["plan_id"] is None:
        return None
    which = [Condition("plan_id", "=", state["plan_id"])]
    steps = store.read(_STEPS, where=which, order_by=[("due_on", False), ("step_id", False)])
    return store.one(_PLANS, where=which) | {"steps": steps.records()}


def _check_in(tx: Transaction, account_id: str) -> None:
    if held(tx, account_id).state not in HOLDING_A_PLACE:
        raise RuleBroken(
            _("{name} is not a key account: there is no exit to prepare.").format(name=known_name(tx, account_id)),
            reason="not_member",
            field="account_id",
        )


def _of(account_id: str) -> Condition:
    return Condition("account_id", "=", account_id)


def _write(
    store: Store,
    change: Callable[[Transaction], Any],
    action: str,
    account_id: str,
    as_of: date,
    reason: str,
    who: Person,
    op_id: str | None,
) -> Any:
    return store.write(
        change,
        who=who,
        action=action,
        subject=("account", account_id),
        op_id=op_id,
        details={"as_of": as_of, "reason": reason},
    )


__all__ = [
    "Step",
    "approve_exit",
    "close_step",
    "close_transition",
    "nominate",
    "plan_transition",
    "rules",
    "transition",
    "withdraw",
]

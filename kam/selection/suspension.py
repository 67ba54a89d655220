"""A legal or credit gate that fails: what a review reads from a verdict, and suspension at once.

A gate of the criteria that says `suspends = true` does not wait for the next cycle.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from kam import programme, units
from kam.access import Person
from kam.errors import RuleBroken
from kam.selection.assessment import Judging, judging
from kam.selection.criteria import CriteriaSet
from kam.selection.verdicts import AccountVerdict, GateVerdict, account_verdict, because
from kam.store import Condition, Store, Transaction
from kam.words import _

AXIS = "attractiveness"


def suspending(criteria: CriteriaSet, verdict: AccountVerdict) -> tuple[GateVerdict, ...]:
    """The gates that suspend a key account and fail now."""
    return tuple(
        seen
        for gate, seen in zip(criteria.gates, verdict.gates, strict=True)
        if gate.suspends and seen.verdict == "fail"
    )


def reading(criteria: CriteriaSet, verdict: AccountVerdict, state: dict[str, Any] | None = None) -> programme.Reading:
    """What a review finds of an account. state: its row of programme.states, for its plan and approval.

    Criteria that score nothing on attractiveness draw no line: the gates alone decide then.
    """
    scored = bool(criteria.scores_of(AXIS))
    lowest, highest = (verdict.attractiveness_range or (None, None)) if scored else (10.0, 10.0)
    return programme.Reading(
        lowest_score=lowest,
        highest_score=highest,
        gates=verdict.verdict,
        fails_legal_or_credit=bool(suspending(criteria, verdict)),
        has_transition_plan=bool(state and state["plan_id"] is not None),
        is_exit_approved=bool(state and state["approved_on"] is not None),
    )


def groups_of(store: Store, level: str, account_ids: list[str]) -> dict[str, str]:
    """Account to what it is judged as: itself, or at level `group` its group's root."""
    found = {account_id: account_id for account_id in account_ids}
    if level == "group":
        rows = store.read(
            "ledgers.account_groups",
            columns=("account_id", "group_id"),
            where=[Condition("account_id", "one_of", account_ids)],
        )
        found |= dict(rows.rows)
    return found


def suspend(
    store: Store, account_id: str, *, as_of: date, reason: str, who: Person, op_id: str | None = None
) -> bool | None:
    """Suspend a key account that fails a legal or credit gate on as_of, or lift that where all gates pass again.

    Returns whether it is suspended then (None where op_id was done already). Raises RuleBroken for an account that is
    no key account, or of which the gates say neither; otherwise as `judging`.
    """
    bound, verdict = _judged(store, account_id, as_of)
    state = store.one("programme.states", {"as_of": as_of}, where=[Condition("account_id", "=", account_id)])
    name = state["name"] if state else account_id
    if state is None or state["state"] not in ("member", "at_risk"):
        raise RuleBroken(
            _("{name} is not a key account: there is nothing to suspend.").format(name=name), reason="not_member"
        )
    failing = suspending(bound.criteria, verdict) if verdict else ()
    held = programme.memberships(store, as_of)[account_id]
    if not failing and not (held.is_suspended and verdict is not None and verdict.verdict == "pass"):
        raise RuleBroken(
            _(
                "No gate that suspends fails for {name} on {day}, and none has to be lifted: the next review judges it."
            ).format(name=name, day=units.day(as_of)),
            reason="nothing_to_suspend",
        )
    found = reading(bound.criteria, verdict, state)
    rules = programme.rules(store, as_of)
    reviewed = programme.reviewed({account_id: held}, {account_id: found}, rules, on=as_of)
    after = reviewed.memberships[account_id]
    if not failing and after.state != "member":
        after = replace(after, is_suspended=False)
    why = "; ".join(because(verdict, store.setting("currency"))) if failing else ""
    told = "; ".join(part for part in (reason.strip(), why) if part)

    def change(tx: Transaction) -> bool:
        programme.settle(tx, account_id, after, on=as_of, cause="suspended" if failing else "recovered", reason=told)
        return after.is_suspended

    return store.write(
        change,
        who=who,
        action="suspend account" if failing else "lift suspension",
        subject=("account", account_id),
        op_id=op_id,
        details={"as_of": as_of, "reason": told},
    )


def _judged(store: Store, account_id: str, as_of: date) -> tuple[Judging, AccountVerdict | None]:
    bound = judging(store, as_of)
    judged_as = groups_of(store, bound.criteria.level, [account_id])[account_id]
    found = store.page("selection.verdicts", bound.arguments, where=[Condition("account_id", "=", judged_as)])
    return bound, account_verdict(bound.criteria, found.records()[0]) if len(found) else None

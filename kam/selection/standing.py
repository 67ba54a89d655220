"""The roster as decided beside what the ledger says now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kam import ledgers
from kam.access import Person
from kam.selection.adoption import adopted
from kam.selection.assessed_records import evidence_on
from kam.selection.assessment import judging
from kam.selection.measures import CATALOGUE
from kam.selection.verdicts import AccountVerdict, account_verdict
from kam.store import Condition, Store


@dataclass(frozen=True)
class Standing:
    """A key account on a day. decided: what was seen when it was admitted (verdict, gates, scores, criteria, as_of).

    now: its verdict by the criteria in force and the ledger as it is; None where no criteria are in force or
    nothing judges it. An unknown verdict does not put a key account out; a failed one calls for a decision.
    """

    account_id: str
    name: str
    owner: str | None
    category: str | None
    admitted_on: date
    decision_id: int
    reason: str
    decided_by: str
    decided: dict[str, Any] | None
    now: AccountVerdict | None

    @property
    def decided_verdict(self) -> str | None:
        """The verdict as decided."""
        return (self.decided or {}).get("verdict")

    @property
    def verdict_now(self) -> str | None:
        """The verdict now; None where nothing judges it."""
        return self.now.verdict if self.now is not None else None

    @property
    def needs_decision(self) -> bool:
        """True where a gate fails now."""
        return self.verdict_now == "fail"


def standing(store: Store, as_of: date, *, owner: str | None = None, for_whom: Person) -> list[Standing]:
    """Every key account on as_of (of one account manager, where owner is given), by name.

    Raises a Refusal for a day before the ledger.
    """
    ledgers.check_as_of(store, as_of)
    where = [] if owner is None else [Condition("owner", "=", owner)]
    roster = store.read(
        "programme.roster", {"as_of": as_of}, where=where, order_by=[("name", False), ("account_id", False)]
    )
    verdicts = _verdicts_now(store, as_of, roster.column("account_id")) if len(roster) else {}
    return [
        Standing(
            account_id=row["account_id"],
            name=row["name"],
            owner=row["owner"],
            category=row["category"],
            admitted_on=row["admitted_on"],
            decision_id=row["decision_id"],
            reason=row["reason"],
            decided_by=row["decided_by"],
            decided=json.loads(row["verdicts_seen"]) if row["verdicts_seen"] else None,
            now=verdicts.get(row["account_id"]),
        )
        for row in roster
    ]


def side_by_side(account: Standing) -> list[dict[str, Any]]:
    """One dict per gate: measure, name, unit, bound, and value, threshold and verdict as decided (`…_then`) and now.

    A gate that only one of the two criteria sets has leaves the other half None.
    """
    gates: dict[tuple[str, str], dict[str, Any]] = {}
    for then in (account.decided or {}).get("gates", []):
        gates[then["measure"], then["bound"]] = {
            "value_then": _quantity(then["value"], then["unit"]),
            "threshold_then": _quantity(then["threshold"], then["unit"]),
            "verdict_then": then["verdict"],
        }
    for now in account.now.gates if account.now else ():
        gates.setdefault((now.measure, now.bound), {}).update(
            value=now.value, threshold=now.threshold, verdict=now.verdict
        )
    empty = dict.fromkeys(("value_then", "threshold_then", "verdict_then", "value", "threshold", "verdict"))
    return [
        {"measure": measure, "name": CATALOGUE[measure].name, "unit": CATALOGUE[measure].unit, "bound": bound}
        | empty
        | gate
        for (measure, bound), gate in gates.items()
    ]


def _quantity(kept: Any, unit: str) -> Any:
    """A value of a decision's JSON as the measure has it."""
    if kept is None:
        return None
    if unit == "reporting currency":
        return Decimal(kept)
    return date.fromisoformat(kept) if unit == "date" else kept


def _verdicts_now(store: Store, as_of: date, account_ids: list[str]) -> dict[str, AccountVerdict]:
    held = adopted(store, as_of)
    if held is None:
        return {}
    bound = judging(store, as_of)
    judged_as = {account_id: account_id for account_id in account_ids}
    if bound.criteria.level == "group":
        groups = store.read(
            "ledgers.account_groups",
            columns=("account_id", "group_id"),
            where=[Condition("account_id", "one_of", account_ids)],
        )
        judged_as = dict(groups.rows)
    found = store.page(
        "selection.verdicts", bound.arguments, where=[Condition("account_id", "one_of", list(judged_as.values()))]
    )
    evidence = evidence_on(store, as_of, list(judged_as.values()), bound.criteria.measures)
    verdicts = {row["account_id"]: account_verdict(bound.criteria, row, evidence) for row in found}
    return {account_id: verdicts[judge] for account_id, judge in judged_as.items() if judge in verdicts}

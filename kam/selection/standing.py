"""The roster as decided beside what the ledger says now."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import ledgers
from kam.access import Person
from kam.selection.adoption import adopted
from kam.selection.assessment import judging
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
    def needs_decision(self) -> bool:
        """True where a gate fails now."""
        return self.now is not None and self.now.verdict == "fail"


def standing(store: Store, as_of: date, *, for_whom: Person) -> list[Standing]:
    """Every key account on as_of, by name. Raises a Refusal for a day before the ledger."""
    ledgers.check_as_of(store, as_of)
    roster = store.read("programme.roster", {"as_of": as_of}, order_by=[("name", False), ("account_id", False)])
    verdicts = _verdicts_now(store, as_of, roster.column("account_id")) if len(roster) else {}
    return [
        Standing(
            account_id=row["account_id"],
            name=row["name"],
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
    verdicts = {row["account_id"]: account_verdict(bound.criteria, row) for row in found}
    return {account_id: verdicts[judge] for account_id, judge in judged_as.items() if judge in verdicts}

"""A cycle's frozen record: read back as it was written, beside what the ledger says now, and proven unchanged."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from kam import store as stored
from kam.access import Person
from kam.selection.assessment import Judging, judging
from kam.selection.criteria_file import stored_criteria
from kam.selection.cycle_list import TABLE, Cycle
from kam.selection.verdicts import account_verdict, gate_document
from kam.store import Condition, Store
from kam.store.writing import as_json

ACCOUNTS, DECISIONS = "selection.cycle_accounts", "selection.cycle_decisions"
# Points that two computations of the same figures may differ by.
_SAME = 1e-9


def frozen_hash(frozen: str, rows: Sequence[tuple]) -> str:
    """SHA-256 over what was frozen as a whole and row by row, as the database holds it."""
    return hashlib.sha256("\n".join([frozen, *(as_json(row) for row in rows)]).encode()).hexdigest()


def rows_of(store: Store, table: str, cycle_id: int) -> list[tuple]:
    """A cycle's rows of a table in the order in which they are hashed."""
    return store.read(table, where=[_of(cycle_id)], order_by=[("account_id", False)]).rows


def cycle_accounts(
    store: Store,
    cycle_id: int,
    *,
    where: Sequence[Condition] = (),
    with_evidence: bool = True,
    for_whom: Person,
) -> list[dict[str, Any]]:
    """The accounts of a cycle as frozen, best rank first, each with its `decision` and `decided_because`, None before.

    gates and scores are lists of dicts, as in a roster decision; left out where with_evidence is False. proposed: the
    membership that the proposal leads to, as a dict. for_whom: figures of value are confidential.
    """
    decided = {row["account_id"]: row for row in store.read(DECISIONS, where=[_of(cycle_id)])}
    evidence = ("gates", "scores")
    columns = [name for name in store.columns(ACCOUNTS) if with_evidence or name not in evidence]
    found = store.read(
        ACCOUNTS,
        columns=columns,
        where=[_of(cycle_id), *where],
        order_by=[("rank", False), ("account_id", False)],
    )
    return [
        row
        | {name: json.loads(row[name]) for name in evidence if with_evidence}
        | {
            "proposed": json.loads(row["proposed"]) if row["proposed"] else None,
            "decision": decided.get(row["account_id"], {}).get("decision"),
            "decided_because": decided.get(row["account_id"], {}).get("reason"),
        }
        for row in found
    ]


def decided_and_now(store: Store, cycle: Cycle, *, as_of: date | None = None, for_whom: Person) -> list[dict[str, Any]]:
    """The frozen accounts beside what the ledger says now: the same keys with `_now`, and `has_changed`.

    as_of None: the cycle's own criteria and day on the ledger as it is, which shows what corrections do; a day: the
    criteria in force on that day. Every account that was decided on or passed, and every one that changed; the
    changed ones first. Raises as `judging`. Values now are None for an account that is not judged any more.
    """
    bound = _bound(store, cycle, as_of)
    wanted = ("account_id", "verdict", "attractiveness_low", "attractiveness_high", "category")
    now = {row[0]: row for row in store.page("selection.verdicts", bound.arguments, columns=wanted).rows}
    found = []
    for row in cycle_accounts(store, cycle.cycle_id, with_evidence=False, for_whom=for_whom):
        _id, verdict, low, high, category = now.get(row["judged_as"], (None,) * 5)
        changed = (
            verdict != row["verdict"]
            or category != row["category"]
            or _differs(low, row["attractiveness_low"])
            or _differs(high, row["attractiveness_high"])
        )
        if changed or row["proposal"] or row["verdict"] == "pass":
            found.append(
                row
                | {
                    "verdict_now": verdict,
                    "attractiveness_low_now": low,
                    "attractiveness_high_now": high,
                    "category_now": category,
                    "has_changed": changed,
                }
            )
    return sorted(found, key=lambda row: not row["has_changed"])


def gates_then_and_now(store: Store, cycle: Cycle, account: dict[str, Any], *, as_of: date | None = None) -> list[dict]:
    """One dict per gate of an account of the cycle (with its evidence): measure, bound, unit, and value, threshold and
    verdict as frozen (`…_then`) and `…_now`."""
    bound = _bound(store, cycle, as_of)
    found = store.page(
        "selection.verdicts", bound.arguments, where=[Condition("account_id", "=", account["judged_as"])]
    )
    now = {}
    if len(found):
        verdict = account_verdict(bound.criteria, found.records()[0])
        # Through JSON, so that both sides are in the same shape.
        documents = json.loads(as_json([gate_document(gate) for gate in verdict.gates]))
        now = {(gate["measure"], gate["bound"]): gate for gate in documents}
    then = {(gate["measure"], gate["bound"]): gate for gate in account["gates"]}
    empty = dict.fromkeys(("value", "threshold", "verdict"))
    return [
        {"measure": key[0], "bound": key[1], "unit": (then.get(key) or now[key])["unit"]}
        | {f"{name}_then": then.get(key, empty)[name] for name in empty}
        | {f"{name}_now": now.get(key, empty)[name] for name in empty}
        for key in dict.fromkeys([*then, *now])
    ]


def changed_records(store: Store) -> list[dict[str, Any]]:
    """Cycles whose frozen record or decisions are not what the audit chain saw: cycle_id, name, what. Empty where sound."""
    broken = []
    for row in store.read(TABLE, order_by=[("cycle_id", False)]):
        events = stored.events(store, subject_kind="cycle", subject_id=str(row["cycle_id"]), limit=10_000)
        told = {event.action: event.details for event in reversed(events)}
        checks = (
            ("assess cycle", "frozen_hash", row["frozen"], ACCOUNTS),
            ("decide cycle", "decisions_hash", row["present"], DECISIONS),
        )
        for action, name, head, table in checks:
            audited = told.get(action, {}).get(name)
            found = None if row[name] is None else frozen_hash(head, rows_of(store, table, row["cycle_id"]))
            if audited != row[name] or found != row[name]:
                broken.append({"cycle_id": row["cycle_id"], "name": row["name"], "what": name.removesuffix("_hash")})
    return broken


def _bound(store: Store, cycle: Cycle, as_of: date | None) -> Judging:
    if as_of is not None:
        return judging(store, as_of)
    return judging(store, cycle.as_of, stored_criteria(cycle.frozen["criteria"]["document"]))


def _differs(now: float | None, then: float | None) -> bool:
    if now is None or then is None:
        return now is not then
    return abs(now - then) > _SAME


def _of(cycle_id: int) -> Condition:
    return Condition("cycle_id", "=", cycle_id)

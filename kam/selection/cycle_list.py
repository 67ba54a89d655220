"""Selection cycles: one at a time, from open over assessed and decided to in force."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kam import ledgers, units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Condition, Store, Transaction
from kam.words import _

TABLE = "selection.cycles"
UNFINISHED = ("open", "assessed", "decided")
LONGEST_NAME = 200


@dataclass(frozen=True)
class Cycle:
    """A selection cycle. state: open, assessed, decided, in_force or abandoned. as_of: the day that it judges.

    frozen: what it saw as a whole (criteria, ledger, limits, rules, draws, counts), None before it is assessed; hash
    over it and its accounts. present: who was in the room when it was decided.
    """

    cycle_id: int
    name: str
    state: str
    as_of: date
    opened_by: str
    opened_at: datetime
    criteria_set_id: int | None
    frozen: dict[str, Any] | None
    frozen_hash: str | None
    assessed_by: str | None
    assessed_at: datetime | None
    decided_on: date | None
    present: str
    conclusions: str
    decided_by: str | None
    decided_at: datetime | None
    decisions_hash: str | None
    in_force_on: date | None
    put_in_force_by: str | None
    put_in_force_at: datetime | None
    version: int


def cycles(store: Store) -> list[Cycle]:
    """Every cycle, the latest first."""
    return [_read(row) for row in store.read(TABLE, order_by=[("cycle_id", True)])]


def cycle_of(store: Store, cycle_id: int) -> Cycle:
    """One cycle. Raises NotFound where there is none of that number."""
    row = store.one(TABLE, where=[Condition("cycle_id", "=", cycle_id)])
    if row is None:
        raise NotFound(
            _("There is no selection cycle {number}: see the list of cycles.").format(number=cycle_id),
            reason="unknown_cycle",
        )
    return _read(row)


def unfinished(store: Store) -> Cycle | None:
    """The cycle that is being worked on, or None."""
    row = store.one(TABLE, where=[Condition("state", "one_of", list(UNFINISHED))])
    return _read(row) if row else None


def open_cycle(store: Store, name: str, *, as_of: date, who: Person, op_id: str | None = None) -> int | None:
    """Open a cycle that judges as_of; returns its number (None where op_id was done already).

    Raises BadInput without a name, RuleBroken while another is unfinished or where a later day was judged already;
    a Refusal for a day before the ledger.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise BadInput(
            _("Name the cycle in up to {longest} characters, such as Selection 2026.").format(longest=LONGEST_NAME),
            reason="missing",
            field="name",
        )
    ledgers.check_as_of(store, as_of)

    def change(tx: Transaction) -> int:
        for row in tx.read(TABLE, order_by=[("cycle_id", True)]):
            if row["state"] in UNFINISHED:
                raise RuleBroken(
                    _("{name} is not finished yet: put it in force or abandon it first.").format(name=row["name"]),
                    reason="unfinished_cycle",
                )
            if row["state"] == "in_force" and as_of < row["as_of"]:
                raise RuleBroken(
                    _("{name} has judged {day} already: open a cycle for that day or a later one.").format(
                        name=row["name"], day=units.day(row["as_of"])
                    ),
                    reason="before_last_cycle",
                    field="as_of",
                )
        cycle_id = tx.next_number(TABLE, "cycle_id")
        tx.insert(TABLE, cycle_id=cycle_id, name=name, state="open", as_of=as_of, opened_by=who.name, opened_at=tx.now)
        return cycle_id

    return store.write(
        change, who=who, action="open cycle", subject=("cycle", name), op_id=op_id, details={"as_of": as_of}
    )


def abandon_cycle(
    store: Store, cycle_id: int, *, reason: str, expected_version: int, who: Person, op_id: str | None = None
) -> int | None:
    """Give an unfinished cycle up; what it saw stays readable. Raises BadInput without a reason, RuleBroken for one
    that is in force or abandoned, StaleWrite where it changed."""
    reason = reason.strip()
    if not reason:
        raise BadInput(_("Say why the cycle is given up: the reason is kept."), reason="missing", field="reason")

    def change(tx: Transaction) -> int:
        check_state(tx, cycle_id, *UNFINISHED)
        changes = {"state": "abandoned", "conclusions": reason}
        tx.update(TABLE, {"cycle_id": cycle_id}, changes, expected_version=expected_version)
        return cycle_id

    return store.write(
        change,
        who=who,
        action="abandon cycle",
        subject=("cycle", str(cycle_id)),
        op_id=op_id,
        details={"reason": reason},
    )


def check_state(tx: Transaction, cycle_id: int, *wanted: str) -> Cycle:
    """The cycle, seen from inside the transaction. Raises NotFound, and RuleBroken where it is in another state."""
    row = tx.one(TABLE, {"cycle_id": cycle_id})
    if row is None:
        return cycle_of(tx.store, cycle_id)
    if row["state"] not in wanted:
        states = {
            "open": _("open: assess it first"),
            "assessed": _("assessed: decide it first"),
            "decided": _("decided already: put it in force"),
            "in_force": _("in force already, and its record is closed"),
            "abandoned": _("abandoned, and its record is closed"),
        }
        raise RuleBroken(
            _("{name} is {state}.").format(name=row["name"], state=states[row["state"]]), reason="cycle_state"
        )
    return _read(row)


def _read(row: dict[str, Any]) -> Cycle:
    return Cycle(**row | {"frozen": json.loads(row["frozen"]) if row["frozen"] else None})

"""What every write about a manager checks: that they are on record, there on the day, and that words are there."""

from __future__ import annotations

from datetime import date
from typing import Any

from kam import units
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Condition, Transaction
from kam.words import _

LONGEST_TEXT = 2000
LONGEST_NAME = 120


def manager_on_record(tx: Transaction, manager_id: str, *, field: str = "manager_id") -> dict[str, Any]:
    """The manager's row of the master. Raises NotFound."""
    row = tx.one("ledgers.account_managers", {"manager_id": manager_id})
    if row is None:
        raise NotFound(
            _("There is no account manager {manager_id}: check the id, or import account managers first.").format(
                manager_id=manager_id
            ),
            reason="unknown_manager",
            field=field,
        )
    return row


def manager_there(tx: Transaction, manager_id: str, on: date, *, field: str = "manager_id") -> dict[str, Any]:
    """The manager's row, refused where they have left by that day. Raises NotFound, RuleBroken."""
    row = manager_on_record(tx, manager_id, field=field)
    last = tx.read(
        "managers.departures",
        where=[Condition("manager_id", "=", manager_id), Condition("stated_on", "<=", on)],
        order_by=[("stated_on", True), ("departure_id", True)],
        limit=1,
    )
    for departure in last:
        if departure["state"] == "left":
            raise RuleBroken(
                _("{name} left on {day}: choose somebody who is there, or record the return first.").format(
                    name=row["name"], day=units.day(departure["stated_on"])
                ),
                reason="has_left",
                field=field,
            )
    return row


def words(text: str | None, missing: str, field: str, *, longest: int = LONGEST_TEXT) -> str:
    """Text that has to be there, trimmed. missing: the sentence where it is not. Raises BadInput."""
    text = (text or "").strip()
    if not text:
        raise BadInput(missing, reason="missing", field=field)
    return short(text, field, longest=longest)


def short(text: str | None, field: str, *, longest: int = LONGEST_TEXT) -> str:
    """Text that may be missing, trimmed. Raises BadInput where it is too long."""
    text = (text or "").strip()
    if len(text) > longest:
        raise BadInput(
            _("This text is longer than {most} characters: shorten it.").format(most=longest),
            reason="too_long",
            field=field,
        )
    return text


def not_after(day: date | None, as_of: date, missing: str, field: str) -> date:
    """A day up to as_of. Raises BadInput for none, or one after it."""
    if day is None:
        raise BadInput(missing, reason="missing", field=field)
    if day > as_of:
        raise BadInput(
            _("{day} lies after {as_of}: choose that day or an earlier one.").format(
                day=units.day(day), as_of=units.day(as_of)
            ),
            reason="future_date",
            field=field,
        )
    return day

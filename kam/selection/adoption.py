"""Adopting criteria sets: dated, for everyone, never edited; old sets stay readable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from kam import units
from kam.access import Person
from kam.errors import BadInput, RuleBroken
from kam.selection.criteria import CriteriaSet
from kam.selection.criteria_file import read_criteria, stored_criteria
from kam.store import Condition, Rows, Store, Transaction
from kam.words import _

_TABLE = "selection.criteria_sets"
# Of two sets adopted for one day, the later decision holds.
_LATEST_FIRST = [("valid_from", True), ("criteria_set_id", True)]


@dataclass(frozen=True)
class AdoptedCriteria:
    """A criteria set with its adoption."""

    criteria_set_id: int
    criteria: CriteriaSet
    reason: str
    adopted_by: str
    adopted_at: datetime


def adopted(store: Store, as_of: date) -> AdoptedCriteria | None:
    """The set that holds on as_of; None where none has been adopted for that day."""
    row = store.one(_TABLE, where=[Condition("valid_from", "<=", as_of)], order_by=_LATEST_FIRST)
    return _read(row) if row else None


def adopted_set(store: Store, criteria_set_id: int) -> AdoptedCriteria | None:
    """One set, by its number; None where there is none."""
    row = store.one(_TABLE, where=[Condition("criteria_set_id", "=", criteria_set_id)])
    return _read(row) if row else None


def adoptions(store: Store) -> Rows:
    """Every adopted set without its text, latest first: criteria_set_id, name, valid_from, source, reason, by, at."""
    columns = ("criteria_set_id", "name", "valid_from", "source", "reason", "adopted_by", "adopted_at")
    return store.read(_TABLE, columns=columns, order_by=_LATEST_FIRST)


def check_adoptable(store: Store, criteria: CriteriaSet) -> None:
    """Raise RuleBroken where the set begins before the last one adopted, or is that one unchanged."""
    _check_after(store.one(_TABLE, order_by=_LATEST_FIRST), criteria)


def adopt(store: Store, criteria: CriteriaSet, *, reason: str, who: Person, op_id: str | None = None) -> int | None:
    """Adopt a set from its own date on; returns its number (None where op_id was done already).

    Raises BadInput for an empty reason, RuleBroken for a date before the last adopted set's and for a set
    that is in force already, and whatever `read_criteria` raises for a set that was not read from a file.
    """
    reason = reason.strip()
    if not reason:
        raise BadInput(
            _("Say why these criteria are adopted: the reason is kept with the set."), reason="missing", field="reason"
        )
    criteria = read_criteria(criteria.text, criteria.name)

    def change(tx: Transaction) -> int:
        _check_after(next(iter(tx.read(_TABLE, order_by=_LATEST_FIRST, limit=1)), None), criteria)
        number = tx.next_number(_TABLE, "criteria_set_id")
        tx.insert(
            _TABLE,
            criteria_set_id=number,
            name=criteria.name,
            valid_from=criteria.valid_from,
            source=criteria.source,
            document=criteria.text,
            reason=reason,
            adopted_by=who.name,
            adopted_at=tx.now,
        )
        return number

    return store.write(
        change,
        who=who,
        action="adopt criteria",
        subject=("criteria", criteria.name),
        op_id=op_id,
        details={"valid_from": criteria.valid_from, "source": criteria.source, "reason": reason},
    )


def _read(row: dict[str, Any]) -> AdoptedCriteria:
    return AdoptedCriteria(
        criteria_set_id=row["criteria_set_id"],
        criteria=stored_criteria(row["document"]),
        reason=row["reason"],
        adopted_by=row["adopted_by"],
        adopted_at=row["adopted_at"],
    )


def _check_after(last: dict[str, Any] | None, criteria: CriteriaSet) -> None:
    if last is None:
        return
    if criteria.valid_from < last["valid_from"]:
        raise RuleBroken(
            _(
                "{name} would hold from {day}, before the set adopted last ({last}, from {last_day}): "
                "date it on or after that day."
            ).format(
                name=criteria.name,
                day=units.day(criteria.valid_from),
                last=last["name"],
                last_day=units.day(last["valid_from"]),
            ),
            reason="before_last_adoption",
            field="from",
        )
    if criteria.text.strip() == last["document"].strip():
        raise RuleBroken(
            _("{name} is adopted already, word for word: there is nothing to change.").format(name=criteria.name),
            reason="unchanged",
        )

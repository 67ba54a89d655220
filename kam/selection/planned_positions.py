"""Where an account is meant to be in the matrix, and by when: McDonald's forecast position (METHOD 1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kam import units
from kam.access import Person
from kam.errors import BadInput
from kam.selection.assessed_records import check_account, stated
from kam.store import Condition, Store, Transaction
from kam.words import _

_TABLE = "selection.planned_positions"


@dataclass(frozen=True)
class PlannedPosition:
    """Points 0..10 on both axes, to be reached by due_on."""

    account_id: str
    attractiveness: float
    strength: float
    due_on: date
    reason: str
    planned_on: date
    planned_by: str


def plan_position(
    store: Store,
    account_id: str,
    *,
    attractiveness: float,
    strength: float,
    due_on: date,
    reason: str,
    planned_on: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Plan a position; it replaces the one before. Returns its id (None where op_id was done already).

    Raises BadInput for points outside 0..10, a due day that is not after planned_on, or an empty reason; NotFound for
    an unknown account.
    """
    for field, points in (("attractiveness", attractiveness), ("strength", strength)):
        if not 0 <= points <= 10:
            raise BadInput(
                _("A position lies between 0 and 10 on each axis; {points:g} does not.").format(points=points),
                reason="out_of_range",
                field=field,
            )
    if due_on <= planned_on:
        raise BadInput(
            _(
                "The position is to be reached by {due}, not after the day of the plan ({day}): name a later day."
            ).format(due=units.day(due_on), day=units.day(planned_on)),
            reason="due_before",
            field="due_on",
        )
    reason = stated(reason, _("Say what is to move the account: the reason is kept with the plan."), field="reason")

    def change(tx: Transaction) -> int:
        check_account(tx, account_id)
        number = tx.next_number(_TABLE, "position_id")
        tx.insert(
            _TABLE,
            position_id=number,
            account_id=account_id,
            attractiveness=float(attractiveness),
            strength=float(strength),
            due_on=due_on,
            reason=reason,
            planned_on=planned_on,
            planned_by=who.name,
            recorded_at=tx.now,
        )
        return number

    return store.write(
        change,
        who=who,
        action="plan position",
        subject=("account", account_id),
        op_id=op_id,
        details={"attractiveness": attractiveness, "strength": strength, "due_on": due_on, "reason": reason},
    )


def planned_positions(
    store: Store, as_of: date, account_ids: Sequence[str] | None = None
) -> dict[str, PlannedPosition]:
    """Account → its latest plan up to as_of whose day has not passed. account_ids: None for all."""
    among = [] if account_ids is None else [Condition("account_id", "one_of", list(account_ids))]
    rows = store.read(
        _TABLE,
        where=[*among, Condition("planned_on", "<=", as_of)],
        order_by=[("planned_on", False), ("position_id", False)],
    )
    names = PlannedPosition.__dataclass_fields__
    latest = {row["account_id"]: PlannedPosition(**{name: row[name] for name in names}) for row in rows}
    return {account_id: plan for account_id, plan in latest.items() if plan.due_on >= as_of}

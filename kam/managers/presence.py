"""Who is there: leaving and coming back, absences with a deputy, and hours given."""

from __future__ import annotations

from datetime import date

from kam import units
from kam.access import Person
from kam.errors import BadInput, RuleBroken
from kam.managers.record import manager_on_record, manager_there, short, words
from kam.store import Condition, Store, Transaction
from kam.words import _

HOURS_OF_A_YEAR = 3000


def record_leaving(
    store: Store,
    manager_id: str,
    *,
    on: date,
    reason: str,
    has_left: bool = True,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Record that a manager leaves (or, has_left False, comes back) on a day; returns how many key accounts wait for
    another manager. Raises NotFound, BadInput without a reason, RuleBroken where that is so already or a later
    statement exists.
    """
    reason = words(reason, _("Say why: the reason is kept with it."), "reason")

    def change(tx: Transaction) -> int:
        manager = manager_on_record(tx, manager_id)
        last = tx.read(
            "managers.departures",
            where=[Condition("manager_id", "=", manager_id)],
            order_by=[("stated_on", True), ("departure_id", True)],
            limit=1,
        ).records()
        is_gone = bool(last) and last[0]["state"] == "left"
        if is_gone == has_left:
            raise RuleBroken(
                (
                    _("{name} has left already: nothing is to be recorded.")
                    if has_left
                    else _("{name} has not left: nothing is to be recorded.")
                ).format(name=manager["name"]),
                reason="stands_already",
                field="manager_id",
            )
        if last and on < last[0]["stated_on"]:
            raise RuleBroken(
                _("The last statement about {name} is of {day}: choose that day or a later one.").format(
                    name=manager["name"], day=units.day(last[0]["stated_on"])
                ),
                reason="before_last_decision",
                field="on",
            )
        tx.insert(
            "managers.departures",
            departure_id=tx.next_number("managers.departures", "departure_id"),
            manager_id=manager_id,
            state="left" if has_left else "returned",
            stated_on=on,
            reason=reason,
            recorded_by=who.name,
            recorded_at=tx.now,
        )
        held = tx.read("managers.holdings", arguments={"as_of": on}, where=[Condition("manager_id", "=", manager_id)])
        return len(held)

    return store.write(
        change,
        who=who,
        action="record leaving" if has_left else "record return",
        subject=("manager", manager_id),
        op_id=op_id,
        details={"on": on, "reason": reason},
    )


def record_absence(
    store: Store,
    manager_id: str,
    *,
    from_on: date,
    until_on: date,
    deputy_manager_id: str | None,
    reason: str = "",
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Record an absence from its first to its last day and who covers it (None: nobody yet); returns its id.

    Raises NotFound for unknown managers, BadInput for days the wrong way round, RuleBroken where the manager or the
    deputy has left, the deputy is the manager or is away, or the manager is absent on one of the days already.
    """
    if from_on is None or until_on is None:
        raise BadInput(_("Say from which day to which day."), reason="missing", field="from_on")
    if until_on < from_on:
        raise BadInput(
            _("The absence would end on {until}, before it begins on {begin}.").format(
                until=units.day(until_on), begin=units.day(from_on)
            ),
            reason="out_of_range",
            field="until_on",
        )
    reason = short(reason, "reason")

    def change(tx: Transaction) -> int:
        manager = manager_there(tx, manager_id, from_on)
        _check_not_away(tx, manager_id, manager["name"], from_on, until_on, field="from_on")
        if deputy_manager_id is not None:
            if deputy_manager_id == manager_id:
                raise RuleBroken(
                    _("{name} cannot cover their own absence: choose another deputy.").format(name=manager["name"]),
                    reason="own_deputy",
                    field="deputy_manager_id",
                )
            deputy = manager_there(tx, deputy_manager_id, from_on, field="deputy_manager_id")
            _check_not_away(tx, deputy_manager_id, deputy["name"], from_on, until_on, field="deputy_manager_id")
        absence_id = tx.next_number("managers.absences", "absence_id")
        tx.insert(
            "managers.absences",
            absence_id=absence_id,
            manager_id=manager_id,
            from_on=from_on,
            until_on=until_on,
            deputy_manager_id=deputy_manager_id,
            reason=reason,
            recorded_by=who.name,
            recorded_at=tx.now,
        )
        return absence_id

    return store.write(
        change,
        who=who,
        action="record absence",
        subject=("manager", manager_id),
        op_id=op_id,
        details={"from_on": from_on, "until_on": until_on, "deputy": deputy_manager_id},
    )


def give_hours(
    store: Store,
    manager_id: str,
    *,
    hours_a_year: float,
    from_on: date,
    reason: str,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Record the hours a year that a manager has for key accounts from a day on; returns the record's id.

    Raises NotFound, BadInput for hours outside 0..3000 or without a reason.
    """
    reason = words(reason, _("Say why: the reason is kept with it."), "reason")
    if hours_a_year is None or not 0 <= hours_a_year <= HOURS_OF_A_YEAR:
        raise BadInput(
            _("Hours a year lie between 0 and {most}.").format(most=f"{HOURS_OF_A_YEAR:,}"),
            reason="out_of_range",
            field="hours_a_year",
        )

    def change(tx: Transaction) -> int:
        manager_on_record(tx, manager_id)
        capacity_id = tx.next_number("managers.capacities", "capacity_id")
        tx.insert(
            "managers.capacities",
            capacity_id=capacity_id,
            manager_id=manager_id,
            from_on=from_on,
            hours_a_year=hours_a_year,
            reason=reason,
            recorded_by=who.name,
            recorded_at=tx.now,
        )
        return capacity_id

    return store.write(
        change,
        who=who,
        action="give hours",
        subject=("manager", manager_id),
        op_id=op_id,
        details={"hours_a_year": hours_a_year, "from_on": from_on, "reason": reason},
    )


def _check_not_away(tx: Transaction, manager_id: str, name: str, from_on: date, until_on: date, *, field: str) -> None:
    away = tx.read(
        "managers.absences",
        where=[
            Condition("manager_id", "=", manager_id),
            Condition("from_on", "<=", until_on),
            Condition("until_on", ">=", from_on),
        ],
        order_by=[("from_on", False)],
        limit=1,
    )
    for row in away:
        raise RuleBroken(
            _("{name} is away from {begin} to {until}: choose other days or another person.").format(
                name=name, begin=units.day(row["from_on"]), until=units.day(row["until_on"])
            ),
            reason="away",
            field=field,
        )

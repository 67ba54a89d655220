"""Contacts of our executives with key accounts: planned, briefed before, held with an outcome after, or cancelled.

The brief and the outcome are what tells a growth champion from a loose cannon (Capon & Senn, Harvard Business Review,
March 2021): who goes unprepared promises what the company cannot keep.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.sponsorship.checks import account_name, bounded, check_in_office, executive_name, first, sponsor_of, stated
from kam.sponsorship.promises import Promise, checked_promises, write_promise
from kam.store import Condition, Store, Transaction
from kam.words import _

KINDS = {"visit": _("Face to face"), "call": _("Call"), "plan_review": _("Plan review")}
OCCASIONS = {
    "dialogue": _("Dialogue"),
    "plan": _("Account plan"),
    "escalation": _("Escalation"),
    "deal": _("A deal"),
}
LONGEST_BRIEF = 20_000
_LONGEST_DAY = 24 * 60


@dataclass(frozen=True)
class Planned:
    """What is planned. begins: hh:mm of the local day, None for all day; minutes: how long, with `begins` alone."""

    kind: str
    planned_on: date
    occasion: str = "dialogue"
    begins: str | None = None
    minutes: int | None = None
    place: str = ""
    person_ids: Sequence[str] = ()
    brief: str = ""


def plan_contact(
    store: Store,
    account_id: str,
    planned: Planned,
    *,
    who: Person,
    executive_id: str | None = None,
    op_id: str | None = None,
) -> int | None:
    """Plan a contact of the account's sponsor, or of its deputy; returns its id (None where op_id was done already).

    executive_id: who goes; the sponsor where None. Raises BadInput for what cannot be read, NotFound for an unknown
    account or person at the customer, RuleBroken for an account without a sponsor, for an executive who is neither
    sponsor nor deputy, for a day before the assignment or after they left, and for a second contact of this kind on
    that day.
    """
    _check_planned(planned)
    place = bounded(planned.place, field="place", longest=300)
    brief = bounded(planned.brief, field="brief", longest=LONGEST_BRIEF)

    def change(tx: Transaction) -> int:
        account = account_name(tx, account_id)
        goes = _who_goes(tx, account_id, account, executive_id, planned.planned_on)
        check_in_office(tx, goes, executive_name(tx, goes), planned.planned_on)
        _check_people(tx, account_id, account, planned.person_ids)
        same = {"account_id": account_id, "kind": planned.kind, "planned_on": planned.planned_on, "state": "planned"}
        if tx.one("sponsorship.appointments", same):
            raise RuleBroken(
                _("A contact of this kind with {account} is planned for {day} already: choose another day.").format(
                    account=account, day=units.day(planned.planned_on)
                ),
                reason="planned_already",
                field="planned_on",
            )
        appointment_id = tx.next_number("sponsorship.appointments", "appointment_id")
        tx.insert(
            "sponsorship.appointments",
            appointment_id=appointment_id,
            account_id=account_id,
            executive_id=goes,
            kind=planned.kind,
            occasion=planned.occasion,
            planned_on=planned.planned_on,
            begins=planned.begins,
            minutes=planned.minutes,
            place=place,
            person_ids=list(planned.person_ids),
            brief=brief,
            briefed_by=tx.who.name if brief else None,
            briefed_at=tx.now if brief else None,
            state="planned",
        )
        tx.note(appointment_id=appointment_id, executive_id=goes)
        return appointment_id

    return store.write(
        change,
        who=who,
        action="plan sponsor contact",
        subject=("account", account_id),
        op_id=op_id,
        details={"kind": planned.kind, "planned_on": planned.planned_on, "occasion": planned.occasion},
    )


def write_brief(
    store: Store, appointment_id: int, brief: str, *, expected_version: int, who: Person, op_id: str | None = None
) -> None:
    """Write what the executive has to know before a planned contact.

    Raises BadInput for none, NotFound, RuleBroken for a contact that is over, StaleWrite.
    """
    brief = stated(brief, _("Write the brief first."), field="brief", longest=LONGEST_BRIEF)

    def change(tx: Transaction) -> None:
        _planned(tx, appointment_id)
        tx.update(
            "sponsorship.appointments",
            {"appointment_id": appointment_id},
            {"brief": brief, "briefed_by": tx.who.name, "briefed_at": tx.now},
            expected_version=expected_version,
        )

    store.write(
        change,
        who=who,
        action="brief sponsor",
        subject=("sponsor_contact", str(appointment_id)),
        op_id=op_id,
        details={"brief": brief},
    )


def hold_contact(
    store: Store,
    appointment_id: int,
    *,
    held_on: date,
    outcome: str,
    expected_version: int,
    who: Person,
    promises: Collection[Promise] = (),
    person_ids: Sequence[str] | None = None,
    op_id: str | None = None,
) -> None:
    """Note what came of a contact, whom it reached (as planned where None), and what was promised.

    Raises BadInput for no outcome or a promise without words, owner or day, NotFound, RuleBroken for a contact that
    is over or a day before the assignment, StaleWrite.
    """
    outcome = stated(
        outcome,
        _("Say what came of it: a contact without an outcome is calendar theatre."),
        field="outcome",
        longest=LONGEST_BRIEF,
    )
    promises = checked_promises(promises, held_on)

    def change(tx: Transaction) -> None:
        row = _planned(tx, appointment_id)
        account = account_name(tx, row["account_id"], must_exist=False)
        _who_goes(tx, row["account_id"], account, row["executive_id"], held_on, was_planned=True)
        if person_ids is not None:
            _check_people(tx, row["account_id"], account, person_ids)
        tx.update(
            "sponsorship.appointments",
            {"appointment_id": appointment_id},
            {
                "state": "held",
                "held_on": held_on,
                "outcome": outcome,
                "person_ids": list(row["person_ids"] if person_ids is None else person_ids),
                "closed_by": tx.who.name,
                "closed_at": tx.now,
            },
            expected_version=expected_version,
        )
        for promise in promises:
            write_promise(tx, row["account_id"], row["executive_id"], promise, held_on, appointment_id)

    store.write(
        change,
        who=who,
        action="hold sponsor contact",
        subject=("sponsor_contact", str(appointment_id)),
        op_id=op_id,
        details={"held_on": held_on, "outcome": outcome, "promises": [vars(promise) for promise in promises]},
    )


def cancel_contact(
    store: Store, appointment_id: int, *, reason: str, expected_version: int, who: Person, op_id: str | None = None
) -> None:
    """Cancel a planned contact; the reason is kept as its outcome. Raises as `hold_contact`."""
    reason = stated(reason, _("Say why the contact is cancelled: the reason is kept."))

    def change(tx: Transaction) -> None:
        _planned(tx, appointment_id)
        tx.update(
            "sponsorship.appointments",
            {"appointment_id": appointment_id},
            {"state": "cancelled", "outcome": reason, "closed_by": tx.who.name, "closed_at": tx.now},
            expected_version=expected_version,
        )

    store.write(
        change,
        who=who,
        action="cancel sponsor contact",
        subject=("sponsor_contact", str(appointment_id)),
        op_id=op_id,
        details={"reason": reason},
    )


def _check_planned(planned: Planned) -> None:
    if planned.kind not in KINDS:
        raise BadInput(
            _("{kind} is no kind of contact: choose one of {kinds}.").format(kind=planned.kind, kinds=", ".join(KINDS)),
            reason="unknown_kind",
            field="kind",
        )
    if planned.occasion not in OCCASIONS:
        raise BadInput(
            _("{occasion} is no occasion: choose one of {known}.").format(
                occasion=planned.occasion, known=", ".join(OCCASIONS)
            ),
            reason="unknown_occasion",
            field="occasion",
        )
    if planned.begins is not None and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", planned.begins):
        raise BadInput(
            _("{time} is no time: write hours and minutes as 09:30.").format(time=planned.begins),
            reason="bad_time",
            field="begins",
        )
    if planned.minutes is not None and not (planned.begins and 0 < planned.minutes <= _LONGEST_DAY):
        raise BadInput(
            _("A length in minutes needs a beginning, and lies between 1 and {most}.").format(most=_LONGEST_DAY),
            reason="bad_length",
            field="minutes",
        )


def _who_goes(
    tx: Transaction, account_id: str, account: str, executive_id: str | None, day: date, *, was_planned: bool = False
) -> str:
    """Who the contact is with: sponsor or deputy on that day. Raises RuleBroken otherwise.

    was_planned: who went needs not be in place any more, but must have been assigned by that day.
    """
    if was_planned:
        earliest = [
            row["decided_on"]
            for row in tx.read(
                "sponsorship.decisions",
                where=[
                    Condition("account_id", "=", account_id),
                    Condition("executive_id", "=", executive_id),
                    Condition("decision", "=", "assigned"),
                ],
                order_by=[("decided_on", False)],
                limit=1,
            )
        ]
        # A deputy was never assigned; what was planned for them had been checked.
        if earliest and day < earliest[0]:
            raise _before(tx, account, executive_id, earliest[0])
        return executive_id
    held = sponsor_of(tx, account_id, account)
    goes = executive_id or held["executive_id"]
    if goes == held["executive_id"]:
        if day < held["assigned_on"]:
            raise _before(tx, account, goes, held["assigned_on"])
        return goes
    if first(tx, "sponsorship.deputies", day, account_id=account_id, executive_id=goes) is None:
        raise RuleBroken(
            _("{executive} is neither sponsor nor deputy of {account} on {day}.").format(
                executive=executive_name(tx, goes), account=account, day=units.day(day)
            ),
            reason="not_the_sponsor",
            field="executive_id",
        )
    return goes


def _before(tx: Transaction, account: str, executive_id: str, assigned_on: date) -> RuleBroken:
    return RuleBroken(
        _("{executive} sponsors {account} since {day}: a contact cannot lie before that day.").format(
            executive=executive_name(tx, executive_id), account=account, day=units.day(assigned_on)
        ),
        reason="before_assignment",
        field="planned_on",
    )


def _check_people(tx: Transaction, account_id: str, account: str, person_ids: Sequence[str]) -> None:
    for person_id in person_ids:
        if tx.one("ledgers.contacts", {"contact_id": person_id, "account_id": account_id}) is None:
            raise NotFound(
                _("{person} is no contact of {account}: choose from its contacts.").format(
                    person=person_id, account=account
                ),
                reason="unknown_contact",
                field="person_ids",
            )


def _planned(tx: Transaction, appointment_id: int) -> Mapping[str, Any]:
    row = tx.one("sponsorship.appointments", {"appointment_id": appointment_id})
    if row is None:
        raise NotFound(
            _("There is no planned contact {number}.").format(number=appointment_id), reason="unknown_contact"
        )
    if row["state"] != "planned":
        raise RuleBroken(
            _("This contact is over: it was held or cancelled before."), reason="not_planned", field="appointment_id"
        )
    return row

"""What our executives promised to accounts: with an owner of ours and a day, kept, late or dropped."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kam import units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.sponsorship.checks import account_name, bounded, sponsor_of, stated
from kam.store import Store, Transaction
from kam.words import _


@dataclass(frozen=True)
class Promise:
    """A promise as it is logged. owner: who of us sees to it; due_on: by when."""

    promise: str
    owner: str
    due_on: date | None


def make_promise(
    store: Store, account_id: str, promise: Promise, *, as_of: date, who: Person, op_id: str | None = None
) -> int | None:
    """Log a promise that the account's sponsor made outside a planned contact; returns its id (None where op_id
    was done already).

    Raises BadInput for a promise without words, owner or day, RuleBroken for an account without a sponsor.
    """
    (checked,) = checked_promises([promise], as_of)

    def change(tx: Transaction) -> int:
        account = account_name(tx, account_id)
        held = sponsor_of(tx, account_id, account)
        return write_promise(tx, account_id, held["executive_id"], checked, as_of, None)

    return store.write(
        change,
        who=who,
        action="log promise",
        subject=("account", account_id),
        op_id=op_id,
        details=vars(checked) | {"made_on": as_of},
    )


def close_promise(
    store: Store,
    promise_id: int,
    *,
    is_kept: bool,
    as_of: date,
    expected_version: int,
    who: Person,
    note: str = "",
    op_id: str | None = None,
) -> None:
    """Say that a promise was kept, or dropped with a reason.

    Raises BadInput where a dropped promise has no reason, NotFound, RuleBroken for one that is closed or a day before it
    was made, StaleWrite.
    """
    note = bounded(note, field="note")
    if not is_kept:
        note = stated(note, _("Say why the promise is dropped: the customer will ask."), field="note")

    def change(tx: Transaction) -> None:
        write_closing(tx, promise_id, is_kept=is_kept, as_of=as_of, note=note, expected_version=expected_version)

    store.write(
        change,
        who=who,
        action="close promise",
        subject=("promise", str(promise_id)),
        op_id=op_id,
        details={"is_kept": is_kept, "closed_on": as_of, "note": note},
    )


def write_closing(
    tx: Transaction,
    promise_id: int,
    *,
    is_kept: bool,
    as_of: date,
    note: str,
    expected_version: int,
    of_account: str | None = None,
) -> None:
    """Close a promise inside the caller's transaction. of_account: the account that it has to be of. Raises as `close_promise`."""
    row = tx.one("sponsorship.promises", {"promise_id": promise_id})
    if row is None or (of_account is not None and row["account_id"] != of_account):
        raise NotFound(
            _("There is no promise {number}.").format(number=promise_id), reason="unknown_promise", field="promise"
        )
    if row["state"] != "open":
        raise RuleBroken(_("This promise is closed already."), reason="not_open", field="promise_id")
    if as_of < row["made_on"]:
        raise RuleBroken(
            _("This promise was made on {day}: choose that day or a later one.").format(day=units.day(row["made_on"])),
            reason="before_it_was_made",
            field="as_of",
        )
    tx.update(
        "sponsorship.promises",
        {"promise_id": promise_id},
        {"state": "kept" if is_kept else "dropped", "closed_on": as_of, "note": note},
        expected_version=expected_version,
    )


def checked_promises(promises: Collection[Promise], made_on: date) -> list[Promise]:
    """The promises with clean words. Raises BadInput for one without words, owner or a day on or after made_on."""
    found = []
    for promise in promises:
        words = stated(promise.promise, _("Say what was promised."), field="promise", longest=500)
        owner = stated(promise.owner, _("Say who of us sees to the promise."), field="owner", longest=120)
        if promise.due_on is None:
            raise BadInput(_("Give each promise a day by which it is kept."), reason="missing", field="due_on")
        if promise.due_on < made_on:
            raise BadInput(
                _("The promise is due on {due}, before it was made: choose a later day.").format(
                    due=units.day(promise.due_on)
                ),
                reason="due_before_made",
                field="due_on",
            )
        found.append(Promise(words, owner, promise.due_on))
    return found


def write_promise(
    tx: Transaction, account_id: str, executive_id: str, promise: Promise, made_on: date, appointment_id: int | None
) -> int:
    """Write a checked promise inside the caller's transaction; returns its id."""
    promise_id = tx.next_number("sponsorship.promises", "promise_id")
    tx.insert(
        "sponsorship.promises",
        promise_id=promise_id,
        account_id=account_id,
        executive_id=executive_id,
        appointment_id=appointment_id,
        promise=promise.promise,
        owner=promise.owner,
        made_on=made_on,
        due_on=promise.due_on,
    )
    return promise_id

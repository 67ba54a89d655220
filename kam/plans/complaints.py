"""Complaints: whoever receives one owns it until it is closed, or until someone else has accepted it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kam import units
from kam.access import Person
from kam.errors import BadInput, RuleBroken
from kam.plans.kinds import KINDS
from kam.plans.records import apply, check_account, checked, insert, standing_record
from kam.store import Store, Transaction
from kam.words import _

_KIND = KINDS["complaint"]


def receive(
    store: Store,
    account_id: str,
    values: Mapping[str, Any],
    *,
    received_by: str,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Take in a complaint; who received it owns it. Returns its id (None where op_id was done already).

    Raises BadInput for a field or no receiver, NotFound for the account, RuleBroken for a day after as_of.
    """
    owner = _name(received_by, field="received_by")

    def change(tx: Transaction) -> int:
        return write_received(tx, account_id, values, owner=owner, as_of=as_of)

    return store.write(
        change,
        who=who,
        action="receive complaint",
        subject=("account", account_id),
        op_id=op_id,
        details=dict(values) | {"received_by": owner},
    )


def write_received(tx: Transaction, account_id: str, values: Mapping[str, Any], *, owner: str, as_of: date) -> int:
    """Write a complaint with its owner inside the caller's transaction; returns its id. Raises as `receive`."""
    owner = _name(owner, field="owner")
    check_account(tx, account_id)
    clean = checked(tx, _KIND, values, account_id)
    if clean["received_on"] > as_of:
        raise RuleBroken(
            _("A complaint cannot be received after {day}: choose an earlier day.").format(day=units.day(as_of)),
            reason="in_the_future",
            field="received_on",
        )
    number = insert(tx, _KIND, account_id, clean, as_of, owner=owner)
    _step(tx, number, "received", owner, clean["received_on"])
    return number


def answer(
    store: Store,
    complaint_id: int,
    *,
    answered_on: date,
    first_answer: str,
    expected_version: int | None,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Record the first answer to the customer. Raises BadInput for no words, RuleBroken for a second or too early one."""
    said = first_answer.strip()
    if not said:
        raise BadInput(_("Say what the customer was told."), reason="missing", field="first_answer")

    def change(tx: Transaction) -> None:
        standing = _open(tx, complaint_id)
        if standing["answered_on"] is not None:
            raise RuleBroken(
                _("The first answer was given on {day}.").format(day=units.day(standing["answered_on"])),
                reason="answered",
            )
        _check_after(standing, answered_on, field="answered_on")
        tx.update(
            _KIND.table,
            {"complaint_id": complaint_id},
            {"answered_on": answered_on, "first_answer": said},
            expected_version=expected_version,
        )

    _write(store, change, "answer complaint", complaint_id, who, op_id, answered_on=answered_on, first_answer=said)


def offer(
    store: Store,
    complaint_id: int,
    *,
    to: str,
    reason: str,
    as_of: date,
    expected_version: int | None,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Ask someone else to take a complaint over; the owner stays until they accept.

    Raises BadInput for no name or reason, RuleBroken for the owner themselves or a closed complaint.
    """
    asked, why = _name(to, field="to"), reason.strip()
    if not why:
        raise BadInput(_("Say why someone else should take it over."), reason="missing", field="reason")

    def change(tx: Transaction) -> None:
        standing = _open(tx, complaint_id)
        if asked.casefold() == standing["owner"].casefold():
            raise RuleBroken(_("{name} owns it already.").format(name=asked), reason="same_owner", field="to")
        tx.update(_KIND.table, {"complaint_id": complaint_id}, {"offered_to": asked}, expected_version=expected_version)
        _step(tx, complaint_id, "offered", asked, as_of, why)

    _write(store, change, "offer complaint", complaint_id, who, op_id, to=asked, reason=why)


def decide_offer(
    store: Store,
    complaint_id: int,
    *,
    is_accepted: bool,
    as_of: date,
    reason: str = "",
    expected_version: int | None,
    who: Person,
    op_id: str | None = None,
) -> None:
    """The one who is asked accepts (and owns it from then on) or declines (and the owner stays).

    Raises RuleBroken where nobody was asked, BadInput for declining without a reason.
    """
    if not is_accepted and not reason.strip():
        raise BadInput(_("Say why it is declined."), reason="missing", field="reason")

    def change(tx: Transaction) -> None:
        standing = _open(tx, complaint_id)
        asked = standing["offered_to"]
        if asked is None:
            raise RuleBroken(_("Nobody was asked to take this complaint over."), reason="not_offered")
        now = {"offered_to": None} | ({"owner": asked} if is_accepted else {})
        tx.update(_KIND.table, {"complaint_id": complaint_id}, now, expected_version=expected_version)
        _step(tx, complaint_id, "accepted" if is_accepted else "declined", asked, as_of, reason.strip())

    _write(store, change, "decide offer", complaint_id, who, op_id, is_accepted=is_accepted, reason=reason)


def close_complaint(
    store: Store,
    complaint_id: int,
    *,
    outcome: str,
    cause: str,
    as_of: date,
    expected_version: int | None,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Close a complaint with its outcome and cause. Raises BadInput where either is empty, RuleBroken before it came in."""
    if not cause.strip():
        raise BadInput(_("Name the cause: without it the same complaint comes again."), reason="missing", field="cause")

    def change(tx: Transaction) -> None:
        standing = _open(tx, complaint_id)
        _check_after(standing, as_of, field="closed_on")
        ending = {"state": "closed", "outcome": outcome, "cause": cause}
        apply(tx, _KIND, standing, ending, as_of=as_of, expected_version=expected_version)
        if standing["answered_on"] is None:
            # The solution is the first answer where none was given before.
            tx.update(_KIND.table, {"complaint_id": complaint_id}, {"answered_on": as_of, "first_answer": outcome})

    _write(store, change, "close complaint", complaint_id, who, op_id, outcome=outcome, cause=cause)


def _write(store, change, action, complaint_id, who, op_id, **details) -> None:
    store.write(change, who=who, action=action, subject=("complaint", str(complaint_id)), op_id=op_id, details=details)


def _open(tx: Transaction, complaint_id: int) -> dict[str, Any]:
    standing = standing_record(tx, _KIND, complaint_id)
    if standing["state"] == "closed":
        raise RuleBroken(
            _("This complaint was closed on {day}: record a new one.").format(day=units.day(standing["closed_on"])),
            reason="complaint_closed",
        )
    return standing


def _check_after(standing: Mapping[str, Any], day: date, *, field: str) -> None:
    if day < standing["received_on"]:
        raise RuleBroken(
            _("It was received on {day}: choose that day or a later one.").format(
                day=units.day(standing["received_on"])
            ),
            reason="before_received",
            field=field,
        )


def _step(tx: Transaction, complaint_id: int, step: str, owner: str, on: date, reason: str = "") -> None:
    tx.insert(
        "plans.complaint_owners",
        complaint_id=complaint_id,
        step=step,
        owner=owner,
        happened_on=on,
        reason=reason,
        recorded_by=tx.who.name,
        recorded_at=tx.now,
    )


def _name(text: str, *, field: str) -> str:
    name = " ".join((text or "").split())
    if not name:
        raise BadInput(_("Name who it is."), reason="missing", field=field)
    return name[:120]

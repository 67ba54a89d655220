"""What every write of this room checks: words that are there, accounts and contacts that exist and belong together."""

from __future__ import annotations

from datetime import date

from kam import units
from kam.errors import BadInput, NotFound, RuleBroken, StaleWrite
from kam.store import Condition, Transaction
from kam.words import _

LONGEST_TEXT = 20_000


def stated(text: str | None, sentence: str, *, field: str) -> str:
    """The text without surrounding space. Raises BadInput with the sentence where it is empty, or one where it is endless."""
    text = (text or "").strip()
    if not text:
        raise BadInput(sentence, reason="missing", field=field)
    return within(text, field=field)


def within(text: str, *, field: str) -> str:
    """The text, unless it is endless (BadInput)."""
    if len(text) > LONGEST_TEXT:
        raise BadInput(
            _("This text is longer than {most} characters: shorten it.").format(most=f"{LONGEST_TEXT:,}"),
            reason="too_long",
            field=field,
        )
    return text


def one_of(value: str | None, known: tuple[str, ...] | dict[str, str], what: str, *, field: str) -> str:
    """The value, where it is one of those known. Raises BadInput that names them otherwise."""
    if value not in known:
        raise BadInput(
            _("{what} must be one of {known}.").format(what=what, known=", ".join(known)), reason="unknown", field=field
        )
    return value


def account_name(tx: Transaction, account_id: str) -> str:
    """The account's name. Raises NotFound where the master has no such account."""
    account = tx.one("ledgers.accounts", {"account_id": account_id})
    if account is None:
        raise NotFound(
            _("There is no account {account_id}: check the id, or import the account first.").format(
                account_id=account_id
            ),
            reason="unknown_account",
            field="account_id",
        )
    return account["name"]


def contact_of(tx: Transaction, account_id: str, contact_id: str, *, field: str = "contact_id") -> dict:
    """The contact's own record. Raises NotFound for an unknown one, RuleBroken for one of another account."""
    holder = tx.one("ledgers.contacts", {"contact_id": contact_id}) or tx.one(
        "relationships.added_contacts", {"contact_id": contact_id}
    )
    if holder is None:
        raise NotFound(
            _("There is no contact {contact_id}: choose one of the list, or add the person first.").format(
                contact_id=contact_id
            ),
            reason="unknown_contact",
            field=field,
        )
    if holder["account_id"] != account_id:
        raise RuleBroken(
            _("{contact} belongs to another account: choose a contact of this one.").format(contact=holder["name"]),
            reason="other_account",
            field=field,
        )
    return holder


def contact_as_known(tx: Transaction, account_id: str, contact_id: str, as_of: date) -> dict:
    """The contact as known on a day (a row of relationships.contacts). Raises as `contact_of`."""
    holder = contact_of(tx, account_id, contact_id)
    found = tx.read(
        "relationships.contacts",
        arguments={"as_of": as_of, "of_account": account_id},
        where=[Condition("contact_id", "=", contact_id)],
    )
    return next(iter(found), holder | {"version": 0})


def left_on(tx: Transaction, account_id: str, contact_id: str, as_of: date) -> date | None:
    """Since when the contact is no longer there, as known on a day; None while they are."""
    found = tx.read(
        "relationships.contact_facts",
        arguments={"as_of": as_of, "of_account": account_id},
        where=[Condition("contact_id", "=", contact_id), Condition("attribute", "=", "left")],
    )
    return next((date.fromisoformat(row["value"]) for row in found if row["value"]), None)


def not_before(day: date, earliest: date, sentence: str, *, field: str) -> date:
    """The day, unless it lies before the earliest (BadInput; the sentence may name {day} and {earliest})."""
    if day < earliest:
        raise BadInput(sentence.format(day=units.day(day), earliest=units.day(earliest)), reason="before", field=field)
    return day


def seen_is_current(theirs: dict, mine: dict, expected_version: int | None) -> None:
    """Raise StaleWrite where the record's version is not the one that was seen; None asks for nothing."""
    if expected_version is not None and theirs["version"] != expected_version:
        raise StaleWrite(
            _("Someone else changed this record after you opened it: compare both versions, then save again."),
            theirs=theirs,
            mine=mine,
        )

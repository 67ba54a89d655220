"""What people of ours observe about contacts: each fact assumed or confirmed, with its day, its source and who says so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kam.access import Person
from kam.errors import BadInput, RuleBroken
from kam.relationships import rules
from kam.store import Condition, Store, Transaction
from kam.words import _

STATUSES = {"assumed": _("assumed"), "confirmed": _("confirmed")}
ROLES = {
    "decision maker": _("decision maker"),
    "approver": _("approver"),
    "buyer": _("buyer"),
    "influencer": _("influencer"),
    "user": _("user"),
    "gatekeeper": _("gatekeeper"),
    "initiator": _("initiator"),
    "customer's sponsor": _("customer's sponsor"),
    "champion": _("champion"),
    "blocker": _("blocker"),
}
ATTITUDES = {-2: _("hostile"), -1: _("critical"), 0: _("neutral"), 1: _("supportive"), 2: _("advocate")}
STRENGTHS = {
    "unknown": _("unknown"),
    "no_contact": _("no contact"),
    "brief": _("brief"),
    "several": _("several"),
    "in_depth": _("in depth"),
}
FACTS = {
    "name": _("Name"),
    "title": _("Title"),
    "email": _("Email"),
    "phone": _("Phone"),
    "role": _("Role"),
    "influence": _("Influence"),
    "attitude": _("Attitude"),
    "reports_to": _("Reports to"),
    "our_owner": _("Our owner"),
    "strength": _("Contact strength"),
    "last_contact": _("Last contact"),
    "left": _("Left on"),
}
# A fact by the name of its column in relationships.contacts, where the two differ.
_COLUMN = {"last_contact": "last_contact_on", "left": "left_on"}


def observe(
    store: Store,
    account_id: str,
    contact_id: str,
    facts: Mapping[str, Any],
    *,
    status: str,
    source: str,
    observed_on: date,
    expected_version: int | None = None,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Write down facts about a contact (keys of FACTS; None: unknown, or there is none); returns how many.

    Raises BadInput for no fact, an unknown one, a value out of its range or a missing source; NotFound or RuleBroken
    for a contact that is unknown or of another account; RuleBroken for a circle of reporting lines; StaleWrite where
    somebody else wrote about the person since expected_version. None where op_id was done already.
    """
    source = rules.stated(source, _("Say how you know it: the source is kept with each fact."), field="source")
    rules.one_of(status, STATUSES, _("The status"), field="status")
    if not facts:
        raise BadInput(_("Nothing was changed: change a fact, or name one that is still true."), reason="nothing")
    values = {attribute: _as_text(attribute, value, observed_on) for attribute, value in facts.items()}

    def change(tx: Transaction) -> int:
        rules.account_name(tx, account_id)
        person = rules.contact_as_known(tx, account_id, contact_id, observed_on)
        mine = {_COLUMN.get(name, name): facts[name] for name in facts}
        rules.seen_is_current(person, mine, expected_version)
        _check_owner_of_strength(values, person)
        if values.get("reports_to"):
            _check_line(tx, account_id, person, values["reports_to"], observed_on)
        _insert(tx, account_id, contact_id, values, status=status, source=source, observed_on=observed_on)
        return len(values)

    return store.write(
        change,
        who=who,
        action="observe contact",
        subject=("account", account_id),
        op_id=op_id,
        details={"contact_id": contact_id, "facts": values, "status": status, "observed_on": observed_on},
    )


def add_contact(
    store: Store,
    account_id: str,
    name: str,
    facts: Mapping[str, Any] | None = None,
    *,
    status: str = "assumed",
    source: str,
    added_on: date,
    who: Person,
    op_id: str | None = None,
) -> str | None:
    """Add a person whom no import has brought; returns the contact's id. Raises as `observe`, and RuleBroken for a
    person of that name who is there already (two of one name are told apart by their title in the name)."""
    name = rules.stated(name, _("Name the person."), field="name")
    source = rules.stated(source, _("Say how you know it: the source is kept with each fact."), field="source")
    rules.one_of(status, STATUSES, _("The status"), field="status")
    values = {
        attribute: _as_text(attribute, value, added_on)
        for attribute, value in (facts or {}).items()
        if value not in (None, "")
    }

    def change(tx: Transaction) -> str:
        rules.account_name(tx, account_id)
        known = tx.read("relationships.contacts", arguments={"as_of": added_on, "of_account": account_id})
        if any((row["name"] or "").casefold() == name.casefold() and row["is_here"] for row in known):
            raise RuleBroken(
                _("{name} is on record at this account already: change that person, or write the title into the name.")
                .format(name=name),
                reason="same_name",
                field="name",
            )  # fmt: skip
        contact_id = f"W-{len(tx.read('relationships.added_contacts').rows) + 1}"
        tx.insert(
            "relationships.added_contacts",
            contact_id=contact_id,
            account_id=account_id,
            name=name,
            added_on=added_on,
            added_by=tx.who.name,
            added_at=tx.now,
        )
        _check_owner_of_strength(values, {})
        if values.get("reports_to"):
            _check_line(tx, account_id, {"contact_id": contact_id, "name": name}, values["reports_to"], added_on)
        _insert(tx, account_id, contact_id, values, status=status, source=source, observed_on=added_on)
        tx.note(contact_id=contact_id)
        return contact_id

    return store.write(
        change,
        who=who,
        action="add contact",
        subject=("account", account_id),
        op_id=op_id,
        details={"name": name, "facts": values, "added_on": added_on},
    )


def changed(seen: Mapping[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """The facts whose typed value differs from the row of relationships.contacts that was seen; '' is unknown."""
    plain = {name: (value.strip() or None if isinstance(value, str) else value) for name, value in typed.items()}
    return {name: value for name, value in plain.items() if value != seen.get(_COLUMN.get(name, name))}


def _insert(
    tx: Transaction, account_id: str, contact_id: str, values: Mapping[str, str | None], *, status: str, source: str,
    observed_on: date,
) -> None:  # fmt: skip
    first = tx.next_number("relationships.contact_observations", "observation_id")
    tx.insert_many(
        "relationships.contact_observations",
        ["observation_id", "account_id", "contact_id", "attribute", "value", "status", "observed_on", "source",
         "recorded_by", "recorded_at"],
        [
            (first + at, account_id, contact_id, attribute, value, status, observed_on, source, tx.who.name, tx.now)
            for at, (attribute, value) in enumerate(values.items())
        ],
    )  # fmt: skip


def _as_text(attribute: str, value: Any, observed_on: date) -> str | None:
    if attribute not in FACTS:
        raise BadInput(
            _("{fact} is no fact about a contact: name one of {known}.").format(fact=attribute, known=", ".join(FACTS)),
            reason="unknown",
            field=attribute,
        )
    if isinstance(value, str):
        value = rules.within(value.strip(), field=attribute) or None
    if value is None:
        if attribute == "name":
            raise BadInput(_("Name the person."), reason="missing", field="name")
        return None
    if attribute == "influence" and (not isinstance(value, int) or not 1 <= value <= 5):
        raise BadInput(_("Influence goes from 1 to 5."), reason="out_of_range", field=attribute)
    if attribute == "attitude" and value not in ATTITUDES:
        raise BadInput(_("Attitude goes from −2 (hostile) to 2 (advocate)."), reason="out_of_range", field=attribute)
    if attribute == "strength":
        rules.one_of(value, STRENGTHS, _("The contact strength"), field=attribute)
    if attribute in ("last_contact", "left"):
        if not isinstance(value, date):
            raise BadInput(_("Give a day for it."), reason="bad_date", field=attribute)
        if value > observed_on:
            raise BadInput(
                _("A contact or a departure cannot lie after the day of the observation."),
                reason="after",
                field=attribute,
            )
        return value.isoformat()
    return str(value)


def _check_owner_of_strength(values: Mapping[str, str | None], person: Mapping[str, Any]) -> None:
    owner = values["our_owner"] if "our_owner" in values else person.get("our_owner")
    if values.get("strength") not in (None, "unknown") and not owner:
        raise BadInput(
            _("Say who of ours has this contact: a strength is one person's."), reason="no_owner", field="our_owner"
        )


def _check_line(tx: Transaction, account_id: str, person: Mapping[str, Any], above: str, day: date) -> None:
    """Refuse a line to oneself, to somebody of another account, and one that closes a circle."""
    boss = rules.contact_of(tx, account_id, above, field="reports_to")
    lines = {
        row["contact_id"]: row["reports_to"]
        for row in tx.read("relationships.contacts", arguments={"as_of": day, "of_account": account_id})
    } | {person["contact_id"]: above}
    at, passed = above, {person["contact_id"]}
    while at is not None and at not in passed:
        passed.add(at)
        at = lines.get(at)
    if at == person["contact_id"]:
        raise RuleBroken(
            _("{boss} reports to {person} already, directly or through others: a reporting line cannot be a circle.")
            .format(boss=boss["name"], person=person["name"])
            if above != person["contact_id"]
            else _("{person} cannot report to themselves: choose somebody else.").format(person=person["name"]),
            reason="circle",
            field="reports_to",
        )  # fmt: skip


def of_account(store: Store, account_id: str, as_of: date) -> list[dict[str, Any]]:
    """The contacts of an account, the most influential first, those who left last (rows of relationships.contacts)."""
    return store.read(
        "relationships.contacts",
        {"as_of": as_of, "of_account": account_id},
        order_by=[("is_here", True), ("influence", True), ("name", False), ("contact_id", False)],
    ).records()


def left_since(store: Store, day: date, as_of: date) -> list[dict[str, Any]]:
    """Contacts of any account who left after a day and up to as_of, the latest first."""
    return store.read(
        "relationships.contacts",
        {"as_of": as_of, "of_account": None},
        where=[Condition("left_on", ">", day)],
        order_by=[("left_on", True), ("name", False)],
    ).records()

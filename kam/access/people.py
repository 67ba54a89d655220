"""The people who work with the workbench."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kam.errors import BadInput
from kam.store import Condition, Store, Transaction
from kam.words import _

# role: what it is called on screen
ROLES = {
    "champion": _("KAM champion"),
    "executive": _("Executive"),
    "committee": _("Steering committee"),
    "account_manager": _("Account manager"),
}


@dataclass(frozen=True)
class Person:
    """Someone who acts in the workbench. role: a key of ROLES."""

    person_id: str
    name: str
    role: str


# The workbench itself, for what no person decides (the first start, the demonstration).
WORKBENCH = Person("workbench", "KAM Workbench", "champion")


def people(store: Store) -> list[Person]:
    """Everyone known, by name."""
    found = store.read("access.people", columns=("person_id", "name", "role"), order_by=[("name", False)])
    return [Person(**row) for row in found]


def chosen(store: Store) -> Person | None:
    """The person of single-user mode, or None before the first start's choice."""
    row = store.one("access.people", where=[Condition("is_chosen", "=", True)], columns=("person_id", "name", "role"))
    return Person(**row) if row else None


def person_named(name: str, role: str = "champion") -> Person:
    """A Person from what was typed. Raises BadInput for an empty name, a long one, or an unknown role."""
    name = " ".join(name.split())
    if not name:
        raise BadInput(_("Type your name: decisions are recorded under it."), field="name")
    if len(name) > 120:
        raise BadInput(_("The name is longer than 120 characters: shorten it."), field="name")
    if role not in ROLES:
        raise BadInput(_("{role} is not a role here: choose one of {roles}.").format(role=role, roles=", ".join(ROLES)))
    person_id = re.sub(r"\W+", "-", name.casefold()).strip("-") or "person"
    return Person(person_id, name, role)


def choose(store: Store, person: Person, *, op_id: str | None = None) -> Person:
    """Make this the person of single-user mode, adding them where they are new."""

    def change(tx: Transaction) -> Person:
        for row in tx.read("access.people", where=[Condition("is_chosen", "=", True)]):
            tx.update("access.people", {"person_id": row["person_id"]}, {"is_chosen": False})
        if tx.one("access.people", {"person_id": person.person_id}):
            tx.update("access.people", {"person_id": person.person_id}, {"is_chosen": True})
        else:
            tx.insert("access.people", person_id=person.person_id, name=person.name, role=person.role, is_chosen=True)
        return person

    store.write(change, who=person, action="choose person", subject=("person", person.person_id), op_id=op_id)
    return person

"""Mappings kept under a name: for next month's file, and for the watched folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from kam.errors import BadInput, NotFound, RuleBroken
from kam.ledgers.mapping import Mapping, mapping_from
from kam.store import Condition, Store, Transaction
from kam.store.writing import Actor
from kam.words import _

_TABLE = "ledgers.saved_mappings"
_LONGEST_NAME = 80


@dataclass(frozen=True)
class SavedMapping:
    """A mapping under its name. creates_accounts: whether it makes accounts that the master lacks."""

    name: str
    mapping: Mapping
    creates_accounts: bool
    saved_by: str
    saved_at: datetime


def saved_mappings(store: Store) -> list[SavedMapping]:
    """All of them, by name."""
    return [
        SavedMapping(
            row["name"],
            mapping_from(row["document"], name=row["name"]),
            row["creates_accounts"],
            row["saved_by"],
            row["saved_at"],
        )
        for row in store.read(_TABLE, order_by=[("name", False)])
    ]


def saved_mapping(store: Store, name: str) -> SavedMapping:
    """The mapping of this name. Raises NotFound."""
    found = next((kept for kept in saved_mappings(store) if kept.name == name), None)
    if found is None:
        raise NotFound(
            _("There is no mapping kept as {name}: see the list of mappings.").format(name=name),
            reason="unknown_mapping",
        )
    return found


def save_mapping(
    store: Store, name: str, mapping: Mapping, *, creates_accounts: bool = False, who: Actor, op_id: str | None = None
) -> None:
    """Keep a mapping under a name; one of that name is replaced. Raises BadInput for an empty or a long name."""
    name = " ".join(name.split())
    if not name or len(name) > _LONGEST_NAME:
        raise BadInput(
            _("Give the mapping a name of up to {most} characters.").format(most=_LONGEST_NAME),
            reason="missing",
            field="name",
        )

    def change(tx: Transaction) -> None:
        tx.delete(_TABLE, {"name": name})
        tx.insert(
            _TABLE,
            name=name,
            table_name=mapping.table,
            document=mapping.as_toml(),
            creates_accounts=creates_accounts,
            saved_by=who.name,
            saved_at=tx.now,
        )

    store.write(change, who=who, action="keep mapping", subject=("mapping", name), op_id=op_id)


def forget_mapping(store: Store, name: str, *, who: Actor, op_id: str | None = None) -> None:
    """Take a kept mapping away. Raises NotFound, RuleBroken where a rule of the watched folder uses it."""

    def change(tx: Transaction) -> None:
        used = [Condition("mapping_name", "=", name), Condition("retired_at", "is_missing")]
        for rule in tx.read("ledgers.inbox_rules", where=used, limit=1):
            raise RuleBroken(
                _("The watched folder reads {pattern} by {name}: end that rule first.").format(
                    pattern=rule["pattern"], name=name
                ),
                reason="in_use",
            )
        if not tx.delete(_TABLE, {"name": name}):
            raise NotFound(_("There is no mapping kept as {name}.").format(name=name), reason="unknown_mapping")

    store.write(change, who=who, action="forget mapping", subject=("mapping", name), op_id=op_id)

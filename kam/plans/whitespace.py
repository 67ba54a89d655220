"""Whitespace: product category × unit of a group, what the ledger says we sell there, and what people know of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.plans.kinds import HOLDERS, Field
from kam.plans.records import value_of
from kam.store import Condition, Store, Transaction
from kam.words import _

UNIT_KINDS = {"subsidiary": _("subsidiary"), "region": _("region"), "site": _("site")}
NOTE_FIELDS = (
    Field("unit", _("Unit"), is_required=True),
    Field("category", _("Product category"), is_required=True),
    Field("holder", _("Who sells there"), "choice", is_required=True, choices=lambda: HOLDERS),
    Field("competitor", _("Which competitor")),
    Field("potential_amount", _("Potential, money a year"), "money"),
    Field("our_share", _("Our share, %"), "share"),
    Field("source", _("Source"), is_required=True),
    Field("noted_on", _("Date"), "date", is_required=True),
)
_NOTE_COLUMNS = [f.name for f in NOTE_FIELDS]


@dataclass(frozen=True)
class Grid:
    """The grid of a group on a day. cells: rows of plans.whitespace by (unit, category); units: unit → its name.

    Totals add what is known; None where nothing is.
    """

    group_id: str
    units: dict[str, str]
    categories: list[str]
    cells: dict[tuple[str, str], dict[str, Any]]

    def total(self, column: str, *, unit: str | None = None, category: str | None = None) -> Decimal | None:
        """The sum of a money column over a unit, a category, or all."""
        known = [
            cell[column]
            for (in_unit, in_category), cell in self.cells.items()
            if unit in (None, in_unit) and category in (None, in_category) and cell[column] is not None
        ]
        return sum(known) if known else None


def grid(store: Store, account_id: str, as_of: date) -> Grid:
    """The whitespace of the account's whole group, every cell filled. Raises NotFound for an unknown account."""
    rows = store.read(
        "plans.whitespace",
        {"as_of": as_of, "of_account": account_id},
        order_by=[("is_account", True), ("unit_name", False), ("unit", False), ("category", False)],
    ).records()
    return Grid(
        group_of(store, account_id),
        {row["unit"]: row["unit_name"] for row in rows},
        sorted({row["category"] for row in rows}),
        {(row["unit"], row["category"]): row for row in rows},
    )


def group_of(store: Store, account_id: str) -> str:
    """The topmost account of the account's group. Raises NotFound."""
    row = store.one("ledgers.account_groups", where=[Condition("account_id", "=", account_id)])
    if row is None:
        raise NotFound(_("There is no account {account_id}.").format(account_id=account_id), reason="unknown_account")
    return row["group_id"]


def add_unit(
    store: Store, account_id: str, unit: str, kind: str, *, as_of: date, who: Person, op_id: str | None = None
) -> None:
    """Add a subsidiary, region or site that the ledger does not know. Raises BadInput, RuleBroken where it is there."""
    name = value_of(Field("unit", _("Unit"), is_required=True), " ".join(unit.split()))
    if kind not in UNIT_KINDS:
        raise BadInput(
            _("{kind} is no kind of unit: choose one of {kinds}.").format(kind=kind, kinds=", ".join(UNIT_KINDS)),
            reason="unknown_kind",
            field="kind",
        )
    group_id = group_of(store, account_id)

    def change(tx: Transaction) -> None:
        known = tx.read("plans.units", where=[Condition("account_id", "=", group_id)]).column("unit")
        accounts = tx.read("ledgers.account_groups", where=[Condition("group_id", "=", group_id)]).column("account_id")
        if name.casefold() in {word.casefold() for word in [*known, *accounts]}:
            raise RuleBroken(_("{unit} is in the grid already.").format(unit=name), reason="known", field="unit")
        tx.insert("plans.units", account_id=group_id, unit=name, kind=kind, recorded_on=as_of, recorded_by=tx.who.name)

    store.write(change, who=who, action="add unit", subject=("account", group_id), op_id=op_id, details={"unit": name})


def note_cells(
    store: Store, account_id: str, notes: Sequence[dict[str, Any]], *, who: Person, op_id: str | None = None
) -> int | None:
    """Write down what is known of cells (fields of NOTE_FIELDS each); all or none. Returns how many.

    Raises BadInput that names the cell and the field, for an unknown unit too.
    """
    group_id = group_of(store, account_id)
    names = _units(store, group_id)
    rows = [_checked(note, names) for note in notes]
    if not rows:
        raise BadInput(_("Nothing was changed: change a cell, then save."), reason="unchanged")

    def change(tx: Transaction) -> int:
        first = tx.next_number("plans.whitespace_notes", "note_id")
        columns = ["note_id", "account_id", *_NOTE_COLUMNS, "recorded_by", "recorded_at"]
        values = [
            (first + at, group_id, *(row[name] for name in _NOTE_COLUMNS), tx.who.name, tx.now)
            for at, row in enumerate(rows)
        ]
        return tx.insert_many("plans.whitespace_notes", columns, values)

    return store.write(
        change,
        who=who,
        action="note whitespace",
        subject=("account", group_id),
        op_id=op_id,
        details={"cells": rows},
    )


def _units(store: Store, group_id: str) -> dict[str, str]:
    """Unit → name: the accounts of the group and what people added."""
    accounts = store.read(
        "ledgers.account_groups", columns=("account_id",), where=[Condition("group_id", "=", group_id)]
    ).column("account_id")
    named = store.read(
        "ledgers.accounts", columns=("account_id", "name"), where=[Condition("account_id", "one_of", accounts)]
    )
    added = store.read("plans.units", columns=("unit",), where=[Condition("account_id", "=", group_id)]).column("unit")
    return dict(named.rows) | {unit: unit for unit in added}


def _checked(note: dict[str, Any], units: dict[str, str]) -> dict[str, Any]:
    cell = f"{units.get(note.get('unit'), note.get('unit'))}, {note.get('category')}"
    try:
        clean = {f.name: value_of(f, note.get(f.name)) for f in NOTE_FIELDS}
    except BadInput as error:
        raise BadInput(f"{cell}: {error.message}", reason=error.reason, field=error.field) from None
    if clean["unit"] not in units:
        raise BadInput(
            _("{unit} is no unit of this group: add it first.").format(unit=clean["unit"]),
            reason="unknown_unit",
            field="unit",
        )
    if clean["potential_amount"] is not None and clean["potential_amount"] < 0:
        raise BadInput(
            _("{cell}: a potential cannot be negative.").format(cell=cell),
            reason="out_of_range",
            field="potential_amount",
        )
    if clean["competitor"] and clean["holder"] != "competitor":
        raise BadInput(
            _("{cell}: a competitor is named, so say that a competitor sells there.").format(cell=cell),
            reason="contradiction",
            field="holder",
        )
    return clean

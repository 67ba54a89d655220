"""Columns of tables, and how a value stands in a cell, on screen and in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kam import units
from kam.ui.states import state
from kam.ui.text import plain
from kam.units import UNKNOWN, day
from kam.words import _

_NUMERIC = {"reporting currency", "share", "count", "number", "days", "months", "orders", "products", "points", "hours"}
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Column:
    """A column of a table.

    name: of the relation. unit: text, account (the name, linked to the account page by the row's
    account_id), status (a code of `states`), flag (a star where true), reporting currency, share, count,
    number, days, months, date, datetime … help: what the figure is. estimated_by: a boolean column; where
    it is true the figure rests on an estimate and looks it. decimals: of money and numbers. unit_by: the
    record's column that names each row's own unit, where they differ (gates); the unit then stands in the cell.
    """

    name: str
    label: str
    unit: str = "text"
    help: str = ""
    estimated_by: str | None = None
    decimals: int | None = None
    unit_by: str | None = None

    @property
    def is_numeric(self) -> bool:
        """Right-aligned, with a total where one is asked for."""
        return self.unit_by is not None or self.unit.split(" per ")[0] in _NUMERIC or self.unit.startswith("points")

    def heading(self, currency: str) -> str:
        """The label with the unit, where the cells do not show it."""
        if self.unit == "reporting currency":
            return f"{self.label}, {currency}"
        if self.unit.startswith("share"):
            return f"{self.label}, %"
        return self.label


def shown(value: Any, column: Column) -> str:
    """A value as it stands in a cell; its unit stands in the heading."""
    if value is None:
        return UNKNOWN
    if column.unit in ("status", "words"):
        return state(value).word
    if column.unit == "flag" or isinstance(value, bool):
        return ("★" if value else "") if column.unit == "flag" else (_("yes") if value else _("no"))
    if isinstance(value, datetime):
        return f"{day(value.date())}, {value:%H:%M}"
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | float | Decimal):
        return _number(value, column)
    if isinstance(value, list | tuple):
        return plain(", ".join(map(str, value)))
    return plain(value)


def _number(value: float | Decimal | int, column: Column) -> str:
    if column.unit.startswith("share"):
        return f"{float(value) * 100:,.{1 if column.decimals is None else column.decimals}f}".replace("-", MINUS)
    decimals = column.decimals
    if decimals is None:
        decimals = 0 if column.unit == "reporting currency" or value == int(value) else 2
    return f"{value:,.{decimals}f}".replace("-", MINUS)


def cell(row: Mapping[str, Any], column: Column, currency: str = "") -> dict[str, Any]:
    """What the table draws: t text, and where they apply s and g status, e estimated, m missing, x a loss."""
    value = row.get(column.name)
    drawn: dict[str, Any] = {"t": shown(value, column)}
    if column.unit == "reporting currency" and value is not None and value < 0:
        drawn["x"] = True
    if column.unit_by and value is not None:
        drawn["t"] = units.shown(value, row[column.unit_by], currency)
    if column.unit == "status":
        found = state(value)
        drawn |= {"s": found.tone, "g": found.shape}
    elif value is None:
        drawn["m"] = True
    elif column.estimated_by and row.get(column.estimated_by):
        drawn["e"] = True
    return drawn

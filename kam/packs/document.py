"""What a pack holds, before it becomes a file: sections of figures, lines, pictures and tables, as plain values.

The writers (PPTX, XLSX, HTML) draw the same document; none of them reads the store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import units
from kam.words import _, several

MONEY = "reporting currency"


@dataclass(frozen=True)
class Figure:
    """A figure with its label. unit: as `kam.units.shown` takes them, or text; is_estimated: rests on an assumed margin."""

    label: str
    value: Any
    unit: str = "text"
    is_estimated: bool = False


@dataclass(frozen=True)
class Table:
    """A table. name: of its sheet; columns: (label, unit); ids: how many leading columns are ids, which files for reading
    leave out; rows as long as the columns, None unknown; is_file_only: in the workbook alone; most: rows that a deck and a page
    show, None for all; widths: shares of the columns without the ids; empty: said where
    there is no row; warned: (row, column without the ids) that ask for attention."""

    name: str
    title: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[Any]]
    empty: str
    ids: int = 0
    widths: Sequence[float] | None = None
    warned: Sequence[tuple[int, int]] = ()
    is_file_only: bool = False
    most: int | None = None

    @property
    def shown_rows(self) -> Sequence[Sequence[Any]]:
        """The rows that a deck and a page show."""
        return self.rows[: self.most]

    @property
    def caption(self) -> str:
        """Its title, with how many rows the workbook holds beyond those shown."""
        more = len(self.rows) - len(self.shown_rows)
        if not more:
            return self.title
        return f"{self.title} ({several('{count} more in the workbook', '{count} more in the workbook', more)})"


@dataclass(frozen=True)
class Bars:
    """Bars beside each other, the first name on top. series: name to one value per name, None unknown."""

    title: str
    names: Sequence[str]
    series: Mapping[str, Sequence[float | None]]
    unit: str
    empty: str
    highlight: Sequence[int] = ()


@dataclass(frozen=True)
class Waterfall:
    """Steps (label, amount, is total) from one total to the next, reporting currency."""

    title: str
    steps: Sequence[tuple[str, float, bool]]
    empty: str


@dataclass(frozen=True)
class Curve:
    """A curve of (x, y) points with one point of it marked by name. x: share; y: reporting currency."""

    title: str
    points: Sequence[tuple[float, float]]
    marked: tuple[float, float] | None
    name: str
    labels: tuple[str, str]
    empty: str


@dataclass(frozen=True)
class Map:
    """Named points (name, x, y) between two axes. labels: of x and y; ranges: (low, high) of each."""

    title: str
    points: Sequence[tuple[str, float, float]]
    labels: tuple[str, str]
    ranges: tuple[tuple[float, float], tuple[float, float]]
    empty: str


Picture = Bars | Waterfall | Curve | Map


@dataclass(frozen=True)
class Section:
    """A part of the pack. title: its finding. failed: why it could not be made; the rest of the pack stands without it."""

    key: str
    heading: str
    title: str
    figures: Sequence[Figure] = ()
    lines: Sequence[str] = ()
    pictures: Sequence[Picture] = ()
    tables: Sequence[Table] = ()
    failed: str | None = None


@dataclass(frozen=True)
class Pack:
    """The pack of an account, or of the programme (account_id None), on a day. for_customer: the customer's copy."""

    account_id: str | None
    title: str
    subtitle: str
    as_of: date
    currency: str
    sections: Sequence[Section]
    for_customer: bool = False

    @property
    def foot(self) -> str:
        """The line at the foot of every page: as-of date and source."""
        return _("KAM Workbench · as of {day}").format(day=units.day(self.as_of))


def shown(value: Any, unit: str, currency: str) -> str:
    """A value as readers see it; unknown as a dash."""
    if value is None:
        return units.UNKNOWN
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if unit == "text":
        return str(value)
    if unit in ("count", "points"):
        return units.count(round(value))
    if unit == "number":
        return f"{float(value):,.2f}".rstrip("0").rstrip(".").replace("-", "\N{MINUS SIGN}")
    if unit == "cents":
        return units.money(value, currency, decimals=2)
    return units.shown(value, unit, currency)


def figure_shown(figure: Figure, currency: str) -> str:
    """A figure as text, with the mark of an estimate."""
    if figure.value is None:
        return _("unknown")
    if figure.unit == MONEY:
        text = units.short_money(figure.value, currency)
    else:
        text = shown(figure.value, figure.unit, currency)
    return f"≈{units.GAP}{text}" if figure.is_estimated else text

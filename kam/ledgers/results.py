"""What an import did: counts that add up, control totals, problems; in the shape that scripts read."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from kam.errors import Problem
from kam.ledgers.reading import Opened
from kam.words import _, several

_MOST_RATES_SAID = 12

SPLIT = ("read", "inserted", "updated", "unchanged", "rejected", "left_out")


@dataclass(frozen=True)
class Counts:
    """Rows of a file by what became of them."""

    read: int = 0
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    left_out: int = 0

    def adds_up(self) -> bool:
        """Whether every row that was read is accounted for."""
        return self.read == self.inserted + self.updated + self.unchanged + self.rejected + self.left_out

    def document(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in SPLIT}


@dataclass(frozen=True)
class Totals:
    """Net revenue of a file in one currency by what became of its lines."""

    read: Decimal = Decimal(0)
    inserted: Decimal = Decimal(0)
    updated: Decimal = Decimal(0)
    unchanged: Decimal = Decimal(0)
    rejected: Decimal = Decimal(0)
    left_out: Decimal = Decimal(0)

    def adds_up(self) -> bool:
        """Whether the split comes to what was read, to the cent."""
        return self.read == self.inserted + self.updated + self.unchanged + self.rejected + self.left_out

    @classmethod
    def stored(cls, document: dict[str, str]) -> Totals:
        """The totals of a stored document."""
        return cls(**{name: Decimal(document[name]) for name in SPLIT})

    def document(self) -> dict[str, str]:
        return {name: f"{getattr(self, name):.2f}" for name in SPLIT}


@dataclass(frozen=True)
class LineKind:
    """The lines of one kind in one currency that an import took, new or there already.

    kind: as the mapping names it, empty for ordinary lines; amount: net revenue in the currency.
    """

    kind: str
    in_revenue: bool
    currency: str
    rows: int
    amount: Decimal

    @classmethod
    def stored(cls, document: dict[str, Any]) -> LineKind:
        """The kind of a stored document."""
        return cls(**document | {"amount": Decimal(document["amount"])})

    def document(self) -> dict[str, Any]:
        return asdict(self) | {"amount": f"{self.amount:.2f}"}


@dataclass(frozen=True)
class MissingRate:
    """A currency and a month (its first day) in which rows wait for an exchange rate."""

    currency: str
    month: date
    rows: int

    def document(self) -> dict[str, Any]:
        return {"currency": self.currency, "month": f"{self.month:%Y-%m}", "rows": self.rows}


@dataclass(frozen=True)
class FileShape:
    """How a file was read: what a rejects file needs to look like it."""

    label: str
    kind: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    header_row: int
    headings: tuple[str, ...]
    blank_count: int = 0
    preamble: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, opened: Opened) -> FileShape:
        """The shape of an opened file."""
        return cls(**{each.name: getattr(opened, each.name) for each in fields(cls)})

    @classmethod
    def stored(cls, document: dict[str, Any]) -> FileShape:
        """The shape of a stored document."""
        rows = tuple(tuple(row) for row in document["preamble"])
        return cls(**document | {"headings": tuple(document["headings"]), "preamble": rows})

    @property
    def told(self) -> str:
        """How the file was read, in words."""
        if self.kind == "parquet":
            return _("Parquet")
        header = (
            _("column names in line {line}").format(line=self.header_row) if self.header_row else _("no column names")
        )
        if self.kind == "xlsx":
            return _("sheet {sheet}, {header}").format(sheet=self.sheet, header=header)
        parted = {
            ",": _("commas"),
            ";": _("semicolons"),
            "\t": _("tabs"),
            "|": _("bars"),
            "whitespace": _("blanks"),
            "fixed": _("their position"),
        }
        return _("text in {encoding}, cells parted by {delimiter}, {header}").format(
            encoding=self.encoding, delimiter=parted.get(self.delimiter or "", self.delimiter), header=header
        )

    def document(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


# How days and amounts are written, as `Styles.told` names it.
_WAYS = {
    "dmy": _("day before month"),
    "mdy": _("month before day"),
    "ymd": _("year first"),
    "yyyymmdd": _("year first"),
    "roc": _("Minguo years"),
    "excel": _("days since 1900"),
    "excel1904": _("days since 1904"),
    ".": _("decimal point"),
    ",": _("decimal comma"),
}


@dataclass(frozen=True)
class ImportResult:
    """An import (import_id None: a dry run, nothing was changed).

    samples: of a dry run, the first rows by what would become of them. read_as: how the days and numbers of the first
    file are read, by heading (`Styles.told`); empty where a file was known and not read again.
    """

    import_id: int | None
    table: str
    rows: Counts
    control_totals: dict[str, Totals]
    problems: list[Problem] = field(default_factory=list)
    accounts_created: int = 0
    files: tuple[FileShape, ...] = ()
    line_kinds: tuple[LineKind, ...] = ()
    missing_rates: tuple[MissingRate, ...] = ()
    samples: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    read_as: dict[str, str] = field(default_factory=dict)

    @property
    def ways_told(self) -> str:
        """How days and amounts are read, in words: the columns by their way of writing; empty where it was not looked at."""
        by_way: dict[str, list[str]] = {}
        for heading, way in self.read_as.items():
            by_way.setdefault(_WAYS.get(way, way), []).append(heading)
        return " · ".join(f"{', '.join(headings)}: {way}" for way, headings in by_way.items())

    @property
    def message(self) -> str:
        """The result in one sentence."""
        rows = self.rows
        said = _(
            "{read} read from {files}: {inserted} new, {updated} updated, {unchanged} unchanged, {rejected} "
            "rejected, {left_out} left out."
        ).format(
            read=several("{count} row", "{count} rows", rows.read),
            files=", ".join(shape.label for shape in self.files),
            inserted=f"{rows.inserted:,}",
            updated=f"{rows.updated:,}",
            unchanged=f"{rows.unchanged:,}",
            rejected=f"{rows.rejected:,}",
            left_out=f"{rows.left_out:,}",
        )
        if self.accounts_created:
            said += " " + several("{count} account made.", "{count} accounts made.", self.accounts_created)
        outside = sum(each.rows for each in self.line_kinds if not each.in_revenue)
        if outside:
            said += " " + several(
                "{count} line is kept out of revenue.", "{count} lines are kept out of revenue.", outside
            )
        if self.missing_rates:
            named = [f"{each.currency} {each.month:%Y-%m}" for each in self.missing_rates]
            more = len(named) - _MOST_RATES_SAID
            said += " " + _("Exchange rates are needed for {months}{more}.").format(
                months=", ".join(named[:_MOST_RATES_SAID]),
                more=" " + several("and {count} more", "and {count} more", more) if more > 0 else "",
            )
        if self.import_id is None:
            said += " " + _("Nothing was changed: this was a dry run.")
        return said

    def document(self) -> dict[str, Any]:
        """The shape of the data contract."""
        return {
            "import_id": self.import_id,
            "table": self.table,
            "rows": self.rows.document(),
            "control_totals": {currency: totals.document() for currency, totals in self.control_totals.items()},
            "problems": [
                {
                    "line": problem.line,
                    "column": problem.column,
                    "text": problem.text,
                    "reason": problem.reason,
                    "message": problem.message,
                }
                for problem in self.problems
            ],
            "accounts_created": self.accounts_created,
            "missing_rates": [each.document() for each in self.missing_rates],
            "line_kinds": [each.document() for each in self.line_kinds],
            "message": self.message,
        }

"""Small CSV files of the benchmark round: one header, a few rows, the first fault refuses the file."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kam.errors import BadInput
from kam.words import _

MOST_ROWS = 5000


@dataclass(frozen=True)
class TableRow:
    """A row: its line in the file and its cells by column, without surrounding space; a missing column is empty."""

    line: int
    given: dict[str, str]
    is_decimal_comma: bool

    def number(self, name: str, lowest: float, highest: float) -> float | None:
        """The number of a column, None where it is empty. Raises BadInput for another text or out of range."""
        text = self.given.get(name, "")
        if not text:
            return None
        try:
            value = float(text.replace(",", ".") if self.is_decimal_comma else text)
        except ValueError:
            value = math.nan
        if not lowest <= value <= highest:
            raise BadInput(
                _("Line {line}: {column} is {given}; it has to be a number from {lowest:g} to {highest:g}.").format(
                    line=self.line, column=name, given=text, lowest=lowest, highest=highest
                ),
                reason="out_of_range" if math.isfinite(value) else "bad_number",
                line=self.line,
                column=name,
            )
        return value

    def whole_number(self, name: str, lowest: int, highest: int) -> int | None:
        """As `number`, for whole numbers."""
        value = self.number(name, lowest, highest)
        if value is None or value == int(value):
            return None if value is None else int(value)
        raise BadInput(
            _("Line {line}: {column} is {given}; it has to be a whole number.").format(
                line=self.line, column=name, given=self.given[name]
            ),
            reason="bad_integer",
            line=self.line,
            column=name,
        )

    def day(self, name: str) -> date | None:
        """The date of a column (2026-01-31), None where it is empty. Raises BadInput for another text."""
        text = self.given.get(name, "")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise BadInput(
                _("Line {line}: {given} is not a date: write it as 2026-01-31.").format(line=self.line, given=text),
                reason="bad_date",
                line=self.line,
                column=name,
            ) from None


def read_table(
    content: bytes, *, required: Sequence[str], also_called: Mapping[str, str] | None = None
) -> list[TableRow]:
    """The rows of a CSV file (comma, semicolon or tab; UTF-8); headers match without case, spaces, _ and -.

    also_called: other headers to the column they mean. Raises BadInput with the line for the first fault.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(_("The file is not text in UTF-8: save it as CSV in UTF-8."), reason="encoding") from None
    heading = text.lstrip().splitlines()[0] if text.strip() else ""
    delimiter = max(",;\t", key=heading.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[TableRow] = []
    columns: list[str] = []
    line = 1
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                pass
            elif not columns:
                columns = _columns(cells, line, required, also_called or {})
            else:
                rows.append(TableRow(line, _by_column(columns, cells, line), delimiter != ","))
            line = reader.line_num + 1
    except csv.Error:
        raise BadInput(
            _("Line {line}: a quotation mark is not closed, or stands inside a cell.").format(line=line),
            reason="quote",
            line=line,
        ) from None
    if not rows:
        raise BadInput(
            _("The file holds no rows: it needs a header with {columns}, and rows beneath.").format(
                columns=", ".join(required)
            ),
            reason="missing",
        )
    if len(rows) > MOST_ROWS:
        raise BadInput(_("The file has more than {most} rows.").format(most=MOST_ROWS), reason="too_long")
    return rows


def _columns(cells: list[str], line: int, required: Sequence[str], also_called: Mapping[str, str]) -> list[str]:
    meant = {_folded(name): name for name in required} | {_folded(k): v for k, v in also_called.items()}
    columns = [meant.get(_folded(cell), cell.strip().casefold()) for cell in cells]
    for name in required:
        if name not in columns:
            raise BadInput(
                _("The header lacks the column {column}: it needs {columns}.").format(
                    column=name, columns=", ".join(required)
                ),
                reason="missing",
                line=line,
                column=name,
            )
    if len(set(columns)) != len(columns):
        raise BadInput(_("The header names a column twice."), reason="header_row", line=line)
    return columns


def _by_column(columns: list[str], cells: list[str], line: int) -> dict[str, str]:
    if len(cells) != len(columns):
        raise BadInput(
            _("Line {line} has {cells} cells and the header {columns}: quote texts that hold the delimiter.").format(
                line=line, cells=len(cells), columns=len(columns)
            ),
            reason="ragged",
            line=line,
        )
    return {column: cell.strip() for column, cell in zip(columns, cells, strict=True)}


def _folded(heading: str) -> str:
    return "".join(c for c in heading.casefold() if c.isalnum())

"""The names of a file's columns: those of its header row, or numbers where it has none."""

from __future__ import annotations

from kam.errors import BadInput
from kam.ledgers.reading import limits, sheets
from kam.ledgers.reading.records import Record
from kam.words import _


def headings_of(label: str, first: list[Record], header_row: int, *, is_header: bool) -> tuple[str, ...]:
    """The column names: those of the header row, or column 1, column 2 … where there is none.

    is_header: the row names columns that are looked for; then each has to have a name of its own.
    """
    if header_row == 0:
        width = max(len(record.cells) for record in first)
        return tuple(f"column {n}" for n in range(1, width + 1))
    header = next((record for record in first if record.line == header_row), None)
    if header is None or not any(cell.strip() for cell in header.cells):
        raise BadInput(
            _("{file} has no header in line {line}: name the line of the column names.").format(
                file=label, line=header_row
            ),
            reason="no_header",
            line=header_row,
        )
    cells = [cell.strip().lstrip("\ufeff").lstrip(sheets.TYPED).strip() for cell in header.cells]
    if len(cells) > limits.MOST_COLUMNS:
        raise BadInput(
            _("{file} has {count} columns, more than a table may: check the delimiter.").format(
                file=label, count=len(cells)
            ),
            reason="too_large",
            line=header_row,
        )
    seen: dict[str, int] = {}
    for number, cell in enumerate(cells, 1):
        if is_header and cell and cell.casefold() in seen:
            raise BadInput(
                _("{file} names the column {column} twice (line {line}): give each column its own name.").format(
                    file=label, column=cell, line=header_row
                ),
                reason="duplicate_header",
                line=header_row,
                column=cell,
            )
        seen[cell.casefold()] = number
    if not is_header:
        return tuple(
            f"column {number}" if cells.count(cell) > 1 or not cell else cell for number, cell in enumerate(cells, 1)
        )
    return tuple(cell or f"column {number}" for number, cell in enumerate(cells, 1))

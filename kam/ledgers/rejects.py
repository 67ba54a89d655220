"""Rejected rows, written in the shape of the file they came from plus a reason column: to correct and import again."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kam.errors import BadInput, NotFound
from kam.ledgers.reading.sheets import TYPED
from kam.ledgers.reasons import MESSAGES
from kam.ledgers.results import FileShape
from kam.ledgers.safe_text import guarded
from kam.ledgers.workbook_writing import new_workbook
from kam.store import Condition, Store
from kam.words import _

REASON = "reason"
LINE_NUMBER = "line_no"
_NUMBER = re.compile(r"[-+]?[\d.,]+\Z")


@dataclass(frozen=True)
class RejectedRow:
    """A rejected row: its line, its cells as the file has them, and its faults as `code: column`.

    numbered_as: the line number in its order that it was given where the file has none; it has to keep it when it
    is imported again without the lines around it.
    """

    line: int
    cells: tuple[str, ...]
    reasons: tuple[str, ...]
    numbered_as: int | None = None


def gathered(rows: Iterable[Sequence]) -> list[RejectedRow]:
    """One row per line out of (file, line, column, text, reason, row as JSON, number in its order), in that order."""
    found: dict[tuple, RejectedRow] = {}
    for file, line, column, _text, reason, row_text, numbered_as in rows:
        said = f"{reason}: {column}" if column else reason
        key = (file, line)
        if key in found:
            found[key] = replace(found[key], reasons=(*found[key].reasons, said))
        else:
            cells = tuple(cell or "" for cell in json.loads(row_text))
            found[key] = RejectedRow(line, cells, (said,), numbered_as)
    return list(found.values())


def write(path: Path, shape: FileShape, rows: Sequence[RejectedRow]) -> Path:
    """Write rejected rows as CSV, or as XLSX where the name says so. Raises BadInput where that is not possible."""
    try:
        if path.suffix.casefold() == ".xlsx":
            _write_sheet(path, shape, rows)
        else:
            _write_text(path, shape, rows)
    except OSError as error:
        raise BadInput(
            _("{file} cannot be written: check that its folder exists and that the file is not open elsewhere.").format(
                file=path.name
            ),
            reason="unwritable",
        ) from error
    return path


def write_rejects(store: Store, import_id: int, path: Path | str) -> Path:
    """Write the rejected rows of an import. Raises NotFound for an import that is not there or rejected nothing."""
    record = store.one("ledgers.imports", where=[Condition("import_id", "=", import_id)])
    held = store.read(
        "ledgers.import_rejects",
        columns=("file_name", "line_no", "column_name", "original_text", "reason", "row_text", "numbered_as"),
        where=[Condition("import_id", "=", import_id)],
        order_by=[("file_name", False), ("line_no", False)],
    )
    if record is None or not held.rows:
        raise NotFound(_("Import {number} has no rejected rows.").format(number=import_id))
    shape = FileShape.stored(json.loads(record["file_shape"])[0])
    return write(Path(path), shape, gathered(held.rows))


def rejects_file(store: Store, import_id: int) -> bytes:
    """The rejected rows of an import as the content of a file in its own shape. Raises NotFound as write_rejects."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="kam-rejects-") as folder:
        return write_rejects(store, import_id, Path(folder) / "rejects.csv").read_bytes()


def _table(shape: FileShape, rows: Sequence[RejectedRow], *, in_codes: bool) -> Iterable[list[str]]:
    """Preamble, header and rows with the reason last; a reason column that is there already is written anew."""
    headings = list(shape.headings)
    kept = [n for n, heading in enumerate(headings) if heading.casefold() != REASON]
    numbers = [LINE_NUMBER] if shape.header_row and any(row.numbered_as is not None for row in rows) else []
    yield from (list(row) for row in shape.preamble)
    if shape.header_row:
        yield [headings[n] for n in kept] + numbers + [REASON]
    for row in rows:
        cells = [cell.lstrip(TYPED) for cell in row.cells] + [""] * (len(headings) - len(row.cells))
        number = ["" if row.numbered_as is None else str(row.numbered_as)] if numbers else []
        said = _code(row.reasons[0]) if in_codes else " · ".join(map(_sentence, row.reasons))
        # A ragged row keeps all it has: what is too much stands behind its last column, before the reason.
        yield [cells[n] for n in kept] + cells[len(headings) :] + number + [said]


def _code(reason: str) -> str:
    return reason.partition(": ")[0]


def _sentence(reason: str) -> str:
    return f"{reason}. {MESSAGES[_code(reason)]}"


def _write_text(path: Path, shape: FileShape, rows: Sequence[RejectedRow]) -> None:
    delimiter = shape.delimiter or ","
    encoding = shape.encoding or "utf-8-sig"
    if encoding == "utf-8":
        encoding = "utf-8-sig"
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        if delimiter in ("whitespace", "fixed"):
            for cells in _table(shape, rows, in_codes=True):
                file.write(" ".join(cell or "-" for cell in cells) + "\n")
            return
        writer = csv.writer(file, delimiter=delimiter)
        for cells in _table(shape, rows, in_codes=False):
            writer.writerow([cell if _NUMBER.match(cell) else guarded(cell) for cell in cells])


def _write_sheet(path: Path, shape: FileShape, rows: Sequence[RejectedRow]) -> None:
    with new_workbook(path) as book:
        sheet = book.add_worksheet(_("Rejected rows"))
        for number, cells in enumerate(_table(shape, rows, in_codes=False)):
            for at, cell in enumerate(cells):
                sheet.write_string(number, at, cell)

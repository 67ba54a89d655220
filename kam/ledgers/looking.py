"""Looking at a file before it is imported: what it seems to be, and what could come of it. Nothing is written."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kam.errors import Refusal
from kam.ledgers import headers
from kam.ledgers.contract import TABLES
from kam.ledgers.importing import import_files
from kam.ledgers.limiting import limits_of
from kam.ledgers.mapping import Mapping, read_mapping
from kam.ledgers.options import ReadOptions
from kam.ledgers.reading import Opened, limits, open_file
from kam.ledgers.reading.records import Record
from kam.ledgers.reading.sheets import TYPED
from kam.ledgers.results import ImportResult
from kam.ledgers.sources import header_line
from kam.store import Store, full_disk_told
from kam.store.staging import ScanFailed, Staging

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "mappings"
_ROWS_SHOWN = 8


@dataclass(frozen=True)
class Look:
    """What a file seems to be. table: the likeliest, None where no table's required columns are there.

    suggested: per table, target -> heading. rows: the first rows as they stand, one list of cells each.
    """

    label: str
    kind: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    header_row: int
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    table: str | None
    suggested: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """Something that can be read in two ways. about: `date_order`, `date_epoch` or `decimal`; column: where."""

    about: str
    column: str | None
    message: str


def look_at(
    store: Store,
    path: Path | str,
    *,
    label: str | None = None,
    mapping: Mapping | None = None,
    options: ReadOptions | None = None,
) -> Look:
    """Look at the head of a file. Raises Refusal where it cannot be read as a table at all."""
    path = Path(path)
    label = label or path.name
    read = (options or ReadOptions()).over(mapping.read if mapping else ReadOptions())
    folder = Path(tempfile.mkdtemp(prefix="kam-look-"))
    try:
        with full_disk_told(), limits.applied(limits_of(store)):
            opened = open_file(path, label, read, lambda first: _header_of_any_table(first, mapping), folder)
        with store.staging() as staging:
            rows = _first_rows(staging, opened)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    headings = list(opened.headings)
    likeliest = TABLES[mapping.table] if mapping else headers.likeliest(headings)
    return Look(
        label=label,
        kind=opened.kind,
        encoding=opened.encoding,
        delimiter=opened.delimiter,
        sheet=opened.sheet,
        header_row=opened.header_row,
        headings=opened.headings,
        rows=tuple(tuple((cell or "").lstrip(TYPED) for cell in row) for row in rows),
        table=likeliest.name if likeliest else None,
        suggested={name: dict(headers.matched(table, headings).columns) for name, table in TABLES.items()},
    )


def _header_of_any_table(first: list[Record], mapping: Mapping | None) -> int | None:
    if mapping is not None:
        return header_line(first, TABLES[mapping.table], mapping)
    for record in first:
        cells = [cell.strip().lstrip("\ufeff" + TYPED) for cell in record.cells if cell.strip()]
        if cells and headers.likeliest(cells) is not None:
            return record.line
    # No row names a table: the first row with as many cells as most have is where names would stand.
    widths = [len(record.cells) for record in first if record.cells]
    usual = max(set(widths), key=widths.count) if widths else 0
    return next((record.line for record in first if len(record.cells) == usual and usual), None)


def _first_rows(staging: Staging, opened: Opened) -> list[list[str | None]]:
    try:
        return staging.first_rows(opened.scan, len(opened.headings), _ROWS_SHOWN)
    except ScanFailed:
        careful = opened.carefully()
        return staging.first_rows(careful.scan, len(careful.headings), _ROWS_SHOWN) if careful else []


def preview(store: Store, table: str, path: Path | str, **said: Any) -> ImportResult | Question:
    """What an import would do (a dry run), or the question that has to be answered first.

    said: as for `import_files`. Raises Refusal for anything else that stands in the way.
    """
    try:
        return import_files(store, table, path, dry_run=True, **said)
    except Refusal as refusal:
        if refusal.reason != "ambiguous":
            raise
        return Question(refusal.field, refusal.column, refusal.message)


def rejects_to_come(store: Store, table: str, path: Path | str, **said: Any) -> bytes:
    """The rows that an import would reject, as the content of a file in the shape of theirs.

    said: as for `import_files`. Raises Refusal as that does.
    """
    folder = Path(tempfile.mkdtemp(prefix="kam-rejects-"))
    try:
        import_files(store, table, path, dry_run=True, rejects_to=folder / "rejects.csv", **said)
        return (folder / "rejects.csv").read_bytes()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def shipped_mappings() -> dict[str, Mapping]:
    """The mappings that come with the workbench, by name."""
    return {path.stem: read_mapping(path) for path in sorted(SHIPPED.glob("*.toml"))}


def fitting_mappings(headings: tuple[str, ...], known: dict[str, Mapping]) -> list[str]:
    """The names of the mappings that fit a file with these headings: all columns they name are there.

    Of a mapping that joins a headers file, the key and at least two more columns have to be there.
    """
    there = {headers.plain(heading) for heading in headings}
    found = []
    for name, mapping in known.items():
        plain = {
            headers.plain(column) for column in mapping.columns.values() if '"' not in column and "*" not in column
        }
        if mapping.join is None:
            fits = bool(plain) and plain <= there
        else:
            lines_own = {headers.plain(mapping.join.keys.lines), headers.plain(mapping.columns.get("quantity", ""))}
            fits = lines_own <= there and len(plain & there) > 2
        if fits:
            found.append(name)
    return found

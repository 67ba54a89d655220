"""Any table or view as a file; an importable table under the names and in the currency that its import reads."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from kam.errors import BadInput, NotFound
from kam.ledgers.contract import CONVERTED, TABLES
from kam.ledgers.workbook_writing import new_workbook, write_cell
from kam.store import Store
from kam.store.exporting import rows, write_csv, write_parquet
from kam.words import _

_MOST_SHEET_ROWS = 1_048_575

# (column, heading) pairs
Columns = Sequence[tuple[str, str]]


def export(store: Store, table: str, path: Path | str) -> int:
    """Write a table or view as CSV, XLSX or Parquet, by the file's ending; returns how many rows.

    An importable table (`accounts`) is written in the shape of the data contract, amounts in the file's currency,
    so that it can be imported back unchanged. Raises NotFound for an unknown table, BadInput for another ending
    or a file that cannot be written.
    """
    path = Path(path)
    relation = exportable(store, table)
    columns = _columns(store, relation)
    order_by = TABLES[table].key if table in TABLES else ()
    writers = {".csv": write_csv, ".parquet": write_parquet, ".xlsx": _write_sheet}
    if path.suffix.casefold() not in writers:
        raise BadInput(
            _("{file} is no kind of file that can be written: name a .csv, .xlsx or .parquet file.").format(
                file=path.name
            ),
            reason="usage",
        )
    try:
        return writers[path.suffix.casefold()](store, relation, columns, order_by, path)
    except OSError as error:
        raise BadInput(
            _("{file} cannot be written: check that its folder exists and that the file is not open elsewhere.").format(
                file=path.name
            ),
            reason="unwritable",
        ) from error


def exported(store: Store, table: str, kind: str) -> bytes:
    """The content of a file that `export` would write. kind: csv, xlsx or parquet. Raises as `export`."""
    with tempfile.TemporaryDirectory(prefix="kam-export-") as folder:
        path = Path(folder) / f"export.{kind}"
        export(store, table, path)
        return path.read_bytes()


def exportable(store: Store, table: str) -> str:
    """`schema.relation` of a table or view, named with or without `ledgers.`. Raises NotFound where there is none."""
    known = set(store.tables())
    for candidate in (table, f"ledgers.{table}"):
        if candidate in known:
            return candidate
    raise NotFound(
        _("There is no table or view {table}: use one of {tables}.").format(
            table=table, tables=", ".join(sorted(name.removeprefix("ledgers.") for name in known))
        ),
        reason="unknown_table",
    )


def _columns(store: Store, relation: str) -> Columns:
    """(column, heading) pairs: an importable table in the words of the contract, anything else as it is."""
    name = relation.removeprefix("ledgers.")
    if name not in TABLES:
        return [(column, column) for column in store.columns(relation)]
    return [
        (f"original_{field.name}" if name == "order_lines" and field.name in CONVERTED else field.name, field.name)
        for field in TABLES[name].stored
    ]


def _write_sheet(store: Store, relation: str, columns: Columns, order_by: Sequence[str], path: Path) -> int:
    if store.read(relation, limit=1).total > _MOST_SHEET_ROWS:
        raise BadInput(
            _("{table} has more rows than a sheet holds: export it as CSV or Parquet.").format(table=relation),
            reason="too_large",
        )
    count = 0
    with new_workbook(path) as book:
        sheet = book.add_worksheet(relation.split(".")[1][:31])
        bold = book.add_format({"bold": True})
        for at, (_column, heading) in enumerate(columns):
            sheet.write_string(0, at, heading, bold)
        sheet.freeze_panes(1, 0)
        for count, row in enumerate(rows(store, relation, columns, order_by), 1):
            for at, value in enumerate(row):
                write_cell(sheet, count, at, value)
    return count

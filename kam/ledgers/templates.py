"""Templates: an empty file for each importable table, with notes on what every column holds."""

from __future__ import annotations

import csv
import io
import tempfile
import tomllib
from functools import cache
from pathlib import Path

from kam.errors import BadInput
from kam.ledgers.contract import KINDS, Field, Table, table_named
from kam.ledgers.workbook_writing import new_workbook
from kam.words import _

NOTES = Path(__file__).resolve().parents[2] / "data" / "template_notes.toml"
_FORMATS = {"date": "yyyy-mm-dd", "money": "#,##0.00", "quantity": "0.####", "id": "@", "text": "@"}
_WIDTHS = {"text": 28, "id": 18}


def template(table: str, kind: str) -> bytes:
    """An empty file with the table's columns. kind: `csv` or `xlsx` (with a sheet of notes).

    Raises BadInput for an unknown table or kind.
    """
    wanted = table_named(table)
    if kind == "csv":
        return _as_csv(wanted)
    if kind == "xlsx":
        return _as_workbook(wanted)
    raise BadInput(_("A template is a .csv or an .xlsx file; {kind} is neither.").format(kind=kind), reason="usage")


def write_template(table: str, path: Path | str) -> None:
    """Write a template by the file's ending. Raises BadInput as `template`, and where the file cannot be written."""
    path = Path(path)
    content = template(table, path.suffix.casefold().lstrip("."))
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadInput(
            _("{file} cannot be written: check that its folder exists.").format(file=path.name), reason="unwritable"
        ) from error


def template_notes(table: Table) -> list[dict[str, str]]:
    """One dict per column of a table: column, needed, holds (its kind and limits), meaning."""
    said = _meanings().get(table.name, {})
    return [
        {
            "column": field.name,
            "needed": _needed(field),
            "holds": _holds(field),
            "meaning": said.get(field.name, ""),
        }
        for field in table.fields
    ]


@cache
def _meanings() -> dict[str, dict[str, str]]:
    return tomllib.loads(NOTES.read_text(encoding="utf-8"))


def _needed(field: Field) -> str:
    if field.name == "net_revenue":
        return _("yes, or unit_price")
    return _("yes") if field.is_required else _("no")


def _holds(field: Field) -> str:
    said = _("one of: {choices}").format(choices=", ".join(field.choices)) if field.choices else KINDS[field.kind][1]
    if field.lowest is not None and field.highest is not None:
        said += _(", {lowest:g} to {highest:g}").format(lowest=field.lowest, highest=field.highest)
    elif field.lowest is not None:
        said += _(", above 0") if field.lowest > 0 else _(", 0 or more")
    if field.kind == "date":
        said += _(", such as 2026-01-31")
    return said + (_(", not after today") if field.is_past else "")


def _as_csv(table: Table) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([field.name for field in table.fields])
    return out.getvalue().encode("utf-8-sig")


def _as_workbook(table: Table) -> bytes:
    with tempfile.TemporaryDirectory(prefix="kam-template-") as folder:
        path = Path(folder) / "template.xlsx"
        with new_workbook(path) as book:
            needed = book.add_format({"bold": True, "bottom": 1})
            other = book.add_format({"bottom": 1})
            wrapped = book.add_format({"text_wrap": True, "valign": "top"})
            sheet = book.add_worksheet(table.name[:31])
            for at, field in enumerate(table.fields):
                shape = book.add_format({"num_format": _FORMATS[field.kind]}) if field.kind in _FORMATS else None
                sheet.set_column(at, at, max(_WIDTHS.get(field.kind, 14), len(field.name) + 2), shape)
                sheet.write_string(0, at, field.name, needed if field.is_required else other)
                if field.choices:
                    sheet.data_validation(1, at, 1000, at, {"validate": "list", "source": list(field.choices)})
            sheet.freeze_panes(1, 0)
            about = book.add_worksheet(_("Notes"))
            about.set_column(0, 1, 22)
            about.set_column(2, 2, 48, wrapped)
            about.set_column(3, 3, 72, wrapped)
            for at, heading in enumerate((_("Column"), _("Needed"), _("Holds"), _("Meaning"))):
                about.write_string(0, at, heading, needed)
            for line, note in enumerate(template_notes(table), 1):
                for at, text in enumerate(note.values()):
                    about.write_string(line, at, text)
            about.freeze_panes(1, 0)
        return path.read_bytes()

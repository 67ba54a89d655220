"""Workbooks of several sheets in which text is text, with a last sheet that says what they are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam.documents import clean, office_file
from kam.ledgers import workbook_writing
from kam.words import _

WORKBOOK_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_CELL = 32_767


@dataclass(frozen=True)
class Sheet:
    """A sheet. name: shortened to what a sheet may be called; rows: each as long as the headings; None is unknown. units: of
    the columns, for their number formats (reporting currency, cents, share, count, number, date)."""

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Any]]
    units: Sequence[str] = ()


def workbook(title: str, sheets: Sequence[Sheet], notes: Sequence[tuple[str, str]], *, as_of: date) -> bytes:
    """The file's content. notes: (what, value) on the last sheet, e.g. the as-of date; as_of: the day it is made for."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options | {"default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties(
            {"title": clean.line(title), "author": office_file.AUTHOR, "created": office_file.moment(as_of)}
        )
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {unit: book.add_format({"num_format": form}) for unit, form in _FORMATS.items()}
        taken: set[str] = {_("About").lower()}
        for sheet in sheets:
            drawn = book.add_worksheet(_sheet_name(sheet.name, taken))
            for at, heading in enumerate(sheet.headings):
                drawn.write_string(0, at, heading, bold)
                unit = sheet.units[at] if at < len(sheet.units) else ""
                drawn.set_column(at, at, 30 if at == 0 else 18, formats.get(unit))
            for place, row in enumerate(sheet.rows, 1):
                for at, value in enumerate(row):
                    workbook_writing.write_cell(drawn, place, at, _cell(value))
            drawn.freeze_panes(1, 1)
            if sheet.rows:
                drawn.autofilter(0, 0, len(sheet.rows), len(sheet.headings) - 1)
        about = book.add_worksheet(_("About"))
        about.set_column(0, 0, 24)
        about.set_column(1, 1, 70)
        for place, (what, value) in enumerate([(_("Document"), title), *notes]):
            about.write_string(place, 0, what, bold)
            about.write_string(place, 1, clean.line(value))
    return out.getvalue()


_FORMATS = {
    "reporting currency": "#,##0.00",
    "cents": "#,##0.00",
    "share": "0.0%",
    "count": "#,##0",
    "number": "#,##0.####",
    "date": "yyyy-mm-dd",
}
_LONGEST_NAME = 31


def _sheet_name(name: str, taken: set[str]) -> str:
    """At most 31 characters without those that Excel refuses, and no name twice (whatever the case)."""
    fit = "".join(" " if c in "[]:*?/\\" else c for c in clean.line(name, longest=_LONGEST_NAME)).strip("' ") or "-"
    found, number = fit, 2
    while found.lower() in taken:
        end = f" {number}"
        found, number = fit[: _LONGEST_NAME - len(end)] + end, number + 1
    taken.add(found.lower())
    return found


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = "; ".join(map(str, value))
    return clean.line(value, longest=_LONGEST_CELL) if isinstance(value, str) else value

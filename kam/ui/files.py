"""Downloads: CSV and XLSX in which text is text, whatever a spreadsheet would make of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from kam.words import _

CSV_MIME = "text/csv"
XLSX_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_RISKY = ("=", "+", "-", "@", "\t", "\r")


def csv_text(value: Any) -> Any:
    """A CSV cell: text that a spreadsheet would run as a formula is prefixed with an apostrophe."""
    if isinstance(value, str) and value.startswith(_RISKY):
        return "'" + value
    if isinstance(value, list | tuple):
        return csv_text("; ".join(map(str, value)))
    if isinstance(value, date | datetime):
        return value.isoformat()
    return "" if value is None else value


def as_csv(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """UTF-8 with a byte-order mark, as spreadsheets expect it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([csv_text(h) for h in headings])
    writer.writerows([csv_text(v) for v in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(
    title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]], notes: Sequence[tuple[str, str]]
) -> bytes:
    """One sheet with the rows and one that says what they are. notes: (what, value), e.g. the as-of date."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        times = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet = book.add_worksheet(_("Rows"))
        for at, heading in enumerate(headings):
            sheet.write_string(0, at, heading, bold)
            sheet.set_column(at, at, 34 if at == 0 else 16)
        for line, row in enumerate(rows, 1):
            for at, value in enumerate(row):
                _write(sheet, line, at, value, days, times)
        sheet.freeze_panes(1, 1)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(headings) - 1)
        about = book.add_worksheet(_("About"))
        about.set_column(0, 0, 24)
        about.set_column(1, 1, 70)
        for line, (what, value) in enumerate([(_("Table"), title), *notes]):
            about.write_string(line, 0, what, bold)
            about.write_string(line, 1, value)
    return out.getvalue()


def _write(sheet: Any, line: int, at: int, value: Any, days: Any, times: Any) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(line, at, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(line, at, float(value))
    elif isinstance(value, datetime):
        sheet.write_datetime(line, at, value, times)
    elif isinstance(value, date):
        sheet.write_datetime(line, at, datetime(value.year, value.month, value.day), days)
    else:
        text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        sheet.write_string(line, at, text[:32_767])

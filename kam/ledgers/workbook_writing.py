"""New workbooks whose text is text: no formula, no link, no number follows from what a cell says."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
    "default_date_format": "yyyy-mm-dd",
}


@contextlib.contextmanager
def new_workbook(path: Path) -> Iterator[Any]:
    """A workbook that is saved at the end; rows are written from top to bottom. Raises OSError where it cannot be."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(str(path), _OPTIONS)
    try:
        yield book
    finally:
        try:
            book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error


def write_cell(sheet: Any, row: int, column: int, value: object) -> None:
    """Write a value as what it is; an unknown one as an empty cell."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, value)
    elif isinstance(value, dt.date | dt.datetime):
        sheet.write_datetime(row, column, value)
    else:
        sheet.write_string(row, column, str(value))

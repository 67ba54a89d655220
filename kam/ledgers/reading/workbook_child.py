"""Reading a workbook in a process of its own, which may be stopped: a malformed one can take any memory and time.

Run as a script with nothing but the standard library and the spreadsheet reader:
    workbook_child.py PATH MEMORY_BYTES SECONDS            -> one JSON line: the sheets and which day they count from
    workbook_child.py PATH MEMORY_BYTES SECONDS SHEET ROWS -> one JSON line per row: [row number, [cells]]; ROWS 0: all
What cannot be read is one JSON line {"unreadable": "protected" | "damaged"}.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

TYPED = "\x01"
FORMULA = TYPED + "="
_CELL = re.compile(rb"<c\s([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_VALUE = re.compile(rb"<v[^>]*>(.*?)</v>", re.DOTALL)


def main(arguments: list[str]) -> None:
    """Read what was asked for and write it to the standard output."""
    path, memory, seconds, *asked = arguments
    _limit(int(memory), int(seconds))
    try:
        book = Book(path)
        if not asked:
            _say({"sheets": book.sheets, "all_sheets": book.all_sheets, "epoch": book.epoch})
            return
        for row in book.rows(asked[0], int(asked[1])):
            _say(row)
    except Unreadable as error:
        _say({"unreadable": str(error)})


def _say(document: object) -> None:
    sys.stdout.write(json.dumps(document) + "\n")


def _limit(memory: int, seconds: int) -> None:
    """Where the system knows such limits."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


class Unreadable(Exception):
    """`protected` or `damaged`."""


class Book:
    """An open workbook."""

    def __init__(self, path: str) -> None:
        import python_calamine

        self.path = path
        self.is_zip = zipfile.is_zipfile(path)
        try:
            self._opened = python_calamine.CalamineWorkbook.from_path(path)
        except python_calamine.PasswordError as error:
            raise Unreadable("protected") from error
        except (python_calamine.CalamineError, zipfile.BadZipFile, OSError) as error:
            raise Unreadable("damaged") from error
        visible = python_calamine.SheetVisibleEnum.Visible
        kind = python_calamine.SheetTypeEnum.WorkSheet
        self.sheets = [s.name for s in self._opened.sheets_metadata if s.visible == visible and s.typ == kind]
        self.all_sheets = [s.name for s in self._opened.sheets_metadata if s.typ == kind]

    def rows(self, sheet: str, count: int) -> Iterator[tuple[int, list[str]]]:
        """The rows of a sheet from its first row on, numbered as the sheet numbers them."""
        import python_calamine

        faulty = self._faulty_cells(sheet)
        try:
            found = self._opened.get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=count or None)
        except python_calamine.CalamineError as error:
            raise Unreadable("damaged") from error
        for number, row in enumerate(found, 1):
            cells = [text_of(value) for value in row]
            for at in faulty.get(number, {}):
                if at < len(cells):
                    cells[at] = faulty[number][at]
            yield number, cells

    @property
    def epoch(self) -> str:
        """`excel` or `excel1904`: which day the workbook counts from."""
        if not self.is_zip:
            return "excel"
        text = self._part("xl/workbook.xml")
        said = re.search(rb'date1904="(1|true)"', text)
        return "excel1904" if said else "excel"

    def _part(self, name: str) -> bytes:
        try:
            with zipfile.ZipFile(self.path) as packed:
                return packed.read(name)
        except (KeyError, zipfile.BadZipFile):
            return b""

    def _faulty_cells(self, sheet: str) -> dict[int, dict[int, str]]:
        """row -> column -> what stands for it: error cells and formulas without a stored value, which the reader
        shows as empty."""
        if not self.is_zip:
            return {}
        text = self._part(self._sheet_part(sheet))
        if b't="e"' not in text and b"<f" not in text:
            return {}
        found: dict[int, dict[int, str]] = {}
        for attributes, content in _CELL.findall(text):
            is_error = b't="e"' in attributes
            if not is_error and b"<f" not in content:
                continue
            place = _REFERENCE.search(attributes)
            value = _VALUE.search(content)
            if place is None or (not is_error and value is not None and value[1]):
                continue
            mark = (value[1].decode() if value else "#VALUE!") if is_error else FORMULA
            found.setdefault(int(place[2]), {})[_column_number(place[1])] = mark
        return found

    def _sheet_part(self, sheet: str) -> str:
        from html import unescape

        names = re.findall(rb"<(?:\w+:)?sheet\s([^>]*)>", self._part("xl/workbook.xml"))
        links = dict(
            (identifier, target)
            for identifier, target in (
                (_attribute(relation, "Id"), _attribute(relation, "Target"))
                for relation in re.findall(rb"<Relationship\s([^>]*)>", self._part("xl/_rels/workbook.xml.rels"))
            )
        )
        for attributes in names:
            if unescape(_attribute(attributes, "name")) == sheet:
                target = links.get(_attribute(attributes, "r:id"), "")
                return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        return ""


def _attribute(attributes: bytes, name: str) -> str:
    found = re.search(rb"(?:^|\s)" + name.encode() + rb'="([^"]*)"', attributes)
    return found[1].decode("utf-8", "replace") if found else ""


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def text_of(value: object) -> str:
    """A cell as text; what is typed in the workbook behind the mark."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return TYPED + ("true" if value else "false")
    if isinstance(value, int):
        return TYPED + str(value)
    if isinstance(value, float):
        is_whole = value == int(value) and abs(value) < 1e15 if value - value == 0 else False
        return TYPED + (str(int(value)) if is_whole else repr(value))
    if isinstance(value, datetime):
        return TYPED + (value.date().isoformat() if value.time() == time() else value.isoformat(" "))
    if isinstance(value, date):
        return TYPED + value.isoformat()
    if isinstance(value, time | timedelta):
        return TYPED + str(value)
    return str(value)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Workbooks: sheets as rows of text, with numbers, dates and yes/no marked as what they are.

A typed cell is written behind U+0001 (text cells cannot hold it: a control character is a fault), so that a
number 1.234 of a workbook is never mistaken for a text that could mean 1234.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from kam.errors import BadInput
from kam.ledgers.reading.limits import LARGEST_WORKBOOK_UNPACKED
from kam.ledgers.reading.records import Record
from kam.words import _

TYPED = "\x01"
FORMULA = TYPED + "="
_CELL = re.compile(rb"<c\s([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_VALUE = re.compile(rb"<v[^>]*>(.*?)</v>", re.DOTALL)


class Workbook:
    """An open workbook. Raises BadInput for one that is protected, damaged or too large."""

    def __init__(self, path: Path, label: str) -> None:
        import python_calamine

        self.path, self.label = path, label
        self.is_zip = zipfile.is_zipfile(path)
        try:
            if self.is_zip:
                self._check_size()
            self._opened = python_calamine.CalamineWorkbook.from_path(str(path))
        except python_calamine.PasswordError as error:
            raise BadInput(
                _("{file} is protected by a password: save it without one, then import it again.").format(file=label),
                reason="unreadable",
            ) from error
        except (python_calamine.CalamineError, zipfile.BadZipFile, OSError) as error:
            raise BadInput(
                _("{file} is damaged or no workbook: open it in the spreadsheet program and save it anew.").format(
                    file=label
                ),
                reason="unreadable",
            ) from error
        visible = python_calamine.SheetVisibleEnum.Visible
        kind = python_calamine.SheetTypeEnum.WorkSheet
        self.sheets = [s.name for s in self._opened.sheets_metadata if s.visible == visible and s.typ == kind]
        self.all_sheets = [s.name for s in self._opened.sheets_metadata if s.typ == kind]

    def _check_size(self) -> None:
        with zipfile.ZipFile(self.path) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
        if unpacked > LARGEST_WORKBOOK_UNPACKED:
            raise BadInput(
                _("{file} unpacks to {size} MB, more than a workbook may: save it as CSV and import that.").format(
                    file=self.label, size=unpacked // 1024**2
                ),
                reason="too_large",
            )

    def chosen(self, name: str) -> str:
        """The sheet of that name. Raises BadInput where there is none."""
        for sheet in self.all_sheets:
            if sheet.casefold() == name.casefold():
                return sheet
        raise BadInput(
            _("{file} has no sheet {sheet}: it has {sheets}.").format(
                file=self.label, sheet=name, sheets=", ".join(self.all_sheets)
            ),
            reason="no_sheet",
        )

    def rows(self, sheet: str, *, limit: int | None = None) -> Iterator[Record]:
        """The rows of a sheet from its first row on, numbered as the sheet numbers them."""
        faulty = self._faulty_cells(sheet)
        found = self._opened.get_sheet_by_name(sheet).to_python(skip_empty_area=False, nrows=limit)
        for number, row in enumerate(found, 1):
            cells = [text_of(value) for value in row]
            for at in faulty.get(number, {}):
                if at < len(cells):
                    cells[at] = faulty[number][at]
            yield Record(number, cells)

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

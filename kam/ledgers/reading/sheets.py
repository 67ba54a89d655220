"""Workbooks: sheets as rows of text, with numbers, dates and yes/no marked as what they are.

A typed cell is written behind U+0001 (text cells cannot hold it: a control character is a fault), so that a
number 1.234 of a workbook is never mistaken for a text that could mean 1234. The file itself is opened in a process
of its own with a memory and a time limit (workbook_child.py).
"""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kam.errors import BadInput
from kam.ledgers.reading import limits
from kam.ledgers.reading.records import Record
from kam.ledgers.reading.workbook_child import FORMULA, TYPED
from kam.words import _

__all__ = ["FORMULA", "TYPED", "Workbook"]
_CHILD = Path(__file__).with_name("workbook_child.py")


class Workbook:
    """A workbook. Raises BadInput for one that is protected, damaged or too large.

    sheets: the visible ones; all_sheets: hidden ones too; epoch: `excel` or `excel1904`, the day it counts from.
    """

    def __init__(self, path: Path, label: str) -> None:
        self.path, self.label = path, label
        if zipfile.is_zipfile(path):
            self._check_size()
        (said,) = self._read()
        self.sheets: list[str] = said["sheets"]
        self.all_sheets: list[str] = said["all_sheets"]
        self.epoch: str = said["epoch"]

    def _check_size(self) -> None:
        try:
            with zipfile.ZipFile(self.path) as packed:
                unpacked = sum(entry.file_size for entry in packed.infolist())
        except zipfile.BadZipFile:
            raise self._damaged() from None
        if unpacked > limits.current().workbook_mb * 1024**2:
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
        for number, cells in self._read(sheet, str(limit or 0)):
            yield Record(number, cells)

    def _read(self, *asked: str) -> Iterator[Any]:
        """What the reading process says, line by line."""
        most = limits.current()
        command = [
            *(sys.executable, "-I", str(_CHILD), str(self.path)),
            *(str(int(most.workbook_memory_mb * 1024**2)), str(int(most.workbook_seconds)), *asked),
        ]
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as reading:
            try:
                for line in reading.stdout:
                    said = json.loads(line)
                    if isinstance(said, dict) and "unreadable" in said:
                        raise self._protected() if said["unreadable"] == "protected" else self._damaged()
                    yield said
            except json.JSONDecodeError:
                raise self._stopped() from None
            finally:
                reading.stdout.close()
                reading.kill()
        if reading.returncode not in (0, -9):
            raise self._stopped()

    def _protected(self) -> BadInput:
        return BadInput(
            _("{file} is protected by a password: save it without one, then import it again.").format(file=self.label),
            reason="unreadable",
        )

    def _damaged(self) -> BadInput:
        return BadInput(
            _("{file} is damaged or no workbook: open it in the spreadsheet program and save it anew.").format(
                file=self.label
            ),
            reason="unreadable",
        )

    def _stopped(self) -> BadInput:
        return BadInput(
            _(
                "{file} needs more memory or time than a workbook may, or breaks its reader: save it anew or as CSV."
            ).format(file=self.label),
            reason="too_large",
        )

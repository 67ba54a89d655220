"""Careful reading: every physical line of a text file ends up in a record, and every record knows its line.

Used where the database's own reader could lose or shift a line (quoted line breaks, stray quotes, ragged rows,
other encodings, control characters), and for the head of every file.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kam.ledgers.reading.limits import LONGEST_CELL, LONGEST_RECORD_LINES

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_UNDECODED = re.compile("[\ud800-\udfff]")

csv.field_size_limit(1 << 30)

# Of an endless cell so much is kept, to be shown.
_SHOWN = 1000


@dataclass
class Record:
    """A row of a file. line: where it starts (1 = the first). fault: why it is no row, else None.

    fault_at: the cell that is at fault, counted from 0, where one is.
    """

    line: int
    cells: list[str]
    fault: str | None = None
    fault_at: int | None = None


@dataclass
class PlainLine:
    """A line that is a row as it stands: as many cells as there are columns, and nothing in them to look at."""

    line: int
    text: str


def records(
    lines: Iterable[str],
    delimiter: str,
    *,
    width: int | None = None,
    columns: list[tuple[int, int | None]] | None = None,
    keeps_plain: bool = False,
) -> Iterator[Record | PlainLine]:
    """The records of physical lines (with their line ends), blank lines as records without cells.

    delimiter: a character, `whitespace`, or `fixed` with the columns' positions. width: how many cells a row
    has, where that is known: a record over several lines with another number is no record. A quote that opens and finds no
    proper end costs its own line only: that line is a record with fault `quote`, and reading goes on below it.
    keeps_plain: give plain lines of `width` cells as they are, since parting and joining them again is most of the work.
    """
    if delimiter in ("whitespace", "fixed"):
        part = str.split if delimiter == "whitespace" else _at_positions(columns or [])
        for number, line in enumerate(lines, 1):
            text = line.rstrip("\r\n")
            yield Record(number, [cell.strip() for cell in part(text)] if text.strip() else [])
        return
    waiting: deque[str] = deque()
    source = iter(lines)
    number = 0
    while True:
        line = waiting.popleft() if waiting else next(source, None)
        if line is None:
            return
        number += 1
        text = line.rstrip("\r\n")
        if '"' not in text:
            if keeps_plain and _is_plain(text, delimiter, width or 1):
                yield PlainLine(number, text)
                continue
            yield Record(number, text.split(delimiter) if text.strip() else [])
            continue
        cells, taken = _quoted(line, delimiter, width, waiting, source)
        if cells is None:
            yield Record(number, text.split(delimiter), "quote")
            continue
        yield Record(number, cells)
        for _used in range(taken):
            waiting.popleft()
        number += taken


def _is_plain(text: str, delimiter: str, width: int) -> bool:
    return (
        text.count(delimiter) == width - 1
        and text.replace("\t", " ").isprintable()
        and len(text) <= LONGEST_CELL
        and bool(text.replace(delimiter, " ").strip())
    )


def _quoted(
    line: str, delimiter: str, width: int | None, waiting: deque[str], source: Iterator[str]
) -> tuple[list[str] | None, int]:
    """(cells, further lines used) of a record with quotes; None where the quotes do not close properly.

    Lines that are looked at go into `waiting` and stay there.
    """
    cells = _strictly([line], delimiter)
    if cells is not None:
        return cells, 0
    gathered, open_quotes, position = [line], line.count('"') % 2, 0
    while len(gathered) <= LONGEST_RECORD_LINES:
        if position == len(waiting):
            further = next(source, None)
            if further is None:
                return None, 0
            waiting.append(further)
        following = waiting[position]
        position += 1
        gathered.append(following)
        open_quotes = (open_quotes + following.count('"')) % 2
        if '"' in following and not open_quotes:
            cells = _strictly(gathered, delimiter)
            if cells is None or len(cells) != (width or len(cells)) or _swallowed_rows(gathered, cells, delimiter):
                return None, 0
            return cells, position
    return None, 0


def _strictly(gathered: list[str], delimiter: str) -> list[str] | None:
    try:
        found = list(csv.reader(gathered, delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return found[0] if len(found) == 1 else None


def _swallowed_rows(gathered: list[str], cells: list[str], delimiter: str) -> bool:
    """Whether a line inside the record would be a whole row by itself: a stray quote, not a note with line breaks."""
    return len(cells) > 3 and any(len(line.split(delimiter)) == len(cells) for line in gathered[1:-1])


def _at_positions(columns: list[tuple[int, int | None]]) -> Callable[[str], list[str]]:
    return lambda text: [text[start:end] for start, end in columns]


def checked(found: Iterable[Record | PlainLine], width: int) -> Iterator[Record | PlainLine]:
    """The records with their faults: too few or too many cells, undecodable bytes, control characters, endless cells.

    Blank lines and rows of empty cells only stay without cells.
    """
    for record in found:
        if isinstance(record, PlainLine):
            yield record
            continue
        cells = record.cells
        if not any(cell and not cell.isspace() for cell in cells):
            record.cells = []
            yield record
            continue
        if record.fault is None and len(cells) != width:
            if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
                record.cells = cells = cells[:width]
            else:
                record.fault = "ragged"
        text = "".join(cells)
        if not text.isascii() and _UNDECODED.search(text):
            record.fault = "encoding"
            record.fault_at = next(at for at, cell in enumerate(cells) if _UNDECODED.search(cell))
            record.cells = [_UNDECODED.sub("\N{REPLACEMENT CHARACTER}", cell) for cell in cells]
        if not text.isprintable() and (_CONTROL.search(text)):
            record.fault = record.fault or "control_char"
            record.fault_at = next(at for at, cell in enumerate(cells) if _CONTROL.search(cell))
            record.cells = [_CONTROL.sub("\N{REPLACEMENT CHARACTER}", cell) for cell in record.cells]
        if len(text) > LONGEST_CELL:
            for at, cell in enumerate(record.cells):
                if len(cell) > LONGEST_CELL:
                    record.fault, record.fault_at = record.fault or "too_long", at
                    record.cells[at] = cell[:_SHOWN] + "…"
        yield record

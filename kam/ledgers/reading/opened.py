"""Opening a file: what it is, how it is parted, where its columns are named, and how the database scans it."""

from __future__ import annotations

import csv
import itertools
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kam.errors import BadInput
from kam.ledgers.options import ReadOptions
from kam.ledgers.reading import delimiters, encodings, limits, sheets
from kam.ledgers.reading.column_names import headings_of
from kam.ledgers.reading.containers import file_hash, kind_of, unpacked
from kam.ledgers.reading.records import PlainLine, Record, checked, records
from kam.ledgers.reading.survey import MARKS, Survey, surveyed
from kam.store.scans import DelimitedScan, NormalisedScan, ParquetScan
from kam.words import _

_HEAD_BYTES = 256 * 1024
_HEAD_LINES = 200
_HEAD_ROWS = 60
# Beneath this size a file with quotes is read carefully at once, so that quoted line breaks keep their lines.
_SMALL = 32 * 1024 * 1024

# Encodings whose files the database reads as they are.
_UTF_8 = ("utf-8", "utf-8-sig", "ascii")
# What the types of Parquet columns carry that need not be read from text. exact: the number that its text says, digit for digit.
_CARRIED = (
    (re.compile(r"(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|DECIMAL\(.*\))\Z"), "exact"),
    (re.compile(r"DATE\Z"), "day"),
    (re.compile(r"BOOLEAN\Z"), "truth"),
)

# The first records of a file -> the line the columns are named in, or None where none is a header.
FindHeader = Callable[[list[Record]], int | None]


@dataclass(frozen=True)
class Opened:
    """A file ready to be scanned.

    label: its name, to be shown. kind: csv, xlsx or parquet. header_row: the line of the column names, 0 for
    none. headings: one name per column, as the file has them. epoch: the day a workbook's serial dates count from.
    carried: what the columns whose values carry their type hold (exact, day, truth, other). row_count: rows to expect of a
    plain scan, else None. preamble: the lines above the header, in cells. has_control: cells may hold control characters. marks: what
    else cells may hold that has to be looked for (survey.MARKS).
    """

    label: str
    kind: str
    hash: str
    headings: tuple[str, ...]
    header_row: int
    scan: DelimitedScan | NormalisedScan | ParquetScan
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    epoch: str | None = None
    carried: Mapping[int, str] = field(default_factory=dict)
    row_count: int | None = None
    blank_count: int = 0
    preamble: tuple[tuple[str, ...], ...] = ()
    has_control: bool = False
    marks: frozenset[str] = MARKS
    _careful: Callable[[], Opened] | None = field(default=None, compare=False)

    def carefully(self) -> Opened | None:
        """The same file read line by line, where this scan is the database's own; else None."""
        return self._careful() if self._careful else None


def open_file(path: Path, label: str, options: ReadOptions, find_header: FindHeader, folder: Path) -> Opened:
    """Open a file for scanning. folder: where unpacked and normalised copies may be put.

    find_header is shown the first rows. Raises BadInput for what cannot be read at all.
    """
    if not path.is_file():
        raise BadInput(_("There is no file {file}: check its name.").format(file=label), reason="no_file")
    size = path.stat().st_size
    if size == 0:
        raise BadInput(_("{file} is empty: it has no header row.").format(file=label), reason="empty", line=1)
    if size > limits.current().file_mb * 1024**2:
        raise BadInput(
            _("{file} has {size} MB, more than can be taken in at once: split it.").format(file=label, size=size >> 20),
            reason="too_large",
        )
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    kind = kind_of(head, label)
    if kind == "parquet":
        return _open_parquet(path, label)
    if kind == "xlsx":
        return _open_sheet(path, label, options, find_header, folder)
    content = path
    content_hash = None
    if kind == "gz":
        content_hash = file_hash(path)
        content = unpacked(path, label, folder)
        with content.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        if not head:
            raise BadInput(_("{file} is empty: it has no header row.").format(file=label), reason="empty", line=1)
        kind_of(head, label.removesuffix(".gz"))
    return _open_text(content, label, options, find_header, folder, head, content_hash)


# -- text ----------------------------------------------------------------------------------------------------------


def _open_text(
    path: Path,
    label: str,
    options: ReadOptions,
    find_header: FindHeader,
    folder: Path,
    head: bytes,
    content_hash: str | None,
) -> Opened:
    survey = surveyed(path, options.delimiter or _likely_delimiter(head))
    content_hash = content_hash or survey.hash
    encoding = _encoding(options, head, survey)
    try:
        lines = _head_lines(path, encoding)
    except UnicodeError as error:
        raise _undecodable(label, encoding) from error
    delimiter = options.delimiter or delimiters.detected(lines)
    columns = delimiters.fixed_columns(lines) if delimiter == "fixed" else None
    first = list(itertools.islice(records(lines, delimiter, columns=columns), _HEAD_LINES))
    if not any(record.cells for record in first):
        raise BadInput(_("{file} has no rows: it has no header row.").format(file=label), reason="empty", line=1)
    found = options.header_row if options.header_row is not None else find_header(first[:_HEAD_ROWS])
    header_row = 1 if found is None else found
    headings = headings_of(label, first, header_row, is_header=found is not None)
    width = len(headings)
    preamble = tuple(tuple(record.cells) for record in first if record.line < header_row)

    def carefully() -> Opened:
        return _normalised_text(path, folder, encoding, delimiter, columns, opened)

    # In another encoding: read quickly from a copy in UTF-8, where all its bytes are text.
    is_parted = len(delimiter) == 1
    copy = encodings.copied_as_utf_8(path, encoding, folder) if is_parted and encoding not in _UTF_8 else None
    if copy is not None:
        survey = surveyed(copy, delimiter)
    _check_rows(label, survey.line_count - header_row, width)
    opened = Opened(
        label=label,
        kind="csv",
        hash=content_hash,
        headings=headings,
        header_row=header_row,
        scan=DelimitedScan(copy or path, width, delimiter, survey.has_quotes, header_row),
        encoding=encoding,
        delimiter=delimiter,
        row_count=survey.line_count - header_row,
        preamble=preamble,
        marks=survey.marks if copy or delimiter == (options.delimiter or _likely_delimiter(head)) else MARKS,
        _careful=carefully,
    )
    is_plain = (
        (encoding in _UTF_8 or copy is not None)
        and survey.is_utf8
        and is_parted
        and survey.has_uniform_ends
        and not survey.has_control
        and not (encoding == "utf-8-sig" and header_row == 0)
        and not (survey.has_quotes and survey.size < _SMALL)
        and width > 1
    )
    return opened if is_plain else carefully()


def _check_rows(label: str, rows: int, width: int) -> None:
    """Raises BadInput for more rows or cells than one file may hold."""
    most = limits.current()
    if rows > most.rows or rows * width > most.cells:
        raise BadInput(
            _("{file} has {rows} rows of {width} columns, more than one file may hold: split it.").format(
                file=label, rows=f"{rows:,}", width=width
            ),
            reason="too_large",
        )


def _likely_delimiter(head: bytes) -> str:
    """The delimiter by the first bytes alone, before the encoding is known."""
    found = delimiters.detected(head.decode("latin-1").splitlines(keepends=True)[:_HEAD_LINES])
    return found if len(found) == 1 else ","


def _encoding(options: ReadOptions, head: bytes, survey: Survey) -> str:
    marked = encodings.from_mark(head)
    if options.encoding is None:
        return encodings.detected(head, survey.beyond_ascii, is_utf8=survey.is_utf8)
    said = options.encoding.casefold().replace("_", "-")
    if said in ("utf-8", "utf8") and marked == "utf-8-sig":
        return "utf-8-sig"
    if said in ("utf-16", "utf16") and marked is None:
        return encodings.detected(head, b"", is_utf8=False) if b"\0" in head else said
    return said


def _lines(path: Path, encoding: str) -> Iterator[str]:
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        yield from file


def _head_lines(path: Path, encoding: str) -> list[str]:
    found = []
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        for _number in range(_HEAD_LINES):
            line = file.readline(1 << 20)
            if not line:
                break
            found.append(line)
    return found


def _normalised_text(
    path: Path,
    folder: Path,
    encoding: str,
    delimiter: str,
    columns: list[tuple[int, int | None]] | None,
    opened: Opened,
) -> Opened:
    width = len(opened.headings)
    try:
        found = records(_lines(path, encoding), delimiter, width=width, columns=columns, keeps_plain=True)
        return _normalised(opened, checked(found, width), folder)
    except UnicodeError as error:
        raise _undecodable(opened.label, encoding) from error


def _undecodable(label: str, encoding: str) -> BadInput:
    return BadInput(
        _("{file} cannot be read as {encoding}: name its encoding.").format(file=label, encoding=encoding),
        reason="encoding",
    )


def _normalised(opened: Opened, found: Iterator[Record | PlainLine], folder: Path) -> Opened:
    """Write the records below the header into a file of our own, which the database can scan without surprises."""
    width = len(opened.headings)
    target = folder / f"normalised-{len(list(folder.iterdir()))}.csv"
    blank = 0
    nothing = [""] * width
    delimiter = opened.delimiter if opened.delimiter and len(opened.delimiter) == 1 else ","
    faultless = delimiter * 4
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        for record in found:
            if record.line <= opened.header_row:
                continue
            if isinstance(record, PlainLine):
                file.write(f"{record.line}{faultless}{record.text}\n")
                continue
            if not record.cells:
                blank += 1
            elif record.fault:
                at = "" if record.fault_at is None else record.fault_at
                writer.writerow([record.line, record.fault, at, json.dumps(record.cells, ensure_ascii=False), *nothing])
            else:
                writer.writerow([record.line, "", "", "", *record.cells])
    return replace(
        opened,
        scan=NormalisedScan(target, width, delimiter),
        row_count=None,
        blank_count=blank,
        marks=MARKS,
        _careful=None,
    )


# -- workbooks and Parquet -----------------------------------------------------------------------------------------


def _open_sheet(path: Path, label: str, options: ReadOptions, find_header: FindHeader, folder: Path) -> Opened:
    book = sheets.Workbook(path, label)
    names = [book.chosen(options.sheet)] if options.sheet else book.sheets
    if not names:
        raise BadInput(_("{file} has no visible sheet: name the sheet to read.").format(file=label), reason="no_sheet")
    chosen, header_row, first = None, None, []
    is_header = True
    for name in names:
        first = list(book.rows(name, limit=_HEAD_ROWS))
        header_row = options.header_row if options.header_row is not None else find_header(first)
        if header_row is not None and any(record.cells for record in first):
            chosen = name
            break
    if chosen is None:
        chosen, header_row, is_header = names[0], 1, False
        first = list(book.rows(chosen, limit=_HEAD_ROWS))
    if not any(any(cell.strip() for cell in record.cells) for record in first):
        raise BadInput(
            _("The sheet {sheet} of {file} is empty: it has no header row.").format(sheet=chosen, file=label),
            reason="empty",
            line=1,
        )
    width = max(len(record.cells) for record in first)
    header = next((record for record in first if record.line == header_row), None)
    if header is not None:
        # Columns to the right of the last heading hold notes, if anything.
        while header.cells and not header.cells[-1].strip():
            header.cells.pop()
        width = len(header.cells)
    opened = Opened(
        label=label,
        kind="xlsx",
        hash=file_hash(path),
        headings=headings_of(label, first, header_row, is_header=is_header),
        header_row=header_row,
        scan=NormalisedScan(path, width),
        sheet=chosen,
        epoch=book.epoch,
        preamble=tuple(tuple(record.cells) for record in first if record.line < header_row),
    )
    return _normalised(opened, _sheet_records(label, book.rows(chosen), width), folder)


def _sheet_records(label: str, found: Iterator[Record], width: int) -> Iterator[Record]:
    for number, record in enumerate(found, 1):
        _check_rows(label, number, width)
        record.cells = (record.cells + [""] * width)[:width]
        marked = [cell.startswith(sheets.TYPED) for cell in record.cells]
        record.cells = [cell.lstrip(sheets.TYPED) for cell in record.cells]
        for inspected in checked([record], width):
            if inspected.cells:
                inspected.cells = [
                    sheets.TYPED + cell if is_typed and not inspected.fault else cell
                    for cell, is_typed in zip(inspected.cells, marked, strict=True)
                ]
            yield inspected


def _open_parquet(path: Path, label: str) -> Opened:
    from kam.store.scans import parquet_columns, parquet_rows

    described = parquet_columns(path)
    if described is not None:
        _check_rows(label, parquet_rows(path), len(described))
    if described is None:
        raise BadInput(
            _("{file} is damaged or no Parquet file: export it again.").format(file=label), reason="unreadable"
        )
    names = [name for name, _type in described]
    carried = {n: _carried(kind.upper()) for n, (_name, kind) in enumerate(described) if kind.upper() != "VARCHAR"}
    return Opened(
        label=label,
        kind="parquet",
        hash=file_hash(path),
        headings=tuple(names),
        header_row=1,
        scan=ParquetScan(path, tuple(names)),
        carried=carried,
        has_control=True,
    )


def _carried(kind: str) -> str:
    return next((what for pattern, what in _CARRIED if pattern.match(kind)), "other")

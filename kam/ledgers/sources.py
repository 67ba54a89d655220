"""A file (or lines with their headers file) opened for a table: the scan, and which heading is which column."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kam.errors import BadInput
from kam.ledgers import headers
from kam.ledgers.contract import Table
from kam.ledgers.mapping import Join, Mapping
from kam.ledgers.options import ReadOptions
from kam.ledgers.reading import Opened, open_file
from kam.ledgers.reading.records import Record
from kam.ledgers.reading.sheets import TYPED
from kam.ledgers.resolving import Source
from kam.store.expressions import Column, call
from kam.store.scans import JoinedScan, Scan
from kam.store.staging import Staging
from kam.words import _


@dataclass(frozen=True)
class OpenedSource:
    """An opened file with its columns; joined: the headers file, if there is one."""

    opened: Opened
    source: Source
    scan: Scan
    joined: Opened | None = None
    join: Join | None = None

    def carefully(self) -> OpenedSource | None:
        """The same with its lines read one by one; None where they are already."""
        lines = self.opened.carefully()
        headers_file = self.joined.carefully() if self.joined else None
        if lines is None and headers_file is None:
            return None
        return _assembled(lines or self.opened, headers_file or self.joined, self.join)


def open_source(
    path: Path,
    label: str,
    table: Table,
    mapping: Mapping | None,
    options: ReadOptions,
    join_path: Path | None,
    join_label: str | None,
    folder: Path,
    staging: Staging,
) -> OpenedSource:
    """Open a file for a table. Raises BadInput where it (or its headers file) cannot be read."""
    opened = open_file(path, label, options, lambda first: header_line(first, table, mapping), folder)
    if mapping is None or mapping.join is None:
        return _assembled(opened, None, None)
    if join_path is None or not join_path.is_file():
        raise BadInput(
            _("The headers file {file} of the mapping is not there: put it beside the mapping, or add it.").format(
                file=mapping.join.file
            ),
            reason="no_file",
        )
    # The headers file has its own shape: only what a person said about text and numbers holds for both.
    shared = options.model_copy(update={"header_row": None, "delimiter": None, "sheet": None, "encoding": None})
    key = mapping.join.keys.headers
    joined = open_file(join_path, join_label or join_path.name, shared, lambda first: _line_with(first, [key]), folder)
    source = _assembled(opened, joined, mapping.join)
    _refuse_repeated_headers(staging, source)
    return source


def header_line(first: list[Record], table: Table, mapping: Mapping | None) -> int | None:
    """The line of a file's first rows that names the columns a table (or its mapping) needs; None where none does."""
    if mapping is not None and mapping.columns:
        tests = (*mapping.leave_out, *mapping.negate, *mapping.classify)
        wanted = [*mapping.columns.values(), *(test.column for test in tests)]
        best = _line_with(first, wanted)
        if best is not None:
            return best
    best_line, best_found = None, 0
    for record in first:
        found = headers.matched(table, [cell.strip().lstrip("\ufeff" + TYPED) for cell in record.cells if cell.strip()])
        if not found.missing(table):
            return record.line
        if len(found.columns) > max(best_found, 1):
            best_line, best_found = record.line, len(found.columns)
    return best_line


def _line_with(first: list[Record], wanted: list[str]) -> int | None:
    names = {headers.plain(name) for name in wanted}
    best_line, best_found = None, 0
    for record in first:
        found = len(names & {headers.plain(cell.strip().lstrip("\ufeff" + TYPED)) for cell in record.cells})
        if found > best_found:
            best_line, best_found = record.line, found
    return best_line


def _assembled(opened: Opened, joined: Opened | None, join: Join | None) -> OpenedSource:
    columns = {heading: f"c{n}" for n, heading in enumerate(opened.headings)}
    carried = {f"c{n}": what for n, what in opened.carried.items()}
    scan: Scan = opened.scan
    if joined is not None and join is not None:
        lines_key = _key_at(opened, join.keys.lines)
        headers_key = _key_at(joined, join.keys.headers)
        for n, heading in enumerate(joined.headings):
            columns.setdefault(heading, f"h{n}")
        carried |= {f"h{n}": what for n, what in joined.carried.items()}
        scan = JoinedScan(opened.scan, joined.scan, lines_key, headers_key)
    source = Source(
        label=opened.label,
        columns=columns,
        is_sheet="xlsx" in (opened.kind, joined.kind if joined else ""),
        is_guarded=opened.kind == "csv",
        carried=carried,
        has_control=opened.has_control,
        marks=opened.marks | (joined.marks if joined else frozenset()),
    )
    return OpenedSource(opened, source, scan, joined, join)


def _key_at(opened: Opened, name: str) -> int:
    wanted = headers.plain(name)
    for n, heading in enumerate(opened.headings):
        if headers.plain(heading) == wanted:
            return n
    raise BadInput(
        _("{file} has no column {column} to join on: its columns are {columns}.").format(
            file=opened.label, column=name, columns=", ".join(opened.headings[:40])
        ),
        reason="unknown_column",
        column=name,
    )


def _refuse_repeated_headers(staging: Staging, source: OpenedSource) -> None:
    """A header that stands twice would double its lines."""
    key = call("cell", Column(f"c{_key_at(source.joined, source.join.keys.headers)}"))
    repeated = staging.repeated(source.joined.scan, key)
    if repeated is not None:
        value, line = repeated
        raise BadInput(
            _("{file} has the header {value} twice (line {line}): keep one.").format(
                file=source.joined.label, value=value, line=line
            ),
            reason="duplicate_key",
            line=line,
            column=source.join.keys.headers,
        )

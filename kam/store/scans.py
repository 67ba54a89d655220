"""Files as DuckDB scans them: delimited text, our own normalised text, Parquet, and a join of two of them.

Every scan yields `place` (file number × 2^40 + line), `fault`, `fault_at`, `raw`, and the file's cells as text
columns c0, c1 … (and h0, h1 … of a joined headers file). Cells are as they stand in the file.

Numbering lines while they stream keeps the reader to one thread. Where a table is filled from a plain text or Parquet file,
its own row numbers serve instead: it keeps the order of the file (`in_order`, `first_line`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kam.store.excerpts import copy_lines
from kam.store.names import quoted

LINES_PER_FILE = 1 << 40
_NO_FAULT = "null::varchar as fault, null::integer as fault_at, null::varchar as raw"


@dataclass(frozen=True)
class DelimitedScan:
    """A plain UTF-8 text file read by DuckDB itself, one row per physical line after `skip` lines."""

    path: Path
    width: int
    delimiter: str
    has_quotes: bool
    skip: int

    def text(self, prefix: str, parameters: dict[str, Any]) -> str:
        # Numbering the rows as they stream keeps the file's order: the reader then hands its blocks on in turn.
        return f"select row_number() over () + {int(self.skip)} as line, {_NO_FAULT}, * from ({self.in_order(prefix, parameters)})"

    def in_order(self, prefix: str, parameters: dict[str, Any]) -> str:
        """The cells alone, in the order of the file where they fill a table."""
        cells = [f"{prefix}{n}" for n in range(self.width)]
        quote = '"' if self.has_quotes else ""
        return f"select * from {_csv(self.path, cells, self.delimiter, quote, self.skip, parameters)}"

    @property
    def first_line(self) -> int:
        """The line of the first row."""
        return self.skip + 1

    def of_lines(self, lines: Sequence[int], path: Path) -> DelimitedScan:
        """A scan of these lines alone, copied into a file of their own. lines: ascending, from 1.

        Numbering all lines of a file to find a few of them would keep the database's reader to one thread.
        """
        copy_lines(self.path, lines, path)
        return replace(self, path=path, skip=0)


@dataclass(frozen=True)
class NormalisedScan:
    """A UTF-8 file of our own making: line, fault, fault_at, raw, then the cells."""

    path: Path
    width: int
    delimiter: str = ","

    def text(self, prefix: str, parameters: dict[str, Any]) -> str:
        cells = [f"{prefix}{n}" for n in range(self.width)]
        columns = ["line", "fault", "fault_at", "raw", *cells]
        # Line ends of our own: a cell may hold others, at which the reader would stumble.
        source = _csv(self.path, columns, self.delimiter, '"', 0, parameters, more=r", new_line='\n'")
        named = ", ".join(cells)
        return (
            f"select line::bigint as line, fault, try_cast(fault_at as integer) as fault_at, raw, {named} from {source}"
        )


@dataclass(frozen=True)
class ParquetScan:
    """A Parquet file; its rows are numbered as if the column names stood in line 1.

    Beside each cell as text stands its value as the file types it (c0_native …): what is a decimal there need not
    be written out and read again.
    """

    path: Path
    columns: tuple[str, ...]

    def text(self, prefix: str, parameters: dict[str, Any]) -> str:
        source, cells = self._parts(prefix, parameters)
        return f"select file_row_number + {self.first_line} as line, {_NO_FAULT}, {cells} from {source}"

    def in_order(self, prefix: str, parameters: dict[str, Any]) -> str:
        """The cells alone, in the order of the file where they fill a table."""
        source, cells = self._parts(prefix, parameters)
        return f"select {cells} from {source}"

    @property
    def first_line(self) -> int:
        """The line of the first row."""
        return 2

    def _parts(self, prefix: str, parameters: dict[str, Any]) -> tuple[str, str]:
        name = f"b{len(parameters)}"
        parameters[name] = str(self.path)
        cells = ", ".join(
            f"{quoted(column)}::varchar as {prefix}{n}, {quoted(column)} as {native(f'{prefix}{n}')}"
            for n, column in enumerate(self.columns)
        )
        return f"read_parquet(${name}, file_row_number=true)", cells


@dataclass(frozen=True)
class JoinedScan:
    """Lines with the columns of their header (h0, h1 …), joined on a cell of each."""

    lines: DelimitedScan | NormalisedScan | ParquetScan
    headers: DelimitedScan | NormalisedScan | ParquetScan
    lines_key: int
    headers_key: int

    def text(self, prefix: str, parameters: dict[str, Any]) -> str:
        lines = self.lines.text(prefix, parameters)
        headers = self.headers.text("h", parameters)
        return (
            f"select lines.*, headers.* exclude (line, fault, fault_at, raw) from ({lines}) as lines "
            f"left join (select * from ({headers}) where fault is null) as headers "
            f"on trim(lines.{prefix}{int(self.lines_key)}) = trim(headers.h{int(self.headers_key)})"
        )


def native(cell: str) -> str:
    """The name of the column with a Parquet cell's own value."""
    return f"{cell}_native"


Scan = DelimitedScan | NormalisedScan | ParquetScan | JoinedScan


def scanned(scan: Scan, file_number: int, parameters: dict[str, Any]) -> str:
    """The select of a scan with its places."""
    first = int(file_number) * LINES_PER_FILE
    return f"select {first} + line as place, * exclude (line) from ({scan.text('c', parameters)})"


def _csv(
    path: Path, columns: list[str], delimiter: str, quote: str, skip: int, parameters: dict[str, Any], *, more: str = ""
) -> str:
    name = f"b{len(parameters)}"
    parameters[name] = str(path)
    parameters[f"{name}d"] = delimiter
    parameters[f"{name}q"] = quote
    types = ", ".join(f"{quoted(column)}: 'varchar'" for column in columns).replace('"', "'")
    return (
        f"read_csv(${name}, auto_detect=false, header=false, skip={int(skip)}, columns={{{types}}}, "
        f"delim=${name}d, quote=${name}q, escape=${name}q, nullstr='', strict_mode=true, null_padding=false, "
        f"max_line_size=16000000, parallel=true{more})"
    )


def parquet_columns(path: Path) -> list[tuple[str, str]] | None:
    """(name, type) of each column of a Parquet file; None where it cannot be read as one."""
    import duckdb

    with duckdb.connect(":memory:") as opened:
        try:
            found = opened.execute("describe select * from read_parquet($path)", {"path": str(path)}).fetchall()
        except duckdb.Error:
            return None
    return [(row[0], row[1]) for row in found]


def parquet_rows(path: Path) -> int:
    """How many rows a Parquet file says it has."""
    import duckdb

    with duckdb.connect(":memory:") as opened:
        text = "select coalesce(sum(num_rows), 0) from parquet_file_metadata($path)"
        return int(opened.execute(text, {"path": str(path)}).fetchall()[0][0])

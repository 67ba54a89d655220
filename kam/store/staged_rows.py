"""The rows of an import as they are staged: a table per file with what the file says, under one view.

What every row of a file shares (a column that the file lacks) is said by the view and not stored, and the lines of a plain
text or Parquet file are numbered by the places that its rows take in their table. `temp.staged` is the view; where rows have to
be changed it is settled into a table first.

    temp.staged_0, staged_1 …   one table per file: the columns worked out from its cells
    temp.staged                 place, fault, fault_at, raw, and the columns of the data contract
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kam.store.expressions import Bound, Expression, columns_of, rendered
from kam.store.names import quoted
from kam.store.scans import LINES_PER_FILE, DelimitedScan, ParquetScan, Scan, scanned

_PLACED = {"place": "bigint", "fault": "varchar", "fault_at": "integer", "raw": "varchar"}
# A column: its expression (None is unknown) and its type.
Columns = Mapping[str, tuple[Expression | None, str]]
# Expressions by name that others read; those of a layer may name the layers before.
Layers = Sequence[Mapping[str, Expression]]


@dataclass(frozen=True)
class _File:
    """The table of one file. columns: name -> the SQL that the view reads it by."""

    table: str
    columns: Mapping[str, str]

    def select(self) -> str:
        chosen = ", ".join(f"{text} as {quoted(name)}" for name, text in self.columns.items())
        return f"select {chosen} from temp.{quoted(self.table)}"


class StagedRows:
    """Composes the statements that fill and change temp.staged. run: executes one with its parameters."""

    def __init__(self, run: Callable[[str, dict[str, Any]], Any]) -> None:
        self._run = run
        self._files: dict[int, _File] = {}
        self._is_settled = False

    def begin(self) -> None:
        """Forget all rows."""
        self._drop_staged()
        for number in list(self._files):
            self._drop_file(number)

    def add(self, scan: Scan, number: int, columns: Columns, helpers: Layers) -> None:
        """Put the rows of a file there; an expression may name columns before it, and the helpers."""
        if self._is_settled:
            raise ValueError("rows are added before any is changed")
        parameters: dict[str, Any] = {}
        stored = {name: each for name, each in columns.items() if _shared(each[0]) is None}
        placed: Mapping[str, str]
        chosen = [quoted(name) for name in stored]
        if isinstance(scan, DelimitedScan | ParquetScan):
            source = scan.in_order("c", parameters)
            placed = {
                # The rows of a table filled in order are numbered from 0 on.
                "place": f"rowid + {number * LINES_PER_FILE + scan.first_line}",
                **{name: f"null::{kind}" for name, kind in _PLACED.items() if name != "place"},
            }
        else:
            source = scanned(scan, number, parameters)
            chosen = [*_PLACED, *chosen]
            placed = {name: name for name in _PLACED}
        source = with_helpers(source, helpers, parameters)
        for layer in _in_layers(stored):
            beside = ", ".join(
                f"{rendered(stored[name][0], parameters)}::{checked_type(stored[name][1])} as {quoted(name)}"
                for name in layer
            )
            source = f"select *, {beside} from ({source})"
        table = f"staged_{int(number)}"
        named = {
            name: f"{_shared(expression) or quoted(name)}::{checked_type(kind)}"
            for name, (expression, kind) in columns.items()
        }
        self._run(
            f"create or replace temp table {quoted(table)} as select {', '.join(chosen)} from ({source})", parameters
        )
        self._files[number] = _File(table, {**placed, **named})
        self._show()

    def forget(self, number: int) -> None:
        """Take the rows of one file out."""
        self._drop_staged()
        self._drop_file(number)
        self._show()

    def drop(self, number: int, places: str) -> None:
        """Take the rows of a file out whose place is in the temporary table `places`. The others keep theirs."""
        file = self._files[number]
        kept = f"{file.table}_kept"
        self._run(
            f"create or replace temp table {quoted(kept)} as select * from ({file.select()}) "
            f"where place not in (select place from temp.{quoted(places)})",
            {},
        )
        self._drop_staged()
        self._drop_file(number)
        self._files[number] = _File(kept, {name: quoted(name) for name in file.columns})
        self._show()

    def settle(self) -> None:
        """Make temp.staged a table, so that its rows can be changed."""
        if not self._is_settled:
            self.rework("select * from temp.staged")

    def rework(self, select: str) -> None:
        """Put the rows of a select over temp.staged in its place. It gives the columns of temp.staged, and may add some."""
        self._run(f"create or replace temp table reworked as {select}", {})
        self._drop_staged()
        for number in list(self._files):
            self._drop_file(number)
        self._run("alter table temp.reworked rename to staged", {})
        self._is_settled = True

    def _show(self) -> None:
        if self._files:
            selects = " union all ".join(self._files[number].select() for number in sorted(self._files))
            self._run(f"create or replace temp view staged as {selects}", {})

    def _drop_staged(self) -> None:
        self._run("drop table if exists temp.staged" if self._is_settled else "drop view if exists temp.staged", {})
        self._is_settled = False

    def _drop_file(self, number: int) -> None:
        self._run(f"drop table if exists temp.{quoted(self._files.pop(number).table)}", {})


def _in_layers(columns: Columns) -> list[list[str]]:
    """The columns in layers, each reading those of the layers before it only.

    Within one select a column would be worked out again wherever another one names it.
    """
    depth: dict[str, int] = {}
    for name, (expression, _kind) in columns.items():
        read = columns_of(expression) if expression is not None else set()
        depth[name] = 1 + max((depth[each] for each in read if each in depth), default=-1)
    return [[name for name in columns if depth[name] == layer] for layer in range(1 + max(depth.values(), default=-1))]


def with_helpers(source: str, layers: Layers, parameters: dict[str, Any]) -> str:
    """A select of a source with helpers beside its columns, each layer in a select of its own.

    A name given in the same select would be worked out again wherever it stands.
    """
    for layer in filter(None, layers):
        beside = ", ".join(f"{rendered(helper, parameters)} as {quoted(name)}" for name, helper in layer.items())
        source = f"select *, {beside} from ({source})"
    return source


def checked_type(kind: str) -> str:
    """A type's name as it may stand in a statement. Raises ValueError for anything else."""
    if not kind.replace("(", "").replace(")", "").replace(",", "").replace(" ", "").replace("[]", "").isalnum():
        raise ValueError(f"not a type: {kind!r}")
    return kind


def _shared(expression: Expression | None) -> str | None:
    """The SQL of a value that all rows share and the view can say; None where it has to be worked out."""
    if expression is None:
        return "null"
    if isinstance(expression, Bound) and isinstance(expression.value, bool):
        return "true" if expression.value else "false"
    return None

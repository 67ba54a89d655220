"""Staging: a file's rows as a typed temporary table beside the database, checked as sets before anything is written.

A `Staging` owns one cursor; its temporary tables (in the schema `temp`) live and die with it and are seen by
nobody else. The same cursor then runs the one short transaction of `Store.write(..., staging=…)`.

    temp.staged    one row per row of the files: place, fault, fault_at, raw, left_out, suspect, and the columns
                   (a view over a table per file until rows have to be changed: kam/store/staged_rows.py)
    temp.suspects  the cells of the rows that have to be looked at again, one table per file
    temp.problems  place, ordinal, column_name, original_text, reason

Statements are composed here from quoted names, named functions and bound values only; everything that is the
same for every table is a step in an .sql file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from kam.store.expressions import Column, Expression, call, rendered
from kam.store.names import qualified, quoted
from kam.store.scans import LINES_PER_FILE, DelimitedScan, Scan, scanned
from kam.store.staged_rows import Columns, Layers, StagedRows, checked_type, with_helpers

if TYPE_CHECKING:
    from kam.store.store import Store


# Rows beneath this number are fetched from a file by their lines; more are sought by reading all of it.
FEW = 50_000


class ScanFailed(Exception):
    """The database's own reader met a line that it cannot part; the file has to be read carefully."""


class Staging:
    """The temporary tables of one import. Use it as a context: they are gone at its end."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.cursor = store._connection.cursor()
        self._rows = StagedRows(self._scan)

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.cursor.close()

    def run(self, statement: str, parameters: Mapping[str, Any] | None = None) -> list[tuple]:
        """Run a step's text outside any transaction; returns its rows."""
        return self.cursor.execute(statement, dict(parameters or {})).fetchall()

    def ways(
        self,
        source: Scan | str,
        expressions: Mapping[str, tuple[str, Expression]],
        *,
        trimmed: str,
        sample: int | None = None,
    ) -> dict[str, dict[str, int]]:
        """How often each value of an expression occurs among the distinct values of a column.

        source: a scan, or a cells table. expressions: name -> (column, expression over it, trimmed). trimmed: the function
        that trims a cell. sample: look at the first rows only.
        """
        if not expressions:
            return {}
        parameters: dict[str, Any] = {}
        columns = list(dict.fromkeys(column for column, _expression in expressions.values()))
        named = ", ".join(map(quoted, columns))
        marks = ", ".join(f"grouping({quoted(column)}) as {quoted('not_' + column)}" for column in columns)
        sets = ", ".join(f"({quoted(column)})" for column in columns)
        chosen = ", ".join(
            f"histogram({rendered(expression, parameters)}) filter ({quoted('not_' + column)} = 0)"
            for column, expression in expressions.values()
        )
        limit = f" limit {int(sample)}" if sample else ""
        rows = f"temp.{quoted(source)}" if isinstance(source, str) else f"({scanned(source, 0, parameters)})"
        distinct = f"select {named}, {marks} from (select {named} from {rows}{limit}) group by grouping sets ({sets})"
        # Trimmed in a select of its own: an expression names its column many times.
        bare = ", ".join(f"{rendered(call(trimmed, Column(c)), parameters)} as {quoted(c)}" for c in columns)
        kept = ", ".join(quoted("not_" + column) for column in columns)
        found = self._scan(f"select {chosen} from (select {bare}, {kept} from ({distinct}))", parameters)[0]
        return {name: dict(counts or {}) for name, counts in zip(expressions, found, strict=True)}

    def first_rows(self, scan: Scan, width: int, count: int) -> list[list[str | None]]:
        """The cells of the first rows of a scan, as they stand in the file."""
        parameters: dict[str, Any] = {}
        cells = ", ".join(f"c{n}" for n in range(width))
        text = (
            f"select [{cells}] from (select * from ({scanned(scan, 0, parameters)}) limit {int(count)}) order by place"
        )
        return [row[0] for row in self._scan(text, parameters)]

    def begin(self) -> None:
        """Forget all staged rows."""
        self._rows.begin()

    def stage(self, scan: Scan, file_number: int, columns: Columns, helpers: Layers) -> None:
        """Put the rows of a scan into temp.staged. columns: name -> (expression, type); None is null.

        An expression may name columns before it, and the helpers. Raises ScanFailed where the scan does.
        """
        self._rows.add(scan, file_number, columns, helpers)

    def settle(self) -> None:
        """Make temp.staged a table whose rows can be changed."""
        self._rows.settle()

    def rework(self, select: str) -> None:
        """Put the rows of a step's select over temp.staged in their place."""
        self._rows.rework(select)

    def count(self, table: str, file_number: int) -> int:
        """How many rows of a file a temporary table holds."""
        text = f"select count(*) from temp.{quoted(table)} where place >> 40 = $file_number"
        return self.cursor.execute(text, {"file_number": file_number}).fetchall()[0][0]

    def is_empty(self, relation: str) -> bool:
        """Whether a table of the database has no row."""
        return not self.cursor.execute(f"select 1 from {qualified(relation)} limit 1").fetchall()

    def repeated(self, scan: Scan, key: Expression) -> tuple[str, int] | None:
        """(value, line) of the first row of a scan whose key stood in an earlier row; None where there is none."""
        parameters: dict[str, Any] = {}
        value = rendered(key, parameters)
        text = (
            f"select value, max(place) as place from (select {value} as value, place "
            f"from ({scanned(scan, 0, parameters)}) where fault is null) "
            f"where value is not null group by value having count(*) > 1 order by place limit 1"
        )
        found = self._scan(text, parameters)
        return found[0] if found else None

    def forget_file(self, file_number: int) -> None:
        """Take the rows of one file out of temp.staged."""
        self._rows.forget(file_number)

    def bring_cells(self, scan: Scan, file_number: int, wanted: str) -> str:
        """Copy the cells of the rows whose place is in the temporary table `wanted`; returns the cells table's name."""
        name, chosen = f"{wanted}_{int(file_number)}", f"temp.{quoted(wanted)} where place >> 40 = {int(file_number)}"
        parameters: dict[str, Any] = {}
        with tempfile.TemporaryDirectory(prefix="kam-lines-") as folder:
            few = self._few(chosen) if isinstance(scan, DelimitedScan) else None
            if isinstance(scan, DelimitedScan) and few:
                lines = scan.of_lines([place % LINES_PER_FILE for place in few], Path(folder) / "lines.csv")
                parameters["places"] = few
                numbered = lines.text("c", parameters)
                rows = f"select list_extract($places, line) as place, * exclude (line) from ({numbered})"
            else:
                numbered = scanned(scan, file_number, parameters)
                rows = f"select * from ({numbered}) where place in (select place from {chosen})"
            self._scan(f"create or replace temp table {quoted(name)} as {rows}", parameters)
        return name

    def work_out(self, cells: str, helpers: Layers) -> str:
        """A cells table with helpers beside the cells; returns its name."""
        parameters: dict[str, Any] = {}
        name = f"{cells}_read"
        source = with_helpers(f"select * from temp.{quoted(cells)}", helpers, parameters)
        self.cursor.execute(f"create or replace temp table {quoted(name)} as {source}", parameters)
        return name

    def _few(self, chosen: str) -> list[int] | None:
        """The places of a selection, ascending; None where they are many."""
        found = self.cursor.execute(f"select place from {chosen} order by place limit {FEW + 1}").fetchall()
        return [place for (place,) in found] if len(found) <= FEW else None

    def add_problems(self, cells: str, ordinal: int, column: str, text: Expression, reason: Expression) -> None:
        """Put a row into temp.problems for each row of a cells table whose reason is not null."""
        parameters: dict[str, Any] = {"column": column, "ordinal": ordinal}
        text_sql, reason_sql = rendered(text, parameters), rendered(reason, parameters)
        self.cursor.execute(
            f"insert into temp.problems select * from (select place, $ordinal, $column, {text_sql}, {reason_sql} as reason "
            f"from temp.{quoted(cells)} where fault is null) where reason is not null",
            parameters,
        )

    def add_absent(self, file_number: int, ordinal: int, name: str, column: str) -> None:
        """A problem for each suspect row of a file that lacks a value and has no problem yet."""
        self.cursor.execute(
            f"insert into temp.problems select place, $ordinal, $column, null, 'missing' from temp.staged "
            f"where {quoted(name)} is null and place >> 40 = $file_number "
            f"and place in (select place from temp.suspects) and place not in (select place from temp.problems)",
            {"ordinal": ordinal, "column": column, "file_number": file_number},
        )

    def drop_blank_rows(self, cells: str, file_number: int, width: int) -> None:
        """Take the rows of a file whose cells are all empty out of temp.staged and temp.problems. cells: a cells table."""
        filled = ", ".join(f"nullif(trim(c{n}), '')" for n in range(width))
        found = self.cursor.execute(
            f"create or replace temp table blank_rows as select place from temp.{quoted(cells)} "
            f"where fault is null and coalesce({filled}, null) is null"
        ).fetchall()
        if found[0][0]:
            self._rows.drop(file_number, "blank_rows")
            self.cursor.execute("delete from temp.problems where place in (select place from temp.blank_rows)")

    def keep_row_texts(self, cells: str, width: int) -> None:
        """Put each row of a cells table as a JSON list into temp.row_texts."""
        listed = ", ".join(f"c{n}" for n in range(width))
        self.cursor.execute(
            f"insert into temp.row_texts select place, coalesce(raw, cast(to_json([{listed}]) as varchar)), null "
            f"from temp.{quoted(cells)}"
        )

    # -- checks and outcome ----------------------------------------------------------------------------

    def add_duplicates(self, key: Sequence[str], *, counts_within: bool = False) -> None:
        """A problem for each row of temp.ready whose key stood in an earlier row.

        counts_within: the last column of the key numbers the rows of what stands before it (lines of an order).
        """
        names = ", ".join(map(quoted, key))
        rows = "temp.ready"
        if counts_within:
            # Grouped by what stands before the number, a bit for each number: as many bits as rows where none stands twice.
            # Only the few groups where that does not hold (more than 64 rows among them) are looked at row by row.
            heads = ", ".join(map(quoted, key[:-1]))
            self.cursor.execute(
                f"create or replace temp table unproven as select {heads} from temp.ready group by {heads} "
                f"having count(*) <> bit_count(bit_or(1::ubigint << ({quoted(key[-1])} & 63)))"
            )
            if self.is_empty("temp.unproven"):
                return
            rows = f"(select * from temp.ready semi join temp.unproven using ({heads}))"
        shown = ", ".join(f"ready.{quoted(c)}" for c in key)
        joined = " and ".join(f"ready.{quoted(c)} = repeated.{quoted(c)}" for c in key)
        self.cursor.execute(
            f"insert into temp.problems select ready.place, 900, $column, concat_ws(' ', {shown}), 'duplicate_key' "
            f"from {rows} as ready join (select {names}, min(place) as first_place from {rows} "
            f"group by {names} having count(*) > 1) as repeated on {joined} where ready.place > repeated.first_place",
            {"column": ", ".join(key)},
        )

    def draw_family(self, relation: str, key: str, parent: str) -> None:
        """Fill temp.family (place, id, parent_id) from temp.ready and temp.held_family (id, parent_id) from the table."""
        self.cursor.execute(
            f"create or replace temp table family as select place, {quoted(key)} as id, {quoted(parent)} as parent_id "
            f"from temp.ready"
        )
        self.cursor.execute(
            f"create or replace temp table held_family as select {quoted(key)} as id, {quoted(parent)} as parent_id "
            f"from {qualified(relation)} where {quoted(key)} not in (select id from temp.family)"
        )

    def match(self, relation: str, key: Sequence[str], columns: Sequence[str]) -> None:
        """Fill temp.matched (place, is_same) with the rows of temp.ready whose key the table holds."""
        joined = " and ".join(f"held.{quoted(c)} = ready.{quoted(c)}" for c in key)
        same = " and ".join(f"held.{quoted(c)} is not distinct from ready.{quoted(c)}" for c in columns) or "true"
        self.cursor.execute(
            f"create or replace temp table matched as select ready.place, {same} as is_same "
            f"from temp.ready as ready join {qualified(relation)} as held on {joined}"
        )

    def samples(self, columns: Sequence[str], count: int) -> dict[str, list[dict[str, Any]]]:
        """The first rows that would be new, changed or unchanged, and of those left out: outcome → rows (line, columns)."""
        names = ", ".join(f"rows.{quoted(c)}" for c in columns)
        joined = "temp.ready as rows join temp.matched as matched on matched.place = rows.place where"
        sources = {
            "inserted": "temp.ready as rows anti join temp.matched as matched on matched.place = rows.place",
            "updated": f"{joined} not matched.is_same",
            "unchanged": f"{joined} matched.is_same",
            "left_out": "temp.staged as rows where rows.left_out and rows.fault is null",
        }
        found = {}
        for outcome, source in sources.items():
            rows = self.cursor.execute(
                f"select rows.place & {LINES_PER_FILE - 1} as line, {names} from {source} order by rows.place limit {int(count)}"
            ).fetchall()
            found[outcome] = [dict(zip(("line", *columns), row, strict=True)) for row in rows]
        return found

    def insert_new(self, relation: str, columns: Sequence[str], import_id: int) -> int:
        """Insert the rows of temp.ready that are not in temp.matched; returns how many."""
        names = ", ".join(map(quoted, columns))
        found = self.cursor.execute(
            f"insert into {qualified(relation)} ({names}, import_id) select {names}, $import_id from temp.ready as ready "
            f"anti join temp.matched as matched on matched.place = ready.place",
            {"import_id": import_id},
        ).fetchall()
        return found[0][0]

    def keep_before_images(
        self, relation: str, key: Sequence[str], stored: Sequence[tuple[str, str]], import_id: int
    ) -> None:
        """Write what the rows that will change hold now into ledgers.before_images."""
        joined = " and ".join(f"held.{quoted(c)} = ready.{quoted(c)}" for c in key)
        image = ", ".join(f"'{_plain(name)}', {_as_text('held', name, kind)}" for name, kind in stored)
        self.cursor.execute(
            f"insert into ledgers.before_images select $import_id, $table, held.import_id, "
            f"cast(json_object({image}) as varchar) from {qualified(relation)} as held "
            f"join temp.ready as ready on {joined} join temp.matched as matched on matched.place = ready.place "
            f"where not matched.is_same",
            {"import_id": import_id, "table": relation.split(".")[1]},
        )

    def update_changed(self, relation: str, key: Sequence[str], columns: Sequence[str], import_id: int) -> int:
        """Give the rows in temp.matched that differ their new values; returns how many."""
        joined = " and ".join(f"held.{quoted(c)} = changed.{quoted(c)}" for c in key)
        sets = ", ".join(f"{quoted(c)} = changed.{quoted(c)}" for c in columns if c not in key)
        found = self.cursor.execute(
            f"update {qualified(relation)} as held set {sets + ', ' if sets else ''}import_id = $import_id "
            f"from (select ready.* from temp.ready as ready join temp.matched as matched "
            f"on matched.place = ready.place where not matched.is_same) as changed where {joined}",
            {"import_id": import_id},
        ).fetchall()
        return found[0][0]

    def _scan(self, text: str, parameters: dict[str, Any]) -> list[tuple]:
        try:
            return self.cursor.execute(text, parameters).fetchall()
        except duckdb.InvalidInputException as error:
            raise ScanFailed(str(error)) from error


def _plain(name: str) -> str:
    if not name.replace("_", "").isalnum():
        raise ValueError(f"not a column name: {name!r}")
    return name


def _as_text(table: str, name: str, kind: str) -> str:
    """A column as text that `_from_text` turns back exactly."""
    column = f"{table}.{quoted(name)}"
    return f"array_to_string({column}, ';')" if kind.endswith("[]") else f"{column}::varchar"


def from_text(text: str, kind: str) -> str:
    """The SQL that turns a text made by `_as_text` back into a value of its type."""
    if kind.endswith("[]"):
        return f"string_split({text}, ';')::{checked_type(kind)}"
    return f"{text}::{checked_type(kind)}"

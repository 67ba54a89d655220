"""Writing a table or view to a file, by DuckDB itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from kam.store.names import checked, qualified, quoted

if TYPE_CHECKING:
    from kam.store.store import Store


def write_csv(
    store: Store, relation: str, columns: Sequence[tuple[str, str]], order_by: Sequence[str], path: Path
) -> int:
    """Write columns (name, heading) as UTF-8 CSV with text that no spreadsheet takes for a formula; returns rows."""
    return _copied(store, _selected(store, relation, columns, order_by, guards_text=True), path, "format csv, header")


def write_parquet(
    store: Store, relation: str, columns: Sequence[tuple[str, str]], order_by: Sequence[str], path: Path
) -> int:
    """Write columns (name, heading) as Parquet; returns how many rows."""
    return _copied(store, _selected(store, relation, columns, order_by, guards_text=False), path, "format parquet")


def rows(store: Store, relation: str, columns: Sequence[tuple[str, str]], order_by: Sequence[str]) -> Iterator[tuple]:
    """The rows of the columns (name, heading), lists as text with semicolons, in portions."""
    with store.cursor() as cursor:
        found = cursor.execute(_selected(store, relation, columns, order_by, guards_text=False))
        while portion := found.fetchmany(10_000):
            yield from portion


def _selected(
    store: Store, relation: str, columns: Sequence[tuple[str, str]], order_by: Sequence[str], *, guards_text: bool
) -> str:
    types = dict(store.described(relation))
    chosen = []
    for name, heading in columns:
        (column,) = checked([name], tuple(types))
        if types[name].endswith("[]"):
            column = f"array_to_string({column}, ';')"
        if guards_text and (types[name] == "VARCHAR" or types[name].endswith("[]")):
            # As kam.ledgers.safe_text.guarded; the import takes the apostrophe off again.
            column = f"case when regexp_matches({column}, '^''*[-=+@\\t\\r]') then '''' || {column} else {column} end"
        chosen.append(f"{column} as {quoted(heading)}")
    order = f" order by {', '.join(checked(list(order_by), tuple(types)))}" if order_by else ""
    return f"select {', '.join(chosen)} from {qualified(relation)}{order}"


def _copied(store: Store, selected: str, path: Path, form: str) -> int:
    target = str(path).replace("'", "''")
    try:
        with store.cursor() as cursor:
            return cursor.execute(f"copy ({selected}) to '{target}' ({form})").fetchall()[0][0]
    except duckdb.IOException as error:
        raise OSError(str(error)) from error

"""Numbered forward migrations, and the installing of relations.

Each `NNNN_<capability>_<what>.sql` runs once, in order, in its own transaction. A file is never edited
after a release: a change is a new number. Relations (macros and views) hold no data and are installed
again whenever their text changed.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import duckdb

from kam import relations
from kam.errors import StoreUnavailable
from kam.words import _

FOLDER = Path(__file__).parent
PRODUCT = "kam-workbench"


@cache
def numbered() -> list[tuple[int, Path]]:
    """(number, file) of every migration, in order. ValueError where two share a number."""
    found = sorted((int(re.match(r"\d+", path.name)[0]), path) for path in FOLDER.glob("[0-9]*.sql"))
    numbers = [number for number, _path in found]
    if len(set(numbers)) != len(numbers):
        raise ValueError("two migrations share a number")
    return found


@cache
def schemas() -> frozenset[str]:
    """The schemas that the migrations make."""
    return frozenset(
        name
        for _number, path in numbered()
        for name in re.findall(r"(?m)^create schema (\w+);", path.read_text("utf-8"))
    )


def lay_tables(opened: duckdb.DuckDBPyConnection, numbers: set[int]) -> None:
    """Make the tables as they stood after exactly these migrations, in an empty file (for a restore)."""
    _run(opened, numbers)


def begin(opened: duckdb.DuckDBPyConnection, *, currency: str, fiscal_year_start: int) -> None:
    """Make all tables in an empty file and say whose it is."""
    _run(opened, {number for number, _file in numbered()})
    opened.executemany(
        "insert into store.workbench values (?, ?)",
        [("product", PRODUCT), ("currency", currency), ("fiscal_year_start", str(fiscal_year_start))],
    )
    opened.execute("checkpoint")


def bring_forward(opened: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Run the migrations that the file lacks. Raises StoreUnavailable for a file not ours, or newer."""
    ours = opened.execute(
        "select 1 from information_schema.tables where table_schema = 'store' and table_name = 'workbench'"
    ).fetchall()
    if not ours or opened.execute("select value from store.workbench where key = 'product'").fetchall() != [(PRODUCT,)]:
        raise StoreUnavailable(
            _("{file} is a database, but not one of the workbench: name another file with KAM_DB or --db.").format(
                file=path.name
            ),
            reason="not_ours",
        )
    done = {row[0] for row in opened.execute("select number from store.migrations").fetchall()}
    known = {number for number, _file in numbered()}
    if done - known:
        raise StoreUnavailable(
            _("{file} was written by a newer version of the workbench: update the workbench first.").format(
                file=path.name
            ),
            reason="newer",
        )
    if known - done:
        _run(opened, known - done)
        opened.execute("checkpoint")


def _run(opened: duckdb.DuckDBPyConnection, numbers: set[int]) -> None:
    for number, file in numbered():
        if number not in numbers:
            continue
        opened.execute("begin")
        try:
            opened.execute(file.read_text(encoding="utf-8"))
            opened.execute("insert into store.migrations values (?, ?, now()::timestamp)", [number, file.stem])
            opened.execute("commit")
        except BaseException:
            opened.execute("rollback")
            raise


def install_relations(opened: duckdb.DuckDBPyConnection) -> None:
    """Bind every relation where its text is not the installed one."""
    installed = opened.execute("select value from store.workbench where key = 'relations'").fetchall()
    if installed == [(relations.fingerprint(),)]:
        return
    opened.execute("begin")
    try:
        for relation in relations.catalogue().values():
            opened.execute(relation.text)
        opened.execute("insert or replace into store.workbench values ('relations', ?)", [relations.fingerprint()])
        opened.execute("commit")
    except BaseException:
        opened.execute("rollback")
        raise
    opened.execute("checkpoint")

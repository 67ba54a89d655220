"""One process-wide DuckDB connection: how the file is opened, and what is said where it cannot be.

A second process is refused by DuckDB whatever its mode, and a cursor per call is the only safe way to
share a connection between threads, so everything above this file goes through `Store`.
"""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

import duckdb

from kam.errors import StoreUnavailable
from kam.store import migrations
from kam.words import _

_MOST_MEMORY_MB = 4096


def _memory_mb() -> int:
    """Above this, large imports and roll-ups go over a folder beside the database instead of the machine's memory.

    Half of what the machine has and no more than 4 GB: an import of 10 million lines needs 3.
    """
    try:
        total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20
    except (AttributeError, OSError, ValueError):  # a system that does not say
        return _MOST_MEMORY_MB
    return max(min(_MOST_MEMORY_MB, total // 2), 512)


# No extension is ever fetched: an error is immediate, and nothing leaves the machine.
CONFIGURATION = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    # Staged rows are numbered by the place they take in a table: that of the file.
    "preserve_insertion_order": True,
    "memory_limit": f"{_memory_mb()}MB",
}
# Readings kept in memory live in this attached database; it is never written to disk.
KEPT = "kept"


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """An open connection to the file, with the in-memory database for kept readings attached.

    Raises StoreUnavailable with one sentence for a file that another process holds, that is no DuckDB
    database, or that is damaged.
    """
    # DuckDB names the database after its file; a schema of the same name would make every table ambiguous.
    if path.stem.lower() in migrations.schemas() | {KEPT, "information_schema"}:
        raise StoreUnavailable(
            _("A database cannot be called {name}, as a part of it is: choose another file name.").format(
                name=path.stem
            ),
            reason="reserved_name",
        )
    if path.exists() and path.stat().st_size == 0:
        raise StoreUnavailable(
            _("{file} is empty, not a workbench database: delete it or name another file.").format(file=path.name),
            reason="not_ours",
        )
    try:
        connection = duckdb.connect(str(path), config=CONFIGURATION)
    except duckdb.Error as error:
        raise StoreUnavailable(_sentence(path, str(error)), reason=_reason(str(error))) from error
    connection.execute(f"attach ':memory:' as {KEPT}")
    return connection


def set_log_aside(path: Path) -> Path | None:
    """Move a write-ahead log that cannot be replayed beside the file; returns where it went."""
    log = path.with_name(path.name + ".wal")
    if not log.exists():
        return None
    aside = log.with_name(f"{log.name}.damaged-{datetime.now():%Y%m%d-%H%M%S}")
    log.rename(aside)
    return aside


def _reason(text: str) -> str:
    if "lock" in text:
        return "held"
    if "not a valid DuckDB database" in text:
        return "not_ours"
    return "damaged"


def _sentence(path: Path, text: str) -> str:
    if holder := re.search(r"PID (\d+)", text):
        return _(
            "{file} is in use by process {pid}: stop that workbench first, or name another database with KAM_DB or --db."
        ).format(file=path.name, pid=holder[1])
    if "lock" in text:
        return _("{file} is in use by another process: stop that workbench first.").format(file=path.name)
    if "not a valid DuckDB database" in text:
        return _("{file} is not a workbench database: name another file with KAM_DB or --db.").format(file=path.name)
    if "WAL" in text:
        return _(
            "The log beside {file} cannot be replayed: restore the newest backup, or move {file}.wal away to open the state before it."
        ).format(file=path.name)
    if "newer" in text or "storage version" in text:
        return _("{file} was written by a newer version of the workbench: update the workbench first.").format(
            file=path.name
        )
    if "No such file" in text or "Cannot open file" in text:
        return _("{file} cannot be opened: check that its folder exists and can be written to.").format(file=path.name)
    return _("{file} cannot be opened as a workbench database: restore the newest backup.").format(file=path.name)

"""Writing the database file anew: what was deleted leaves the disk too, not only the tables.

DuckDB keeps deleted rows in the file's free blocks until they are used again; a copy of the database holds none.
"""

from __future__ import annotations

import os
from pathlib import Path

import duckdb

from kam.errors import StoreUnavailable
from kam.store import migrations
from kam.store.names import quoted
from kam.store.store import Store
from kam.words import _


def rewrite(store: Store) -> None:
    """Replace the file by a fresh copy of itself, with writes waiting meanwhile.

    Raises StoreUnavailable, with the file as it was, where there is no room for the copy.
    """
    fresh = store.path.with_name(store.path.name + ".rewriting")
    with store._writing:
        _remove(fresh)
        try:
            with store.cursor() as cursor:
                name = cursor.execute("select current_database()").fetchall()[0][0]
                place = str(fresh).replace("'", "''")
                cursor.execute(f"attach '{place}' as rewritten")
                try:
                    cursor.execute(f"copy from database {quoted(name)} to rewritten")
                finally:
                    cursor.execute("detach rewritten")
        except duckdb.Error as error:
            _remove(fresh)
            raise StoreUnavailable(
                _(
                    "The file could not be written anew, deleted data may be left in it: free some disk space and repeat."
                ),
                reason="unwritable",
            ) from error
        store._connection.close()
        os.replace(fresh, store.path)
        store._open_anew()
        migrations.install_relations(store._connection)


def _remove(path: Path) -> None:
    for file in (path, path.with_name(path.name + ".wal")):
        file.unlink(missing_ok=True)

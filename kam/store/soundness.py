"""Whether every table can be read to its last block: damage on the disk shows only when a block is read."""

from __future__ import annotations

import duckdb

from kam.store.names import qualified
from kam.store.store import Store


def unreadable_tables(store: Store) -> list[str]:
    """The tables in which a block does not match its checksum, as `schema.name`; empty in a sound file."""
    unreadable = []
    for table in base_tables(store):
        with store.cursor() as cursor:
            try:
                cursor.execute(f"select bit_xor(hash(whole)) from {qualified(table)} as whole").fetchall()
            except duckdb.Error:
                unreadable.append(table)
    return unreadable


def base_tables(store: Store) -> list[str]:
    """Every table that holds data, as `schema.name`."""
    with store.cursor() as cursor:
        found = cursor.execute(
            "select table_schema || '.' || table_name from information_schema.tables"
            " where table_catalog = current_database() and table_type = 'BASE TABLE' order by 1"
        ).fetchall()
    return [name for (name,) in found]

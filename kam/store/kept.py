"""Readings kept in memory until the data beneath them changes.

A list page asks for the same dear reading again with another sort or page: it is computed once into an
attached in-memory table, keyed by relation, arguments and the data versions of the schemas it reads.
Relations that many build on are marked as shared in their headers: a reading is planned over their kept tables.
"""

from __future__ import annotations

import itertools
import threading
from collections import OrderedDict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kam import relations
from kam.store.connection import KEPT

if TYPE_CHECKING:
    from kam.store.store import Store

# A hundred million cells, sixteen dear readings of 200,000 accounts, stay about a gigabyte. A round of packs over a small
# programme reads forty, and fewer kept ones would be computed again for every account.
MOST_CELLS = 100_000_000
MOST_KEPT = 96


Key = tuple[str, tuple[tuple[str, Any], ...], int]


class KeptReadings:
    """The kept readings of one store; the least recently used goes first."""

    def __init__(self) -> None:
        # key to (table, columns, cells)
        self._tables: OrderedDict[Key, tuple[str, tuple[str, ...], int]] = OrderedDict()
        self._cells = 0
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)

    def source(self, store: Store, relation: str, arguments: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
        """(table name for SQL, its columns) of the kept reading, computed now where it is not kept."""
        arguments = _told(relation, arguments)
        key = _key(relation, arguments, store.version(*relations.schemas_behind(relation)))
        with self._lock:
            if key not in self._tables:
                key = self._compute(store, relation, arguments)
            self._tables.move_to_end(key)
            self._let_go(store)
            return self._tables[key][:2]

    def _compute(self, store: Store, relation: str, arguments: dict[str, Any]) -> Key:
        """Keep a reading with the shared ones beneath it, all as one state of the data has them."""
        made: dict[Key, tuple[str, tuple[str, ...], int]] = {}
        with store.cursor() as cursor:
            cursor.execute("begin")
            try:
                versions = dict(cursor.execute("select scope, version from store.data_versions").fetchall())
                key = self._made(store, cursor, versions, made, relation, arguments)
                cursor.execute("commit")
            except BaseException:
                cursor.execute("rollback")
                raise
        self._tables |= made
        self._cells += sum(cells for _table, _known, cells in made.values())
        return key

    def _made(self, store: Store, cursor: Any, versions: dict[str, int], made: dict, relation: str, arguments) -> Key:
        schemas = relations.schemas_behind(relation)
        key = _key(relation, arguments, sum(versions.get(schema, 0) for schema in schemas))
        if key in self._tables:
            self._tables.move_to_end(key)
        if key in self._tables or key in made:
            return key
        known = store.columns(relation)
        text = f"select * from {store._call(relation, arguments)}"
        if relations.stands_on_shared(relation):
            types = dict(relations.catalogue()[relation].parameters)
            given = {name: f"cast(${name} as {types[name]})" for name in arguments}
            meant = {text: arguments[name] for name, text in given.items()}

            def kept(shared: str, passed: Mapping[str, str]) -> str:
                # What is not an argument is the default of a relation in between, a text in quotes.
                beneath = {name: meant.get(text, text.strip("'")) for name, text in passed.items()}
                held = self._made(store, cursor, versions, made, shared, _told(shared, beneath))
                return (made.get(held) or self._tables[held])[0]

            # Planned and read once, not again in each that builds on it.
            text = relations.query_over(relation, given, kept)
        table = f"{KEPT}.reading_{next(self._numbers)}"
        used = {name: value for name, value in arguments.items() if f"${name}" in text}
        rows = cursor.execute(f"create table {table} as {text}", used).fetchall()[0][0]
        made[key] = (table, known, rows * len(known))
        return key

    def _let_go(self, store: Store) -> None:
        """Drop the least recently used beyond what may be kept."""
        while len(self._tables) > 1 and (len(self._tables) > MOST_KEPT or self._cells > MOST_CELLS):
            _key, (oldest, _known, cells) = self._tables.popitem(last=False)
            self._cells -= cells
            with store.cursor() as cursor:
                cursor.execute(f"drop table if exists {oldest}")


def _key(relation: str, arguments: dict[str, Any], version: int) -> Key:
    return relation, tuple(sorted(arguments.items())), version


def _told(relation: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The arguments without those that say what is meant anyway: one reading is not kept twice."""
    known = relations.catalogue().get(relation)
    defaults = known.defaults if known else {}
    return {name: value for name, value in arguments.items() if defaults.get(name) != f"'{value}'"}

"""Readings kept in memory until the data beneath them changes.

A list page asks for the same dear reading again with another sort or page: it is computed once into an
attached in-memory table, keyed by relation, arguments and the data versions of the schemas it reads.
"""

from __future__ import annotations

import itertools
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from kam import relations
from kam.store.connection import KEPT

if TYPE_CHECKING:
    from kam.store.store import Store

# A hundred million cells, sixteen dear readings of 200,000 accounts, stay about a gigabyte. A round of packs over a small
# programme reads forty, and fewer kept ones would be computed again for every account.
MOST_CELLS = 100_000_000
MOST_KEPT = 96


class KeptReadings:
    """The kept readings of one store; the least recently used goes first."""

    def __init__(self) -> None:
        # key to (table, columns, cells)
        self._tables: OrderedDict[tuple, tuple[str, tuple[str, ...], int]] = OrderedDict()
        self._cells = 0
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)

    def source(
        self, store: Store, cursor: Any, relation: str, arguments: dict[str, Any]
    ) -> tuple[str, tuple[str, ...]]:
        """(table name for SQL, its columns) of the kept reading, computed now where it is not kept."""
        versions = store.version(*sorted(relations.schemas_behind(relation)))
        key = (relation, tuple(sorted(arguments.items())), versions)
        with self._lock:
            if key not in self._tables:
                known = store.columns(relation)
                table = f"{KEPT}.reading_{next(self._numbers)}"
                made = f"create table {table} as select * from {store._call(relation, arguments)}"
                rows = cursor.execute(made, arguments).fetchall()[0][0]
                self._tables[key] = (table, known, rows * len(known))
                self._cells += rows * len(known)
            self._tables.move_to_end(key)
            while len(self._tables) > 1 and (len(self._tables) > MOST_KEPT or self._cells > MOST_CELLS):
                _key, (oldest, _known, cells) = self._tables.popitem(last=False)
                self._cells -= cells
                cursor.execute(f"drop table if exists {oldest}")
            return self._tables[key][:2]

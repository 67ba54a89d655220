"""Answers to questions, kept until the data beneath them changes.

A page that runs again after a click asks nearly all its questions again, and planning them is what they cost. An answer is
kept under the question and the data versions of the schemas that it reads, so that it is never older than the last write.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from kam import relations
from kam.store.reading import Among, Condition, Rows

if TYPE_CHECKING:
    from kam.store.store import Store

Answer = TypeVar("Answer")
# Written by every write without counting up a version.
_UNVERSIONED = frozenset({"store.audit_events", "store.applied_operations", "store.data_versions"})
_LARGEST = 20_000
MOST_CELLS = 500_000
_IMMUTABLE = frozenset({str, int, float, bool, type(None), Decimal, date, datetime, time, timedelta, bytes})


class Answers:
    """The answers of one store; the least recently asked goes first."""

    def __init__(self, store: Store) -> None:
        self._store = store
        # key to (answer, cells)
        self._held: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._cells = 0
        self._lock = threading.Lock()

    def get(
        self, kind: str, relation: str, arguments: Mapping[str, Any] | None, asked: Any, ask: Callable[[], Answer]
    ) -> Answer:
        """The kept answer, or what `ask` gives. kind and asked: what is asked of the relation, its conditions among it."""
        key = self._key(kind, relation, arguments, asked)
        if key is None:
            return ask()
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
        if found is not None:
            return _own(found[0])
        answer = ask()
        cells = _cells(answer)
        if cells is not None:
            self._keep(key, _own(answer), cells)
        return answer

    def forget(self) -> None:
        """Forget all: the data may have been changed by other ways than a write."""
        with self._lock:
            self._held.clear()
            self._cells = 0

    def _key(self, kind: str, relation: str, arguments: Mapping[str, Any] | None, asked: Any) -> Hashable | None:
        read = {relation, *_relations_in(asked)}
        if any(relations.tables_behind(name) & _UNVERSIONED for name in read):
            return None
        # Read before the data: a write between the two leaves an answer that is newer than its key, never one that is older.
        version = self._store.version(*frozenset().union(*map(relations.schemas_behind, read)))
        key = kind, relation, version, _typed(arguments or {}), _typed(asked)
        try:
            hash(key)
        except TypeError:
            return None
        return key

    def _keep(self, key: Hashable, answer: Any, cells: int) -> None:
        with self._lock:
            _answer, before = self._held.pop(key, (None, 0))
            self._held[key] = answer, cells
            self._cells += cells - before
            while self._cells > MOST_CELLS:
                _oldest, (_let_go, freed) = self._held.popitem(last=False)
                self._cells -= freed


def _typed(value: Any) -> Hashable:
    """A value as part of a key: what SQL tells apart (1, 1.0, true) is told apart."""
    if isinstance(value, Mapping):
        return tuple((name, _typed(value[name])) for name in sorted(value))
    if isinstance(value, list | tuple):
        return tuple(map(_typed, value))
    if is_dataclass(value):
        return type(value).__name__, tuple(_typed(getattr(value, field.name)) for field in fields(value))
    return type(value).__name__, value


def _relations_in(asked: Any) -> Iterable[str]:
    """The relations that conditions look into."""
    if isinstance(asked, Mapping):
        asked = list(asked.values())
    if isinstance(asked, list | tuple):
        for part in asked:
            yield from _relations_in(part)
    elif isinstance(asked, Condition):
        yield from _relations_in(asked.value)
    elif isinstance(asked, Among):
        yield asked.relation
        yield from _relations_in(asked.where)


def _cells(answer: Any) -> int | None:
    """How much an answer holds; None where it is not kept, being large or of values that somebody might change."""
    if isinstance(answer, Rows):
        rows: Iterable[Iterable[Any]] = answer.rows
        count = len(answer.rows) * len(answer.columns)
    else:
        rows = answer.values() if isinstance(answer, dict) else [answer]
        count = len(answer)
    if count > _LARGEST:
        return None
    if all(type(cell) in _IMMUTABLE or _is_list_of_such(cell) for row in rows for cell in row):
        return count + 1
    return None


def _is_list_of_such(cell: Any) -> bool:
    return type(cell) is list and all(type(each) in _IMMUTABLE for each in cell)


def _own(answer: Any) -> Any:
    """An answer of the asker's own: what he does to it changes no other's."""
    if isinstance(answer, Rows):
        return Rows(answer.columns, [_row(row) for row in answer.rows], answer.total)
    return dict(answer) if isinstance(answer, dict) else list(answer)


def _row(row: tuple) -> tuple:
    return tuple([list(cell) if type(cell) is list else cell for cell in row]) if list in map(type, row) else row

"""Answers that take seconds, kept in memory by store and key; a key holds the data versions that they rest on."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from kam.store import Store

Answer = TypeVar("Answer")


class Kept:
    """At most `most` answers a store. Two that ask for the same at once wait for one computation."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: WeakKeyDictionary[Store, OrderedDict[Hashable, Any]] = WeakKeyDictionary()
        self._lock = threading.RLock()

    def has(self, store: Store, key: Hashable) -> bool:
        """Whether the answer is at hand."""
        return key in self._held.get(store, ())

    def get(self, store: Store, key: Hashable, compute: Callable[[], Answer]) -> Answer:
        """The answer under this key, computed where it is not at hand. What `compute` raises is not kept."""
        with self._lock:
            held = self._held.setdefault(store, OrderedDict())
            if key not in held:
                held[key] = compute()
                while len(held) > self._most:
                    held.popitem(last=False)
            held.move_to_end(key)
            return held[key]

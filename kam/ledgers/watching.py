"""A thread of the running workbench that looks into the watched folder: one process holds the database, so it takes in."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date

from kam.ledgers.inbox import SETTLED_SECONDS, inbox_rules, take_in, waiting_files
from kam.store import Store
from kam.store.writing import Actor

EVERY_SECONDS = 30.0
_log = logging.getLogger(__name__)


class Watcher:
    """Looks into the watched folder of a store at intervals until it is stopped."""

    def __init__(
        self, store: Store, *, who: Actor, today: Callable[[], date], every_seconds: float = EVERY_SECONDS
    ) -> None:
        self._store, self._who, self._today, self._every = store, who, today, every_seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="kam-inbox", daemon=True)

    def start(self) -> Watcher:
        """Begin to watch."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop watching; a file that is being taken in is finished first."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        while not self._stopped.wait(self._every):
            try:
                if waiting_files(self._store) and len(inbox_rules(self._store)):
                    take_in(self._store, who=self._who, today=self._today(), settled_seconds=SETTLED_SECONDS)
            except Exception:
                # Logged, and tried again at the next look: nobody stands at a screen to be told.
                _log.exception("the watched folder could not be read")

"""How large a file may be. Beyond these the file is refused with a sentence; nothing was read into the database.

The sizes are parameters of the workbench (imports.…, Settings); here they are what a reading in progress goes by.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

# How far a packed file may expand, whatever it unpacks to.
STEEPEST_PACKING = 1000
# Columns of a file, characters of a cell that is kept to be shown, physical lines of one quoted record.
MOST_COLUMNS = 1000
LONGEST_CELL = 100_000
LONGEST_RECORD_LINES = 1000


@dataclass(frozen=True)
class Limits:
    """Megabytes on disk and unpacked (gz, workbook); rows and cells; memory and processor time of a workbook's reading."""

    file_mb: float = 8_192
    unpacked_mb: float = 16_384
    workbook_mb: float = 1_024
    rows: float = 200_000_000
    cells: float = 4_000_000_000
    workbook_memory_mb: float = 4_096
    workbook_seconds: float = 600


_current: ContextVar[Limits] = ContextVar("limits", default=Limits())  # noqa: B039 (frozen)


def current() -> Limits:
    """The limits of the reading in progress."""
    return _current.get()


@contextmanager
def applied(limits: Limits) -> Iterator[None]:
    """Read by these limits."""
    token = _current.set(limits)
    try:
        yield
    finally:
        _current.reset(token)

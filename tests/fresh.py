"""Empty workbenches for tests: copies of one that is made once in a process for each currency."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from kam import workbench
from kam.access import Person
from kam.store import Store


def fresh_workbench(path: Path, *, currency: str = "EUR", person: Person) -> Store:
    """What `workbench.make` gives, in a fiftieth of the time after the first in a process."""
    return workbench.open_workbench(shutil.copy(_made(currency, person), path))


@cache
def _made(currency: str, person: Person) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="kam-fresh-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    workbench.make(folder / "fresh.duckdb", currency=currency, person=person).close()
    return folder / "fresh.duckdb"

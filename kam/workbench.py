"""Making and opening a workbench: what both front ends do first."""

from __future__ import annotations

import os
from pathlib import Path

from kam import access, parameters, store
from kam.access import Person

DATABASE = Path(__file__).resolve().parents[1] / "data" / "workbench.duckdb"


def database_path(named: Path | str | None = None) -> Path:
    """The database to work on: the one named, else KAM_DB, else data/workbench.duckdb of the checkout."""
    return Path(named or os.environ.get("KAM_DB") or DATABASE)


def make(
    path: Path | str, *, currency: str = "EUR", fiscal_year_start: int = 1, person: Person | None = None
) -> store.Store:
    """A new, empty workbench. person: the one of single-user mode, where it is known already.

    Raises StoreUnavailable where the file exists or cannot be written.
    """
    made = store.create(path, currency=currency, fiscal_year_start=fiscal_year_start)
    parameters.sync_defaults(made, who=access.WORKBENCH)
    if person is not None:
        access.choose(made, person)
    return made


def open_workbench(path: Path | str) -> store.Store:
    """An existing workbench, brought forward to this version. Raises StoreUnavailable."""
    opened = store.open_store(path)
    parameters.sync_defaults(opened, who=access.WORKBENCH)
    return opened

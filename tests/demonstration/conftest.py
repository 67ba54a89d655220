"""One demonstration programme for all tests that look at it."""

from __future__ import annotations

from datetime import date

import pytest

from kam import demonstration, workbench

UNTIL = date(2026, 10, 31)


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The path of a demonstration workbench of the usual size."""
    path = tmp_path_factory.mktemp("demonstration") / "demo.duckdb"
    demonstration.make(path, until=UNTIL)
    return path


@pytest.fixture(scope="session")
def demo(made):
    """It, opened; nobody writes to it."""
    with workbench.open_workbench(made) as opened:
        yield opened

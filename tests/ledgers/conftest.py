"""The desk that the import tests work at."""

from __future__ import annotations

import pytest

from tests.ledgers.files import Desk


@pytest.fixture
def desk(store, champion, tmp_path) -> Desk:
    """An empty workbench with somebody who imports into it."""
    return Desk(store, champion, tmp_path)


@pytest.fixture
def stocked(desk) -> Desk:
    """The same with the accounts A, B and C."""
    desk.accounts("A", "B", "C")
    return desk

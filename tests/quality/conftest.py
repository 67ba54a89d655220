"""A workbench that imports, for tests of the facts' quality."""

from __future__ import annotations

import pytest

from tests.ledgers.files import Desk


@pytest.fixture
def desk(store, champion, tmp_path):
    return Desk(store, champion, tmp_path)

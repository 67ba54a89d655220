"""What every test may ask for. Nobody opens the working database here: each test has its own file."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

import duckdb
import pytest

from kam import access
from tests.fresh import fresh_workbench

# Commands and servers that tests start keep what they compile, as they do for a user, whatever this machine's habit.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture
def champion():
    """The person who acts in tests."""
    return access.Person("ines-brandt", "Ines Brandt", "champion")


@pytest.fixture
def store(tmp_path, champion):
    """An empty workbench in euros with the champion chosen."""
    with fresh_workbench(tmp_path / "workbench.duckdb", person=champion) as opened:
        yield opened
        # Nobody reads the file any more: writing it out in full would be a fifth of a second for each test.
        with contextlib.suppress(duckdb.Error), opened.cursor() as cursor:
            cursor.execute("pragma disable_checkpoint_on_shutdown")


@pytest.fixture(scope="session")
def shared_ledgers() -> Path:
    """The folder of public ledgers beside the checkout; skips where it is missing."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip("the public ledgers (../shared/data) are not beside this checkout")
    return folder


@pytest.fixture(scope="session")
def oracle():
    """oracle("CLV-01") gives a published worked example (inputs, expected, tolerance)."""
    file = SHARED / "oracles.json"
    if not file.is_file():
        pytest.skip("the published worked examples (../shared/oracles.json) are not beside this checkout")
    examples = {example["id"]: example for example in json.loads(file.read_text(encoding="utf-8"))}
    return examples.__getitem__

"""One browser for all browser tests; workbenches served as tests ask for them."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from kam import access, demonstration, workbench
from tests.browser.browsers import FLAGS, chromium
from tests.browser.served import Served
from tests.browser.visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]


def pytest_collection_modifyitems(items) -> None:
    """Every test of this folder is a browser test."""
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium; without one the tests are skipped, or fail under KAM_REQUIRE_BROWSER=1."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = chromium(playwright)
        if path is None:
            if os.environ.get("KAM_REQUIRE_BROWSER") == "1":
                pytest.fail("no Chromium found, and KAM_REQUIRE_BROWSER=1: install one or set KAM_BROWSER")
            pytest.skip("no Chromium found: install one, or set KAM_BROWSER to its path")
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """serve(name, make) serves a database that make(path) builds; all are stopped at the end."""
    running: list[Served] = []

    def start(name: str, make) -> Served:
        database = tmp_path_factory.mktemp("served") / f"{name}.duckdb"
        make(database)
        served = Served(database).start()
        running.append(served)
        return served

    yield start
    for served in running:
        served.stop()


@pytest.fixture(scope="session")
def demonstration_database(tmp_path_factory) -> Path:
    """The demonstration programme, made once; tests work on copies."""
    path = tmp_path_factory.mktemp("made") / "demonstration.duckdb"
    demonstration.make(path, until=date(2026, 10, 31))
    return path


@pytest.fixture(scope="session")
def demonstrated(serve, demonstration_database) -> Served:
    """The demonstration programme, served; shared by the tests that leave it usable for each other."""
    return serve("demonstration", lambda path: shutil.copy(demonstration_database, path))


@pytest.fixture
def visitor(browser):
    """visitor(served, width=, height=, dark=) opens a tab of its own."""
    contexts = []

    def arrive(served: Served, *, width: int = 1400, height: int = 900, dark: bool = False) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            accept_downloads=True,
        )
        contexts.append(context)
        return Visitor(context.new_page(), served.address)

    yield arrive
    for context in contexts:
        context.close()


def make_empty(path: Path) -> None:
    """An empty workbench whose person is chosen already."""
    workbench.make(path, currency="USD", person=access.person_named("Ines Brandt")).close()

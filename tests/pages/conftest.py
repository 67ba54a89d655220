"""Opening a page as a visitor does: through app.py, with the test's own store behind it.

page = open_page("accounts", as_of="2025-12-31")
page.text            every word that a visitor can read, in order
page.tables          {title: [{heading: text}]} as drawn; page.totals the same for last lines
page.metrics         {label: value} as shown
page.errors          sentences of refusals
page.address         {name: value} of the query
page.at              the AppTest itself: set fields, press buttons, then page.run()
"""

from __future__ import annotations

import html
import json
import re
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from kam.ui import session
from kam.ui.links import place

APP = Path(__file__).resolve().parents[2] / "app.py"
_MARKS = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>$&=\"'^:/@])|\u2060")
_BADGE = re.compile(r"(?<!\\):[a-z]+(?:-badge)?\[((?:\\.|[^\]\\])*)\]|(?<!\\)\*\*")


def read(text: str) -> str:
    """Markdown as a visitor reads it: escapes, badges and stars taken away."""
    return _MARKS.sub(lambda m: m[1] or "", _BADGE.sub(lambda m: m[1] or "", text))


class Page:
    """A page that has run."""

    def __init__(self, at: AppTest) -> None:
        self.at = at

    def run(self) -> Page:
        """Run again, after fields were set."""
        self.at.run()
        return self

    def press(self, label: str) -> Page:
        """Press the button with this label and run."""
        next(b for b in self.at.button if b.label == label).click().run()
        return self

    def field(self, kind: str, label: str):
        """The widget of a kind (`text_input`, `selectbox` …) with this label."""
        return next(w for w in self.at.get(kind) if w.label == label)

    @property
    def text(self) -> str:
        """Every word on the page, tables included."""
        return "\n".join(_words(self.at._tree))

    @property
    def address(self) -> dict[str, str]:
        """The query of the address as it stands now."""
        return {name: value if isinstance(value, str) else value[-1] for name, value in self.at.query_params.items()}

    @property
    def errors(self) -> list[str]:
        """The sentences of refusals."""
        return [read(e.value) for e in self.at.error]

    @property
    def metrics(self) -> dict[str, str]:
        """Figures by label."""
        return {read(m.label): read(m.value) for m in self.at.metric}

    @property
    def tables(self) -> dict[str, list[dict[str, str]]]:
        """The rows of each table by its title."""
        return {d["label"]: [_row(d, cells) for cells in d["rows"]] for d in self.drawn}

    @property
    def totals(self) -> dict[str, dict[str, str]]:
        """The last line of each table that has one."""
        return {d["label"]: _row(d, d["totals"]) for d in self.drawn if d["totals"]}

    @property
    def links(self) -> list[str]:
        """The addresses that table cells lead to."""
        return [cell["a"] for d in self.drawn for cells in d["rows"] for cell in cells if "a" in cell]

    @property
    def drawn(self) -> list[dict]:
        """What each table was given to draw."""
        found = [json.loads(e.proto.json) for e in _elements(self.at._tree) if e.type == "bidi_component"]
        return [d for d in found if "columns" in d]


@pytest.fixture(autouse=True)
def menu_is_known(monkeypatch):
    """As in a server that has shown a page before: AppTest forgets in each run that app.py makes the menu."""
    begin = PagesManager.__init__

    def begin_with_the_menu(self, *arguments, **named):
        begin(self, *arguments, **named)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", begin_with_the_menu)


@pytest.fixture(autouse=True, scope="session")
def packages_are_looked_through_once():
    """Each AppTest looks through every installed package for components, a third of a second each; they do not change."""
    before, manifest_scanner.scan_component_manifests = (
        manifest_scanner.scan_component_manifests,
        cache(manifest_scanner.scan_component_manifests),
    )
    yield
    manifest_scanner.scan_component_manifests = before


@pytest.fixture
def open_page(store, monkeypatch):
    """open_page(name, **query): the page of the test's store; without a name, what opens first."""
    monkeypatch.setenv("KAM_DB", str(store.path))
    monkeypatch.setattr(session, "store", lambda: store)

    def opened(name: str | None = None, **query: str) -> Page:
        at = AppTest.from_file(str(APP), default_timeout=60)
        if name is not None:
            at.switch_page(place(name).file)
        for key, value in query.items():
            at.query_params[key] = value
        return Page(at).run()

    return opened


def _elements(node):
    for child in getattr(node, "children", {}).values():
        yield child
        yield from _elements(child)


def _row(drawn: dict, cells: list[dict]) -> dict[str, str]:
    return {column["l"]: cell["t"] for column, cell in zip(drawn["columns"], cells, strict=True)}


def _words(tree):
    for element in _elements(tree):
        if element.type == "bidi_component":
            drawn = json.loads(element.proto.json)
            yield " | ".join(column["l"] for column in drawn.get("columns", []))
            for cells in [*drawn.get("rows", []), drawn.get("totals") or []]:
                yield " | ".join(cell["t"] for cell in cells)
        elif element.type == "html":
            yield re.sub(r"<style>.*?</style>|<[^>]+>", "", html.unescape(element.proto.body), flags=re.DOTALL)
        elif element.type == "metric":
            yield f"{read(element.label)}: {read(element.value)}"
        elif isinstance(getattr(element, "value", None), str) and element.type not in ("selectbox", "text_input"):
            yield read(element.value)
        elif element.type == "popover":
            yield read(element.proto.popover.label)
        elif label := getattr(getattr(element, "proto", None), "label", ""):
            yield read(label)

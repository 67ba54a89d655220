"""Pages of the app in the benchmark's own process, over a store that it holds."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_EMPTY = "from kam import ui\nui.page('Empty', 'What does the frame take?')\n"


def opened(store: Any, page: str, **query: str) -> Any:
    """A page of the app that has run once. query: of its address."""
    from streamlit.testing.v1 import AppTest

    from kam.ui import session

    _with_menu()
    session.store = lambda: store
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=600)
    at.run()
    at.switch_page(f"pages/{page}.py")
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def empty(store: Any) -> Any:
    """A page with nothing on it, that has run once."""
    from streamlit.testing.v1 import AppTest

    from kam.ui import session

    session.store = lambda: store
    at = AppTest.from_string(_EMPTY, default_timeout=600)
    at.run()
    return at


@cache
def _with_menu() -> None:
    """The test's own menu of pages would take the folder for it; the app states its pages itself."""
    from streamlit.runtime.pages_manager import PagesManager

    begin = PagesManager.__init__

    def without_folder(self: Any, *given: Any, **named: Any) -> None:
        begin(self, *given, **named)
        PagesManager.uses_pages_directory = False

    PagesManager.__init__ = without_folder

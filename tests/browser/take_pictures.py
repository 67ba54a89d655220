"""`python -m tests.browser.take_pictures`: the README's and guide's pictures, from the demonstration programme.

A tool, not a test: it is run when the screens change (`make screenshots`).
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

from kam import demonstration
from tests.browser.browsers import FLAGS, chromium
from tests.browser.served import ROOT, Served
from tests.browser.visitor import Visitor

PICTURES = ROOT / "docs" / "pictures"
UNTIL = date(2026, 10, 31)
# file: (page, what is asked of it, width, height, dark)
SHOTS = {
    "today.png": ("", {}, 1360, 900, False),
    "accounts.png": ("accounts", {}, 1360, 900, False),
    "account.png": ("account", {"account": "C10002"}, 1360, 900, False),
    "candidates.png": ("candidates", {}, 1360, 900, False),
    "roster.png": ("roster", {}, 1360, 900, False),
    "sponsors.png": ("sponsors", {}, 1360, 900, False),
    "value.png": ("value", {}, 1360, 900, False),
    "benchmarking.png": ("benchmarking", {}, 1360, 900, False),
    "today-dark.png": ("", {}, 1360, 900, True),
    "today-phone.png": ("", {}, 390, 844, False),
}
# What the guide shows at both widths: name: (page, what is asked of it).
GUIDE = {
    "guide-accounts": ("accounts", {}),
    "guide-summary": ("account", {"account": "C10002"}),
    "guide-people": ("account", {"account": "C10002", "tab": "People"}),
    "guide-plan": ("account", {"account": "C10002", "tab": "Plan"}),
    "guide-timeline": ("account", {"account": "C10002", "tab": "Timeline"}),
    "guide-follow-ups": ("follow_ups", {}),
    "guide-service": ("service", {"tab": "Complaints"}),
    "guide-segments": ("segments", {}),
    "guide-plays": ("plays", {}),
    "guide-knowledge": ("knowledge", {}),
    "guide-case": ("change", {"tab": "The case"}),
    "guide-review": ("review", {"review": "5"}),
}
for _name, (_page, _query) in GUIDE.items():
    SHOTS[f"{_name}.png"] = (_page, _query, 1400, 900, False)
    SHOTS[f"{_name}-phone.png"] = (_page, _query, 390, 844, False)


def main(names: list[str]) -> int:
    """Take all pictures, or the named ones; 1 where there is no browser."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = chromium(playwright)
        if path is None:
            print("No Chromium found: install one, or set KAM_BROWSER to its path.", file=sys.stderr)
            return 1
        database = Path(folder) / "demonstration.duckdb"
        demonstration.make(database, until=UNTIL)
        served = Served(database).start()
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            for name in names or SHOTS:
                _take(browser, served, name)
        finally:
            browser.close()
            served.stop()
    return 0


def _take(browser, served: Served, name: str) -> None:
    page, query, width, height, is_dark = SHOTS[name]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme="dark" if is_dark else "light"
    )
    visitor = Visitor(context.new_page(), served.address).opens(page, as_of=UNTIL.isoformat(), **query)
    # Parts of the page that the browser still fetches stand as grey bars until then.
    visitor.tab.wait_for_function("!document.querySelector('[data-testid=\"stSkeleton\"]')")
    # Charts draw after the script has ended, and tell nobody when they are done.
    visitor.tab.wait_for_timeout(1500)
    PICTURES.mkdir(parents=True, exist_ok=True)
    visitor.tab.screenshot(path=str(PICTURES / name))
    context.close()
    print(f"docs/pictures/{name}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""A saved segment narrows every list of accounts, on every page and tab, on the demonstration programme."""

from __future__ import annotations

import shutil
from urllib.parse import parse_qs, urlparse

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from kam import access, portfolio, workbench
from kam.ui import session
from kam.ui.links import place, places
from tests.demonstration.conftest import UNTIL
from tests.pages.conftest import APP, Page

SEGMENT = "Near"
CONDITIONS = [{"key": "region", "is": "one_of", "value": ["Asia-Pacific", "DACH", "Nordics"]}]
# Why a page has no list of accounts that could be narrowed.
WITHOUT_LISTS = {
    "account": "about one account, which the address names",
    "benchmarking": "about practices of the programme",
    "champion": "about the champion and the top team",
    "change": "about the company",
    "criteria": "about the criteria",
    "customer_priorities": "about attributes, over all answers",
    "import": "about files, before they are anybody's",
    "knowledge": "about what was learned: what fits an account stands on its page",
    "managers": "about our people, and accounts nobody manages, of which the demonstration has none",
    "plays": "about plays, whose own segment says who; a list that was run is frozen",
    "practices": "about practices",
    "review": "about one review, which the address names",
    "settings": "about parameters",
    "handovers": "its rows lead to handovers: tests/pages/test_handovers.py",
}

# Their lists may hold nothing of the segment: what needs a decision leads to pages, and few scenarios are kept.
MAY_BE_EMPTY = {"today", "scenarios"}


@pytest.fixture(scope="module")
def narrowed(made, tmp_path_factory):
    """(the demonstration with a saved segment, the ids of the accounts in it); key accounts lie in and outside it."""
    copy = shutil.copy(made, tmp_path_factory.mktemp("narrowed") / "narrowed.duckdb")
    with workbench.open_workbench(copy) as store:
        who = access.chosen(store)
        portfolio.save_segment(store, SEGMENT, CONDITIONS, as_of=UNTIL, who=who)
        where = portfolio.conditions_of(store, CONDITIONS, UNTIL)
        inside = set(store.page("portfolio.owners", {"as_of": UNTIL}, where=where).column("account_id"))
        keys = set(store.read("programme.roster", {"as_of": UNTIL}).column("account_id"))
        assert keys & inside and keys - inside
        yield store, inside


@pytest.fixture
def walk(narrowed, monkeypatch):
    """walk(name, accounts): the page on each of its tabs in turn, as (tab, Page)."""
    store, _inside = narrowed
    begin = PagesManager.__init__

    def begin_with_the_menu(self, *arguments, **named):
        begin(self, *arguments, **named)
        PagesManager.uses_pages_directory = False

    monkeypatch.setattr(PagesManager, "__init__", begin_with_the_menu)
    monkeypatch.setattr(session, "store", lambda: store)
    monkeypatch.setenv("KAM_DB", str(store.path))

    def walked(name, accounts):
        at = AppTest.from_file(str(APP), default_timeout=120).run()
        at.switch_page(place(name).file)
        at.query_params.clear()
        at.query_params["as_of"], at.query_params["accounts"] = UNTIL.isoformat(), accounts
        at.run()
        for tab in [tab.label for tab in at.tabs] or [None]:
            if tab is not None:
                at.session_state["tab"] = tab
                at.run()
            yield tab, Page(at)

    return walked


def listed(page) -> set[tuple[str, str]]:
    """(table, account) of every row that leads to an account."""
    asked = [
        (drawn["label"], parse_qs(urlparse(cell["a"]).query).get("account", [None])[0])
        for drawn in page.drawn
        for cells in drawn["rows"]
        for cell in cells
        if "a" in cell
    ]
    return {(label, account) for label, account in asked if account}


@pytest.mark.parametrize("name", [each.name for each in places() if each.name not in WITHOUT_LISTS])
def test_a_saved_segment_narrows_every_list_of_accounts(narrowed, walk, name):
    _store, inside = narrowed
    seen = 0
    for tab, page in walk(name, f"segment:{SEGMENT}"):
        assert not page.at.exception, (tab, page.at.exception[0].value)
        found = listed(page)
        assert {(tab, *pair) for pair in found if pair[1] not in inside} == set()
        seen += len(found)
    assert seen or name in MAY_BE_EMPTY, "no list at all: say why in WITHOUT_LISTS"


def test_without_the_segment_the_same_lists_hold_other_accounts(narrowed, walk):
    _store, inside = narrowed
    for name in ("lifetime_value", "sponsorship", "follow_ups"):
        assert any(account not in inside for _tab, page in walk(name, "all") for _table, account in listed(page)), name


def test_what_needs_a_decision_today_is_of_the_accounts_chosen(narrowed, walk):
    store, inside = narrowed
    names = {row["name"]: row["account_id"] for row in store.read("programme.roster", {"as_of": UNTIL})}

    def named(accounts):
        ((_tab, page),) = walk("today", accounts)
        text = "\n".join(row["Accounts"] for row in page.tables["What needs a decision"])
        return {account for name, account in names.items() if name in text}

    assert named("all") - inside
    assert named(f"segment:{SEGMENT}") and named(f"segment:{SEGMENT}") <= inside


def test_every_page_without_lists_is_named_once_and_exists():
    assert set(WITHOUT_LISTS) <= {each.name for each in places()}

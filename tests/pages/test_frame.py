"""What every page shares: date and filter in the address, the person, and what stops a page."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from kam import access, workbench
from kam.ui import session
from kam.ui.links import places
from tests.pages.conftest import APP, Page
from tests.pages.ledgers import AS_OF, admitted, company

# Pages that work before there is a ledger.
BEFORE_A_LEDGER = {
    "benchmarking",
    "champion",
    "change",
    "criteria",
    "customer_priorities",
    "import",
    "knowledge",
    "my_accounts",
    "practices",
    "quality",
    "settings",
    "sponsorship",
    "today",
}


@pytest.fixture
def ledger(store, champion):
    company(store, champion)
    return store


def test_the_as_of_date_is_the_ledgers_last_day_at_first(ledger, open_page):
    page = open_page("accounts")
    assert page.field("date_input", "As of").value == AS_OF
    assert page.address["as_of"] == AS_OF.isoformat()


def test_a_date_in_the_address_is_taken_and_holds_on_the_next_page(ledger, open_page):
    page = open_page("accounts", as_of="2025-06-30")
    assert page.field("date_input", "As of").value == date(2025, 6, 30)
    page.at.switch_page("pages/today.py")
    page.at.query_params.clear()
    assert page.run().field("date_input", "As of").value == date(2025, 6, 30)
    assert page.address["as_of"] == "2025-06-30"


def test_a_picked_date_goes_into_the_address(ledger, open_page):
    page = open_page("accounts")
    page.field("date_input", "As of").set_value(date(2025, 3, 31)).run()
    assert page.address["as_of"] == "2025-03-31"
    assert "as of 31 Mar 2025" in page.text


def test_an_address_that_changes_wins_over_what_was_picked(ledger, open_page):
    page = open_page("accounts")
    page.field("date_input", "As of").set_value(date(2025, 3, 31)).run()
    page.at.query_params["as_of"] = "2025-09-30"
    assert page.run().field("date_input", "As of").value == date(2025, 9, 30)


@pytest.mark.parametrize("nonsense", ["yesterday", "2025-02-30", "", "9999999-01-01"])
def test_a_date_that_is_none_leaves_the_default(ledger, open_page, nonsense):
    assert open_page("accounts", as_of=nonsense).field("date_input", "As of").value == AS_OF


def test_an_import_moves_the_date_along_until_one_is_picked(store, champion, open_page):
    page = open_page("today")
    assert page.field("date_input", "As of").value > AS_OF
    company(store, champion)
    assert page.run().field("date_input", "As of").value == AS_OF


def test_the_account_filter_of_the_address_narrows_the_list(ledger, champion, open_page):
    admitted(ledger, champion, "A")
    page = open_page("accounts", accounts="key")
    assert [row["Account"] for row in page.tables["Accounts"]] == ["Alpha"]
    assert "key accounts" in page.text


def test_mine_is_offered_to_an_account_manager_who_owns_accounts(ledger, open_page):
    assert "Mine" not in open_page("accounts").field("selectbox", "Accounts shown").options
    access.choose(ledger, access.person_named("Rosa Quint", "account_manager"))
    page = open_page("accounts", accounts="mine")
    assert {row["Account"] for row in page.tables["Accounts"]} == {"Alpha", "Alpha Sud"}


def test_a_day_before_the_ledger_is_one_sentence(ledger, open_page):
    page = open_page("accounts", as_of="1999-12-31")
    assert page.errors == ["The ledger begins on 1 Feb 2023, after 31 Dec 1999: choose a later day."]
    assert not page.tables


@pytest.mark.parametrize("name", [place.name for place in places() if place.name not in BEFORE_A_LEDGER])
def test_a_page_without_a_ledger_says_where_it_comes_from(open_page, name):
    page = open_page(name)
    assert not page.at.exception and not page.errors
    assert "There is no ledger yet." in page.text


@pytest.mark.parametrize("name", [place.name for place in places()])
def test_every_page_opens_on_an_empty_and_on_a_small_workbench(store, champion, open_page, name):
    for fill in (lambda *_nothing: None, company):
        fill(store, champion)
        page = open_page(name, account="B")
        assert not page.at.exception
        assert not [e for e in page.errors if "on our side" in e]
        assert page.at.title


def test_the_first_start_asks_who_works_here_and_then_shows_the_programme(tmp_path, monkeypatch):
    with workbench.make(tmp_path / "new.duckdb") as new:
        monkeypatch.setattr(session, "store", lambda: new)
        page = Page(AppTest.from_file(str(APP), default_timeout=60).run())
        assert "Who are you?" in page.text
        page.press("Start")
        assert page.errors == ["Type your name: decisions are recorded under it."]
        page.field("text_input", "Name").set_value("Ines Brandt")
        page.press("Start")
        assert access.chosen(new).name == "Ines Brandt"
        assert "First steps" in page.text


def test_people_of_the_demonstration_are_offered_at_first_start(tmp_path, monkeypatch, champion):
    with workbench.make(tmp_path / "new.duckdb", person=champion) as new:
        new.write(
            lambda tx: tx.update("access.people", {"person_id": champion.person_id}, {"is_chosen": False}),
            who=champion,
            action="forget",
            subject=("person", champion.person_id),
        )
        monkeypatch.setattr(session, "store", lambda: new)
        page = Page(AppTest.from_file(str(APP), default_timeout=60).run())
        page.press("Start as this person")
        assert access.chosen(new) == champion


def test_a_database_that_cannot_be_opened_is_one_sentence(tmp_path, monkeypatch):
    junk = tmp_path / "junk.duckdb"
    junk.write_text("not a database")
    monkeypatch.setenv("KAM_DB", str(junk))
    page = Page(AppTest.from_file(str(APP), default_timeout=60).run())
    assert page.errors == ["junk.duckdb is not a workbench database: name another file with KAM_DB or --db."]
    assert not page.at.exception


def test_a_missing_database_says_how_to_make_one(tmp_path, monkeypatch):
    monkeypatch.setenv("KAM_DB", str(tmp_path / "none.duckdb"))
    page = Page(AppTest.from_file(str(APP), default_timeout=60).run())
    assert "python -m kam init" in page.errors[0]

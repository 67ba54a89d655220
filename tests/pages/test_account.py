"""One account: its worth with every input, its people and dealings, and what was decided about it."""

from __future__ import annotations

import pytest

from kam.ui.text import escaped
from tests.pages.ledgers import HOSTILE, admitted, company


@pytest.fixture
def ledger(store, champion):
    company(store, champion)
    admitted(store, champion, "A", "B")
    return store


def test_without_an_account_the_page_asks_which(ledger, open_page):
    page = open_page("account")
    page.field("text_input", "Find an account by name or id").set_value("sud").run()
    page.field("selectbox", "Account").set_value("C").run()
    assert page.at.title[0].value == "Alpha Sud"
    assert page.address["account"] == "C"


def test_an_unknown_account_is_one_sentence_and_the_search(ledger, open_page):
    page = open_page("account", account="nobody ![x](http://192.0.2.1)")
    assert page.errors == [
        "There is no account nobody ![x](http://192.0.2.1) in this workbench: find it by name, or import it."
    ]
    assert page.field("text_input", "Find an account by name or id")


def test_the_header_says_who_stands_behind_the_account(ledger, open_page):
    text = open_page("account", account="A").text
    assert "★ Star" in text
    assert "Our executive sponsor ■ vacant" in text
    assert "Account manager\N{NO-BREAK SPACE}Rosa Quint" in text
    assert "Last purchase\N{NO-BREAK SPACE}31 Dec 2025" in text


def test_the_window_holds_its_last_day_and_not_the_day_before_its_first(ledger, open_page):
    metrics = open_page("account", account="A", tab="Value").metrics
    assert metrics["Revenue, 12 months"] == "1.20\N{NO-BREAK SPACE}k\N{NO-BREAK SPACE}EUR"


def test_an_unknown_figure_says_what_it_needs_and_opens_to_its_rule(ledger, open_page):
    page = open_page("account", account="A", tab="Value")
    assert page.metrics["Contribution, 12 months"] == "–"
    assert "unknown: needs margin and cost to serve" in page.text
    assert "No cost model is in force on 31 Dec 2025" in page.text


def test_a_hostile_name_takes_no_effect_anywhere_on_the_page(ledger, open_page):
    for tab in (
        "Summary", "Value", "Plan", "People", "Needs", "Whitespace", "Opportunities", "Service", "Timeline", "Decisions",
    ):  # fmt: skip
        page = open_page("account", account="B", tab=tab)
        assert page.at.title[0].value == escaped(HOSTILE)
        written = [*page.at.markdown, *page.at.caption, *page.at.error, *page.at.info, *page.at.success]
        for element in written:
            assert "![" not in element.value.replace("\\", "\0"), element.value
            assert "<img" not in element.value, element.value


def test_people_business_and_dealings_are_listed_up_to_the_day(ledger, open_page):
    assert open_page("account", account="A", tab="People").tables["Contacts"][0]["Contact"] == "Mara Voss"
    business = open_page("account", account="A", tab="Opportunities").tables
    assert business["Opportunities"][0]["Amount, EUR"] == "900"
    assert business["Contracts"][0]["Value a year, EUR"] == "1,200"
    happened = open_page("account", account="A", tab="Timeline").tables["Timeline"]
    assert [row["What was said or happened"] for row in happened if row["Kind"] == "visit"] == ["Plans for 2026"]
    assert "After the day" not in {row["What was said or happened"] for row in happened}


def test_an_account_without_records_says_where_they_come_from(ledger, open_page):
    assert "No contact is on record." in open_page("account", account="C", tab="People").text
    assert "Nothing is on record up to this day" in open_page("account", account="C", tab="Timeline").at.info[0].value
    assert "Nobody of this account answered a survey" in open_page("account", account="C", tab="Needs").text


def test_decisions_and_the_audit_trail_say_who_and_why(ledger, open_page):
    page = open_page("account", account="A", tab="Decisions")
    (decision,) = page.tables["Decisions and reviews"]
    assert (decision["Decision"], decision["Outcome"], decision["Reason or notes"]) == ("admitted", "Star", "drawn")
    assert page.tables["Audit trail"][0]["Who"] == "Ines Brandt"


def test_the_top_of_a_group_shows_the_group_and_its_accounts(ledger, open_page):
    page = open_page("account", account="A", tab="Group")
    assert [row["Account"] for row in page.tables["Accounts of the group"]] == ["Alpha", "Alpha Sud"]
    assert "account=C" in page.links[1]


def test_an_account_that_never_bought_has_no_figures_but_a_page(ledger, open_page):
    page = open_page("account", account="C", tab="Value")
    assert page.metrics["Revenue, 12 months"] == "–"
    assert "The ledger holds no order line" in page.text


def test_the_value_part_goes_from_list_price_to_economic_profit_and_names_what_is_missing(ledger, open_page):
    page = open_page("account", account="A", tab="Value")
    assert not page.at.exception
    lines = [row["Line"] for row in page.tables["Profit and loss of the account"]]
    assert lines[0] in ("List price", "Invoice price") and lines[-1] == "Economic profit"
    assert "Capital charge" in page.text
    assert "No cost model is in force on 31 Dec 2025" in page.text

"""Accounts: a list by worth, at account and group level, that narrows and leads on."""

from __future__ import annotations

import pytest

from tests.pages.ledgers import HOSTILE, admitted, company


@pytest.fixture
def ledger(store, champion):
    company(store, champion)
    return store


def test_revenue_never_stands_without_cost_to_serve_and_value(ledger, open_page):
    (first, *_rest) = open_page("accounts").tables["Accounts"]
    assert first["Account"] == "Alpha"
    assert first["Revenue, 12 months, EUR"] == "1,200"
    for heading in ("Cost to serve, 12 months, EUR", "Contribution, 12 months, EUR", "Lifetime value, EUR"):
        assert first[heading] == "–"


def test_a_name_of_markup_stands_as_it_is(ledger, open_page):
    page = open_page("accounts")
    assert HOSTILE in [row["Account"] for row in page.tables["Accounts"]]
    assert HOSTILE not in "".join(m.value for m in [*page.at.markdown, *page.at.caption, *page.at.title])


def test_groups_add_up_their_accounts(ledger, open_page):
    page = open_page("accounts")
    page.at.session_state["accounts.level"] = "group"
    page.run()
    assert {row["Account"] for row in page.tables["Groups"]} == {"Alpha", HOSTILE}
    assert page.totals["Groups"]["Revenue, 12 months, EUR"] == "1,500"


def test_the_list_narrows_by_search_and_filter(ledger, open_page):
    page = open_page("accounts")
    page.field("text_input", "Search").set_value("sud").run()
    assert [row["Account"] for row in page.tables["Accounts"]] == ["Alpha Sud"]
    page.field("text_input", "Search").set_value("").run()
    page.field("selectbox", "Region").set_value("South").run()
    assert {row["Account"] for row in page.tables["Accounts"]} == {HOSTILE, "Alpha Sud"}


def test_a_star_marks_key_accounts(ledger, champion, open_page):
    admitted(ledger, champion, "A")
    stars = {row["Account"]: row["Key"] for row in open_page("accounts").tables["Accounts"]}
    assert stars == {"Alpha": "★", HOSTILE: "", "Alpha Sud": ""}


def test_an_empty_programme_under_key_accounts_says_how_to_see_all(ledger, open_page):
    page = open_page("accounts", accounts="key")
    assert page.at.info[0].value.startswith("No account is in this selection")

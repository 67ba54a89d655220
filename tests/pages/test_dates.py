"""The page of dates to remember, and dates on an account's page and on Today."""

from __future__ import annotations

import pytest

from kam import everyday
from tests.drawn import given
from tests.pages.ledgers import AS_OF, HOSTILE, admitted, company

DAY = AS_OF.isoformat()


@pytest.fixture
def ledger(store, champion):
    company(store, champion)
    admitted(store, champion, "A")
    return store


def remember(store, who, account_id, what):
    everyday.remember_date(
        store, account_id, what, kind="holiday", falls_on=AS_OF, is_yearly=False, remind_days=0, as_of=AS_OF, who=who
    )


def test_without_dates_it_says_where_they_come_from(store, champion, open_page):
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    given(store, champion, "order_lines", "order_id | account_id | order_date | net_revenue\nO | A | 2025-12-31 | 1.00")
    page = open_page("dates", as_of=DAY)
    assert "No date is to be kept in mind now" in page.text
    assert "No date is to come" in page.text
    assert not page.at.get("download_button") or "calendar" not in page.text


def test_the_next_date_is_said_and_listed_and_the_filter_holds(ledger, champion, open_page):
    remember(ledger, champion, "B", HOSTILE)
    remember(ledger, champion, "A", "Plant holiday")
    page = open_page("dates", as_of=DAY)
    # Those two, and the day since when A is a customer, which is tomorrow's.
    assert "3 dates are to be kept in mind now" in page.text
    rows = open_page("dates", as_of=DAY, accounts="key").tables["Dates to remember"]
    assert [(row["Account"], row["State"]) for row in rows if row["Kind"] == "holiday"] == [("Alpha", "due soon")]


def test_today_names_the_key_accounts_with_a_date_to_keep_in_mind(ledger, champion, open_page):
    assert "to be kept in mind" not in open_page("today", as_of="2025-06-30").text
    remember(ledger, champion, "A", "Plant holiday")
    assert "2 dates of key accounts are to be kept in mind" in open_page("today", as_of=DAY).text


def test_on_the_account_a_date_is_added_refused_and_ended(ledger, open_page):
    page = open_page("account", as_of=DAY, account="A", tab="Dates")
    page.press("Remember it")
    assert page.errors == ["Say what is to be remembered."]
    page.field("text_input", "Note").set_value("bring cake")
    page.press("Remember it")
    assert page.field("text_input", "Note").value == "bring cake"
    page.field("text_input", "What is to be remembered").set_value("Their open day")
    page.field("checkbox", "Every year").check()
    page.press("Remember it")
    assert page.errors == []
    assert [row["What"] for row in page.tables["Dates to remember"] if row["Note"]] == ["Their open day"]
    page.press("Do not remember it any more")
    assert [row["What"] for row in page.tables["Dates to remember"] if row["Note"] == "bring cake"] == []

"""The executive's own page: whose it is, what they stand behind, planning, noting, promises and the brief."""

from __future__ import annotations

from datetime import date

import pytest

from kam import access, sponsorship
from kam.sponsorship import Planned, Promise
from tests.drawn import given
from tests.key_accounts import key_accounts, with_ledger

AS_OF = "2025-06-30"
DAY = date(2025, 6, 30)


@pytest.fixture
def programme(store, champion):
    """A and B; Ada sponsors A since February, Bo nobody."""
    key_accounts(store, champion, "A", "B", category="strategic")
    given(store, champion, "executives", "executive_id | name | title\nE1 | Ada Nagel | CFO\nE2 | Bo Lund | COO")
    given(store, champion, "contacts", "contact_id | account_id | name | title\nP1 | A | Eva Klein | Director")
    sponsorship.assign(store, "A", "E1", as_of=date(2025, 2, 1), reason="knows them", who=champion)
    return store


def test_without_executives_it_asks_for_them(store, champion, open_page):
    with_ledger(store, champion, "A")

    assert "None of our executives is on record." in open_page("my_accounts").text


def test_an_executive_without_an_account_is_told_where_sponsors_are_assigned(programme, open_page):
    page = open_page("my_accounts", as_of=AS_OF, executive="E2")

    assert "No key account has this executive as its sponsor on this day." in page.text


def test_an_executive_opens_on_their_own_page_and_everyone_else_on_today(programme, open_page):
    assert "What in the programme needs a decision?" in open_page().text

    access.choose(programme, access.person_named("Ada Nagel", "executive"))
    page = open_page()

    assert "Which accounts do I stand behind, and what do I do next?" in page.text
    assert page.address["executive"] == "E1"


def test_the_answer_and_three_things_come_first(programme, champion, open_page):
    promise = Promise("A second *source*", "Kim", date(2025, 6, 1))
    sponsorship.make_promise(programme, "A", promise, as_of=date(2025, 5, 1), who=champion)
    text = open_page("my_accounts", as_of=AS_OF, executive="E1").text

    assert (
        "You stand behind 1 key account: 0 visits are overdue, 1 promise is late. No contact of yours is planned."
        in text
    )
    assert "1 promise of ours is late: A second *source*, due 1 Jun 2025." in text
    assert "Visit ◇ no visit yet Call ■ overdue Plan review ◇ no visit yet" in text


def test_a_contact_is_planned_briefed_and_noted_with_a_promise(programme, open_page):
    page = open_page("my_accounts", as_of=AS_OF, executive="E1", tab="Contacts")
    assert "No contact has been planned here yet" in page.text
    page.field("selectbox", "Account to plan a contact with").set_value("A")
    page.run()
    page.field("date_input", "Day").set_value(DAY)
    page.field("multiselect", "Whom to meet").set_value(["P1"])
    page.press("Plan the contact")
    assert not page.errors
    assert "The contact on 30 Jun 2025 is planned." in page.text
    assert page.tables["Contacts of our executives"][0]["State"] == "needs a brief"

    page.press("Note the outcome")
    assert page.errors == ["Say what came of it: a contact without an outcome is calendar theatre."]
    page.field("text_area", "Outcome").set_value("They decide in May.")
    page.field("text_input", "Promise 1").set_value("A price list")
    page.field("text_input", "Owner of promise 1").set_value("Kim")
    page.press("Note the outcome")

    assert not page.errors
    assert page.tables["Contacts of our executives"][0]["State"] == "held without a brief"
    (promise,) = programme.read("sponsorship.promises").records()
    assert (promise["promise"], promise["owner"], promise["made_on"]) == ("A price list", "Kim", DAY)


def test_a_contact_before_the_assignment_is_refused_beside_the_form(programme, open_page):
    page = open_page("my_accounts", as_of=AS_OF, executive="E1", account="A", tab="Contacts")
    page.field("date_input", "Day").set_value(date(2025, 1, 15))
    page.press("Plan the contact")

    assert page.errors == ["Ada Nagel sponsors A Ltd since 1 Feb 2025: a contact cannot lie before that day."]
    assert not len(programme.read("sponsorship.appointments"))


def test_a_promise_is_closed_here(programme, champion, open_page):
    promise = Promise("A price list", "Kim", date(2025, 6, 1))
    sponsorship.make_promise(programme, "A", promise, as_of=date(2025, 5, 1), who=champion)
    page = open_page("my_accounts", as_of=AS_OF, executive="E1", tab="Promises")
    assert page.tables["Promises"][0]["State"] == "overdue"
    page.press("Close the promise")

    assert page.tables["Promises"][0]["State"] == "kept late"


def test_the_brief_stands_on_the_page_with_text_of_data_as_text(programme, champion, open_page):
    brief = "Ask <b>first</b>."
    sponsorship.plan_contact(programme, "A", Planned("visit", DAY, brief=brief), who=champion)
    page = open_page("my_accounts", as_of=AS_OF, executive="E1", tab="Brief")

    shown = next(element.proto.body for element in page.at.get("html") if "printed" in element.proto.body)
    assert "Ask &lt;b&gt;first&lt;/b&gt;." in shown
    assert "Three things to know" in shown

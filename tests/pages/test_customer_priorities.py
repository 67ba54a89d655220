"""The page of what customers say matters: without answers, with few, with enough, and its forms."""

from __future__ import annotations

from tests.benchmarking.test_priorities import asked, eight
from tests.key_accounts import key_accounts
from tests.pages.ledgers import HOSTILE

AS_OF = "2025-06-30"


def test_without_answers_it_says_where_they_come_from(open_page):
    page = open_page("customer_priorities", as_of=AS_OF)
    assert "No customer has answered a survey up to this day." in page.text
    assert not page.tables


def test_concerns_come_first_and_one_becomes_a_milestone(store, champion, open_page):
    eight(store, champion)
    page = open_page("customer_priorities", as_of=AS_OF)
    assert "Customers ask us to concentrate on Delivery." in page.text
    assert "6 people of 2 accounts answered" in page.text
    lies = {row["Asked about"]: row["Where it lies"] for row in page.tables["What was asked"]}
    assert lies == {
        "Delivery": "concentrate here",
        "Quality": "keep up the good work",
        "Colour": "possible overkill",
        "Manual": "low priority",
    }
    page.field("text_input", "What is done").set_value(HOSTILE)
    page.press("Put on the roadmap")
    assert page.errors == ["Say who reaches it: a milestone has an owner."]
    page.field("text_input", "Owner").set_value("Ole")
    page.press("Put on the roadmap")
    assert not page.errors
    assert store.one("change.milestones")["milestone"] == HOSTILE


def test_few_answers_are_shown_as_they_were_given(store, champion, open_page):
    key_accounts(store, champion, "A")
    asked(store, champion, f"A | 2025-06-01 | {HOSTILE.replace('|', '/')} | 5 | 1 | 7 | c1")
    page = open_page("customer_priorities", as_of=AS_OF)
    assert "Too few have answered" in page.text
    assert page.tables["What was asked"][0]["Where it lies"] == "–"
    page = open_page("customer_priorities", as_of=AS_OF, tab="One account", account="A")
    assert page.tables["Marks by respondent"][0]["Importance"] == "5.0"
    assert "no open plan" in page.text


def test_the_lines_are_moved_with_a_reason_only(store, champion, open_page):
    eight(store, champion)
    page = open_page("customer_priorities", as_of=AS_OF, tab="The lines")
    page.field("radio", "Where the lines lie").set_value("midpoint")
    page.press("Choose these lines")
    assert page.errors == ["Say why: moving the lines moves what customers seem to ask for."]
    page.field("text_area", "Reason").set_value("They mark everything high")
    page.press("Choose these lines")
    assert not page.errors
    assert page.tables["Choices of the lines"][0]["Lines"] == "middle of the scale"

"""The page of reviews: the calendar in words, planning, holding with what is seen, actions, what a past one saw."""

from __future__ import annotations

from datetime import date

import pytest

from kam import reviews
from tests.key_accounts import key_accounts, with_ledger

AS_OF = "2025-06-30"


@pytest.fixture
def programme(store, champion):
    """Key accounts A (reviewed on 1 May, an action is late), B (planned for 30 June), C (nothing yet)."""
    key_accounts(store, champion, "A", "B", "C")
    held = reviews.plan(store, "A", date(2025, 5, 1), participants="Ada, Bo", who=champion)
    reviews.hold(
        store,
        held,
        held_on=date(2025, 5, 1),
        notes="Volumes behind plan",
        rating="at_risk",
        actions=[reviews.Action("Agree prices", "Bo Lund", date(2025, 6, 1))],
        expected_version=1,
        who=champion,
    )
    reviews.plan(store, "B", date(2025, 6, 30), participants="Cara", who=champion)
    return store


def test_without_key_accounts_it_says_where_to_begin(store, champion, open_page):
    with_ledger(store, champion, "A")

    assert "There is no key account on this day." in open_page("reviews").text


def test_the_calendar_says_in_words_what_is_due(programme, open_page):
    page = open_page("reviews", as_of="2025-07-10")

    rows = {row["Account"]: row for row in page.tables["Review calendar"]}
    assert {name: row["Review"] for name, row in rows.items()} == {
        "A Ltd": "current",
        "B Ltd": "overdue",
        "C Ltd": "overdue",
    }
    assert (rows["A Ltd"]["Rating"], rows["A Ltd"]["Late actions"]) == ("at risk", "1")
    assert (page.metrics["Overdue"], page.metrics["Current"], page.metrics["Late actions"]) == ("2", "1", "1")


def test_a_review_is_planned_and_a_second_one_that_day_refused(programme, open_page):
    page = open_page("reviews", as_of=AS_OF, tab="Plan")
    page.field("selectbox", "Key account").set_value("C")
    page.field("date_input", "Day").set_value(date(2025, 7, 15))
    page.press("Plan the review")
    assert "The review of C Ltd is planned for 15 Jul 2025." in page.text

    page.field("selectbox", "Key account").set_value("C")
    page.field("date_input", "Day").set_value(date(2025, 7, 15))
    page.press("Plan the review")
    assert page.errors == [
        "A review of C Ltd is planned for 15 Jul 2025 already: hold that one, or choose another day."
    ]


def test_a_planned_review_is_moved_and_cancelled(programme, open_page):
    page = open_page("reviews", as_of=AS_OF, tab="Plan")
    page.field("selectbox", "Planned review").set_value(2)
    page.run()
    page.field("date_input", "New day").set_value(date(2025, 7, 2))
    page.press("Save the change")
    assert "The review is planned for 2 Jul 2025." in page.text

    page.press("Cancel the review")
    assert page.errors == ["Say why the review is cancelled: the reason is kept."]
    page.field("text_input", "Why it is cancelled").set_value("customer asked")
    page.press("Cancel the review")
    assert [r["state"] for r in programme.read("reviews.reviews", order_by=[("review_id", False)])] == [
        "held",
        "cancelled",
    ]


def test_a_planned_review_leads_into_its_room_and_into_calendars(programme, open_page):
    page = open_page("reviews", as_of=AS_OF, tab="Hold")
    assert [(row["Review of"], row["Planned"]) for row in page.tables["Planned reviews"]] == [("B Ltd", "30 Jun 2025")]
    assert any("review?" in link and "review=2" in link for link in page.links)
    assert "1 review for your calendar" in page.text


def test_the_page_says_how_far_the_round_is(programme, open_page):
    assert "1 of 2 reviews held in the quarter to 30 Jun 2025" in open_page("reviews", as_of=AS_OF).text


def test_an_open_action_is_closed(programme, open_page):
    page = open_page("reviews", as_of=AS_OF, tab="Actions")
    assert page.tables["Actions"][0]["State"] == "overdue"
    page.press("Close the action")

    assert "The action is closed." in page.text
    assert page.tables["Actions"][0]["State"] == "done"


def test_a_past_review_shows_what_was_seen(programme, open_page):
    page = open_page("reviews", as_of=AS_OF, tab="Held", account="A")

    assert "Volumes behind plan" in page.text
    assert page.tables["Agreed in this review"][0]["Owner"] == "Bo Lund"
    assert "What is seen as of 1 May 2025" in page.text


def test_before_the_first_review_the_lists_say_so(store, champion, open_page):
    key_accounts(store, champion, "A")

    assert "No review has been held up to this day." in open_page("reviews", as_of=AS_OF, tab="Held").text
    assert "No review is planned: plan one first." in open_page("reviews", as_of=AS_OF, tab="Hold").text

"""The review in the room: the agenda leads to its evidence, what is typed is kept, closing freezes it, the next one compares."""

from __future__ import annotations

from datetime import date

import pytest

from kam import relationships, reviews, value
from tests.drawn import given
from tests.key_accounts import key_accounts

AS_OF = "2025-06-30"


@pytest.fixture
def planned(store, champion):
    """Key account A with a late promise and a commitment that was broken; its review planned for 30 June."""
    key_accounts(store, champion, "A")
    given(
        store,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\nR1 | A | 2025-05-31 | 900.00 | 550.00",
    )
    relationships.capture(
        store,
        "A",
        occurred_on=date(2025, 5, 2),
        kind="call",
        summary="About drawings",
        next_step="Send drawings",
        next_step_due=date(2025, 5, 20),
        who=champion,
    )
    return reviews.plan(store, "A", date(2025, 6, 30), participants="Ada, Bo", who=champion)


def room(open_page, review_id, **more):
    return open_page("review", review=str(review_id), as_of=AS_OF, **more)


def test_without_a_review_it_asks_which_one(store, champion, open_page):
    key_accounts(store, champion, "A")
    given(
        store, champion, "order_lines", "order_id | account_id | order_date | net_revenue\nR1 | A | 2025-05-31 | 9.00"
    )
    assert "No review is planned: plan one first." in open_page("review", as_of=AS_OF).text


def test_an_unknown_review_is_refused_in_a_sentence(planned, open_page):
    assert room(open_page, 99).errors == ["There is no review 99: reload the page."]


def test_the_agenda_names_what_is_late_and_leads_to_the_evidence(planned, open_page):
    page = room(open_page, planned)
    lines = {row["Agenda"]: row["Topic"] for row in page.tables["Agenda"]}
    said = next(text for text in lines if "Send drawings" in text)
    assert lines[said] == "Promises"
    assert any("account?" in link and "tab=Timeline" in link for link in page.links)


def test_what_is_typed_is_there_again_when_the_browser_was_gone(store, planned, open_page):
    page = room(open_page, planned)
    page.field("text_area", "Notes").set_value("They want a second source")
    page.run()
    page.field("text_input", "Action 1").set_value("Agree prices")
    page.run()
    again = room(open_page, planned)
    assert again.field("text_area", "Notes").value == "They want a second source"
    assert again.field("text_input", "Action 1").value == "Agree prices"
    assert reviews.review_of(store, planned, for_whom=None).notes == ""


def test_the_chair_drops_a_line_and_adds_one(planned, open_page):
    page = room(open_page, planned)
    first = page.tables["Agenda"][0]["Agenda"]
    page.press("Drop")
    page.field("text_input", "Add to the agenda").set_value("Their new plant")
    page.run()
    shown = [row["Agenda"] for row in room(open_page, planned).tables["Agenda"]]
    assert first not in shown and shown[-1] == "Their new plant"


def test_closing_freezes_the_agenda_decisions_and_actions(store, planned, open_page):
    page = room(open_page, planned)
    page.field("text_area", "Notes").set_value("Went well")
    page.run()
    page.field("text_area", "Decisions, one a line").set_value("Keep the price\nSecond source by autumn")
    page.run()
    page.field("text_input", "Action 1").set_value("Agree prices")
    page.run()
    page.press("Hold and close the review")
    assert page.errors == ["Action 1 needs what is to be done, who does it and a due date."]
    page.field("text_input", "Owner of action 1").set_value("Bo Lund")
    page.run()
    page.field("date_input", "Due date of action 1").set_value(date(2025, 8, 1))
    page.run()
    page.press("Hold and close the review")
    assert "is held and closed." in page.text
    held = reviews.review_of(store, planned, for_whom=None)
    assert (held.state, held.notes) == ("held", "Went well")
    assert held.decisions == ["Keep the price", "Second source by autumn"]
    assert [(a["action"], a["owner"], a["due_on"]) for a in held.actions] == [
        ("Agree prices", "Bo Lund", date(2025, 8, 1))
    ]
    assert any("Send drawings" in line["text"] for line in held.seen["agenda"])
    shown = room(open_page, planned)
    assert "Keep the price" in {row["Decided"] for row in shown.tables["Decided in this review"]}


def test_all_measures_and_the_sponsor_stand_beneath_the_agenda(planned, open_page):
    page = room(open_page, planned)
    assert "our executive sponsor is nobody" in page.text
    seen = [
        row["Measure"]
        for name in page.tables
        if "as seen" in name and "actions" not in name
        for row in page.tables[name]
    ]
    assert len(seen) == len(value.MEASURES)


def test_a_review_that_was_moved_meanwhile_is_not_closed_before_both_were_seen(store, champion, planned, open_page):
    page = room(open_page, planned)
    reviews.move(store, planned, planned_on=date(2025, 6, 29), participants="Dora", expected_version=1, who=champion)
    page.field("text_area", "Notes").set_value("mine")
    page.run()
    page.press("Hold and close the review")
    assert "Someone else changed this record" in page.text
    assert reviews.review_of(store, planned, for_whom=None).state == "planned"
    page.press("Hold and close the review")
    held = reviews.review_of(store, planned, for_whom=None)
    assert (held.state, held.notes) == ("held", "mine")


def test_what_somebody_else_types_meanwhile_is_not_overwritten_by_a_field_that_was_not_touched(
    store, champion, planned, open_page
):
    page = room(open_page, planned)
    page.field("text_area", "Notes").set_value("mine")
    page.run()
    reviews.save_draft(store, planned, {"decisions": "theirs", "notes": "mine and theirs"}, who=champion)
    page.field("text_input", "Action 1").set_value("Agree prices")
    page.run()
    assert page.field("text_area", "Decisions, one a line").value == "theirs"
    assert page.field("text_area", "Notes").value == "mine and theirs"
    assert reviews.draft_of(store, planned).content["notes"] == "mine and theirs"


def test_a_filled_line_of_actions_brings_the_next_one(planned, open_page):
    page = room(open_page, planned)
    for number in range(1, 7):
        page.field("text_input", f"Action {number}").set_value(f"Do {number}")
        page.run()
    again = room(open_page, planned)
    assert again.field("text_input", "Action 6").value == "Do 6"


def test_the_next_review_shows_what_changed_since(store, champion, planned, open_page):
    reviews.hold(
        store, planned, held_on=date(2025, 6, 30), notes="", rating="at_risk", expected_version=1, who=champion
    )
    given(
        store,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\nR2 | A | 2025-08-31 | 100.00 | 50.00",
    )
    following = reviews.plan(store, "A", date(2025, 9, 30), who=champion)
    page = open_page("review", review=str(following), as_of="2025-09-30")
    rows = {row["Measure"]: row for row in page.tables["What changed from 30 Jun 2025 to 30 Sep 2025"]}
    assert rows["Revenue, 12 months"]["Change"].startswith("100")
    assert rows["Revenue, 12 months"]["30 Jun 2025"].startswith("900")


def test_hostile_words_stay_words(store, champion, planned, open_page):
    hostile = "![x](http://192.0.2.1/z.png) <b>A</b>"
    reviews.save_draft(store, planned, {"agenda": [{"key": "own:1", "text": hostile}]}, who=champion)
    page = room(open_page, planned)
    assert hostile in [row["Agenda"] for row in page.tables["Agenda"]]
    assert not any("![x](http" in element.value for element in page.at.markdown)

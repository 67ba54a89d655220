"""The page of the champion: what is missing, the agenda, the roadshow, and what it refuses."""

from __future__ import annotations

from datetime import date

from kam import programme
from tests.pages.ledgers import HOSTILE

AS_OF = "2025-06-30"


def missing(page):
    return [row["Missing"] for row in page.tables.get("What is missing", [])]


def marta(store, who, name="Marta Lind", **more):
    given = {"reports_to": "Chief executive", "reports_to_level": "board", "time_share": 0.6} | more
    term = programme.Term(name, from_on=date(2025, 1, 1), **given)
    return programme.appoint_champion(store, term, reason="founding", as_of=date(2025, 1, 1), who=who)


def test_without_a_champion_it_says_so_first(open_page):
    page = open_page("champion", as_of=AS_OF)

    assert missing(page) == ["no champion", "not on the agenda"]
    assert "Key account management has not been on the top team's agenda" in page.text


def test_a_champion_is_appointed_and_told_of(store, open_page):
    page = open_page("champion", as_of=AS_OF, tab="Terms")
    page.field("text_input", "Name").set_value(HOSTILE)
    page.field("text_input", "Reports to").set_value("Chief executive")
    page.field("number_input", "Share of time, %").set_value(60)
    page.field("text_area", "Reason").set_value("founding")
    page.press("Appoint")

    assert not page.errors
    assert missing(page) == ["not on the agenda"]
    assert page.tables["Champions"][0]["Champion"] == HOSTILE
    assert "60\N{NO-BREAK SPACE}%" in page.text


def test_a_second_champion_is_refused_beside_the_form_and_what_was_typed_stays(store, champion, open_page):
    marta(store, champion)
    page = open_page("champion", as_of=AS_OF, tab="Terms")
    page.field("text_input", "Name").set_value("Ole Berg")
    page.field("text_input", "Reports to").set_value("Chief executive")
    page.field("text_area", "Reason").set_value("too")
    page.press("Appoint")

    assert page.errors == [
        "Marta Lind is champion from 1 Jan 2025 on, and there is one champion at a time: end that term before "
        "30 Jun 2025, or begin this one later."
    ]
    assert page.field("text_input", "Name").value == "Ole Berg"
    assert len(store.read("programme.champion_records")) == 1


def test_a_term_is_amended_with_a_successor(store, champion, open_page):
    marta(store, champion, until_on=date(2025, 7, 31))
    page = open_page("champion", as_of=AS_OF, tab="Terms")
    assert "no successor" in missing(page)
    next(f for f in page.at.text_input if f.label == "Successor, if named" and f.form_id.startswith("amend")).set_value(
        "Ole Berg"
    )
    next(f for f in page.at.text_area if f.form_id.startswith("amend")).set_value("agreed")
    page.press("Amend the term")

    assert not page.errors
    assert missing(page) == ["not on the agenda"]
    assert page.tables["Champions"][0]["Successor"] == "Ole Berg"


def test_an_agenda_item_is_recorded_and_takes_the_warning_away(store, champion, open_page):
    marta(store, champion)
    page = open_page("champion", as_of=AS_OF, tab="Agenda")
    page.field("text_input", "About").set_value("Sponsors of the key accounts")
    page.press("Record the item")
    assert page.errors == ["Write down what came of it, even where nothing was decided."]

    page.field("text_area", "Outcome").set_value("Each member takes one account")
    page.press("Record the item")
    assert not page.errors
    assert missing(page) == []
    assert page.tables["On the top team's agenda"][0]["Outcome"] == "Each member takes one account"


def test_the_outcome_of_a_meeting_is_written_once_it_was_held(store, champion, open_page):
    programme.put_on_agenda(
        store, body="Board", held_on=date(2025, 6, 1), subject="Plan", as_of=date(2025, 5, 1), who=champion
    )
    page = open_page("champion", as_of=AS_OF, tab="Agenda")
    assert page.tables["On the top team's agenda"][0]["State"] == "outcome missing"
    page.field("text_area", "What came of it").set_value("Approved")
    page.press("Write it down")

    assert page.tables["On the top team's agenda"][0]["State"] == "held"
    assert "Every item on record has its outcome." in page.text


def test_an_event_of_the_roadshow_is_logged_and_the_functions_left_are_named(store, champion, open_page):
    page = open_page("champion", as_of=AS_OF, tab="Roadshow")
    page.field("text_input", "Where").set_value("Ulm")
    page.field("selectbox", "To which function").set_value("Operations")
    page.field("number_input", "How many people").set_value(0)
    page.press("Log it")
    assert page.errors == ["Nobody was there? Leave the number of people empty where it was not counted."]
    page.field("number_input", "How many people").set_value(14)
    page.press("Log it")

    assert not page.errors
    assert page.tables["Functions reached"] == [
        {"Function": "Operations", "Events": "1", "People": "14", "Last": "30 Jun 2025"}
    ]
    assert "1 function has heard of the programme; not yet: Sales, Supply chain" in page.text

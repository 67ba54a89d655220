"""The page of best practices: empty, a practice from record to second look, and what it refuses."""

from __future__ import annotations

from datetime import date

from kam import benchmarking
from kam.benchmarking import Practice, PracticeVerdict
from tests.pages.ledgers import HOSTILE

AS_OF = "2025-06-30"
DAY = date(2025, 6, 30)


def test_an_empty_register_says_what_belongs_into_it(open_page):
    page = open_page("practices", as_of=AS_OF)
    assert "No practice is on record: record the first that somebody has seen" in page.text


def test_a_practice_is_recorded_and_without_evidence_refused(open_page):
    page = open_page("practices", as_of=AS_OF)
    page.field("text_input", "What is done").set_value(HOSTILE)
    page.field("text_input", "Source").set_value("Valves Ltd")
    page.field("text_area", "Where it works").set_value("Long contracts")
    page.field("text_input", "Who here could use it").set_value("Managers")
    page.press("Record it")
    assert page.errors == ["Say what shows that it works: without evidence it is a rumour."]
    assert page.field("text_input", "What is done").value == HOSTILE
    page.field("text_area", "What shows that it works").set_value("Renewals rose")
    page.press("Record it")
    assert not page.errors
    assert "1 practice waits for the committee; 0 are due to be looked at again." in page.text
    assert page.tables["Best practices"][0]["State"] == "undecided"


def test_the_committee_decides_and_looks_again(store, champion, open_page):
    seen = Practice(HOSTILE, "inside", "Service", "Here", "9 days, not 17", "All", DAY)
    benchmarking.record_practice(store, seen, as_of=DAY, who=champion)
    page = open_page("practices", as_of=AS_OF, tab="Decide and follow up")
    page.press("Record the decision")
    assert page.errors == ["Say why: the next committee will ask."]
    page.field("text_area", "Reason").set_value("It fits")
    page.field("text_input", "Owner, to adopt or try").set_value("Ole")
    page.press("Record the decision")
    assert not page.errors
    assert store.one("change.milestones")["owner"] == "Ole"
    page.press("Write it down")
    assert page.errors == ["Say what was found."]
    page.field("text_area", "What was found").set_value("11 days now")
    page.press("Write it down")
    assert not page.errors
    assert store.one("benchmarking.practice_list", {"as_of": DAY})["practice_state"] == "followed"


def test_a_trial_whose_day_has_come_is_told_first(store, champion, open_page):
    seen = Practice("Plans at the customer's", "outside", "S", "C", "E", "U", date(2024, 1, 1))
    benchmarking.record_practice(store, seen, as_of=date(2024, 1, 1), who=champion)
    given = PracticeVerdict("try", "x", "Ole", date(2024, 6, 1), DAY)
    benchmarking.decide_practice(store, 1, given, as_of=date(2024, 2, 1), who=champion)
    assert "1 is due to be looked at again" in open_page("practices", as_of=AS_OF).text

"""The page that asks: What do we know that the ledger does not say?"""

from __future__ import annotations

import pytest

from kam import selection
from tests.pages.candidates_ledger import three_accounts
from tests.selection.conftest import AS_OF

DAY = AS_OF.isoformat()


@pytest.fixture
def judged(store, champion):
    three_accounts(store, champion)
    return store


def test_an_empty_workbench_leads_to_the_import(open_page):
    assert "There is no ledger yet." in open_page("assessments").text


def test_the_overview_says_what_is_missing_of_whoever_passes_or_comes_near(judged, open_page):
    page = open_page("assessments", as_of=DAY)
    rows = {row["Account"]: row for row in page.tables["What is stale or missing"]}
    assert set(rows) == {"Pass Co", "Fail Co"}
    assert rows["Pass Co"]["Missing"] == "everything"
    assert "0 of 2 key accounts and candidates are known in all that is asked for" in page.text


def test_an_account_shows_every_measure_and_what_is_recorded_appears_with_its_evidence(judged, open_page):
    page = open_page("assessments", as_of=DAY, account="P")
    assert {row["State"] for row in page.tables["What was assessed"]} == {"never assessed"}
    page.field("selectbox", "What was assessed").set_value("strategic_fit")
    page.run()
    page.field("slider", "Points of 10").set_value(7.5)
    next(area for area in page.at.text_area if area.label == "Evidence").set_value("Strategy day")
    page.press("Record the assessment")
    assert page.errors == []
    row = next(row for row in page.tables["What was assessed"] if row["Measure"] == "Strategic fit")
    assert (row["State"], row["Assessed as"], row["Evidence"]) == (
        "current",
        "7.50\N{NO-BREAK SPACE}points",
        "Strategy day",
    )
    assert "Strategic fit was recorded." in page.text


def test_without_evidence_nothing_is_recorded_and_the_reason_stands_there(judged, open_page):
    page = open_page("assessments", as_of=DAY, account="P")
    page.press("Record the assessment")
    (error,) = page.errors
    assert error == "Say what the assessment rests on: an assessment without evidence is an opinion."
    assert len(selection.assessments(judged)) == 0


def test_success_factors_show_their_strength_and_are_recorded_anew(judged, champion, open_page):
    selection.record_strength(
        judged,
        "P",
        [selection.SuccessFactor("Delivery", 2, 8, 6), selection.SuccessFactor("Price", 1, 5, 5)],
        competitor="Rival",
        said_by="Their buyer",
        evidence="Scorecard",
        assessed_on=AS_OF,
        who=champion,
    )
    page = open_page("assessments", as_of=DAY, account="P")
    assert page.metrics["Relative strength"].startswith("5.67")
    assert page.metrics["Ratio"] == "1.24"
    areas = [area for area in page.at.text_area if area.label == "Evidence"]
    areas[1].set_value("Asked again")
    page.press("Record the success factors")
    assert page.errors == []
    assert selection.strength_assessment(judged, "P", AS_OF).evidence == "Asked again"


def test_a_planned_position_is_recorded_and_stands_in_the_matrix_table(judged, champion, open_page):
    page = open_page("assessments", as_of=DAY, account="P")
    page.press("Plan the position")
    assert len(page.errors) == 1
    page.field("number_input", "Strength, points").set_value(8.0)
    next(d for d in page.at.date_input if d.label == "To be reached by").set_value(AS_OF.replace(year=2027))
    next(a for a in page.at.text_area if a.label == "What is to move it").set_value("Service point")
    page.press("Plan the position")
    assert page.errors == []
    assert selection.planned_positions(judged, AS_OF)["P"].strength == 8
    assert "1 arrow leads to a planned position." in open_page("matrix", as_of=DAY).text


def test_a_stale_assessment_is_marked_and_named(judged, champion, open_page):
    selection.record_assessment(
        judged,
        "P",
        "strategic_fit",
        7,
        evidence="Old plan",
        assessed_on=AS_OF.replace(year=2023),
        who=champion,
    )
    page = open_page("assessments", as_of=DAY, account="P")
    row = next(row for row in page.tables["What was assessed"] if row["Measure"] == "Strategic fit")
    assert row["State"] == "stale"
    assert "1 is stale: Strategic fit" in page.text
    overview = open_page("assessments", as_of=DAY)
    assert (
        next(r for r in overview.tables["What is stale or missing"] if r["Account"] == "Pass Co")["Stale"]
        == "Strategic fit"
    )
    everything = open_page("assessments", as_of=DAY, tab="All records")
    assert everything.tables["All assessments"][0]["Evidence"] == "Old plan"

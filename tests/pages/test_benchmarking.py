"""The benchmarking page: a round from open to closed by several raters, and what stands beside it."""

from __future__ import annotations

from datetime import date

import pytest

from kam import benchmarking
from kam.errors import BadInput
from tests.key_accounts import key_accounts
from tests.rounds import decided

AS_OF = "2025-11-01"
DAY = date(2025, 11, 1)
HOSTILE_NAME = "<b>North</b> *&*"
ITEMS = [item.item_id for dimension in benchmarking.instrument().dimensions for item in dimension.items]


def _all(store, who, year, score, rater="Ada Nagel"):
    given = [benchmarking.Rating(item, score, "minutes", date(2024, 1, 1)) for item in ITEMS]
    benchmarking.rate(store, year, given, rater=rater, as_of=DAY, who=who)


@pytest.fixture
def round_of_2025(store, champion):
    """2024 closed at 50 in every dimension; 2025 open and not rated; key account A."""
    key_accounts(store, champion, "A")
    benchmarking.open_round(store, 2024, opened_on=date(2024, 10, 1), who=champion)
    _all(store, champion, 2024, 2)
    decided(store, champion, 2024, on=date(2024, 11, 1))
    benchmarking.close_round(
        store,
        2024,
        closed_on=date(2024, 11, 1),
        conclusions="Train operations",
        expected_version=1,
        who=champion,
    )
    benchmarking.open_round(store, 2025, opened_on=date(2025, 10, 1), who=champion)
    return store


def test_without_a_round_one_is_opened_here_once(store, champion, open_page):
    page = open_page("benchmarking", as_of=AS_OF)
    assert "There is no benchmark round up to this day." in page.text

    page.press("Open the round of 2025")
    assert "The round of 2025 is open: raters can begin." in page.text
    assert [r.year for r in benchmarking.rounds(store)] == [2025]
    assert not [b for b in page.at.button if b.label == "Open the round of 2025"]


def test_an_unrated_round_has_no_figures_but_says_what_is_missing(round_of_2025, open_page):
    page = open_page("benchmarking", as_of=AS_OF)

    assert page.metrics["Overall"] == "–"
    assert "0 of 10 dimensions have a score" in page.text
    assert "No published norms" in page.text


def test_ratings_are_saved_with_evidence_and_count_two_without(round_of_2025, open_page):
    page = open_page("benchmarking", as_of=AS_OF, tab="Rate")
    marks = page.at.radio
    assert len(marks) == 4
    for mark in marks:
        mark.set_value(4)
    page.at.text_input[1].set_value("minutes of March")
    page.at.date_input[0].set_value(date(2025, 3, 1))
    page.press("Save these ratings")

    assert "4 ratings are saved." in page.text
    strategy = benchmarking.results(round_of_2025, 2025, DAY, for_whom=None).scores.dimensions[0]
    # The first has typed evidence, the second the workbench's own measure with its day; the others have none.
    assert [item.mean for item in strategy.items] == [4, 4, 2, 2]
    assert strategy.score == 25 * (4 + 4 + 2 + 2) / 4
    assert "(4 of 4 rated)" in page.field("selectbox", "Dimension").options[0]


def test_a_rating_is_changed_by_its_rater_and_nothing_to_save_is_said(round_of_2025, open_page, champion):
    _all(round_of_2025, champion, 2025, 1, rater=champion.name)
    page = open_page("benchmarking", as_of=AS_OF, tab="Rate")
    page.press("Save these ratings")
    assert page.errors == ["There is nothing to save: rate at least one item."]

    page.at.radio[0].set_value(3)
    page.press("Save these ratings")
    assert "1 rating is saved." in page.text
    rows = {row["item_id"]: row for row in benchmarking.ratings(round_of_2025, 2025, champion.name)}
    assert (rows[ITEMS[0]]["score"], rows[ITEMS[0]]["version"]) == (3, 2)


def test_evidence_from_the_future_is_refused_beside_the_form(round_of_2025, open_page):
    page = open_page("benchmarking", as_of=AS_OF, tab="Rate")
    page.at.radio[0].set_value(3)
    page.at.text_input[1].set_value("minutes")
    page.at.date_input[0].set_value(date(2025, 11, 2))
    page.press("Save these ratings")

    assert page.errors[0].startswith("The evidence is dated 2 Nov 2025, after 1 Nov 2025")
    assert len(benchmarking.ratings(round_of_2025, 2025)) == 0


def test_three_raters_close_a_round_with_last_year_beside_it(round_of_2025, open_page, champion):
    for rater in ("Ada Nagel", "Bo Lund", "Cara Weiss"):
        _all(round_of_2025, champion, 2025, 3, rater=rater)
    page = open_page("benchmarking", as_of=AS_OF, tab="Close")
    assert "closed once it was rated, compared and decided; it is open" in page.text
    assert not [b for b in page.at.button if b.label.startswith("Close the round")]
    decided(round_of_2025, champion, 2025, on=DAY)
    page = open_page("benchmarking", as_of=AS_OF, tab="Close")
    assert "3 raters so far" in page.text
    page.field("text_area", "Conclusions").set_value("Hold the course")
    page.press("Close the round of 2025")

    assert "The round of 2025 is closed; its figures are frozen." in page.text
    page = open_page("benchmarking", as_of="2026-03-01")
    assert (page.metrics["Overall"], page.metrics["Stage"]) == ("75", "optimising")
    assert "2024: 50" in page.text
    assert "Hold the course" in page.text
    assert {row["Agreement"] for row in page.tables["Item by item"]} == {"1.00"}


def test_disagreeing_raters_are_shown_in_place_of_a_mean(round_of_2025, open_page, champion):
    _all(round_of_2025, champion, 2025, 0, rater="Ada Nagel")
    _all(round_of_2025, champion, 2025, 4, rater="Bo Lund")
    page = open_page("benchmarking", as_of=AS_OF)

    first = page.tables["Item by item"][0]
    assert (first["Mean"], first["Rated"], first["State"]) == ("–", "0–4, 2 raters", "raters disagree")


def test_the_records_stand_beside_the_ratings_with_last_years(round_of_2025, open_page):
    page = open_page("benchmarking", as_of=AS_OF, tab="Records")

    title = next(t for t in page.tables if t.startswith("What the records say"))
    rows = {row["Figure"]: row for row in page.tables[title]}
    assert title == "What the records say, as of 1 Nov 2025"
    assert rows["Key accounts"]["From"] == "outside the rule"
    assert rows["Sponsor coverage"]["From"] == "0 of 1"
    assert rows["Contribution of key accounts"]["From"] == "the contribution of 1 account is unknown"


def test_references_come_in_by_file_and_a_row_without_citation_is_refused(round_of_2025, open_page, champion):
    _all(round_of_2025, champion, 2025, 3)
    page = open_page("benchmarking", as_of=AS_OF, tab="References")
    assert "No reference value has been brought in." in page.text
    page.press("Bring in the references")
    assert page.errors == ["Choose a CSV file first."]

    header = b"dimension,mean,sd,n,population,year,citation\n"
    page.at.file_uploader[0].upload("r.csv", header + b"overall,60,10,40,EU firms,2020,")
    page.press("Bring in the references")
    assert page.errors == ["Line 2 has no citation: a reference value without its source is not taken in."]

    page.at.file_uploader[0].upload("r.csv", header + b"overall,60,10,40,EU firms,2020,Doe 2020")
    page.press("Bring in the references")
    (row,) = page.tables["References beside our scores"]
    assert (row["Our score"], row["z"], row["Percentile"], row["Citation"]) == ("75", "1.50", "93", "Doe 2020")

    page.press("Take this reference out")
    assert benchmarking.references(round_of_2025) == ()


def test_a_closed_round_offers_no_rating_and_no_closing(round_of_2025, open_page):
    page = open_page("benchmarking", as_of="2024-12-31")

    assert page.metrics["Overall"] == "50"
    assert "Train operations" in page.text
    assert not [b for b in page.at.button if b.label.startswith(("Save", "Close the round"))]


def test_other_programmes_stand_beside_last_year_and_a_file_without_sources_is_refused(
    round_of_2025, open_page, champion
):
    page = open_page("benchmarking", as_of=AS_OF, tab="Comparison")
    assert "No dimension can be held beside 2024 yet; no other programme has been brought in." in page.text
    assert "No other programme has been brought in: a CSV file" in page.text

    first = benchmarking.instrument().dimensions[0]
    with pytest.raises(BadInput, match="no source"):
        benchmarking.import_summaries(
            round_of_2025, b"programme,year,measure,value,source\nNorth,2025,strategy,70,", who=champion
        )
    table = "programme,year,measure,value,n,source\n" + "\n".join(
        [f"{HOSTILE_NAME},2025,{first.dimension_id},80,5,Paper", f"{HOSTILE_NAME},2025,sponsor_coverage,0.5,9,Paper"]
    )
    benchmarking.import_summaries(round_of_2025, table.encode(), who=champion)
    _all(round_of_2025, champion, 2025, 3)
    page = open_page("benchmarking", as_of=AS_OF, tab="Comparison")

    assert "Better than 2024 in 10 of 10 dimensions, worse in 0; behind the mean of other programmes in 1 of 1." in (
        page.text
    )
    row = page.tables["Scores beside last year and other programmes"][0]
    assert (row["2025"], row["2024"], row["Change"], row[HOSTILE_NAME]) == ("75", "50", "25", "80")
    assert page.tables["Measures that other programmes gave too"][0][HOSTILE_NAME] == "50.0\N{NO-BREAK SPACE}%"
    assert "No norm of the company's own yet" in page.text
    page.press("Take this programme out")
    assert "The programme is taken out." in page.text
    assert benchmarking.summaries(round_of_2025) == ()


def test_the_trend_names_the_weakest_dimension_of_each_year_and_what_differs(round_of_2025, open_page, champion):
    _all(round_of_2025, champion, 2025, 3, rater="Bo Lund")
    page = open_page("benchmarking", as_of=AS_OF, tab="Trend")

    assert "10 of 10 dimensions are better than in 2024" in page.text
    assert "From 2024 to 2025: other raters. Read the step with care." in page.text
    weakest = page.tables["The weakest dimension of each year"]
    assert [(row["Year"], row["Its score"]) for row in weakest] == [("2025, open", "75"), ("2024, closed", "50")]
    assert page.tables["Scores by year"][0] | {"Dimension": ""} == {"Dimension": "", "2024": "50", "2025": "75"}

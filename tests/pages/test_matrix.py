"""The matrix page: where accounts lie, what cannot be placed, and what it rests on."""

from __future__ import annotations

import pytest

from tests.pages.candidates_ledger import three_accounts
from tests.pages.ledgers import admitted
from tests.selection.conftest import AS_OF

DAY = AS_OF.isoformat()


@pytest.fixture
def judged(store, champion):
    three_accounts(store, champion)
    return store


def test_an_empty_workbench_leads_to_the_import(open_page):
    assert "There is no ledger yet." in open_page("matrix").text


def test_without_criteria_the_page_leads_to_the_criteria(store, champion, open_page):
    three_accounts(store, champion, with_criteria=False)
    page = open_page("matrix", as_of=DAY)
    assert "No criteria hold on this day." in page.text
    assert page.tables == {}


def test_accounts_with_both_scores_are_placed_and_the_rest_says_what_is_missing(judged, open_page):
    page = open_page("matrix", as_of=DAY)
    rows = {row["Account"]: row for row in page.tables["Accounts in the matrix"]}
    assert set(rows) == {"Pass Co", "Fail Co"}, "a near miss is in the picture too"
    assert (rows["Pass Co"]["Category"], rows["Pass Co"]["To the line"], rows["Pass Co"]["Nearest line"]) == (
        "Star",
        "1.00",
        "Strength",
    )
    (missing,) = page.tables["Not placed"]
    assert (missing["Account"], missing["Attractiveness"], missing["What is missing"]) == (
        "Unknown Co",
        "0.0 to 10.0",
        "Margin rate",
    )
    assert "1 cannot be placed." in page.text


def test_the_chances_of_the_cells_make_one(judged, open_page):
    page = open_page("matrix", as_of=DAY)
    for row in page.tables["Accounts in the matrix"]:
        total = sum(float(text) for heading, text in row.items() if heading.startswith("Chance of"))
        assert total == pytest.approx(100, abs=2)


def test_every_line_opens_to_its_date_and_source(judged, open_page):
    told = {
        row["What"]: row["Value and source"]
        for row in open_page("matrix", as_of=DAY).tables["What the matrix rests on"]
    }
    assert told["Strength: high from"].startswith("5 points, from 1 Jan 1990 · Middle of the scale")
    assert "seed" in told["Chance of a cell"]


def test_only_key_accounts_are_shown_where_the_filter_asks(judged, champion, open_page):
    admitted(judged, champion, "P", on=AS_OF)
    page = open_page("matrix", as_of=DAY, accounts="key")
    assert [row["Account"] for row in page.tables["Accounts in the matrix"]] == ["Pass Co"]


def test_a_day_before_the_ledger_is_refused(judged, open_page):
    page = open_page("matrix", as_of="1999-01-01")
    assert len(page.errors) == 1
    assert page.tables == {}

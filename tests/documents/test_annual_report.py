"""The annual report: both files hold the frozen figures, last year's beside them, and text as text."""

from __future__ import annotations

import io
from datetime import date

import pytest

from kam import benchmarking
from kam.benchmarking import Rating
from kam.documents import annual_deck, annual_page
from tests.key_accounts import key_accounts
from tests.rounds import decided

FIRST, DAY = date(2024, 11, 1), date(2025, 11, 1)
ITEMS = [item.item_id for dimension in benchmarking.instrument().dimensions for item in dimension.items]
NASTY = "<b>Train</b> & drill"


@pytest.fixture
def report(store, champion):
    key_accounts(store, champion, "A")
    for year, day, score in ((2024, FIRST, 1), (2025, DAY, 2)):
        benchmarking.open_round(store, year, opened_on=day, who=champion)
        benchmarking.rate(store, year, [Rating(i, score) for i in ITEMS], rater="Ada", as_of=day, who=champion)
        benchmarking.decide_in_round(
            store, year, step="managers", decision=f"{NASTY} {year}", owner="Ole", due_on=date(2026, 3, 1), as_of=day,
            who=champion,
        )  # fmt: skip
        decided(store, champion, year, on=day, decision=f"Way {year}")
        benchmarking.close_round(
            store, year, closed_on=day, conclusions=f"Begin {year}", expected_version=1, who=champion
        )
    key_accounts(store, champion, "B", on=date(2026, 1, 1))
    return benchmarking.annual_report(store, 2025, date(2026, 6, 1), for_whom=champion)


def words_of(deck):
    from pptx import Presentation

    found = []
    for slide in Presentation(io.BytesIO(deck)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [" | ".join(cell.text for cell in row.cells) for row in shape.table.rows]
    return "\n".join(found)


def test_both_files_tell_the_closed_year_as_it_was_and_the_year_before(report):
    deck, page = words_of(annual_deck(report)), annual_page(report).decode()
    first = benchmarking.instrument().dimensions[0].name
    assert f"{first} | 50 | 25 | core" in deck
    assert f"<td>{first}</td><td>50</td><td>25</td><td>core</td>" in page
    for words in (
        "Overall 50 of 100",
        "2024: 25",
        "Frozen on 1 Nov 2025",
        "Begin 2025",
        "A Ltd",
        "no published norms exist",
    ):
        assert words in deck and words in page, words
    # Neither the decisions of another year nor what came after the closing.
    for words in ("drill 2024", "B Ltd"):
        assert words not in deck and words not in page, words


def test_text_from_people_is_text_in_both(report):
    assert f"{NASTY} 2025 | Ole" in words_of(annual_deck(report))
    assert "&lt;b&gt;Train&lt;/b&gt; &amp; drill 2025" in annual_page(report).decode()


def test_a_round_without_anything_still_makes_both(store, champion):
    benchmarking.open_round(store, 2025, opened_on=DAY, who=champion)
    empty = benchmarking.annual_report(store, 2025, DAY, for_whom=champion)
    page = annual_page(empty).decode()
    assert "The overall score is unknown" in page and "Still open, as of 1 Nov 2025" in page
    assert "Nothing was decided in this round." in words_of(annual_deck(empty))

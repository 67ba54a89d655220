"""The annual report: both files hold the frozen figures, last year's beside them, and text as text."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest

from kam import benchmarking, parameters
from kam.benchmarking import Rating
from kam.packs import annual_pack, pack_file
from tests.key_accounts import key_accounts
from tests.packs.test_templates import template
from tests.rounds import decided

FIRST, DAY = date(2024, 11, 1), date(2025, 11, 1)
ITEMS = [item.item_id for dimension in benchmarking.instrument().dimensions for item in dimension.items]
NASTY = "<b>Train</b> & drill"


def _take_in(store, who, line):
    benchmarking.import_summaries(store, f"programme,year,measure,value,n,source\n{line}".encode(), who=who)


@pytest.fixture
def report(store, champion):
    key_accounts(store, champion, "A")
    _take_in(store, champion, "North,2025,overall,60,4,Board paper")
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
    _take_in(store, champion, "North,2025,overall,70,4,Late paper")
    return benchmarking.annual_report(store, 2025, date(2026, 6, 1), for_whom=champion)


def files(report):
    """The words of all three files, each read by a reader of its own."""
    from openpyxl import load_workbook
    from pptx import Presentation

    pack = annual_pack(report)
    slides = []
    for slide in Presentation(io.BytesIO(pack_file(pack, "pptx"))).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                slides.append(shape.text_frame.text)
            if shape.has_table:
                slides += [" | ".join(cell.text for cell in row.cells) for row in shape.table.rows]
            if shape.has_chart:
                for series in shape.chart.plots[0].series:
                    slides.append(f"chart {series.name}: {[v and round(v) for v in series.values]}")
    book = load_workbook(io.BytesIO(pack_file(pack, "xlsx")))
    cells = [" | ".join(str(cell.value) for cell in row) for sheet in book for row in sheet.rows]
    return "\n".join(slides), pack_file(pack, "html").decode(), "\n".join(cells)


def test_all_files_tell_the_closed_year_as_it_was_and_the_year_before(report):
    deck, page, book = files(report)
    first = benchmarking.instrument().dimensions[0]
    assert f"{first.name} | 50 | 25 | core" in deck
    assert f"chart 2025: {[50] * 10}" in deck and f"chart 2024: {[25] * 10}" in deck
    row = re.search(rf"<tr><td[^>]*>{first.name}</td>(.*?)</tr>", page)[1]
    assert re.findall(r">([^<]+)<", row) == ["50", "25", "core"]
    assert f"{first.dimension_id} | {first.name} | 50" in book
    for words in ("Overall 50 of 100", "2024: 25", "Frozen on 1 Nov 2025", "Begin 2025", "no published norms exist"):
        assert words in deck and words in page, words
    for words in ("A Ltd", "Way 2025", "North", "Board paper"):
        assert words in deck and words in page and words in book, words
    # Neither the decisions of another year nor what came after the closing.
    for words in ("drill 2024", "Way 2024", "B Ltd", "Late paper"):
        assert words not in deck and words not in page and words not in book, words


def test_the_case_stands_in_the_files_with_what_is_missing(report):
    deck, page, book = files(report)
    for words in (deck, page):
        assert "Whether the programme pays is not known yet" in words
        assert "Not known: full cost of an hour of an account manager" in words
    assert "selection.expected_uplift" in book and "0.1" in book


def test_the_case_as_frozen_stays_when_rates_are_stated_later(report, store, champion):
    before = files(report)
    for name, figure in (("selection.manager_hour_cost", 50), ("change.sponsor_hour_cost", 200)):
        parameters.adopt(store, name, figure, valid_from=FIRST, source="Finance", who=champion)
    again = benchmarking.annual_report(store, 2025, date(2026, 7, 1), for_whom=champion)
    assert files(again) == before


def test_text_from_people_is_text_in_all(report):
    deck, page, book = files(report)
    assert f"{NASTY} 2025 | Ole" in deck and f"{NASTY} 2025 | Ole" in book
    assert "&lt;b&gt;Train&lt;/b&gt; &amp; drill 2025" in page


def test_a_round_without_anything_still_makes_all(store, champion):
    benchmarking.open_round(store, 2025, opened_on=DAY, who=champion)
    deck, page, _book = files(benchmarking.annual_report(store, 2025, DAY, for_whom=champion))
    assert "The overall score is unknown" in page and "Still open, as of 1 Nov 2025" in page
    assert "Nothing was decided in this round." in deck and "No outside reference was brought in" in deck
    assert "There was no key account to weigh" in page


def test_the_report_is_written_into_the_companys_own_deck(report):
    from pptx import Presentation

    content = pack_file(annual_pack(report), "pptx", template=template())
    assert len(Presentation(io.BytesIO(content)).slides) > 8

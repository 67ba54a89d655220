"""Presentations, printed pages and workbooks, opened again by other libraries: what stands in them, and that text is text."""

from __future__ import annotations

import io
from datetime import date
from html.parser import HTMLParser

import pytest

from kam.documents import Deck, Page, Sheet, workbook

NASTY = '=1+1 <script>alert("x")</script> & \x00\x0b\u202e\ud800中文 \ufffe'
CLEAN = '=1+1 <script>alert("x")</script> & 中文'


def _slides(deck: Deck):
    from pptx import Presentation

    return list(Presentation(io.BytesIO(deck.content())).slides)


def _words(slide) -> str:
    found = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def _deck() -> Deck:
    return Deck("Title", NASTY, foot="as of 31 Oct 2026", as_of=date(2026, 10, 31))


def test_text_of_data_stands_in_a_deck_as_it_is_without_what_a_file_cannot_hold():
    slides = _slides(_deck().table(NASTY, ["a", NASTY], [[NASTY, "x"]]).bars(NASTY, [NASTY], {NASTY: [1.0]}))

    assert CLEAN in _words(slides[0]) and CLEAN in _words(slides[1])
    assert CLEAN in _words(slides[2])
    chart = next(shape.chart for shape in slides[2].shapes if shape.has_chart)
    assert list(chart.plots[0].categories) == [CLEAN]


@pytest.mark.parametrize(("rows", "slides"), [(0, 1), (1, 1), (15, 1), (18, 2), (29, 2), (50, 4)])
def test_a_table_goes_on_over_as_many_slides_as_it_needs_and_loses_no_row(rows, slides):
    made = _slides(_deck().table("T", ["n"], [[f"row {n:02}"] for n in range(rows)], empty="Nothing."))[1:]

    assert len(made) == slides
    words = "\n".join(map(_words, made))
    assert [words.count(f"row {n:02}") for n in range(rows)] == [1] * rows
    assert ("Nothing." in words) == (rows == 0)
    assert words.count("(continued)") == slides - 1
    assert words.count("as of 31 Oct 2026") == slides


def test_bars_hold_their_numbers_with_unknown_ones_left_open():
    slide = _slides(_deck().bars("T", ["a", "b"], {"Asked": [3, None], "Cap": [2, 2]}, highlight=[0]))[1]

    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    assert [(s.name, list(s.values)) for s in chart.plots[0].series] == [("Asked", [3.0, None]), ("Cap", [2.0, 2.0])]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.said = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in ("src", "href") for name, _v in attrs)

    def handle_data(self, data):
        self.said += data


def test_a_page_is_whole_in_itself_and_shows_any_text_as_text():
    page = Page(NASTY, NASTY).section(NASTY).lines([NASTY]).facts([(NASTY, NASTY)]).table([NASTY], [[NASTY]])
    reader = _Reader()
    reader.feed(page.words(NASTY).foot(NASTY).content().decode("utf-8"))

    assert "script" not in reader.tags and "img" not in reader.tags
    assert reader.said.count(CLEAN) == 10  # the head's title with it
    assert "http" not in page.body()


def test_a_workbook_holds_values_as_what_they_are_and_no_formula():
    from openpyxl import load_workbook

    rows = [["=1+1", 3, 2.5, date(2026, 1, 2), None, True, ["a", "b"], "x\x00y"]]
    content = workbook(
        "T",
        [Sheet("One", list("abcdefgh"), rows), Sheet("Two", ["a"], [])],
        [("As of", "today")],
        as_of=date(2026, 1, 2),
    )
    book = load_workbook(io.BytesIO(content))

    assert book.sheetnames == ["One", "Two", "About"]
    cells = next(iter(book["One"].iter_rows(min_row=2)))
    assert [cell.value for cell in cells][:3] == ["=1+1", 3, 2.5]
    assert cells[0].data_type == "s"
    assert cells[3].value.date() == date(2026, 1, 2)
    assert [cell.value for cell in cells][4:] == [None, True, "a; b", "xy"]
    assert book["About"]["B2"].value == "today"

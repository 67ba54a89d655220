"""The pack as a page in a browser: its charts tell their numbers, its tables take another order, and on paper nothing is lost."""

from __future__ import annotations

from datetime import date

import pytest

from kam import packs
from kam.packs.document import Bars, Curve, Pack, Section, Table

MONEY = "reporting currency"
HOSTILE = "</script><script>document.title='taken'</script>"


@pytest.fixture
def page(tmp_path, visitor):
    """A pack of two pictures and a table, opened as a file."""
    points = [(share / 10, 100.0 * share * (14 - share)) for share in range(11)]
    table = Table(
        "T",
        "Table",
        [("Name", "text"), ("Amount", MONEY), ("Day", "date")],
        [("b", 900.0, date(2025, 12, 1)), ("a", -1500.0, date(2026, 1, 2)), (HOSTILE, None, None)],
        empty="",
    )
    bars = Bars("Bars", ["North", HOSTILE], {"Revenue": [1234567.0, 20.0]}, MONEY, "")
    curve = Curve("Curve", points, points[3], "Here", ("Share", "Amount"), "")
    made = Pack(
        "A", "Alpha", "", date(2026, 10, 31), "EUR", [Section("s", "S", "S", pictures=[bars, curve], tables=[table])]
    )
    file = tmp_path / "pack.html"
    file.write_bytes(packs.pack_file(made, "html"))

    class Anywhere:
        address = "file://"

    guest = visitor(Anywhere)
    refused = []
    guest.tab.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    guest.tab.goto(file.as_uri())
    yield guest.tab
    assert refused == [] and guest.calls_out == []
    assert guest.tab.title() == "Alpha"


def test_a_mark_tells_what_it_is_beneath_the_pointer_and_at_the_keyboard(page):
    tip = page.locator(".tip")
    page.locator("figure svg rect").first.hover()
    assert tip.inner_text().replace("\u00a0", " ") == "North, Revenue: 1.23 M EUR"
    page.mouse.move(2, 2)
    assert tip.is_hidden()
    page.locator("figure svg rect").nth(1).focus()
    assert HOSTILE in tip.inner_text()


def test_a_curve_tells_each_of_its_points(page):
    box = page.locator("figure svg").nth(1).locator("polyline").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] / 2)
    assert page.locator(".tip").inner_text().replace("\u00a0", " ") == "50.0 %: 4.50 k EUR"


def test_a_table_takes_the_order_of_a_column_with_unknown_rows_last(page):
    def names() -> list[str]:
        return page.locator("tbody tr td:first-child").all_inner_texts()

    page.get_by_role("button", name="Amount").click()
    assert names() == ["a", "b", HOSTILE]
    page.get_by_role("button", name="Amount").click()
    assert names() == ["b", "a", HOSTILE]
    page.get_by_role("button", name="Day").click()
    assert names() == ["b", "a", HOSTILE]


def test_on_paper_the_pictures_stand_as_they_are(page):
    page.locator("figure svg rect").first.hover()
    page.emulate_media(media="print")
    assert page.locator(".tip").is_hidden()
    assert page.get_by_text("1.23\u00a0M\u00a0EUR").first.is_visible()

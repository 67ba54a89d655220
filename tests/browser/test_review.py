"""A review from end to end in a browser: prepared, held and closed, its pack taken along, and the change shown at the next."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import pytest

from tests.browser.visitor import Visitor

ACCOUNT, ACCOUNT_ID = "Borealis Offshore Services", "C10004"
OTHER = "Oderland Geothermal"
DAY, NEXT = "2026-10-15", "2026-10-31"


@pytest.fixture(scope="module")
def programme(serve, demonstration_database):
    """The demonstration programme of its own: reviews are closed in it."""
    return serve("reviewed", lambda path: shutil.copy(demonstration_database, path))


def in_the_room(guest: Visitor, day: str, account: str = ACCOUNT) -> Visitor:
    """From the list of planned reviews into the room of the account's next one."""
    guest.opens("reviews", as_of=day, tab="Hold")
    guest.tab.get_by_role("link", name=account, exact=True).first.click()
    guest.tab.get_by_role("heading", name=re.compile(f"{account}, planned for")).wait_for()
    return guest.waits()


def typed(guest: Visitor, label: str, text: str) -> None:
    """Type on a keyboard, letter by letter, and stay in the field."""
    field = guest.tab.get_by_label(label, exact=True)
    field.click()
    guest.tab.keyboard.press("Control+End")
    guest.tab.keyboard.type(text, delay=15)


def kept(guest: Visitor) -> None:
    """What was typed is kept: nobody touches anything meanwhile, the pause after typing alone does it."""
    guest.tab.wait_for_timeout(1500)
    guest.waits().sees(re.compile("Kept as typed, last by"))


def figures_of_the_account_page(guest: Visitor) -> dict[str, str]:
    """Label to value of the figures on the account's tab Value."""
    guest.opens("account", account=ACCOUNT_ID, as_of=DAY, tab="Value").sees("Lifetime value")
    shown = [each.inner_text().split("\n\n") for each in guest.tab.get_by_test_id("stMetric").all()]
    return {label: value for label, value, *_change in shown}


def words_of(file, kind: str) -> str:
    """Every word of a file, as another program reads it."""
    if kind == "Presentation":
        from pptx import Presentation

        shapes = [shape for slide in Presentation(file).slides for shape in slide.shapes]
        texts = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
        cells = [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
        return "\n".join(texts + cells)
    if kind == "Workbook":
        from openpyxl import load_workbook

        sheets = load_workbook(file).worksheets
        return "\n".join(str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row)
    return html.unescape(Path(file).read_text(encoding="utf-8"))


def test_the_room_stands_without_the_menu_and_brings_it_back(programme, visitor):
    guest = visitor(programme).opens("reviews", as_of=NEXT)
    # It stands only while the menu is away.
    opens_menu = guest.tab.get_by_test_id("stExpandSidebarButton")
    assert opens_menu.count() == 0
    in_the_room(guest, NEXT, OTHER)
    opens_menu.wait_for()
    # Whoever opens the menu by hand keeps it while the page runs again.
    opens_menu.click()
    opens_menu.wait_for(state="detached")
    typed(guest, "Participants", ", Bo")
    kept(guest)
    assert opens_menu.count() == 0
    guest.goes_to("Roster")
    assert opens_menu.count() == 0


def test_a_line_moved_right_after_typing_is_moved_and_the_words_are_kept(programme, visitor):
    guest = in_the_room(visitor(programme), NEXT, OTHER)
    lines = guest.tab.locator("table[aria-label=Agenda] tbody a")
    second = lines.nth(1).inner_text()
    guest.tab.get_by_text("Arrange the agenda").click()
    typed(guest, "Notes", "A second source")
    guest.tab.get_by_role("button", name="↑").nth(1).click()
    guest.tab.locator("table[aria-label=Agenda] tbody tr").first.get_by_text(second, exact=True).wait_for()
    kept(guest)
    again = visitor(programme)
    again.tab.goto(guest.tab.url)
    again.tab.get_by_label("Notes", exact=True).wait_for()
    assert again.waits().tab.get_by_label("Notes", exact=True).input_value() == "A second source"
    assert again.tab.locator("table[aria-label=Agenda] tbody a").first.inner_text() == second


def test_a_review_is_prepared_held_and_compared_at_the_next(programme, visitor, tmp_path):
    guest = in_the_room(visitor(programme), DAY)
    room = guest.tab.url
    assert guest.tab.locator("table[aria-label=Agenda] tbody a").count() > 1

    # Typed and never left: the browser goes, and another one finds the words.
    typed(guest, "Notes", "They want a second source")
    kept(guest)
    typed(guest, "Notes", " by autumn")
    typed(guest, "Action 1", "Agree on volumes")
    kept(guest)
    guest.tab.context.close()
    again = visitor(programme)
    again.tab.goto(room)
    again.tab.get_by_label("Notes", exact=True).wait_for()
    assert again.waits().tab.get_by_label("Notes", exact=True).input_value() == "They want a second source by autumn"
    assert again.tab.get_by_label("Action 1", exact=True).input_value() == "Agree on volumes"

    # The pack by click, opened by other readers: the figures of the account's page stand in each file.
    figures = figures_of_the_account_page(visitor(programme))
    assert len(figures) == 4
    again.tab.get_by_role("button", name=re.compile("Review pack")).click()
    for kind, ending in (("Presentation", "pptx"), ("Workbook", "xlsx"), ("Page to print", "html")):
        with again.tab.expect_download() as taken:
            again.tab.get_by_role("button", name=re.compile(f"{kind}$")).click()
        taken.value.save_as(tmp_path / f"pack.{ending}")
        words = words_of(tmp_path / f"pack.{ending}", kind)
        assert {label: value for label, value in figures.items() if value not in words} == {}, kind
    again.tab.keyboard.press("Escape")

    # An action without its owner is refused, and nothing that was typed is lost; then it is closed.
    again.presses("Hold and close the review").sees("Action 1 needs what is to be done, who does it and a due date.")
    typed(again, "Owner of action 1", "Bo Lund")
    again.tab.get_by_role("group", name="Due date of action 1", exact=True).get_by_role("spinbutton").first.click()
    again.tab.keyboard.type("20261130")
    again.ticks("at risk")
    # Straight from the keyboard to the button: the field's words and the press arrive together.
    typed(again, "Decisions, one a line", "Keep the price")
    again.presses("Hold and close the review").sees(f"The review of {ACCOUNT} is held and closed.")
    again.sees("They want a second source by autumn").sees("Keep the price").sees("Agree on volumes")

    # The next one, planned on the page, shows what changed since.
    guest = visitor(programme).opens("reviews", as_of=NEXT, tab="Plan").picks("Key account", ACCOUNT)
    guest.presses("Plan the review").sees(f"The review of {ACCOUNT} is planned for 31 Oct 2026.")
    in_the_room(guest, NEXT).sees("What changed from 15 Oct 2026 to 31 Oct 2026")
    guest.sees(re.compile("Action agreed: Agree on volumes"))
    assert again.calls_out == guest.calls_out == []

"""A review from end to end in a browser: prepared, held and closed, its pack taken along, and the change shown at the next."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest

from kam import relationships, reviews, workbench
from tests.browser.test_lists import WHO
from tests.pages.ledgers import admitted, company

DAY, NEXT = "2025-12-30", "2025-12-31"


def make_programme(path) -> None:
    """A small programme; account A has a late promise and two planned reviews, between which it orders."""
    with workbench.make(path, person=WHO) as made:
        company(made, WHO)
        admitted(made, WHO, "A", "B")
        relationships.capture(
            made,
            "A",
            occurred_on=date(2025, 5, 2),
            kind="call",
            summary="About drawings",
            next_step="Send drawings",
            next_step_due=date(2025, 5, 20),
            who=WHO,
        )
        for day in (DAY, NEXT):
            reviews.plan(made, "A", date.fromisoformat(day), participants="Ada, Bo", who=WHO)


@pytest.fixture(scope="module")
def programme(serve):
    return serve("review", make_programme)


def notes(guest):
    return guest.tab.get_by_label("Notes", exact=True)


def words_of(deck) -> str:
    """Every word of a presentation: texts and tables."""
    found = []
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                found.append(shape.text_frame.text)
            if shape.has_table:
                found += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(found)


def plain(text: str) -> str:
    return re.sub(r"[\u2060\u00a0\s]+", " ", text)


def test_a_review_is_prepared_held_and_compared_at_the_next(programme, visitor):
    from pptx import Presentation

    # Prepared: the readings wrote the agenda; a line leads to its evidence.
    guest = visitor(programme).opens("reviews", as_of=DAY, tab="Hold")
    guest.tab.get_by_role("link", name="Alpha", exact=True).first.click()
    guest.tab.get_by_role("heading", name="Review", exact=True).wait_for()
    guest.tab.get_by_role("link", name=re.compile("Send drawings")).first.wait_for()

    # What is typed is kept while it is typed: the field is never left, the browser goes, another one finds the words.
    notes(guest).press_sequentially("They want a second source")
    guest.sees("Kept as typed, last by")
    notes(guest).press_sequentially(" by autumn")
    guest.tab.wait_for_function(
        "() => performance.now() && !document.querySelector('[data-testid=stApp][data-test-script-state=running]')"
    )
    guest.tab.wait_for_timeout(2500)
    guest.tab.context.close()
    again = visitor(programme).opens("review", review="1", as_of=DAY)
    notes(again).wait_for()
    assert notes(again).input_value() == "They want a second source by autumn"

    # The pack by click, opened by another reader: the account page's figures are in it.
    again.tab.get_by_role("button", name="Review pack").click()
    with again.tab.expect_download() as taken:
        again.tab.get_by_role("button", name="Presentation", exact=False).first.click()
    with open(taken.value.path(), "rb") as file:
        deck = Presentation(io.BytesIO(file.read()))
    again.tab.keyboard.press("Escape")
    again.waits()
    held = plain(words_of(deck))
    page = visitor(programme).opens("account", account="A", as_of=DAY)
    assert page.figures(), "the account page shows no figure"
    for label, value in page.figures().items():
        assert plain(value) in held, (label, value)

    # Held with a decision and an action, and closed.
    again.types("Decisions, one a line", "Keep the price")
    again.types("Action 1", "Agree on volumes").types("Owner of action 1", "Bo Lund")
    again.tab.get_by_role("group", name="Due date of action 1").get_by_role("spinbutton").first.click()
    again.tab.keyboard.type("20260131")
    again.tab.keyboard.press("Tab")
    again.waits().ticks("at risk")
    again.presses("Hold and close the review").sees("is held and closed.")
    again.sees("They want a second source by autumn").sees("Keep the price").sees("Agree on volumes")

    # The next one shows what changed since.
    following = visitor(programme).opens("review", review="2", as_of=NEXT)
    following.sees("What changed from 30 Dec 2025 to 31 Dec 2025").sees("Action agreed: Agree on volumes")
    assert again.calls_out == following.calls_out == []

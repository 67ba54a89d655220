"""A review from end to end in a browser: prepared, held and closed, its pack taken along, and the change shown at the next."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from pptx import Presentation

from kam import relationships, reviews, workbench
from tests.browser.test_lists import WHO
from tests.pages.ledgers import admitted, company


def make_programme(path) -> None:
    """A small programme; account A has a late promise and two planned reviews."""
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
        for day in (date(2025, 12, 30), date(2025, 12, 31)):
            reviews.plan(made, "A", day, who=WHO)


@pytest.fixture(scope="module")
def programme(serve):
    return serve("review", make_programme)


def test_a_review_is_prepared_held_and_compared_at_the_next(programme, visitor):
    guest = visitor(programme).opens("review", review="1", as_of="2025-12-30")
    guest.tab.get_by_role("link", name=re.compile("Send drawings")).first.wait_for()
    guest.types("Notes", "They want a second source")
    guest.tab.get_by_label("Notes", exact=True).press("Tab")
    guest.sees("Kept as typed")
    # The browser goes; another one finds the words.
    again = visitor(programme).opens("review", review="1", as_of="2025-12-30")
    again.tab.get_by_role("link", name=re.compile("Send drawings")).first.wait_for()
    assert again.tab.get_by_label("Notes", exact=True).input_value() == "They want a second source"
    again.tab.get_by_role("button", name="Review pack").click()
    with again.tab.expect_download() as taken:
        again.tab.get_by_role("button", name="Presentation", exact=False).first.click()
    with open(taken.value.path(), "rb") as file:
        deck = Presentation(io.BytesIO(file.read()))
    assert "Alpha" in deck.slides[0].shapes[1].text_frame.text
    again.tab.keyboard.press("Escape")
    again.presses("Hold and close the review").sees("is held and closed.")
    following = visitor(programme).opens("review", review="2", as_of="2025-12-31")
    following.sees("What changed from 30 Dec 2025 to 31 Dec 2025")
    assert following.calls_out == []

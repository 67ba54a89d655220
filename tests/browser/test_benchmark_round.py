"""The yearly round at the screen: three raters from open to closed, and last year beside it."""

from __future__ import annotations

import re
from datetime import date

from kam import access, benchmarking, workbench
from kam.benchmarking import Rating
from tests.rounds import decided

LAST, THIS = date(2025, 11, 3), "2026-11-02"
RATERS = ("Ada Nagel", "Ole Berg", "Eva Roth")
ITEMS = [item.item_id for dimension in benchmarking.instrument().dimensions for item in dimension.items]


def made_with_last_year(path):
    """A workbench whose round of 2025 was closed with every item rated 1 by one person."""
    person = access.person_named("Ines Brandt")
    with workbench.make(path, person=person) as store:
        benchmarking.open_round(store, 2025, opened_on=LAST, who=person)
        benchmarking.rate(store, 2025, [Rating(i, 1) for i in ITEMS], rater="Ada Nagel", as_of=LAST, who=person)
        decided(store, person, 2025, on=LAST, decision="Write the charter")
        benchmarking.close_round(store, 2025, closed_on=LAST, conclusions="Begin", expected_version=1, who=person)


def rates(guest, rater, dimension, mark):
    """One rater gives the four items of the dimension that is open the same mark."""
    guest.opens("benchmarking", as_of=THIS, tab="Rate").types("Rater", rater)
    guest.tab.keyboard.press("Enter")
    guest.waits().picks("Dimension", dimension)
    marks = guest.tab.get_by_role("radio", name=str(mark), exact=True)
    for at in range(4):
        marks.nth(at).click(force=True)
    guest.presses("Save these ratings").sees(re.compile("4 ratings are saved"))


def test_three_raters_take_a_round_from_open_to_closed_and_last_year_stands_beside_it(serve, visitor):
    guest = visitor(serve("rounds", made_with_last_year), height=2400)
    guest.opens("benchmarking", as_of=THIS).presses("Open the round of 2026").sees(re.compile("round of 2026 is open"))
    first = benchmarking.instrument().dimensions[0].name
    for rater in RATERS:
        rates(guest, rater, first, 2)

    guest.opens("benchmarking", as_of=THIS, tab="Committee")
    guest.types("Minutes", "Three raters took part").presses("Take the ratings as they are")
    guest.sees(re.compile("The round is rated")).sees("Next: compared")
    guest.types("Minutes", "Better than last year").presses("The comparison was discussed")
    guest.sees(re.compile("The round is compared")).sees("Next: decided")
    guest.types("Minutes", "Training comes first").presses("The decisions are taken")
    guest.sees(re.compile("Nothing has been decided yet"))
    guest.types("What is decided", "Train operations").types("Owner", "Ole Berg").presses("Record the decision")
    guest.sees(re.compile("The decision stands on the roadmap"))
    guest.types("Minutes", "Training comes first").presses("The decisions are taken")
    guest.sees(re.compile("The round is decided"))

    guest.opens("benchmarking", as_of=THIS, tab="Close").sees(re.compile("3 raters so far"))
    guest.types("Conclusions", "Train operations").presses("Close the round of 2026")
    guest.sees(re.compile("round of 2026 is closed"))
    guest.opens("benchmarking", as_of=THIS).sees(re.compile("2026, closed")).sees(re.compile("2025, closed"))
    # The dot plot names both years: this one, and last year's rings behind it.
    guest.tab.locator(".legendtext").first.wait_for()
    assert {"2026", "2025"} <= set(guest.tab.locator(".legendtext").all_text_contents())
    guest.opens("change", as_of=THIS, tab="Roadmap").sees(re.compile("Train operations"))

"""Reviews in calendar files: each keeps its name for ever, moves and is taken out, and no text becomes a line of its own."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from kam import documents, reviews
from kam.errors import NotFound
from tests.documents.test_calendar import _read, _value
from tests.key_accounts import key_accounts

DAY = date(2025, 5, 15)
HOSTILE = "Ada, Bo; 北京\r\nATTENDEE:mailto:x@y" + " and everybody else of the plant" * 4


def entries(store, **asked) -> list[dict[str, str]]:
    """The entries of the file, property to value, as another program reads them."""
    rows = reviews.for_calendars(store, DAY, **asked)
    content = documents.calendar(documents.review_entries(rows), stamped_at=datetime(2025, 5, 15, 9, 0))
    found: list[dict[str, str]] = []
    for name, value in _read(content):
        if (name, value) == ("BEGIN", "VEVENT"):
            found.append({})
        elif found:
            found[-1][name] = _value(value)
    return found


@pytest.fixture
def planned(store, champion):
    """Key accounts A and B; A's review is planned for this quarter, B's for the next."""
    key_accounts(store, champion, "A", "B")
    this = reviews.plan(store, "A", date(2025, 6, 30), participants=HOSTILE, who=champion)
    return store, this, reviews.plan(store, "B", date(2025, 7, 1), who=champion)


def test_a_review_is_a_whole_day_with_its_participants_as_words(planned):
    store, this, _next = planned
    (entry,) = entries(store, review_id=this)
    assert (entry["DTSTART;VALUE=DATE"], entry["DTEND;VALUE=DATE"]) == ("20250630", "20250701")
    assert entry["SUMMARY"] == "Review of A Ltd" and entry["STATUS"] == "CONFIRMED"
    assert entry["DESCRIPTION"].replace("\n", " ") == "Participants: " + HOSTILE.replace("\r\n", " ")
    assert "ATTENDEE" not in entry


def test_a_review_that_moves_keeps_its_name_and_counts_the_change(planned, champion):
    store, this, _next = planned
    (before,) = entries(store, review_id=this)
    reviews.move(store, this, planned_on=date(2025, 6, 2), participants="", expected_version=1, who=champion)
    (after,) = entries(store, review_id=this)
    assert after["UID"] == before["UID"] and int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert after["DTSTART;VALUE=DATE"] == "20250602" and "DESCRIPTION" not in after


def test_the_round_ends_with_its_quarter_and_all_is_all(planned):
    store, _this, _next = planned
    assert [entry["DTSTART;VALUE=DATE"] for entry in entries(store, is_round=True)] == ["20250630"]
    assert [entry["DTSTART;VALUE=DATE"] for entry in entries(store)] == ["20250630", "20250701"]
    assert len({entry["UID"] for entry in entries(store)}) == 2


def test_what_was_cancelled_is_taken_out_of_calendars_until_its_day_has_passed(planned, champion):
    store, this, following = planned
    reviews.cancel(store, following, reason="They merged", expected_version=1, who=champion)
    assert [entry["STATUS"] for entry in entries(store)] == ["CONFIRMED", "CANCELLED"]
    past = reviews.plan(store, "B", date(2025, 5, 14), who=champion)
    reviews.cancel(store, past, reason="Ill", expected_version=1, who=champion)
    assert len(entries(store)) == 2
    reviews.hold(store, this, held_on=DAY, notes="", rating=None, expected_version=1, who=champion)
    assert [entry["STATUS"] for entry in entries(store)] == ["CANCELLED"]
    assert entries(store, review_id=this)[0]["DTSTART;VALUE=DATE"] == "20250515"


def test_an_unknown_review_is_refused_and_without_one_the_file_is_empty(store, champion):
    key_accounts(store, champion, "A")
    assert entries(store) == []
    with pytest.raises(NotFound, match="There is no review 7"):
        reviews.for_calendars(store, DAY, review_id=7)

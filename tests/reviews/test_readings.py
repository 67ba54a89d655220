"""The calendar and the lists on any day, at the edges, and against a slow second implementation."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from kam import parameters, reviews
from kam.reviews import Action
from tests.key_accounts import key_accounts

ADMITTED = date(2025, 1, 1)
# The defaults: due 182 days after the last review, due soon in the last 30 of them.
DUE = ADMITTED + timedelta(days=182)


def _calendar(store, as_of):
    return {row["account_id"]: row for row in store.read("reviews.calendar", {"as_of": as_of})}


def _hold(store, who, review_id, held_on, **more):
    version = reviews.review_of(store, review_id, for_whom=who).version
    reviews.hold(store, review_id, held_on=held_on, notes="", rating=None, expected_version=version, who=who, **more)


@pytest.mark.parametrize(
    ("days_before_due", "state"), [(31, "current"), (30, "due_soon"), (0, "due_soon"), (-1, "overdue")]
)
def test_a_review_is_current_then_due_soon_then_overdue(store, champion, days_before_due, state):
    key_accounts(store, champion, "A", on=ADMITTED)

    row = _calendar(store, DUE - timedelta(days=days_before_due))["A"]

    assert (row["review_state"], row["due_on"], row["last_held_on"]) == (state, DUE, None)


def test_a_planned_day_that_passed_without_the_review_is_overdue(store, champion):
    key_accounts(store, champion, "A", on=ADMITTED)
    reviews.plan(store, "A", date(2025, 3, 1), who=champion)

    assert _calendar(store, date(2025, 3, 1))["A"]["review_state"] == "due_soon"
    assert _calendar(store, date(2025, 3, 2))["A"]["review_state"] == "overdue"
    assert _calendar(store, date(2025, 3, 2))["A"]["planned_on"] == date(2025, 3, 1)


def test_planning_late_does_not_move_the_due_date(store, champion):
    key_accounts(store, champion, "A", on=ADMITTED)
    reviews.plan(store, "A", DUE + timedelta(days=60), who=champion)

    assert _calendar(store, DUE + timedelta(days=1))["A"]["review_state"] == "overdue"


def test_the_cycle_is_a_dated_parameter(store, champion):
    key_accounts(store, champion, "A", on=ADMITTED)
    adopt = {"valid_from": ADMITTED, "source": "committee", "who": champion}
    parameters.adopt(store, "reviews.due_after_days", 90, **adopt)
    assert _calendar(store, date(2025, 4, 2))["A"]["review_state"] == "overdue"

    parameters.adopt(store, "reviews.due_after_days", None, **adopt)
    assert _calendar(store, date(2025, 4, 2))["A"]["review_state"] == "none"


@pytest.mark.parametrize("seed", range(3))
def test_the_calendar_on_any_day_is_what_reading_the_reviews_in_order_gives(store, champion, seed):
    draw = random.Random(seed)
    key_accounts(store, champion, "A", "B", on=ADMITTED)
    held, actions = [], []
    for number in range(1, 9):
        account_id = draw.choice("AB")
        day = ADMITTED + timedelta(days=draw.choice([0, 1, 5, 180, 181, 182, 183, 364, 365]) + number)
        review_id = reviews.plan(store, account_id, day + timedelta(days=1000), who=champion)
        due = day + timedelta(days=draw.choice([0, 1, 29, 30, 31]))
        _hold(store, champion, review_id, day, actions=[Action("x", "Bo", due)])
        closed = draw.choice([None, day, day + timedelta(days=30)])
        if closed:
            reviews.close_action(store, review_id, state="done", closed_on=closed, expected_version=1, who=champion)
        held.append((account_id, day, review_id))
        actions.append((account_id, day, due, closed))
    days = {day + timedelta(days=d) for _a, day, _r in held for d in (-1, 0, 1, 365, 366)}
    for as_of in sorted(days):
        found = _calendar(store, as_of)
        for account_id in ("A", "B"):
            known = sorted((day, review_id) for a, day, review_id in held if a == account_id and day <= as_of)
            open_due = [
                due
                for a, day, due, closed in actions
                if a == account_id and day <= as_of and (closed is None or closed > as_of)
            ]
            row = found[account_id]
            assert (row["last_held_on"], row["last_review_id"]) == (known[-1] if known else (None, None))
            a_year_before = as_of.replace(year=as_of.year - 1)
            assert row["held_count_12m"] == sum(1 for day, _r in known if day > a_year_before)
            assert row["open_action_count"] == len(open_due)
            assert row["overdue_action_count"] == sum(1 for due in open_due if due < as_of)


def test_an_action_is_open_due_soon_overdue_and_then_done(store, champion):
    key_accounts(store, champion, "A", on=ADMITTED)
    review_id = reviews.plan(store, "A", ADMITTED, who=champion)
    _hold(store, champion, review_id, ADMITTED, actions=[Action("x", "Bo", date(2025, 3, 1))])
    reviews.close_action(store, 1, state="dropped", closed_on=date(2025, 3, 10), expected_version=1, who=champion)

    def state(as_of):
        return [row["action_state"] for row in store.read("reviews.action_list", {"as_of": as_of})]

    assert state(date(2024, 12, 31)) == []
    assert state(date(2025, 1, 29)) == ["open"]
    assert state(date(2025, 1, 30)) == ["due_soon"]
    assert state(date(2025, 3, 1)) == ["due_soon"]
    assert state(date(2025, 3, 2)) == ["overdue"]
    assert state(date(2025, 3, 10)) == ["dropped"]


def test_before_it_was_held_a_review_reads_as_planned(store, champion):
    key_accounts(store, champion, "A", on=ADMITTED)
    review_id = reviews.plan(store, "A", date(2025, 2, 1), who=champion)
    reviews.hold(
        store,
        review_id,
        held_on=date(2025, 2, 3),
        notes="n",
        rating="on_track",
        expected_version=1,
        who=champion,
    )

    def row(as_of):
        return store.one("reviews.review_list", {"as_of": as_of})

    assert (row(date(2025, 2, 2))["state"], row(date(2025, 2, 2))["rating"]) == ("planned", None)
    assert (row(date(2025, 2, 3))["state"], row(date(2025, 2, 3))["rating"]) == ("held", "on_track")

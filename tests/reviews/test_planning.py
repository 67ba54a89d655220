"""Planning, moving and cancelling reviews, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest

from kam import programme, reviews
from kam.errors import BadInput, NotFound, RuleBroken, StaleWrite
from kam.store import events
from tests.key_accounts import key_accounts, with_ledger

DAY = date(2025, 6, 1)


def _state(store):
    return store.read("reviews.reviews", order_by=[("review_id", False)]).rows, len(events(store, limit=1000))


def _refused(store, kind, message, action):
    before = _state(store)
    with pytest.raises(kind, match=message) as caught:
        action()
    assert _state(store) == before
    return caught.value


@pytest.fixture
def planned(store, champion):
    """The id of a review of key account A planned for DAY."""
    key_accounts(store, champion, "A")
    return reviews.plan(store, "A", DAY, participants="Ada, Bo", who=champion)


def test_only_key_accounts_are_reviewed(store, champion):
    with_ledger(store, champion, "X")

    _refused(store, RuleBroken, "X Ltd is not a key account", lambda: reviews.plan(store, "X", DAY, who=champion))
    _refused(store, NotFound, "no account Z", lambda: reviews.plan(store, "Z", DAY, who=champion))


def test_a_released_account_gets_no_further_review(store, champion, planned):
    programme.release(store, "A", as_of=DAY, reason="x", who=champion)

    _refused(store, RuleBroken, "not a key account", lambda: reviews.plan(store, "A", date(2025, 7, 1), who=champion))


def test_a_review_is_not_planned_before_the_admission(store, champion, planned):
    _refused(
        store,
        RuleBroken,
        "key account since 1 Jan 2025",
        lambda: reviews.plan(store, "A", date(2024, 12, 31), who=champion),
    )


def test_two_reviews_of_an_account_on_one_day_are_refused(store, champion, planned):
    _refused(store, RuleBroken, "planned for 1 Jun 2025 already", lambda: reviews.plan(store, "A", DAY, who=champion))
    assert reviews.plan(store, "A", date(2025, 6, 2), who=champion) == 2


def test_a_double_click_plans_once(store, champion):
    key_accounts(store, champion, "A")
    assert reviews.plan(store, "A", DAY, who=champion, op_id="click") == 1
    assert reviews.plan(store, "A", DAY, who=champion, op_id="click") is None
    assert len(store.read("reviews.reviews")) == 1


def test_a_moved_review_keeps_its_id_and_counts_its_version(store, champion, planned):
    reviews.move(store, planned, planned_on=date(2025, 6, 8), participants="Ada", expected_version=1, who=champion)

    found = reviews.review_of(store, planned, for_whom=champion)
    assert (found.planned_on, found.participants, found.version) == (date(2025, 6, 8), "Ada", 2)


def test_a_stale_move_carries_both_versions(store, champion, planned):
    reviews.move(store, planned, planned_on=DAY, participants="Cara", expected_version=1, who=champion)

    stale = _refused(
        store,
        StaleWrite,
        "Someone else changed",
        lambda: reviews.move(
            store, planned, planned_on=date(2025, 6, 9), participants="Ada", expected_version=1, who=champion
        ),
    )
    assert (stale.theirs["participants"], stale.mine["participants"]) == ("Cara", "Ada")


def test_a_cancelled_review_keeps_its_reason_and_cannot_be_moved(store, champion, planned):
    _refused(
        store,
        BadInput,
        "Say why",
        lambda: reviews.cancel(store, planned, reason=" ", expected_version=1, who=champion),
    )
    reviews.cancel(store, planned, reason="customer asked", expected_version=1, who=champion)

    assert reviews.review_of(store, planned, for_whom=champion).notes == "customer asked"
    _refused(
        store,
        RuleBroken,
        "was cancelled",
        lambda: reviews.move(store, planned, planned_on=DAY, participants="", expected_version=2, who=champion),
    )


def test_an_unknown_review_is_said_so(store, champion):
    with pytest.raises(NotFound, match="no review 9"):
        reviews.review_of(store, 9, for_whom=champion)
    _refused(
        store,
        NotFound,
        "no review 9",
        lambda: reviews.cancel(store, 9, reason="x", expected_version=1, who=champion),
    )

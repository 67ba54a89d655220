"""Holding a review: what is frozen, what is refused, and the actions that follow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kam import reviews, sponsorship
from kam.errors import BadInput, Refusal, RuleBroken, StaleWrite
from kam.reviews import Action
from kam.store import events
from tests.drawn import given
from tests.key_accounts import key_accounts

DAY = date(2025, 6, 1)


@pytest.fixture
def planned(store, champion):
    """A planned review of key account A (sponsor Ada), with 900 of revenue and 350 of margin in the year to DAY."""
    key_accounts(store, champion, "A")
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | cogs
        R1       | A          | 2025-05-31 | 900.00      | 550.00
        R2       | A          | 2025-06-02 | 77.00       | 7.00
        """,
    )
    given(store, champion, "executives", "executive_id | name | title\nE1 | Ada Nagel | CFO")
    sponsorship.assign(store, "A", "E1", as_of=date(2025, 2, 1), reason="x", who=champion)
    return reviews.plan(store, "A", DAY, participants="Ada, Bo", who=champion)


def _hold(store, who, review_id, **more):
    settings = {"held_on": DAY, "notes": "went well", "rating": "at_risk", "expected_version": 1, "who": who}
    return reviews.hold(store, review_id, **(settings | more))


def _refused(store, kind, message, action):
    def state():
        tables = [store.read(f"reviews.{table}").rows for table in ("reviews", "actions")]
        return tables, len(events(store, limit=1000))

    before = state()
    with pytest.raises(kind, match=message) as caught:
        action()
    assert state() == before
    return caught.value


def test_a_held_review_freezes_the_figures_as_they_were_seen(store, champion, planned):
    _hold(store, champion, planned, actions=[Action("Agree prices", "Bo Lund", date(2025, 7, 1))])

    held = reviews.review_of(store, planned, for_whom=champion)
    assert (held.state, held.held_on, held.rating, held.participants) == ("held", DAY, "at_risk", "Ada, Bo")
    assert held.seen["as_of"] == "2025-06-01"
    assert held.seen["measures"]["revenue_12m"] == "900.00"
    assert Decimal(held.seen["measures"]["margin_12m"]) == 350
    assert held.seen["measures"]["contribution_12m"] is None
    assert held.seen["sponsor"]["executive_name"] == "Ada Nagel"
    assert [(a["action"], a["owner"], a["state"]) for a in held.actions] == [("Agree prices", "Bo Lund", "open")]

    given(
        store, champion, "order_lines", "order_id | account_id | order_date | net_revenue\nR9 | A | 2025-05-30 | 5.00"
    )
    assert reviews.what_is_seen(store, "A", DAY, for_whom=champion)["measures"]["revenue_12m"] == "905.00"
    assert reviews.review_of(store, planned, for_whom=champion).seen == held.seen


def test_the_next_review_sees_the_open_actions_of_the_last(store, champion, planned):
    _hold(store, champion, planned, actions=[Action("Agree prices", "Bo Lund", date(2025, 7, 1))])

    (seen,) = reviews.what_is_seen(store, "A", date(2025, 7, 2), for_whom=champion)["open_actions"]
    assert (seen["action"], seen["action_state"]) == ("Agree prices", "overdue")


def test_a_held_review_is_closed_for_good(store, champion, planned):
    _hold(store, champion, planned)

    _refused(store, RuleBroken, "was held on 1 Jun 2025", lambda: _hold(store, champion, planned, expected_version=3))
    _refused(
        store,
        RuleBroken,
        "was held on 1 Jun 2025",
        lambda: reviews.cancel(store, planned, reason="x", expected_version=3, who=champion),
    )


def test_a_double_click_holds_once(store, champion, planned):
    actions = [Action("Agree prices", "Bo", date(2025, 7, 1))]
    assert _hold(store, champion, planned, actions=actions, op_id="click") == planned
    assert _hold(store, champion, planned, actions=actions, op_id="click") is None
    assert len(store.read("reviews.actions")) == 1


def test_a_stale_hold_shows_what_was_typed_beside_what_is_saved(store, champion, planned):
    reviews.move(store, planned, planned_on=DAY, participants="Cara", expected_version=1, who=champion)

    stale = _refused(
        store, StaleWrite, "compare both versions", lambda: _hold(store, champion, planned, participants="Ada")
    )
    assert stale.theirs["participants"] == "Cara"
    assert stale.mine == {"held_on": DAY, "participants": "Ada", "notes": "went well", "rating": "at_risk"}


@pytest.mark.parametrize(
    ("action", "message"),
    [
        (Action(" ", "Bo", DAY), "Action 1 needs"),
        (Action("x", "", DAY), "Action 1 needs"),
        (Action("x", "Bo", None), "Action 1 needs"),
        (Action("x", "Bo", date(2025, 5, 31)), "before the review of 1 Jun 2025"),
    ],
)
def test_an_action_has_words_an_owner_and_a_day_that_is_to_come(store, champion, planned, action, message):
    _refused(store, BadInput, message, lambda: _hold(store, champion, planned, actions=[action]))


def test_an_unknown_rating_and_a_day_before_the_ledger_are_refused(store, champion, planned):
    _refused(store, BadInput, "splendid is not a rating", lambda: _hold(store, champion, planned, rating="splendid"))
    _refused(store, Refusal, "ledger begins", lambda: _hold(store, champion, planned, held_on=date(2023, 1, 1)))


def test_an_action_is_closed_once_and_not_before_it_was_agreed(store, champion, planned):
    _hold(store, champion, planned, actions=[Action("x", "Bo", DAY), Action("y", "Bo", DAY)])

    def close(action_id, **more):
        settings = {"state": "done", "closed_on": date(2025, 6, 5), "expected_version": 1, "who": champion}
        reviews.close_action(store, action_id, **(settings | more))

    _refused(store, RuleBroken, "agreed on 1 Jun 2025", lambda: close(1, closed_on=date(2025, 5, 31)))
    _refused(store, BadInput, "not as forgotten", lambda: close(1, state="forgotten"))
    close(1)
    _refused(store, RuleBroken, "closed on 5 Jun 2025 already", lambda: close(1, expected_version=2))
    _refused(store, StaleWrite, "Someone else", lambda: close(2, expected_version=7))

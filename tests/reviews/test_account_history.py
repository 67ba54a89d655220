"""What was decided about one account, up to a day."""

from __future__ import annotations

from datetime import date

from kam import programme, reviews, sponsorship
from tests.drawn import given
from tests.key_accounts import key_accounts


def history(store, account_id, as_of):
    found = store.read(
        "reviews.account_history",
        {"as_of": as_of, "of_account": account_id},
        columns=("happened_on", "decision", "outcome", "decided_by"),
        order_by=[("happened_on", False), ("decision_id", False)],
    )
    return found.rows


def test_decisions_of_the_programme_and_about_the_sponsor_stand_in_one_order(store, champion):
    given(store, champion, "executives", "executive_id | name | title | level\nE1 | Edda Falk | CFO | c_level")
    key_accounts(store, champion, "A", "B", category="star")
    sponsorship.assign(store, "A", "E1", as_of=date(2025, 2, 1), reason="peer of their CFO", who=champion)
    sponsorship.relieve(store, "A", as_of=date(2025, 3, 1), reason="left", who=champion)
    programme.release(store, "A", as_of=date(2025, 4, 1), reason="merged", who=champion)
    told = [
        (date(2025, 1, 1), "admitted", "star", "Ines Brandt"),
        (date(2025, 2, 1), "sponsor_assigned", "Edda Falk", "Ines Brandt"),
        (date(2025, 3, 1), "sponsor_relieved", "Edda Falk", "Ines Brandt"),
        (date(2025, 4, 1), "released", None, "Ines Brandt"),
    ]
    assert history(store, "A", date(2025, 12, 31)) == told
    assert history(store, "A", date(2025, 3, 1)) == told[:3]
    assert [row[1] for row in history(store, "B", date(2025, 12, 31))] == ["admitted"]
    assert history(store, "nobody", date(2025, 12, 31)) == []


def test_a_review_counts_from_the_day_it_was_held(store, champion):
    key_accounts(store, champion, "A")
    review_id = reviews.plan(store, "A", planned_on=date(2025, 5, 1), participants="Edda Falk", who=champion)
    assert [row[1] for row in history(store, "A", date(2025, 12, 31))] == ["admitted"]
    reviews.hold(
        store, review_id, held_on=date(2025, 5, 2), notes="", rating="at_risk", expected_version=1, who=champion
    )
    assert [row[1] for row in history(store, "A", date(2025, 5, 1))] == ["admitted"]
    assert history(store, "A", date(2025, 5, 2))[1] == (date(2025, 5, 2), "review_held", "at_risk", "Edda Falk")

"""Relational value stands beside lifetime value: rated, in money only with a causal line, and never added."""

from datetime import date
from decimal import Decimal

import pytest

from kam import value
from kam.errors import BadInput, NotFound
from tests.key_accounts import with_ledger

DAY = date(2024, 12, 31)


def rate(store, champion, **changes):
    given = {"kind": "reference", "rating": 3, "evidence": "Named in two tenders", "rated_on": DAY} | changes
    value.rate_relational(store, "A", given.pop("kind"), given.pop("rating"), who=champion, **given)


@pytest.fixture
def account(store, champion):
    with_ledger(store, champion, "A", "B")
    return store


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "charm"}, "kind"),
        ({"rating": 5}, "rating"),
        ({"evidence": ""}, "evidence"),
        ({"amount": 100, "probability": 0.5}, "causal_line"),
        ({"amount": 100, "causal_line": "Two deals"}, "probability"),
        ({"amount": 100, "causal_line": "Two deals", "probability": 1.5}, "probability"),
        ({"amount": float("nan"), "causal_line": "Two deals", "probability": 0.5}, "amount"),
    ],
)
def test_money_without_cause_or_chance_and_ratings_off_the_scale_are_refused(account, champion, changes, field):
    with pytest.raises(BadInput) as refused:
        rate(account, champion, **changes)
    assert refused.value.field == field
    assert not account.read("value.relational_ratings").rows


def test_the_latest_rating_counts_and_its_money_by_its_chance(account, champion):
    rate(account, champion, rated_on=date(2024, 1, 1), rating=1)
    rate(account, champion, amount=1000, probability=0.25, causal_line="One tender of four is won by the reference")
    rate(account, champion, kind="learning", rating=2)
    (learning, reference) = value.relational_of(account, DAY, ["A", "B"])
    assert reference["rating"] == 3 and reference["expected_amount"] == Decimal("250.00")
    assert learning["expected_amount"] is None
    assert [row["rating"] for row in value.relational_of(account, date(2024, 6, 1), ["A"])] == [1]


def test_an_account_that_is_not_there_is_refused(account, champion):
    with pytest.raises(NotFound):
        value.rate_relational(account, "Z", "reference", 1, evidence="x", rated_on=DAY, who=champion)

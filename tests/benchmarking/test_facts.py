"""What the records say about the programme, with unknown where they do not tell."""

from __future__ import annotations

from datetime import date

import pytest

from kam import benchmarking, parameters, reviews, sponsorship, value
from tests.drawn import given
from tests.key_accounts import key_accounts, with_ledger

ADMITTED = date(2025, 1, 1)
DAY = date(2025, 6, 30)


def _facts(store, who, as_of=DAY):
    return {fact.fact_id: fact for fact in benchmarking.programme_facts(store, as_of, for_whom=who)}


def test_an_empty_programme_has_counts_but_no_shares(store, champion):
    found = _facts(store, champion)

    assert found["key_accounts"].value == 0
    assert found["key_accounts"].within is False
    shares = ("sponsor_coverage", "contact_compliance", "reviews_in_time", "key_contribution_share")
    assert [found[name].value for name in shares] == [None] * 4
    assert {found[name].unknown_because for name in shares} == {"there is no key account on this day"}


def test_shares_count_what_the_sponsor_and_review_readings_say(store, champion):
    key_accounts(store, champion, "A", "B", "C", "D", on=ADMITTED)
    given(store, champion, "executives", "executive_id | name | title\nE1 | Ada Nagel | CFO")
    for account_id in "ABC":
        sponsorship.assign(store, account_id, "E1", as_of=ADMITTED, reason="x", who=champion)
    given(
        store,
        champion,
        "interactions",
        """
        interaction_id | account_id | occurred_on | kind            | summary
        I1             | A          | 2025-06-29  | executive_visit | x
        """,
    )
    review_id = reviews.plan(store, "A", date(2025, 6, 1), who=champion)
    reviews.hold(store, review_id, held_on=date(2025, 6, 1), notes="", rating=None, expected_version=1, who=champion)
    reviews.plan(store, "B", date(2025, 6, 29), who=champion)

    found = _facts(store, champion)

    assert (found["sponsor_coverage"].numerator, found["sponsor_coverage"].denominator) == (3, 4)
    # On 30 June: A was visited, B and C are within 180 days of their assignment on 1 January, D has nobody.
    assert found["contact_compliance"].value == 0.75
    # B's planned day has passed; A was reviewed, C and D are still within their 182 days.
    assert found["reviews_in_time"].value == 0.75
    assert found["reviews_held"].value == 1
    assert found["sponsor_coverage"].as_of == DAY


def test_a_programme_within_its_limits_is_told_so(store, champion):
    key_accounts(store, champion, *"ABCDE")
    assert _facts(store, champion)["key_accounts"].within is True

    parameters.adopt(store, "programme.accounts_at_most", 4, valid_from=ADMITTED, source="x", who=champion)
    assert _facts(store, champion)["key_accounts"].within is False


def test_contribution_is_unknown_without_a_cost_model(store, champion):
    key_accounts(store, champion, "A")
    with_ledger(store, champion, "B")

    found = _facts(store, champion)["key_contribution_share"]

    assert (found.value, found.unknown_because) == (None, "the contribution of 2 accounts is unknown")


def test_without_a_cadence_compliance_is_unknown(store, champion):
    key_accounts(store, champion, "A")
    given(store, champion, "executives", "executive_id | name | title\nE1 | Ada Nagel | CFO")
    sponsorship.assign(store, "A", "E1", as_of=ADMITTED, reason="x", who=champion)
    for name in ("sponsorship.contact_overdue_after_days", "reviews.due_after_days"):
        parameters.adopt(store, name, None, valid_from=ADMITTED, source="x", who=champion)

    found = _facts(store, champion)

    assert found["contact_compliance"].unknown_because == "no contact cadence is set"
    assert found["reviews_in_time"].unknown_because == "no review cycle is set"


@pytest.mark.parametrize(("key", "expected"), [("A", 0.75), ("B", 0.25)])
def test_contribution_of_key_accounts_is_their_part_of_all(store, champion, key, expected):
    with_ledger(store, champion, "A", "B")
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | cogs
        N1       | A          | 2025-06-01 | 400         | 100
        N2       | B          | 2025-06-01 | 150         | 50
        """,
    )
    key_accounts(store, champion, key, on=ADMITTED)
    _adopt_a_free_cost_model(store, champion)

    found = _facts(store, champion)["key_contribution_share"]

    assert found.value == pytest.approx(expected)
    assert found.denominator == 400


def _adopt_a_free_cost_model(store, who):
    """A cost model whose only activity takes no time: cost to serve is 0, so contribution is margin."""
    document = """
        [model]
        name = "Free"
        from = 2024-01-01
        source = "drawn"

        [[pool]]
        id = "office"
        name = "Office"
        source = "drawn"

        [[pool.period]]
        from = 2024-01-01
        to = 2026-12-31
        cost = 0
        practical_capacity_minutes = 1000

        [[activity]]
        code = "order"
        name = "Order"
        pool = "office"
        driver = "orders"
        unit_minutes = 0
        source = "drawn"
    """
    value.adopt_cost_model(store, value.read_cost_model(document), reason="drawn", who=who)


def test_key_accounts_stand_against_the_rest_per_account(store, champion):
    with_ledger(store, champion, "A", "B", "C", "D")
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | cogs
        N1       | A          | 2025-06-01 | 900         | 100
        N2       | B          | 2025-06-01 | 500         | 100
        N3       | C          | 2025-06-01 | 300         | 100
        N4       | D          | 2025-06-01 | 150         | 50
        """,
    )
    key_accounts(store, champion, "A", "B", on=ADMITTED)
    _adopt_a_free_cost_model(store, champion)

    found = _facts(store, champion)

    # 1200 of two key accounts against 300 of two others; lifetime value has the same factor on both sides.
    assert (found["key_contribution_ratio"].numerator, found["key_contribution_ratio"].denominator) == (600, 150)
    assert found["key_contribution_ratio"].value == 4
    assert found["key_lifetime_ratio"].value == pytest.approx(4, rel=1e-6)
    key_accounts(store, champion, "C", "D", on=ADMITTED)
    assert _facts(store, champion)["key_contribution_ratio"].unknown_because == (
        "there is no other account to compare with"
    )


def test_the_forecast_of_a_year_ago_is_held_against_what_came_account_by_account(store, champion):
    given(store, champion, "accounts", "account_id | name\nA | A\nB | B\nC | C\nD | D")
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | cogs
        A0       | A          | 2023-06-30 | 10          | 1
        A1       | A          | 2024-06-30 | 800         | 1
        A2       | A          | 2024-07-01 | 1000        | 1
        B0       | B          | 2022-01-01 | 10          | 1
        B1       | B          | 2023-07-01 | 300         | 1
        B2       | B          | 2025-06-30 | 200         | 1
        C1       | C          | 2023-07-01 | 900         | 1
        C2       | C          | 2025-01-01 | 10          | 1
        D1       | D          | 2020-01-01 | 900         | 1
        D2       | D          | 2025-01-01 | 10          | 1
        """,
    )
    key_accounts(store, champion, "A", "B", "C", on=ADMITTED)

    found = _facts(store, champion)["forecast_missed"]

    # A: 800 expected, 1000 came; B: 300 expected, 200 came; C bought for less than 24 months; D is no key account.
    assert (found.numerator, found.denominator) == (300, 1200)
    assert found.value == 0.25
    early = _facts(store, champion, date(2025, 1, 2))["forecast_missed"]
    assert (early.value, early.denominator) != (found.value, found.denominator)


def test_without_24_months_of_purchases_the_accuracy_is_unknown(store, champion):
    key_accounts(store, champion, "A")
    assert _facts(store, champion)["forecast_missed"].unknown_because == "no key account has bought for 24 months"

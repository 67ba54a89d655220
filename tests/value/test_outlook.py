"""A key account's value as a range: from what it rests on, unknown where that is missing, each account counted once."""

from datetime import date
from decimal import Decimal

import pytest

from kam import value
from kam.errors import BadInput
from tests.drawn import given
from tests.value.test_cost_to_serve import department

AS_OF = date(2024, 12, 31)


@pytest.fixture
def trading(store, champion):
    """KEY and OTHER buy every month of three years, KEY a tenth more each year; BARE has no product cost."""
    given(
        store,
        champion,
        "accounts",
        "account_id | name | payment_terms_days\nKEY | Key | 0\nOTHER | Other | 0\nBARE | Bare | 0",
    )
    lines = ["order_id | account_id | order_date | net_revenue | cogs"]
    for year, amount in ((2022, 1000), (2023, 1100), (2024, 1210)):
        for month in range(1, 13):
            lines.append(f"K{year}{month} | KEY | {year}-{month:02}-05 | {amount} | {amount * 6 // 10}")
            lines.append(f"O{year}{month} | OTHER | {year}-{month:02}-15 | 500 | 300")
    lines.append("B1 | BARE | 2024-05-05 | 700 |")
    given(store, champion, "order_lines", "\n".join(lines))
    value.adopt_cost_model(store, department(600, 6000, {"visit": 60}), reason="Budget", who=champion)
    return store


def outlook_of(store, champion, account="KEY", **how):
    found = value.outlooks(store, AS_OF, [account], for_whom=champion, **how)
    return found, found.accounts[0]


def test_the_range_rises_around_the_closed_form_of_run_rate_margin_and_retention(trading, champion):
    found, key = outlook_of(trading, champion)
    contribution = 12 * 1210 * 0.4
    closed = sum(contribution * (found.retention / (1 + found.discount)) ** t for t in (1, 2, 3))
    assert key.range.p10 < key.range.p50 < key.range.p90
    assert key.bridge.statistical == pytest.approx(closed)
    assert key.range.mean == pytest.approx(closed, rel=0.02)


def test_the_arm_of_revenue_is_three_times_what_the_holdout_missed(trading, champion):
    found, key = outlook_of(trading, champion)
    missed = found.check.error["top"][found.check.chosen["top"]]
    # By run-rate KEY was missed by 1,100 − 1,000 and 1,210 − 1,100 a month; the one holdout year is 2024.
    assert missed == pytest.approx(110 * 12 / (1210 * 12 + 500 * 12 + 700), rel=0.6)
    revenue = next(swing for swing in key.tornado if swing.input == "revenue")
    arm = 3 * missed * 12 * 1210
    assert revenue.input_high - 12 * 1210 == pytest.approx(arm * (1 - 0.2**0.5), rel=1e-6)


def test_the_same_seed_gives_the_same_figures_and_a_longer_horizon_is_worth_more(trading, champion):
    assert outlook_of(trading, champion)[1].range == outlook_of(trading, champion)[1].range
    assert outlook_of(trading, champion, years=5)[1].range.p50 > outlook_of(trading, champion)[1].range.p50


def test_open_deals_count_by_their_chance_and_decided_ones_do_not(trading, champion):
    given(
        trading,
        champion,
        "opportunities",
        """
        opportunity_id | account_id | name | stage    | amount  | probability | expected_close
        1              | KEY        | In   | proposal | 1000.00 | 0.25        | 2025-12-31
        2              | KEY        | Won  | Won      | 9000.00 | 1           | 2025-06-01
        3              | KEY        | Past | proposal | 9000.00 | 0.5         | 2024-12-31
        4              | KEY        | Far  | proposal | 9000.00 | 0.5         | 2028-01-01
        5              | KEY        | Vague | proposal |        | 0.5         | 2025-06-01
        """,
    )
    _found, key = outlook_of(trading, champion)
    assert key.pipeline == 250.0
    assert key.bridge.plan > key.bridge.statistical
    assert "without amount or probability" in key.notes[0]


def test_a_contract_that_covers_a_year_lifts_the_low_case_and_not_the_likely_one(trading, champion):
    before = outlook_of(trading, champion)[1].range
    given(
        trading,
        champion,
        "contracts",
        "contract_id | account_id | name | start_date | end_date | annual_value\n"
        "1 | KEY | Frame | 2024-01-01 | 2027-12-31 | 14000.00",
    )
    after = outlook_of(trading, champion)[1].range
    assert after.p10 > before.p10
    assert after.p90 == pytest.approx(before.p90, rel=0.05)


def test_an_account_whose_margin_is_unknown_has_no_range_and_says_why(trading, champion):
    found, bare = outlook_of(trading, champion, account="BARE")
    assert bare.range is None and bare.tornado == []
    assert "Margin or cost to serve is unknown." in bare.missing
    assert "BARE" in found.equity.unknown


def test_customer_equity_counts_each_account_once(trading, champion):
    found, key = outlook_of(trading, champion)
    other = 12 * 500 * 0.4 * sum((found.retention / (1 + found.discount)) ** t for t in (1, 2, 3))
    assert found.equity.by_plan == pytest.approx(key.range.mean)
    assert found.equity.by_statistics == pytest.approx(other)
    assert found.equity.total == pytest.approx(key.range.mean + other)
    assert (found.equity.plan_accounts, found.equity.statistics_accounts, found.equity.unknown) == (1, 1, ("BARE",))


def test_a_short_ledger_has_no_holdout_and_so_no_range(store, champion):
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    given(
        store,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\n1 | A | 2024-05-01 | 100 | 50",
    )
    value.adopt_cost_model(store, department(600, 6000, {"visit": 60}), reason="Budget", who=champion)
    found = value.outlooks(store, AS_OF, ["A"], for_whom=champion)
    assert found.check is None and "days of ledger" in found.check_missing
    assert found.accounts[0].range is None
    assert found.check_missing in found.accounts[0].missing


@pytest.mark.parametrize("years", [0, 6])
def test_a_horizon_outside_one_to_five_years_is_refused(store, champion, years):
    with pytest.raises(BadInput) as refused:
        value.outlooks(store, AS_OF, [], years=years, for_whom=champion)
    assert refused.value.field == "years"


def test_the_check_is_kept_until_the_ledger_changes(trading, champion):
    first = value.forecast_check(trading, AS_OF, for_whom=champion)
    assert value.forecast_check(trading, AS_OF, for_whom=champion) is first
    given(
        trading,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\nNEW | OTHER | 2024-06-01 | 5000 | 100",
    )
    again = value.forecast_check(trading, AS_OF, for_whom=champion)
    assert again is not first and again.error != first.error


def test_the_days_of_accounts_add_up_to_the_ledger_with_returns_in_the_net_alone(trading, champion):
    given(
        trading,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\nR | KEY | 2024-12-05 | -210 | 0",
    )
    rows = trading.read("value.account_days", {"as_of": AS_OF}).records()
    day = next(row for row in rows if (row["account_id"], row["on_day"]) == ("KEY", date(2024, 12, 5)))
    assert (day["sales_amount"], day["net_amount"]) == (Decimal("1210.00"), Decimal("1000.00"))
    assert sum(row["net_amount"] for row in rows) == 12 * (1000 + 1100 + 1210) + 36 * 500 + 700 - 210

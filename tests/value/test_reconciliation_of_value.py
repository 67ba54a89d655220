"""Key accounts by plan, everyone else by statistics: each once, bridges that add up, sums drawn and not added."""

from dataclasses import replace
from datetime import date

import pytest

from kam import value
from kam.errors import BadInput
from kam.value import outlook
from tests.drawn import given
from tests.value.test_initiatives import PLANNED
from tests.value.test_outlook import AS_OF, outlook_of, trading  # noqa: F401  (a fixture)


def test_an_initiative_lifts_the_plan_by_its_discounted_chance_and_shows_in_the_bridge(trading, champion):  # noqa: F811
    before = outlook_of(trading, champion)[1]
    certain = replace(PLANNED, profit_low=100, profit_likely=100, profit_high=100, probability=1.0)
    value.plan_initiative(trading, "KEY", certain, stated_on=AS_OF, who=champion)
    found, after = outlook_of(trading, champion)
    kept, rate = found.retention, found.discount
    gain = 100 * sum((kept / (1 + rate)) ** t for t in (1, 2))
    assert after.bridge.plan - before.bridge.plan == pytest.approx(gain)
    assert next(step.change for step in after.bridge.steps if step.input == "initiatives") == pytest.approx(gain)
    assert after.range.mean - before.range.mean == pytest.approx(gain)
    assert [year["initiatives"] for year in after.years] == [100, 100, 0]
    # Its draws come from its own stream: the others stay as they were.
    assert after.range.p10 - before.range.p10 == pytest.approx(gain)


def test_a_plan_far_above_the_statistics_is_flagged_outside_the_band(trading, champion):  # noqa: F811
    assert not outlook_of(trading, champion)[1].bridge.is_outside_band
    value.plan_initiative(
        trading,
        "KEY",
        replace(PLANNED, profit_low=9e6, profit_likely=9e6, profit_high=9e6),
        stated_on=AS_OF,
        who=champion,
    )
    key = outlook_of(trading, champion)[1]
    assert key.bridge.is_outside_band and key.bridge.plan > key.band[1]


def test_the_bridge_adds_up_step_by_step(trading, champion):  # noqa: F811
    given(
        trading,
        champion,
        "opportunities",
        "opportunity_id | account_id | name | stage | amount | probability | expected_close\n"
        "1 | KEY | In | proposal | 1000.00 | 0.25 | 2025-12-31",
    )
    key = outlook_of(trading, champion)[1]
    assert key.bridge.statistical + sum(step.change for step in key.bridge.steps) == pytest.approx(key.bridge.plan)
    years = key.years
    assert years[0]["revenue"] == pytest.approx(12 * 1210 + 250) and years[0]["kept"] == pytest.approx(
        years[0]["retention"]
    )
    assert years[1]["kept"] == pytest.approx(years[0]["retention"] * years[1]["retention"])


@pytest.mark.parametrize("probability", [0.0, 0.25, 0.5, 0.9, 1.0])
def test_an_open_deal_adds_its_weighted_value_to_the_mean_and_a_sure_one_adds_no_spread(trading, champion, probability):  # noqa: F811
    plain = outlook_of(trading, champion)[1].forecast.years[0].revenue
    given(
        trading,
        champion,
        "opportunities",
        "opportunity_id | account_id | name | stage | amount | probability | expected_close\n"
        f"1 | KEY | In | proposal | 1000.00 | {probability} | 2025-12-31",
    )
    dealt = outlook_of(trading, champion)[1].forecast.years[0].revenue

    def mean(one):
        return (one.low + one.mode + one.high) / 3

    assert mean(dealt) - mean(plain) == pytest.approx(1000 * probability)
    wider = (dealt.high - dealt.low) - (plain.high - plain.low)
    assert wider == pytest.approx(2 * 1000 * min(probability, 1 - probability))


def test_the_low_case_of_the_sum_is_drawn_and_lies_above_the_sum_of_low_cases(trading, champion):  # noqa: F811
    found = value.outlooks(trading, AS_OF, ["KEY", "OTHER"], for_whom=champion)
    assert found.total.p10 > found.sum_of_lows
    assert found.total.mean == pytest.approx(sum(one.range.mean for one in found.accounts))


def test_customer_equity_has_a_range_around_its_total(trading, champion):  # noqa: F811
    found = outlook_of(trading, champion)[0]
    assert found.equity_range.p10 < found.equity.total < found.equity_range.p90
    assert found.equity_range.mean == pytest.approx(found.equity.total, rel=0.02)
    assert set(found.others) == {"OTHER", "BARE"}


def test_relational_value_is_beside_and_in_no_sum(trading, champion):  # noqa: F811
    before = outlook_of(trading, champion)[0].equity.total
    value.rate_relational(
        trading,
        "KEY",
        "reference",
        4,
        evidence="x",
        rated_on=AS_OF,
        amount=1e6,
        probability=1.0,
        causal_line="x",
        who=champion,
    )
    found = outlook_of(trading, champion)[0]
    assert found.equity.total == before and found.relational[0]["expected_amount"] == 10**6


def test_an_account_whose_returns_exceed_its_purchases_is_named_and_counted(trading, champion):  # noqa: F811
    given(trading, champion, "accounts", "account_id | name\nBACK | Back")
    given(
        trading,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\nB1 | BACK | 2023-05-05 | 500 | 300\nB2 | BACK | 2024-05-05 | -200 | -120",
    )
    found = outlook_of(trading, champion)[0]
    assert found.negative == ["BACK"]
    multiple = sum((found.retention / (1 + found.discount)) ** t for t in (1, 2, 3))
    assert found.others["BACK"] == pytest.approx(-80 * multiple)


def test_risk_stands_in_one_place(trading, champion):  # noqa: F811
    with pytest.raises(BadInput) as refused:
        outlook_of(trading, champion, risk=value.Risk(True, 0.03))
    assert refused.value.reason == "risk_twice"
    with pytest.raises(BadInput):
        outlook_of(trading, champion, risk=value.Risk(False, 0.6))
    found, key = outlook_of(trading, champion, risk=value.Risk(False, 0.05))
    contribution = 12 * 1210 * 0.4
    assert found.discount == pytest.approx(0.15)
    assert key.bridge.plan == pytest.approx(sum(contribution / 1.15**t for t in (1, 2, 3)))


def test_an_account_outside_the_programme_has_an_outlook_of_the_same_kind(trading, champion):  # noqa: F811
    alone = value.account_outlook(trading, AS_OF, "OTHER", ["KEY"], for_whom=champion)
    assert alone.range.p10 < alone.range.p90 and len(alone.years) == 3


def test_a_key_accounts_outlook_is_the_same_alone_as_among_all(trading, champion):  # noqa: F811
    """The draws of an account hang on its own name: nobody else's forecast has to be made for it."""
    keys = ["KEY", "OTHER"]
    alone = {one: value.account_outlook(trading, AS_OF, one, keys, for_whom=champion) for one in keys}
    among = {one.account_id: one for one in value.outlooks(trading, AS_OF, keys, for_whom=champion).accounts}
    assert alone == among and among["KEY"].range is not None
    assert value.account_outlook(trading, AS_OF, "KEY", keys, for_whom=champion) is among["KEY"]


def test_what_is_kept_is_read_again_until_the_data_beneath_it_change(trading, champion):  # noqa: F811
    first = outlook_of(trading, champion)[0]
    assert outlook_of(trading, champion)[0] is first
    value.rate_risk(trading, "KEY", "buyer", 2, evidence="x", rated_on=AS_OF, who=champion)
    assert outlook_of(trading, champion)[0] is not first


def test_where_the_purchase_model_is_chosen_its_expectation_stands_for_statistics(trading, champion, monkeypatch):  # noqa: F811
    """The chance of leaving is in the model's expectation, so the base's retention does not enter a second time."""
    check = value.forecast_check(trading, AS_OF, key_accounts=["KEY"], for_whom=champion)
    error = {group: errors | {"model": 0.1} for group, errors in check.error.items()}
    chosen = replace(check, chosen={"base": "model", "top": "model"}, error=error)
    monkeypatch.setattr(outlook, "forecast_check", lambda *_a, **_k: chosen)
    ahead = {
        one: {"run_rate": 1.0, "season": None, "model": 1000.0, "model_by_year": [1000.0, 900.0, 800.0, 0, 0]}
        for one in ("KEY", "OTHER", "BARE")
    }
    base = value.BaseOutlook(AS_OF, ahead, None, [])
    monkeypatch.setattr(outlook, "base_outlook", lambda *_a, **_k: base)
    found = outlook._looked_ahead(trading, AS_OF, ["KEY"], 3, value.Risk(), champion, None)
    discounted = sum(0.4 * money / 1.1**t for t, money in enumerate((1000, 900, 800), 1))
    assert found.accounts[0].bridge.statistical == pytest.approx(discounted)
    assert found.others["OTHER"] == pytest.approx(discounted)


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2024, 2, 29)])
def test_the_base_by_statistics_repeats_the_last_year(trading, champion, day):  # noqa: F811
    check = value.forecast_check(trading, day, for_whom=champion)
    base = value.base_outlook(trading, day, check=check, for_whom=champion)
    assert base.accounts["OTHER"]["run_rate"] == pytest.approx(12 * 500)
    assert base.weaknesses  # three accounts carry no fit

"""What-if by hand: price, drop size, rush fee and terms, before and after; kept frozen."""

from datetime import date
from decimal import Decimal

import pytest

from kam import value
from kam.errors import BadInput, NotFound, RuleBroken
from tests.drawn import given
from tests.value.test_cost_to_serve import department
from tests.value.test_outlook import trading  # noqa: F401  (a fixture)

AS_OF = date(2024, 12, 31)
# KEY of `trading`: 12 orders of 1,210 with 60 % product cost in 2024, terms of 0 days, no cost to serve.
REVENUE, COST = 12 * 1210, 12 * 726


def effect(store, champion, account="KEY", **change):
    return value.what_if(store, AS_OF, account, value.WhatIf(**change), key_accounts=["KEY"], for_whom=champion)


def orders_cost(store, champion):
    """A cost model in which each order takes 60 minutes of a pool at 1 a minute, and each rush line 30."""
    period = value.Period(
        period_from=date(2024, 1, 1), period_to=AS_OF, cost=Decimal(60000), practical_capacity_minutes=Decimal(60000)
    )
    pool = value.Pool(pool_id="desk", name="Desk", source="example", periods=[period])
    activities = [
        value.Activity(activity_code=code, name=code, pool_id="desk", driver=driver, unit_minutes=minutes, source="x")
        for code, driver, minutes in (
            ("order", "orders", Decimal(60)),
            ("rush", "rush_lines", Decimal(30)),
            ("drop", "activities", Decimal(10)),
        )
    ]
    head = value.Head(name="Orders", valid_from=date(2024, 1, 2), source="example")
    value.adopt_cost_model(
        store, value.CostModel(head=head, pools=[pool], activities=activities), reason="test", who=champion
    )
    given(
        store,
        champion,
        "activities",
        "account_id | activity_code | occurred_on | quantity\nKEY | drop | 2024-05-01 | 12",
    )


def test_nothing_changed_changes_nothing(trading, champion):  # noqa: F811
    found = effect(trading, champion)
    assert found.before == found.after
    assert found.before["contribution"] == pytest.approx(REVENUE - COST)
    assert found.before["p10"] < found.before["p50"] < found.before["p90"]


def test_a_price_rise_goes_straight_into_contribution(trading, champion):  # noqa: F811
    found = effect(trading, champion, price_share=0.05)
    assert found.after["contribution"] - found.before["contribution"] == pytest.approx(0.05 * REVENUE)
    multiple = found.rates["multiple_after"]
    assert found.after["lifetime_value"] == pytest.approx(multiple * (REVENUE * 1.05 - COST))
    assert found.after["p10"] > found.before["p10"]


def test_volume_lost_to_the_price_takes_its_margin_along(trading, champion):  # noqa: F811
    found = effect(trading, champion, price_share=0.05, volume_share=-0.1)
    assert found.after["revenue"] == pytest.approx(REVENUE * 1.05 * 0.9)
    assert found.after["product_cost"] == pytest.approx(COST * 0.9)


def test_the_forecast_moves_as_the_statement_does(trading, champion):  # noqa: F811
    """With certain inputs, P50 after over P50 before is contribution after over before."""
    found = effect(trading, champion, price_share=0.1)
    ratio = found.after["contribution"] / found.before["contribution"]
    assert found.after["p50"] / found.before["p50"] == pytest.approx(ratio, rel=0.01)


def test_fewer_larger_orders_free_the_minutes_of_orders_and_of_what_follows_them(trading, champion):  # noqa: F811
    orders_cost(trading, champion)
    found = effect(trading, champion, drop_size_share=1.0)
    assert found.before["cost_to_serve"] == pytest.approx(12 * 60 + 12 * 10)
    assert found.after["cost_to_serve"] == pytest.approx(6 * 60 + 12 * 10)
    followed = effect(trading, champion, drop_size_share=1.0, follows_orders=("drop",))
    assert followed.after["cost_to_serve"] == pytest.approx(6 * 60 + 6 * 10)
    assert sum(one["after"] for one in followed.activities) == pytest.approx(followed.after["cost_to_serve"])


def test_a_rush_fee_meets_the_rush_lines_that_remain(trading, champion):  # noqa: F811
    orders_cost(trading, champion)
    given(
        trading,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs | is_rush\n"
        "R1 | KEY | 2024-05-05 | 100 | 60 | true\nR2 | KEY | 2024-06-05 | 100 | 60 | true",
    )
    found = effect(trading, champion, rush_fee_amount=40, rush_share=-0.5)
    assert found.rush_lines == 2
    assert found.after["revenue"] - found.before["revenue"] == pytest.approx(40)
    assert found.before["cost_to_serve"] - found.after["cost_to_serve"] == pytest.approx(30)


def test_longer_terms_cost_capital_and_leave_the_contribution(trading, champion):  # noqa: F811
    found = effect(trading, champion, payment_days=73)
    assert found.after["contribution"] == found.before["contribution"]
    assert found.before["capital_charge"] == 0
    assert found.after["capital_charge"] == pytest.approx(REVENUE * 73 / 365 * 0.10)
    assert found.after["lifetime_value"] == found.before["lifetime_value"]
    assert found.after["lifetime_value_after_capital"] < found.before["lifetime_value_after_capital"]
    assert found.after["p50"] < found.before["p50"]


def test_terms_that_are_not_on_record_leave_the_charge_unknown_and_not_zero(trading, champion):  # noqa: F811
    given(trading, champion, "accounts", "account_id | name\nOPEN | Open")
    given(
        trading,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\nX | OPEN | 2024-05-05 | 100 | 60",
    )
    found = effect(trading, champion, "OPEN", payment_days=30)
    assert found.before["capital_charge"] is None and found.after["capital_charge"] is not None
    assert any("Payment terms" in sentence for sentence in found.missing)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"retention_rate": 1.01}, "retention"),
        ({"retention_rate": 1.0}, "retention"),
        ({"retention_rate": -0.1}, "retention"),
        # r = 0.85, i = 0.10: the bound is 1.10/0.85 − 1 = 0.2941…
        ({"growth_share": 1.10 / 0.85 - 1}, "growth"),
        ({"growth_share": 0.5}, "growth"),
        ({"price_share": -1.0}, "price"),
        ({"volume_share": -1.0}, "volume"),
        ({"drop_size_share": -1.0}, "drop size"),
        ({"rush_fee_amount": -1.0}, "rush fee"),
        ({"payment_days": -1}, "payment days"),
        ({"price_share": float("nan")}, "price"),
    ],
)
def test_what_no_formula_can_take_is_refused_with_account_and_field(trading, champion, change, field):  # noqa: F811
    with pytest.raises(BadInput) as refused:
        effect(trading, champion, **change)
    assert refused.value.field == field and refused.value.message.startswith("Key: ")


def test_a_growth_just_below_the_bound_has_a_value(trading, champion):  # noqa: F811
    assert effect(trading, champion, growth_share=0.29).after["lifetime_value"] > 0


def test_an_account_whose_margin_is_unknown_has_no_contribution_before_or_after(trading, champion):  # noqa: F811
    found = effect(trading, champion, "BARE", price_share=0.1)
    assert found.before["contribution"] is None and found.after["contribution"] is None
    assert found.after["revenue"] == pytest.approx(770) and found.missing
    with pytest.raises(NotFound):
        effect(trading, champion, "NOBODY")


def test_a_scenario_is_frozen_whatever_the_ledger_does_later(trading, champion):  # noqa: F811
    found = effect(trading, champion, price_share=0.05)
    number = value.keep_scenario(trading, " Price up ", found, note="Before the talks", who=champion, op_id="press")
    assert value.keep_scenario(trading, "Price up", found, who=champion, op_id="press") is None
    value.adopt_cost_model(trading, department(1, 6000, {"visit": 60}), reason="Other", who=champion)
    given(
        trading,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\nNEW | KEY | 2024-06-01 | 9999 | 1",
    )
    kept = value.scenario_of(trading, number)
    assert kept.name == "Price up" and kept.inputs["price_share"] == 0.05
    assert kept.result["after"] == found.after and kept.result["before"] == found.before
    assert [one.scenario_id for one in value.scenarios(trading, account_id="KEY")] == [number]
    assert value.scenarios(trading, account_id="OTHER") == []


def test_a_second_scenario_of_the_same_name_and_a_nameless_one_are_refused(trading, champion):  # noqa: F811
    found = effect(trading, champion, price_share=0.05)
    value.keep_scenario(trading, "Up", found, who=champion)
    with pytest.raises(RuleBroken):
        value.keep_scenario(trading, "Up", found, who=champion)
    with pytest.raises(BadInput):
        value.keep_scenario(trading, "  ", found, who=champion)
    with pytest.raises(NotFound):
        value.scenario_of(trading, 99)

"""The formulas of an account's P&L: price waterfall, capital, orders and the whale curve."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from kam.errors import BadInput
from kam.value.models import working_capital
from kam.value.models.order_economics import OrderCost, least_order, order_profit, orders_profit
from kam.value.models.price_waterfall import account_profit, price_waterfall
from kam.value.models.whale_curve import level_reached_at, whale_curve


def test_the_published_price_leaks_down_to_its_pocket(oracle):
    example = oracle("CTS-10")
    case, expected = example["inputs"], example["expected"]
    found = price_waterfall(case["list"], case["on_invoice"], case["off_invoice"])
    assert found.invoice == pytest.approx(expected["invoice"], abs=example["tolerance"])
    assert found.pocket == pytest.approx(expected["pocket"], abs=example["tolerance"])
    assert 100 * found.leakage_below_invoice == pytest.approx(
        expected["leakage_below_invoice_pct_of_list"], abs=example["tolerance"]
    )


cents = some.decimals("-1000000", "1000000", places=2)


@given(cents, some.lists(cents, max_size=5), some.lists(cents, max_size=5), cents, some.lists(cents, max_size=5), cents)
def test_in_decimals_every_step_ties_to_the_cent(listed, on, off, cost, served, capital):
    def named(amounts):
        return {str(n): amount for n, amount in enumerate(amounts)}

    prices = price_waterfall(listed, named(on), named(off))
    assert listed == prices.pocket + sum(on) + sum(off)
    profit = account_profit(prices.pocket, cost, named(served), capital)
    assert profit.economic_profit == prices.pocket - cost - sum(served) - capital


def test_unknown_stays_unknown_from_where_it_enters():
    no_model = account_profit(Decimal(10), Decimal(4), None, Decimal(1))
    assert (no_model.pocket_margin, no_model.contribution, no_model.economic_profit) == (6, None, None)
    no_cost = account_profit(Decimal(10), None, {}, Decimal(1))
    assert no_cost.pocket_margin is None and no_cost.contribution is None
    assert account_profit(Decimal(10), Decimal(4), {}, None).economic_profit is None


def test_a_discount_without_an_amount_is_refused_by_its_name():
    with pytest.raises(BadInput, match="freight is None"):
        price_waterfall(6.0, {}, {"freight": None})


def test_nothing_listed_has_no_leakage_share():
    assert price_waterfall(0.0, {}, {"freight": 1.0}).leakage_below_invoice is None


def test_payment_terms_cost_what_the_worked_example_says(oracle):
    example = oracle("CTS-11")
    case, expected, within = example["inputs"], example["expected"], example["tolerance"]
    tied_up = working_capital.receivable(case["revenue"], case["dso_days"])
    assert tied_up == pytest.approx(expected["receivable"], abs=within)
    assert working_capital.carrying_cost(tied_up, case["wacc"]) == pytest.approx(
        expected["carrying_cost_simple"], abs=within
    )
    late = working_capital.waiting_cost(case["revenue"], case["dso_days"], case["wacc"])
    assert late == pytest.approx(expected["carrying_cost_compound"], abs=within)
    early = case["early_discount"]
    found = working_capital.early_discount(early["pct"], early["discount_days"], early["net_days"])
    assert found.nominal == pytest.approx(expected["nominal_2_10_net_30"], abs=5e-5)
    assert found.effective == pytest.approx(expected["effective_2_10_net_30"], abs=5e-5)


def test_advances_that_exceed_what_is_owed_earn_their_capital():
    assert working_capital.carrying_cost(100, 0.1, dedicated_stock=50, payables_and_advances=250) == pytest.approx(-10)


def test_days_paid_are_weighted_by_amount():
    assert working_capital.paid_days([(900, 10), (100, 60)]) == pytest.approx(15)
    assert working_capital.paid_days([]) is None


def test_terms_that_run_backwards_are_refused():
    with pytest.raises(BadInput, match="after the 30 discount days"):
        working_capital.early_discount(0.02, 30, 10)
    with pytest.raises(BadInput, match="days outstanding is -5"):
        working_capital.receivable(100, -5)


KANTHAL = OrderCost(0.5, 750, 2250)


def test_the_kanthal_orders_earn_what_the_case_says():
    assert order_profit(2000, KANTHAL, is_stocked=True) == 250
    assert order_profit(2000, KANTHAL, is_stocked=False) == -2000


def test_two_customers_of_equal_sales_earn_what_their_orders_leave():
    few = [(160_000 / 3, False)] * 3
    many = [(160_000 / 28, n >= 22) for n in range(28)]
    assert orders_profit(few, KANTHAL) == pytest.approx(71_000)
    assert orders_profit(many, KANTHAL) == pytest.approx(9_500)


def test_an_order_of_the_least_size_earns_nothing():
    for stocked in (True, False):
        least = least_order(KANTHAL, is_stocked=stocked)
        assert order_profit(least, KANTHAL, is_stocked=stocked) == pytest.approx(0)
    assert least_order(OrderCost(0, 750, 0), is_stocked=True) is None


def test_the_whale_has_the_worked_shape(oracle):
    example = oracle("CTS-09")
    expected = example["expected"]
    found = whale_curve(example["inputs"]["customer_profit"])
    assert found.total == expected["total"]
    assert found.earned_by(0.2) == pytest.approx(expected["cum_at_20pct"])
    assert (found.peak, found.peak_share) == (expected["peak"], pytest.approx(expected["peak_share_of_customers"]))
    assert found.earned_by(0.9) == pytest.approx(expected["cum_at_90pct"])
    assert found.earned_by_last(0.1) == pytest.approx(expected["loss_bottom_10pct"])
    assert found.as_share_of_total(found.peak) == pytest.approx(2.39)
    assert (found.loss_makers, found.loss) == (9, -139)


@given(some.lists(some.integers(-1000, 1000), min_size=1, max_size=40))
def test_the_peak_is_what_the_earners_earn_and_the_order_given_does_not_matter(profits):
    found = whale_curve(profits)
    assert found.peak == sum(p for p in profits if p > 0)
    assert found.total == sum(profits) == pytest.approx(found.peak + found.loss)
    assert np.array_equal(found.cumulative, whale_curve(profits[::-1]).cumulative)


def test_a_base_that_loses_has_money_and_no_percentages():
    found = whale_curve([10, -30])
    assert found.as_share_of_total(found.peak) is None
    assert level_reached_at(found, 0.8) is None


def test_the_eighty_percent_point_is_interpolated():
    assert level_reached_at(whale_curve([60, 30, 10]), 0.8) == pytest.approx((1 + 20 / 30) / 3)
    assert level_reached_at(whale_curve([60, 60, -20]), 1.0) == pytest.approx((1 + 40 / 60) / 3)


def test_an_unknown_profit_is_refused():
    with pytest.raises(BadInput, match="known profit"):
        whale_curve([1.0, float("nan")])
    with pytest.raises(BadInput, match="known profit"):
        whale_curve([])

"""The whole base counted once, and the way from a key account's statistics to its plan."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kam.errors import BadInput
from kam.value.models.customer_equity import STEPS, bridge, customer_equity
from kam.value.models.forecast import ForecastYear, forecast_value


def test_a_key_account_counts_by_its_plan_and_not_a_second_time():
    found = customer_equity({"A": 100.0}, {"A": 80.0, "B": 10.0, "C": -5.0})
    assert (found.by_plan, found.by_statistics, found.total) == (100, 5, 105)
    assert (found.plan_accounts, found.statistics_accounts) == (1, 2)


def test_an_unknown_plan_is_named_and_not_filled_with_statistics():
    found = customer_equity({"A": None, "D": 7.0}, {"A": 80.0, "B": None, "C": 1.0})
    assert found.total == 8
    assert found.unknown == ("A", "B")


years = some.lists(
    some.builds(
        ForecastYear,
        some.floats(0, 1e6), some.floats(-0.5, 0.8), some.floats(0, 1e5), some.floats(0, 1e5), some.floats(0, 1),
    ),
    min_size=3,
    max_size=3,
)  # fmt: skip


@given(years, years)
def test_the_steps_lead_from_the_statistics_exactly_to_the_plan(statistical, plan):
    found = bridge(statistical, plan, 0.09)
    assert found.statistical == forecast_value(statistical, 0.09)
    assert found.plan == forecast_value(plan, 0.09)
    assert [step.input for step in found.steps] == list(STEPS)
    assert found.statistical + sum(step.change for step in found.steps) == pytest.approx(found.plan, abs=1e-3)


def test_an_input_that_the_plan_keeps_changes_nothing():
    base = [ForecastYear(1000, 0.3, 100, 50, 0.9)] * 2
    found = bridge(base, [ForecastYear(1200, 0.3, 100, 50, 0.9)] * 2, 0.09)
    assert {step.input for step in found.steps if step.change} == {"revenue"}


def test_a_plan_outside_the_band_is_flagged():
    base = [ForecastYear(1000, 0.3)]
    value = forecast_value(base, 0.09)
    assert bridge(base, base, 0.09, band=(value, value + 1)).is_outside_band is False
    assert bridge(base, base, 0.09, band=(value + 1, value + 2)).is_outside_band is True
    assert bridge(base, base, 0.09).is_outside_band is None


def test_forecasts_of_different_length_and_a_band_upside_down_are_refused():
    base = [ForecastYear(1000, 0.3)]
    with pytest.raises(BadInput, match="plan has 2 values"):
        bridge(base, base * 2, 0.09)
    with pytest.raises(BadInput, match="P10 has to come first"):
        bridge(base, base, 0.09, band=(2, 1))

"""An account's forecast adjusted for risk, the scorecard behind it and its sensitivity."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from kam.errors import BadInput
from kam.value.models import scorecard, sensitivity
from kam.value.models.forecast import ForecastYear, cash_flow, forecast_value, risk_adjusted_value

YEARS = [
    ForecastYear(1000, 0.30, 120, 200, 0.9),
    ForecastYear(1100, 0.31, 125, 210, 0.85),
    ForecastYear(1200, 0.32, 130, 220, 0.8),
]


def test_risk_adjusted_value_is_the_worked_example(oracle):
    example = oracle("CLV-18")
    case, expected = example["inputs"], example["expected"]
    flows, chances = case["cash_flow"], case["retention_prob_from_scorecard"]
    assert risk_adjusted_value(flows, [1, 1, 1], case["wacc"]) == pytest.approx(
        expected["clv_unadjusted"], abs=example["tolerance"]
    )
    assert risk_adjusted_value(flows, chances, case["wacc"]) == pytest.approx(
        expected["economic_value"], abs=example["tolerance"]
    )


def test_the_long_way_gives_the_same_value():
    total = 0.0
    for t in range(3):
        kept = np.prod([year.retention for year in YEARS[: t + 1]])
        year = YEARS[t]
        flow = year.revenue * year.margin_rate - year.cost_to_serve - 0.09 * year.capital
        total += kept * flow / 1.09 ** (t + 1)
    assert forecast_value(YEARS, 0.09) == pytest.approx(total, rel=1e-12)


def test_flows_at_the_start_and_in_the_middle_are_worth_a_year_and_half_a_year_more():
    end = forecast_value(YEARS, 0.09)
    assert forecast_value(YEARS, 0.09, timing="start") == pytest.approx(end * 1.09)
    assert forecast_value(YEARS, 0.09, timing="mid") == pytest.approx(end * 1.09**0.5)


@given(some.lists(some.tuples(some.floats(0, 1e9), some.floats(0, 1)), min_size=1, max_size=6), some.floats(0, 0.5))
def test_a_risk_never_adds_value_to_gains(flows, i):
    money, chances = zip(*flows, strict=True)
    with_risk = risk_adjusted_value(money, chances, i)
    assert 0 <= with_risk <= risk_adjusted_value(money, [1] * len(money), i) * (1 + 1e-12)


def test_a_chance_for_every_year_is_asked_for():
    with pytest.raises(BadInput, match="retention has 1 values and cash flow 2"):
        risk_adjusted_value([1, 2], [0.9], 0.1)


@pytest.mark.parametrize(
    ("year", "field"),
    [
        (ForecastYear(1000, 0.3, retention=1.1), "retention"),
        (ForecastYear(1000, None), "margin rate"),
        (ForecastYear(float("inf"), 0.3), "revenue"),
    ],
)
def test_a_forecast_with_an_impossible_input_is_refused_by_name(year, field):
    with pytest.raises(BadInput) as refusal:
        forecast_value([year], 0.09)
    assert refusal.value.field == field


def test_capital_is_charged_at_the_discount_rate():
    assert cash_flow(ForecastYear(1000, 0.3, 50, 400), 0.1) == pytest.approx(210)


TABLE = [(0, 0.5), (50, 0.8), (100, 0.95)]


def test_a_score_between_two_points_of_the_table_is_read_off_the_line():
    assert scorecard.retention_probability(25, TABLE) == pytest.approx(0.65)
    assert scorecard.retention_probability(50, TABLE) == 0.8
    assert scorecard.retention_probability(-10, TABLE) == 0.5
    assert scorecard.retention_probability(200, TABLE) == 0.95
    assert scorecard.retention_probability(None, TABLE) is None


@pytest.mark.parametrize("table", [[(0, 0.5)], [(0, 0.5), (0, 0.6)], [(0, 0.5), (10, 0.4)], [(0, 0.5), (10, 1.4)]])
def test_a_table_that_falls_stands_still_or_leaves_the_shares_is_refused(table):
    with pytest.raises(BadInput):
        scorecard.retention_probability(5, table)


@given(some.lists(some.tuples(some.integers(0, 6), some.booleans()), min_size=30, max_size=80))
def test_a_calibrated_table_never_falls_and_fits_better_than_any_of_its_neighbours(history):
    score, kept = np.array(history, dtype=float).T
    if len(set(score)) < 2:
        return
    table = scorecard.calibrated_table(score, kept, prior_weight=0)
    chances = np.array([chance for _score, chance in table])
    assert (np.diff(chances) >= 0).all()
    fitted = dict(table)
    error = sum((fitted[s] - k) ** 2 for s, k in zip(score, kept, strict=True))
    drawn = np.random.default_rng(1)
    for _try in range(5):
        other = dict(zip(fitted, np.sort(np.clip(chances + drawn.normal(0, 0.05, len(chances)), 0, 1)), strict=True))
        assert error <= sum((other[s] - k) ** 2 for s, k in zip(score, kept, strict=True)) + 1e-9


def test_three_kept_accounts_do_not_make_a_certainty():
    score = [1] * 27 + [9] * 3
    kept = [1] * 20 + [0] * 7 + [1] * 3
    assert dict(scorecard.calibrated_table(score, kept))[9] < 0.95


def test_too_short_a_history_is_refused_for_calibration():
    with pytest.raises(BadInput, match="29 account-years"):
        scorecard.calibrated_table(range(29), [1] * 29)


def test_the_grid_holds_the_base_case_and_every_combination():
    cases = sensitivity.grid(YEARS, discounts=(0.09, 0.12))
    assert len(cases) == 2 * 3 * 3
    base = next(c for c in cases if (c.discount, c.horizon, c.retention_shift) == (0.09, 3, 0.0))
    assert base.value == forecast_value(YEARS, 0.09)
    lifted = next(c for c in cases if (c.discount, c.horizon, c.retention_shift) == (0.09, 1, 0.05))
    assert lifted.value == pytest.approx(0.95 * cash_flow(YEARS[0], 0.09) / 1.09)


def test_a_horizon_beyond_the_forecast_is_refused():
    with pytest.raises(BadInput, match="horizon is 4"):
        sensitivity.grid(YEARS, horizons=[4])

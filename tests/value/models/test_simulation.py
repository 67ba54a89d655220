"""Estimates and the Monte Carlo over them: exact at certainty, faithful to its inputs, the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy import stats

from kam.errors import BadInput
from kam.value.models import estimates
from kam.value.models.forecast import ForecastYear, forecast_value
from kam.value.models.simulation import AccountForecast, UncertainYear, closed_form, simulate, tornado, value_range


def account(account_id="A", *, years=3, spread=0.2, retention=0.9, **more):
    bump = estimates.triangular(1000 * (1 - spread), 1000, 1000 * (1 + spread))
    return AccountForecast(account_id, [UncertainYear(bump, 0.3, 100, 50, retention)] * years, **more)


@given(
    some.lists(
        some.tuples(
            some.floats(-1e6, 1e9), some.floats(-1, 1), some.floats(0, 1e6), some.floats(0, 1e6), some.floats(0, 1)
        ),
        min_size=1,
        max_size=5,
    ),
    some.floats(0, 0.4),
)
def test_certain_inputs_give_the_closed_form_exactly(years, i):
    certain = AccountForecast("A", [UncertainYear(*year) for year in years])
    exact = forecast_value([ForecastYear(*year) for year in years], i)
    found = simulate([certain], i, seed=1).accounts["A"]
    assert (found.mean, found.p10, found.p50, found.p90) == (exact, exact, exact, exact)
    assert closed_form(certain, i) == exact


def test_an_estimate_without_width_is_a_certain_one():
    narrow = AccountForecast("A", [UncertainYear(estimates.pert(7, 7, 7), 0.3)])
    assert simulate([narrow], 0.1, seed=3).accounts["A"].p10 == closed_form(narrow, 0.1)


def test_one_uncertain_input_moves_the_value_by_its_own_percentiles():
    found = simulate([account(retention=1.0)], 0.1, seed=5, draws=200_000).accounts["A"]
    revenue = account().years[0].revenue
    for probability, value in ((0.1, found.p10), (0.5, found.p50), (0.9, found.p90)):
        at = [ForecastYear(revenue.quantile(probability), 0.3, 100, 50)] * 3
        assert value == pytest.approx(forecast_value(at, 0.1), rel=5e-3)


def test_the_same_seed_gives_the_same_draws_and_another_seed_others():
    first = simulate([account()], 0.1, seed=7).draws
    assert np.array_equal(first, simulate([account()], 0.1, seed=7).draws)
    assert not np.array_equal(first, simulate([account()], 0.1, seed=8).draws)


def test_an_account_is_worth_the_same_whoever_stands_beside_it():
    alone = simulate([account("B")], 0.1, seed=7).accounts["B"]
    assert simulate([account("A"), account("B"), account("C")], 0.1, seed=7).accounts["B"] == alone


def test_a_what_if_on_one_input_leaves_the_draws_of_the_others():
    before = simulate([account()], 0.1, seed=7).draws[:, 0]
    dearer = AccountForecast("A", [UncertainYear(account().years[0].revenue, 0.3, 150, 50, 0.9)] * 3)
    after = simulate([dearer], 0.1, seed=7).draws[:, 0]
    assert np.ptp(before - after) < 1e-9


def test_a_sum_spreads_less_than_its_parts_unless_they_share_the_shock():
    names = [f"A{n}" for n in range(25)]
    apart = simulate([account(name) for name in names], 0.1, seed=1)
    shared = simulate([account(name, shock="construction", loadings={"revenue": 1.0}) for name in names], 0.1, seed=1)
    sum_of_p10 = sum(one.p10 for one in apart.accounts.values())
    assert apart.total.p10 > sum_of_p10 + 0.05 * abs(sum_of_p10)
    assert shared.total.p10 == pytest.approx(sum(one.p10 for one in shared.accounts.values()), rel=1e-9)
    assert shared.total.mean == pytest.approx(apart.total.mean, rel=0.02)


def test_loadings_correlate_two_accounts_by_their_product():
    pair = [
        account("A", shock="steel", loadings={"revenue": 0.8}, retention=1.0),
        account("B", shock="steel", loadings={"revenue": 0.5}, retention=1.0),
    ]
    draws = simulate(pair, 0.1, seed=2, draws=100_000).draws
    rank = stats.spearmanr(draws[:, 0], draws[:, 1]).statistic
    assert rank == pytest.approx(6 / np.pi * np.arcsin(0.4 / 2), abs=0.01)


def test_the_copula_gives_two_inputs_the_rank_correlation_it_was_told():
    year = UncertainYear(estimates.pert(50, 100, 200), 1.0, estimates.triangular(0, 10, 20))

    def total(rho):
        forecast = AccountForecast("A", [year], {("revenue", "cost_to_serve"): rho})
        return simulate([forecast], 0.0, seed=4, draws=100_000).draws.var()

    # Costs that rise with revenue steady the difference; costs that fall with it widen it.
    assert total(0.9) < total(0.0) < total(-0.9)


def test_a_perfect_correlation_is_allowed():
    year = UncertainYear(estimates.triangular(0, 50, 100), 1.0, estimates.triangular(0, 50, 100))
    forecast = AccountForecast("A", [year], {("revenue", "cost_to_serve"): 1.0})
    assert np.abs(simulate([forecast], 0.0, seed=4).draws).max() < 0.02


def test_years_that_surprise_independently_steady_the_total():
    lasting = simulate([account(years=5)], 0.1, seed=1).draws.std()
    fleeting = simulate([account(years=5, year_correlation=0.0)], 0.1, seed=1).draws.std()
    assert fleeting < 0.6 * lasting


def test_losing_the_account_widens_the_range_and_leaves_the_mean():
    steady = simulate([account(spread=0.0)], 0.1, seed=1, draws=200_000).accounts["A"]
    risky = simulate([account(spread=0.0)], 0.1, seed=1, draws=200_000, include_loss=True).accounts["A"]
    assert risky.mean == pytest.approx(steady.mean, rel=5e-3)
    assert risky.p10 < steady.p10 == steady.p90 < risky.p90


def test_value_is_convex_in_retention_so_its_mean_lies_above_the_value_at_the_mean():
    years = [UncertainYear(100, 1.0, retention=estimates.triangular(0.6, 0.8, 1.0))] * 5
    forecast = AccountForecast("A", years)
    assert simulate([forecast], 0.1, seed=1).accounts["A"].mean > closed_form(forecast, 0.1)


def test_percentiles_interpolate_between_draws():
    found = value_range(np.array([0.0, 10.0, 20.0, 30.0]))
    assert (found.p10, found.p50, found.p90, found.mean) == pytest.approx((3, 15, 27, 15))


def test_the_tornado_swings_each_uncertain_input_alone_largest_first():
    years = [UncertainYear(estimates.triangular(900, 1000, 1100), 0.3, estimates.triangular(50, 100, 250), 0, 0.9)] * 3
    forecast = AccountForecast("A", years)
    bars = tornado(forecast, 0.1)
    assert [bar.input for bar in bars] == ["cost_to_serve", "revenue"]
    assert bars[0].swing < 0 < bars[1].swing
    base = years[0]
    low = [ForecastYear(base.revenue.quantile(0.1), 0.3, base.cost_to_serve.quantile(0.5), 0, 0.9)] * 3
    assert bars[1].value_low == forecast_value(low, 0.1)


@pytest.mark.parametrize(
    ("forecast", "said"),
    [
        (account(retention=estimates.triangular(0.8, 0.9, 1.1)), "retention of account A in year 1 is 1.1"),
        (account(correlations={("revenue", "weather"): 0.5}), "weather is no input"),
        (account(correlations={("revenue", "retention"): 1.5}), "1.5"),
        (account(loadings={"revenue": 2}), "loading of revenue is 2"),
        (account(years=0), "Account A has no forecast year"),
    ],
)
def test_an_impossible_forecast_is_refused_with_account_and_input(forecast, said):
    with pytest.raises(BadInput, match=said):
        simulate([forecast], 0.1, seed=1)


def test_correlations_that_contradict_each_other_are_refused():
    bump = estimates.triangular(0, 0.5, 1)
    year = UncertainYear(bump, bump, bump)
    against = {
        ("revenue", "margin_rate"): 0.9,
        ("margin_rate", "cost_to_serve"): 0.9,
        ("revenue", "cost_to_serve"): -0.9,
    }
    with pytest.raises(BadInput, match="account A contradict"):
        simulate([AccountForecast("A", [year], against)], 0.1, seed=1)


def test_too_few_draws_and_an_account_counted_twice_are_refused():
    with pytest.raises(BadInput, match="draws is 9999"):
        simulate([account()], 0.1, seed=1, draws=9_999)
    with pytest.raises(BadInput, match="twice"):
        simulate([account(), account()], 0.1, seed=1)


@given(some.floats(0, 1), some.floats(0.001, 0.999))
def test_triangular_quantiles_are_scipys(place, probability):
    triangle = estimates.triangular(10, 10 + 90 * place, 100)
    assert triangle.quantile(probability) == pytest.approx(
        stats.triang.ppf(probability, (triangle.mode - 10) / 90, 10, 90), rel=1e-9
    )


@given(some.floats(0, 1), some.floats(0.001, 0.999))
def test_pert_quantiles_are_the_betas_within_the_stated_error(place, probability):
    bump = estimates.pert(0, place, 1)
    exact = stats.beta.ppf(probability, 1 + 4 * place, 5 - 4 * place)
    assert bump.quantile(probability) == pytest.approx(exact, abs=2e-4)


@pytest.mark.parametrize("shape", ["triangular", "pert"])
@pytest.mark.parametrize("percentiles", [(80, 100, 120), (80, 100, 130), (90, 100, 107), (-5, 0, 7)])
def test_an_estimate_from_three_percentiles_has_them(shape, percentiles):
    found = estimates.from_percentiles(*percentiles, shape)
    assert [found.quantile(p) for p in (0.1, 0.5, 0.9)] == pytest.approx(percentiles, abs=1e-6)
    assert found.low < percentiles[0] < percentiles[2] < found.high


def test_percentiles_that_no_shape_can_have_are_refused():
    with pytest.raises(BadInput, match="revenue is too skewed"):
        estimates.from_percentiles(90, 100, 200, "triangular", "revenue")
    with pytest.raises(BadInput, match="they have to rise"):
        estimates.from_percentiles(100, 100, 200)
    with pytest.raises(BadInput, match="must not fall"):
        estimates.triangular(2, 1, 3)

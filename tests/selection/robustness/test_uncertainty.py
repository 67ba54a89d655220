"""Points that are not exact."""

from __future__ import annotations

import math

import numpy as np
import pytest

from kam.errors import BadInput
from kam.selection.robustness.uncertainty import spread_of, uncertain

DRAWS = 40_000


def drawn(points, **bounds):
    """Draws of one cell."""
    cell = uncertain([[points]], **{name: [[value]] for name, value in bounds.items()})
    return cell.drawn(np.random.default_rng(1), 0, [0], DRAWS)[:, 0]


def test_an_exact_point_stays_what_it_is():
    assert not uncertain([[4.0]]).is_uncertain.any()
    assert (drawn(4.0) == 4.0).all()


@pytest.mark.parametrize(("low", "mode", "high"), [(2, 5, 9), (2, 2, 9), (0, 10, 10)])
def test_a_triangular_point_has_the_mean_and_variance_of_its_triangle(low, mode, high):
    points = drawn(mode, low=low, high=high)
    assert low <= points.min()
    assert points.max() <= high
    assert points.mean() == pytest.approx((low + mode + high) / 3, abs=0.05)
    variance = (low**2 + mode**2 + high**2 - low * mode - low * high - mode * high) / 18
    assert points.var() == pytest.approx(variance, rel=0.03)
    assert np.mean(points <= mode) == pytest.approx((mode - low) / (high - low), abs=0.01)


def normal_cdf(z):
    return (1 + math.erf(z / math.sqrt(2))) / 2


@pytest.mark.parametrize(("mean", "deviation"), [(5, 1), (9.5, 2), (0, 3), (5, 20)])
def test_a_normal_point_is_cut_off_at_the_scale(mean, deviation):
    points = drawn(mean, deviation=deviation)
    assert points.min() >= 0
    assert points.max() <= 10
    first, last = normal_cdf(-mean / deviation), normal_cdf((10 - mean) / deviation)
    for at in (1, 4, 5, 8, 9.8):
        exact = (normal_cdf((at - mean) / deviation) - first) / (last - first)
        assert np.mean(points <= at) == pytest.approx(exact, abs=0.01)


def test_a_missing_point_may_be_anything_on_the_scale_or_within_what_is_known():
    anywhere = drawn(np.nan)
    assert np.quantile(anywhere, [0.1, 0.5, 0.9]) == pytest.approx([1, 5, 9], abs=0.1)
    bounded = drawn(np.nan, low=6, high=7)
    assert bounded.min() >= 6
    assert bounded.max() <= 7
    assert uncertain([[np.nan, 3]], low=[[6, np.nan]], high=[[7, np.nan]]).centre.tolist() == [[6.5, 3.0]]


def test_each_cell_is_drawn_as_its_own_kind():
    cells = uncertain(
        [[1.0, 5.0], [np.nan, 5.0]],
        low=[[np.nan, 4.0], [2.0, np.nan]],
        high=[[np.nan, 6.0], [3.0, np.nan]],
        deviation=[[np.nan, np.nan], [np.nan, 0.5]],
    )
    assert cells.is_uncertain.tolist() == [[False, True], [True, True]]
    first = cells.drawn(np.random.default_rng(1), 0, [0, 1], 500)
    assert (first[:, 0] == 1).all()
    assert 2 <= first[:, 1].min() <= first[:, 1].max() <= 3
    second = cells.of([1]).drawn(np.random.default_rng(1), 1, [0], 20_000)
    assert second.std() == pytest.approx(0.5, abs=0.02)


def test_the_spread_of_assessors_is_their_extremes_and_median():
    assert spread_of([7, 4, 5]) == (4, 5, 7)
    assert spread_of([6]) == (6, 6, 6)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ({"points": 11}, "between 0 and 10"),
        ({"points": 5, "low": 6}, "lowest 6"),
        ({"points": 5, "high": 4}, "highest 4"),
        ({"points": np.nan, "low": 7, "high": 6}, "lowest 7"),
        ({"points": 5, "low": -1, "high": 9}, "between 0 and 10"),
        ({"points": 5, "deviation": -0.1}, "0 or more"),
        ({"points": 5, "deviation": np.inf}, "0 or more"),
        ({"points": 5, "low": [1, 2]}, "one figure for each"),
    ],
)
def test_noise_that_contradicts_itself_is_refused(cell, said):
    points = cell.pop("points")
    with pytest.raises(BadInput, match=said):
        uncertain([[points]], **cell)


@pytest.mark.parametrize("ratings", [[], [11], [5, -1]])
def test_ratings_off_the_scale_have_no_spread(ratings):
    with pytest.raises(BadInput):
        spread_of(ratings)

"""The portfolio matrix: attractiveness against relative strength."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import BadInput
from kam.selection import matrix
from kam.selection.matrix import CutLines, category, category_of_ranges, place, relative_strength
from kam.selection.robustness import draw_weights, uncertain, weighted_draws
from kam.selection.robustness.weights import NoPreference
from kam.selection.scoring import weighted_scores

MIDDLE = CutLines()
SCORE = st.integers(0, 100).map(lambda n: n / 10)


@pytest.mark.parametrize(
    ("attractiveness", "strength", "cell"),
    [
        (5, 5, "strategic"),
        (10, 10, "strategic"),
        (5, 4.999, "star"),
        (4.999, 5, "status"),
        (4.999, 4.999, "streamline"),
        (0, 0, "streamline"),
        (None, 9, None),
        (9, None, None),
    ],
)
def test_a_score_on_the_line_belongs_to_the_higher_cell(attractiveness, strength, cell):
    assert category(attractiveness, strength, MIDDLE) == cell


def test_a_weighted_sum_that_equals_the_line_lies_on_it():
    # 0.1 * 3 + 0.2 * 4 + 0.7 * 5.571428… misses 5 in the last bit of a double; thirds and sevenths do so too.
    for weights in ([0.1, 0.2, 0.7], [1 / 3, 1 / 3, 1 / 3], [0.15, 0.35, 0.5], [1, 2, 4]):
        shares = np.array(weights) / sum(weights)
        last = (5 - shares[0] * 3 - shares[1] * 4) / shares[2]
        (score,) = weighted_scores([[3, 4, last]], weights)
        assert category(score, score, MIDDLE) == "strategic"


@pytest.mark.parametrize(
    ("cuts", "cell"),
    [(CutLines(6, 5), "status"), (CutLines(5, 6), "star"), (CutLines(6, 6), "streamline"), (MIDDLE, "strategic")],
)
def test_other_lines_give_other_cells(cuts, cell):
    assert category(5.5, 5.5, cuts) == cell


@given(SCORE, SCORE)
def test_every_account_has_one_cell_and_its_distance_is_to_the_nearest_line(attractiveness, strength):
    placed = place(attractiveness, strength, MIDDLE)
    assert placed.category in matrix.CATEGORIES
    assert placed.distance == pytest.approx(min(abs(attractiveness - 5), abs(strength - 5)))
    beyond = placed.distance + 1e-6
    moves = {"attractiveness": ((beyond, 0), (-beyond, 0)), "strength": ((0, beyond), (0, -beyond))}
    moved = {
        category(min(max(attractiveness + a, 0), 10), min(max(strength + s, 0), 10), MIDDLE)
        for a, s in moves[placed.nearest_axis]
    }
    assert moved - {placed.category}


def test_a_range_has_a_cell_only_where_it_does_not_cross_a_line():
    assert category_of_ranges((5, 9), (1, 4.9), MIDDLE) == "star"
    assert category_of_ranges((4.9, 9), (1, 4.9), MIDDLE) is None
    assert category_of_ranges((5, 9), (4.9, 5), MIDDLE) is None


def test_strength_is_the_customers_weighted_view_of_us_against_the_best_competitor():
    found = relative_strength([3, 1], [8, 4], [6, 6])
    assert (found.own, found.competitor, found.difference) == (7, 6, 1)
    assert found.ratio == pytest.approx(7 / 6)
    assert found.points == found.lowest == found.highest == 5.5


@given(st.lists(st.tuples(st.integers(1, 9), SCORE, SCORE), min_size=1, max_size=6))
def test_strength_mirrors_when_we_and_the_competitor_change_places(factors):
    weights, own, competitor = map(list, zip(*factors, strict=True))
    ours, theirs = relative_strength(weights, own, competitor), relative_strength(weights, competitor, own)
    assert ours.points + theirs.points == pytest.approx(10)
    assert relative_strength(weights, own, own).points == 5
    assert 0 <= ours.points <= 10


def test_strength_reaches_both_ends_and_a_competitor_of_zero_has_no_ratio():
    assert relative_strength([1], [10], [0]).points == 10
    assert relative_strength([1], [10], [0]).ratio is None
    assert relative_strength([1], [0], [10]).points == 0


def test_a_missing_score_gives_a_range_of_strength():
    found = relative_strength([1, 1], [8, None], [6, 6])
    assert (found.own, found.difference, found.ratio, found.points) == (None, None, None, None)
    # Ours lies between 4 and 9, the competitor's at 6.
    assert (found.lowest, found.highest) == (4, 6.5)
    assert relative_strength([1, 0], [8, None], [6, None]).points == 6


def test_cell_probabilities_count_the_draws_in_each_cell():
    attractiveness = np.array([[6.0, 5.0], [4.0, 5.0], [6.0, 5.0], [6.0, 5.0]])
    strength = np.array([[6.0, 4.0], [6.0, 4.0], [4.0, 4.0], [4.0, 4.0]])
    found = matrix.cell_probabilities(attractiveness, strength, MIDDLE)
    assert {name: share.tolist() for name, share in found.items()} == {
        "strategic": [0.25, 0],
        "star": [0.5, 1],
        "status": [0.25, 0],
        "streamline": [0, 0],
    }


def test_the_probability_of_a_cell_under_noise_is_that_of_the_noise():
    # One criterion, normal around 5.5 with deviation 1, hardly cut off: above 5 with probability Phi(0.5).
    points = uncertain([[5.5]], deviation=[[1.0]])
    draws = weighted_draws(points, np.ones((40_000, 1)), seed=3)
    found = matrix.cell_probabilities(draws, [[6.0]], MIDDLE)
    assert found["strategic"][0] == pytest.approx((1 + math.erf(0.5 / math.sqrt(2))) / 2, abs=0.01)
    assert found["strategic"] + found["status"] == pytest.approx(1)


def test_the_four_probabilities_make_one():
    rng = np.random.default_rng(1)
    points = uncertain(rng.random((30, 4)) * 10, deviation=1.5)
    weights = draw_weights(NoPreference(), 4, draws=400, seed=1)
    found = matrix.cell_probabilities(
        weighted_draws(points, weights, seed=1), weighted_draws(points, weights, seed=2), MIDDLE
    )
    assert sum(found.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    "refused",
    [
        lambda: CutLines(0, 5),
        lambda: CutLines(5, 10.1),
        lambda: CutLines(float("nan"), 5),
        lambda: category(11, 5, MIDDLE),
        lambda: category(5, -0.1, MIDDLE),
        lambda: place(None, 5, MIDDLE),
        lambda: relative_strength([1], [11], [5]),
        lambda: relative_strength([1, 1], [5], [5]),
        lambda: relative_strength([0], [5], [5]),
        lambda: matrix.cell_probabilities([[1.0, 2.0]], [[1.0]], MIDDLE),
        lambda: matrix.cell_probabilities([1.0], [1.0], MIDDLE),
        lambda: matrix.cell_probabilities([[1.0]] * 2, [[1.0]] * 3, MIDDLE),
        lambda: matrix.cell_probabilities(np.empty((0, 1)), [[1.0]], MIDDLE),
    ],
)
def test_what_has_no_place_in_the_matrix_is_refused(refused):
    with pytest.raises(BadInput):
        refused()

"""Points against fixed anchors and their weighted sum."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kam.errors import BadInput
from kam.selection import scoring

SIXTHS = st.integers(0, 60).map(lambda n: n / 6)


def tables():
    """A table of points and one weight per criterion."""

    def table(shape):
        rows, columns = shape
        points = st.lists(st.lists(SIXTHS, min_size=columns, max_size=columns), min_size=rows, max_size=rows)
        weights = st.lists(st.integers(0, 9), min_size=columns, max_size=columns).filter(any)
        return st.tuples(points.map(np.array), weights.map(np.array))

    return st.tuples(st.integers(2, 7), st.integers(1, 5)).flatmap(table)


@pytest.mark.parametrize("part", ["rising", "falling", "clip"])
def test_points_follow_the_published_partial_value_function(oracle, part):
    example = oracle("SEL-07")
    given_ = example["inputs"][part]
    anchors = list(zip(given_["cutoffs"], given_["values"], strict=True))
    assert scoring.anchored_points(given_["x"], anchors) == pytest.approx(
        example["expected"][part], abs=example["tolerance"]
    )


def test_a_value_on_an_anchor_earns_exactly_the_points_of_that_anchor():
    anchors = [(-0.15, 0.3), (0.1, 7.7), (0.35, 9.1)]
    assert scoring.anchored_points([-0.15, 0.1, 0.35], anchors).tolist() == [0.3, 7.7, 9.1]


def test_an_unknown_value_has_unknown_points():
    assert np.isnan(scoring.anchored_points([np.nan], [(0, 0), (1, 10)])).all()


@pytest.mark.parametrize(
    ("anchors", "said"),
    [
        ([], "at least two"),
        ([[0, 0]], "at least two"),
        ([[0, 0], [1]], "at least two"),
        ([[0, 0], ["x", 1]], "at least two"),
        ([[0, 0, 0], [1, 1, 1]], "at least two"),
        ([[0, 0], [0, 10]], "0 does not come after 0"),
        ([[2, 0], [1, 10]], "1 does not come after 2"),
        ([[0, 0], [1, 10.01]], "10.01"),
        ([[0, -0.01], [1, 10]], "-0.01"),
        ([[0, 0], [float("nan"), 10]], "not a finite"),
        ([[0, 0], [float("inf"), 10]], "not a finite"),
    ],
)
def test_anchors_that_do_not_rise_or_leave_the_scale_are_refused(anchors, said):
    with pytest.raises(BadInput, match=said) as refusal:
        scoring.anchored_points([1.0], anchors)
    assert refusal.value.field == "anchors"


def test_a_score_is_the_weighted_mean_of_the_points():
    points = [[8, 4, 1], [0, 10, 5]]
    assert scoring.weighted_scores(points, [0.5, 0.3, 0.2]).tolist() == [5.4, 4.0]


def test_equal_points_on_every_criterion_score_exactly_those_points_whatever_the_weights():
    for weights in ([1, 1, 1], [0.1] * 10, [0.7, 0.2, 0.1], [3, 1, 7, 11, 13]):
        assert scoring.weighted_scores([[5.0] * len(weights)], weights).tolist() == [5.0]


def test_a_missing_point_gives_a_range_and_no_score():
    points = [[8, np.nan, 2], [8, 4, 2]]
    weights = [0.5, 0.25, 0.25]
    lowest, highest = scoring.weighted_range(points, weights)
    assert (lowest.tolist(), highest.tolist()) == ([4.5, 5.5], [7.0, 5.5])
    scores = scoring.weighted_scores(points, weights)
    assert np.isnan(scores[0])
    assert scores[1] == 5.5


def test_a_missing_point_of_a_criterion_without_weight_hides_nothing():
    assert scoring.weighted_scores([[8, np.nan]], [1, 0]).tolist() == [8.0]


@given(tables(), st.floats(1e-6, 1e6))
def test_a_positive_rescaling_of_all_weights_changes_no_score(table, factor):
    points, weights = table
    assert scoring.weighted_scores(points, weights * factor) == pytest.approx(
        scoring.weighted_scores(points, weights), abs=2e-9
    )


@given(tables(), st.data())
def test_improving_one_point_never_lowers_a_rank(table, data):
    points, weights = table
    row = data.draw(st.integers(0, len(points) - 1))
    column = data.draw(st.integers(0, points.shape[1] - 1))
    better = points.copy()
    better[row, column] = data.draw(SIXTHS.filter(lambda p: p >= points[row, column]))

    def accounts_ahead(table):
        scores = scoring.weighted_scores(table, weights)
        return int((scores > scores[row]).sum())

    assert accounts_ahead(better) <= accounts_ahead(points)


@given(tables(), st.data())
def test_a_duplicate_account_gets_the_same_score(table, data):
    points, weights = table
    row = data.draw(st.integers(0, len(points) - 1))
    scores = scoring.weighted_scores(np.vstack([points, points[row]]), weights)
    assert scores[-1] == scores[row]


@given(tables(), st.data())
def test_removing_an_account_changes_no_order_among_the_others(table, data):
    points, weights = table
    row = data.draw(st.integers(0, len(points) - 1))
    left = scoring.weighted_scores(np.delete(points, row, axis=0), weights)
    assert left.tolist() == np.delete(scoring.weighted_scores(points, weights), row).tolist()


def test_a_copy_of_an_account_reverses_the_order_by_shares_and_not_ours(oracle):
    example = oracle("SEL-01")
    before = np.array(list(example["inputs"]["before"].values()), dtype=float)
    after = np.vstack([before, *example["inputs"]["after_adds"].values()])
    weights = example["inputs"]["criteria_weights"]

    def by_shares(table):
        return (table / table.sum(axis=0)) @ np.array(weights)

    assert by_shares(before) == pytest.approx(example["expected"]["before"], abs=example["tolerance"])
    assert by_shares(after) == pytest.approx(example["expected"]["after"], abs=example["tolerance"])
    assert by_shares(before)[:3].argmax() != by_shares(after)[:3].argmax()

    anchors = [(0, 0), (10, 10)]
    ours_before = scoring.weighted_scores(scoring.anchored_points(before, anchors), weights)
    ours_after = scoring.weighted_scores(scoring.anchored_points(after, anchors), weights)
    assert ours_after[:3].tolist() == ours_before.tolist()
    assert ours_after[3] == ours_before[1]


@pytest.mark.parametrize("criteria", [3, 4])
def test_the_rank_order_centroid_is_the_published_one(oracle, criteria):
    example = oracle("SEL-08")
    weights = scoring.rank_order_centroid(criteria)
    assert weights == pytest.approx(example["expected"][f"n{criteria}"], abs=example["tolerance"])
    assert weights.sum() == pytest.approx(1)


@settings(max_examples=20)
@given(st.integers(1, 40))
def test_the_rank_order_centroid_falls_and_makes_one(criteria):
    weights = scoring.rank_order_centroid(criteria)
    assert weights.sum() == pytest.approx(1)
    assert (np.diff(weights) < 0).all()


@pytest.mark.parametrize("weights", [[], [-1, 2], [0, 0], [np.nan, 1], [np.inf, 1], [[1, 2]], [1, 2, 3]])
def test_weights_that_mean_nothing_are_refused(weights):
    with pytest.raises(BadInput, match="weight"):
        scoring.weighted_scores([[1, 2]], weights)


@pytest.mark.parametrize("points", [[[10.001]], [[-0.001]], [1.0]])
def test_points_off_the_scale_are_refused(points):
    with pytest.raises(BadInput, match="Points"):
        scoring.weighted_range(points, [1])


def test_complete_points_are_asked_for_where_a_range_would_not_do():
    with pytest.raises(BadInput, match="unknown in 1 places"):
        scoring.check_points([[1, np.nan]], complete=True)


def test_an_order_of_importance_without_criteria_is_refused():
    with pytest.raises(BadInput, match="at least one"):
        scoring.rank_order_centroid(0)


@given(tables())
def test_scores_agree_with_a_sum_done_by_hand(table):
    points, weights = table
    assume(weights.sum() > 0)
    scores = scoring.weighted_scores(points, weights)
    for row, score in zip(points.tolist(), scores.tolist(), strict=True):
        by_hand = sum(p * w for p, w in zip(row, weights.tolist(), strict=True)) / sum(weights.tolist())
        assert score == pytest.approx(by_hand, abs=1e-8)

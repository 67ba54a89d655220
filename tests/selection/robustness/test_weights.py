"""Random weights that respect what is known of importance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.errors import BadInput
from kam.selection import scoring
from kam.selection.robustness import weights
from kam.selection.robustness.weights import Intervals, NoPreference, Ordinal, draw_weights

DRAWS = 20_000
TIGHT = Intervals((0.1,) * 6, (0.17,) * 6)


@pytest.mark.parametrize("preference", [NoPreference(), Ordinal((2, 0, 1)), Intervals((0.2, 0, 0), (0.5, 0.6, 0.4))])
def test_weights_are_shares_that_make_one(preference):
    drawn = draw_weights(preference, 3, draws=1_000, seed=1)
    assert drawn.shape == (1_000, 3)
    assert (drawn >= 0).all()
    assert drawn.sum(axis=1) == pytest.approx(1)


@pytest.mark.parametrize("preference", [NoPreference(), Ordinal((1, 0)), Intervals((0.4, 0.1), (0.9, 0.6)), TIGHT])
def test_a_seed_gives_the_same_weights_again_and_another_seed_others(preference):
    criteria = 6 if preference is TIGHT else 2
    first = draw_weights(preference, criteria, draws=50, seed=7)
    assert (first == draw_weights(preference, criteria, draws=50, seed=7)).all()
    assert (first != draw_weights(preference, criteria, draws=50, seed=8)).any()


def test_without_preference_every_weighting_is_as_likely():
    drawn = draw_weights(NoPreference(), 3, draws=DRAWS, seed=3)
    # Uniform on the simplex: a weight exceeds t with probability (1 - t) squared, for three criteria.
    for t in (0.1, 0.5, 0.9):
        exact = (1 - t) ** 2
        shares = (drawn > t).mean(axis=0)
        assert (abs(shares - exact) < 4 * np.sqrt(exact * (1 - exact) / DRAWS)).all()


@pytest.mark.parametrize("criteria", [2, 4, 8])
def test_the_mean_of_ordered_weights_is_the_rank_order_centroid(criteria):
    order = tuple(reversed(range(criteria)))
    drawn = draw_weights(Ordinal(order), criteria, draws=DRAWS, seed=5)
    assert (np.diff(drawn[:, list(order)], axis=1) <= 0).all()
    assert drawn[:, list(order)].mean(axis=0) == pytest.approx(scoring.rank_order_centroid(criteria), abs=0.006)


def bounded(criteria):
    """Bounds around a point of the simplex, so that some weights can meet them."""
    parts = st.lists(st.integers(1, 20), min_size=criteria, max_size=criteria)
    slack = st.lists(st.integers(0, 10), min_size=criteria, max_size=criteria)

    def around(drawn):
        centre = np.array(drawn[0]) / sum(drawn[0])
        low = np.clip(centre - np.array(drawn[1]) / 40, 0, 1)
        high = np.clip(centre + np.array(drawn[2]) / 40, 0, 1)
        return Intervals(tuple(low.tolist()), tuple(high.tolist()))

    return st.tuples(parts, slack, slack).map(around)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 8).flatmap(bounded))
def test_weights_between_bounds_keep_the_bounds(preference):
    criteria = len(preference.at_least)
    drawn = draw_weights(preference, criteria, draws=60, seed=2)
    assert drawn.sum(axis=1) == pytest.approx(1)
    assert (drawn >= np.array(preference.at_least) - 1e-9).all()
    assert (drawn <= np.array(preference.at_most) + 1e-9).all()


def test_two_weights_between_bounds_are_uniform_on_the_segment_that_is_left():
    drawn = draw_weights(Intervals((0.2, 0.1), (0.7, 0.9)), 2, draws=DRAWS, seed=4)[:, 0]
    # w1 may lie in [max(0.2, 1 - 0.9), min(0.7, 1 - 0.1)] = [0.2, 0.7].
    for share in (0.1, 0.5, 0.9):
        assert np.mean(drawn <= 0.2 + share * 0.5) == pytest.approx(share, abs=0.015)


def test_walks_reach_the_same_weights_as_rejection():
    room = np.array([0.5, 0.3, 0.45, 0.6, 0.25])
    rng = np.random.default_rng(11)
    rejected = weights._rejected(rng, room, DRAWS)
    walked = weights._walked(rng, room, 4_000)
    assert walked.mean(axis=0) == pytest.approx(rejected.mean(axis=0), abs=0.008)
    assert walked.std(axis=0) == pytest.approx(rejected.std(axis=0), abs=0.008)
    for share in (0.1, 0.5, 0.9):
        assert np.quantile(walked, share, axis=0) == pytest.approx(np.quantile(rejected, share, axis=0), abs=0.02)


def test_bounds_that_rejection_would_hardly_meet_are_walked_and_kept():
    drawn = draw_weights(TIGHT, 6, draws=2_000, seed=6)
    assert weights._rejected(np.random.default_rng(0), np.full(6, 0.07 / 0.4), 10) is None
    assert drawn.min() >= 0.1 - 1e-9
    assert drawn.max() <= 0.17 + 1e-9
    assert drawn.mean(axis=0) == pytest.approx(1 / 6, abs=0.003)


def test_bounds_that_leave_one_weighting_give_that_one():
    assert draw_weights(Intervals((0.25, 0.75), (0.25, 0.75)), 2, draws=3, seed=1).tolist() == [[0.25, 0.75]] * 3
    assert draw_weights(Intervals((0.5, 0.5), (1, 1)), 2, draws=2, seed=1).tolist() == [[0.5, 0.5]] * 2
    assert draw_weights(Intervals((0, 0), (0.5, 0.5)), 2, draws=2, seed=1).tolist() == [[0.5, 0.5]] * 2
    one_free = draw_weights(Intervals((0.25, 0), (0.25, 1)), 2, draws=2, seed=1)
    assert one_free == pytest.approx(np.array([[0.25, 0.75]] * 2))


def test_a_fixed_weight_stays_fixed_while_the_others_move():
    drawn = draw_weights(Intervals((0.4, 0, 0), (0.4, 1, 1)), 3, draws=200, seed=9)
    assert (drawn[:, 0] == 0.4).all()
    assert drawn[:, 1].std() > 0.1


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ((0.6, 0.6), (1, 1), "already make 1.2"),
        ((0, 0), (0.3, 0.3), "make only 0.6"),
        ((0.5, 0), (0.4, 1), "criterion 1 cannot lie between 0.5 and 0.4"),
        ((0, -0.1), (1, 1), "criterion 2 cannot lie"),
        ((0, 0), (1, 1.1), "criterion 2 cannot lie"),
        ((0, float("nan")), (1, 1), "criterion 2 cannot lie"),
        ((0,), (1,), "each of the 2 criteria"),
    ],
)
def test_bounds_that_no_weights_can_meet_are_refused(low, high, said):
    with pytest.raises(BadInput, match=said):
        draw_weights(Intervals(low, high), 2, draws=10, seed=1)


@pytest.mark.parametrize("order", [(0,), (0, 0), (1, 2), (0, 1, 2)])
def test_an_order_that_does_not_name_each_criterion_once_is_refused(order):
    with pytest.raises(BadInput, match="names each of the 2 criteria once"):
        draw_weights(Ordinal(order), 2, draws=10, seed=1)


@pytest.mark.parametrize(("criteria", "draws"), [(0, 5), (3, 0)])
def test_nothing_to_draw_is_refused(criteria, draws):
    with pytest.raises(BadInput, match="at least one draw"):
        draw_weights(NoPreference(), criteria, draws=draws, seed=1)


@pytest.mark.parametrize("preference", [NoPreference(), Ordinal((3, 1, 0, 2)), Intervals((0,) * 4, (0.6,) * 4)])
def test_every_draw_is_a_mixture_of_the_extreme_weights(preference):
    drawn = draw_weights(preference, 4, draws=500, seed=1)
    mixture = np.linalg.solve(weights.extreme_weights(preference, 4).T, drawn.T).T
    assert mixture.min() >= -1e-12
    assert mixture.sum(axis=1) == pytest.approx(1)

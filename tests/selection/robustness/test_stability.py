"""How far one weight can move before the selection changes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kam.errors import BadInput
from kam.selection.robustness import stability
from kam.selection.robustness.stability import critical_criteria, stability_intervals

# Triantaphyllou & Sanchez 1997, their worked example for the weighted sum, recalled; on our scale of ten.
PUBLISHED_POINTS = 10 * np.array(
    [
        [0.3088, 0.2897, 0.3867, 0.1922],
        [0.2163, 0.3458, 0.1755, 0.6288],
        [0.4509, 0.2473, 0.1194, 0.0575],
        [0.0240, 0.1172, 0.3184, 0.1215],
    ]
)
PUBLISHED_WEIGHTS = [0.3277, 0.3058, 0.2876, 0.0790]


def cases():
    """Points on a fine scale, weights that are all positive, and a number of places."""

    def case(shape):
        rows, columns = shape
        point = st.integers(0, 997).map(lambda n: n / 99.7)
        return st.tuples(
            st.lists(st.lists(point, min_size=columns, max_size=columns), min_size=rows, max_size=rows).map(np.array),
            st.lists(st.integers(1, 9), min_size=columns, max_size=columns).map(lambda w: np.array(w) / sum(w)),
            st.integers(1, rows),
        )

    return st.tuples(st.integers(2, 7), st.integers(2, 4)).flatmap(case)


def has_clear_order(points, weights):
    scores = np.sort(points @ weights)
    return np.diff(scores).min() > 1e-6


@settings(max_examples=150, deadline=None)
@given(cases())
def test_the_selection_holds_inside_the_interval_and_changes_just_outside(case):
    points, weights, places = case
    assume(has_clear_order(points, weights))
    chosen = set(stability.selected(points, weights, places).tolist())
    for k, interval in enumerate(stability_intervals(points, weights, places=places)):
        assert interval.low <= weights[k] <= interval.high
        inside = np.linspace(interval.low, interval.high, 9)[1:-1]
        for weight in inside.tolist():
            assert set(stability.selected(points, stability.reweighted(weights, k, weight), places).tolist()) == chosen
        for bound, outwards in ((interval.below, -1e-4), (interval.above, 1e-4)):
            if bound is None or not 0 <= bound.at + outwards <= 1:
                continue
            entering, leaving = stability.entering_and_leaving(
                points, weights, stability.reweighted(weights, k, bound.at + outwards), places
            )
            # Nearly parallel scores part too slowly to be told apart at the ninth decimal.
            at, away = (stability.reweighted(weights, k, t) for t in (weights[k], bound.at + outwards))
            gap = points[bound.enters] - points[bound.leaves]
            if gap @ away > 1e-8:
                assert gap @ at < 0
                assert entering
                assert leaving
                assert bound.leaves in chosen
                assert bound.enters not in chosen


def test_a_bound_is_the_tie_of_the_formula():
    points = np.array([[9.0, 2.0], [5.5, 5.5], [1.0, 8.0]])
    first, second = stability_intervals(points, [0.6, 0.4], places=1)
    # A and B tie where 9t + 2(1 - t) = 5.5, at t = 0.5.
    assert (first.low, first.high) == (pytest.approx(0.5), 1.0)
    assert (first.below.leaves, first.below.enters, first.above) == (0, 1, None)
    assert (second.low, second.high) == (0.0, pytest.approx(0.5))


def test_a_tie_at_the_adopted_weight_leaves_no_room_on_the_losing_side():
    points = np.array([[6.0, 4.0], [4.0, 6.0]])
    first, second = stability_intervals(points, [0.5, 0.5], places=1)
    assert (first.low, first.high) == (0.5, 1.0)
    assert (second.low, second.high) == (0.0, 0.5)


def test_equal_accounts_and_a_selection_of_everyone_are_never_overturned():
    same = stability_intervals(np.array([[5.0, 3.0], [5.0, 3.0]]), [0.5, 0.5], places=1)
    assert [(i.low, i.high) for i in same] == [(0, 1), (0, 1)]
    everyone = stability_intervals(np.array([[5.0, 3.0], [1.0, 9.0]]), [0.5, 0.5], places=2)
    assert [(i.low, i.high) for i in everyone] == [(0, 1), (0, 1)]


def test_a_criterion_with_all_the_weight_has_no_interval():
    intervals = stability_intervals(np.array([[5.0, 3.0], [1.0, 9.0]]), [1, 0], places=1)
    assert intervals[0] is None
    assert (intervals[1].low, intervals[1].high) == (0, pytest.approx(0.4))


@given(cases(), st.floats(1e-3, 1e3))
def test_a_positive_rescaling_of_all_weights_changes_no_interval(case, factor):
    points, weights, places = case
    assume(has_clear_order(points, weights))
    ours = stability_intervals(points, weights, places=places)
    theirs = stability_intervals(points, weights * factor, places=places)
    assert [i.low for i in ours] == pytest.approx([i.low for i in theirs], abs=1e-6)
    assert [i.high for i in ours] == pytest.approx([i.high for i in theirs], abs=1e-6)


@given(cases(), st.floats(0, 1))
def test_moving_one_weight_keeps_the_proportions_of_the_others(case, weight):
    _, weights, _ = case
    moved = stability.reweighted(weights, 0, weight)
    assert moved[0] == weight
    assert moved.sum() == pytest.approx(1)
    assert moved[1:] * weights[1] == pytest.approx(weights[1:] * moved[1])


def test_who_enters_and_who_leaves_is_told_for_a_changed_weight():
    points = np.array([[9.0, 2.0], [5.5, 5.5], [1.0, 8.0]])
    assert stability.entering_and_leaving(points, [0.9, 0.1], [0.1, 0.9], 1) == ([2], [0])
    assert stability.entering_and_leaving(points, [0.9, 0.1], [0.6, 0.4], 1) == ([], [])


def test_the_published_critical_criteria_are_found():
    found = critical_criteria(PUBLISHED_POINTS, PUBLISHED_WEIGHTS)
    assert (found.top.criterion, found.top.ahead, found.top.behind) == (2, 0, 1)
    assert found.top.percent == pytest.approx(64.8, abs=0.2)
    assert (found.any.criterion, found.any.ahead, found.any.behind) == (0, 1, 2)
    assert found.any.percent == pytest.approx(-19.1, abs=0.3)


@settings(max_examples=100, deadline=None)
@given(cases())
def test_the_critical_change_is_the_smallest_that_turns_two_accounts_over(case):
    points, weights, _ = case
    assume(has_clear_order(points, weights))
    found = critical_criteria(points, weights)
    scores = points @ weights
    smallest = {"top": np.inf, "any": np.inf}
    for k in range(len(weights)):
        for i in range(len(points)):
            for j in range(len(points)):
                gap = points[j, k] - points[i, k]
                if scores[i] <= scores[j] or abs(gap) < 1e-9:
                    continue
                delta = (scores[j] - scores[i]) / gap
                if delta > weights[k]:
                    continue
                percent = abs(100 * delta / weights[k])
                smallest["any"] = min(smallest["any"], percent)
                if scores[i] == scores.max():
                    smallest["top"] = min(smallest["top"], percent)
    for name, change in (("top", found.top), ("any", found.any)):
        if change is None:
            assert smallest[name] == np.inf
            continue
        assert abs(change.percent) == pytest.approx(smallest[name], rel=1e-6)
        moved = weights.copy()
        moved[change.criterion] -= change.delta
        assert points[change.ahead] @ moved == pytest.approx(points[change.behind] @ moved, abs=1e-6)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_the_interval_of_the_best_account_ends_where_the_critical_change_leads(case):
    points, weights, _ = case
    assume(has_clear_order(points, weights))
    change = critical_criteria(points, weights).top
    assume(change is not None)
    interval = stability_intervals(points, weights, places=1)[change.criterion]
    taken = weights[change.criterion] - change.delta
    # Taking delta off one weight and normalising is moving it to this share with the others in proportion.
    share = taken / (1 - change.delta)
    assert share == pytest.approx(interval.low if change.delta > 0 else interval.high, abs=1e-6)


def test_an_account_that_leads_everywhere_has_no_critical_criterion():
    found = critical_criteria(np.array([[9.0, 8.0], [5.0, 4.0]]), [0.5, 0.5])
    assert (found.top, found.any) == (None, None)
    assert critical_criteria(np.array([[9.0, 8.0]]), [0.5, 0.5]).any is None


def test_missing_points_have_no_interval():
    with pytest.raises(BadInput, match="unknown"):
        stability_intervals([[1, np.nan], [2, 3]], [0.5, 0.5], places=1)


@pytest.mark.parametrize(("weights", "to"), [([0.5, 0.5], 1.01), ([0.5, 0.5], -0.1), ([1, 0], 0.5)])
def test_a_weight_that_cannot_move_there_is_refused(weights, to):
    with pytest.raises(BadInput):
        stability.reweighted(weights, 0, to)

"""Another method's ranking, to compare ours with."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kam.errors import BadInput
from kam.selection.robustness.cross_check import rank_correlation, topsis_closeness
from kam.selection.scoring import weighted_scores


def test_the_published_closeness_is_found(oracle):
    example = oracle("SEL-05")
    closeness = topsis_closeness(example["inputs"]["matrix"], example["inputs"]["weights"])
    assert closeness == pytest.approx(example["expected"]["closeness"], abs=example["tolerance"])
    assert (np.argsort(np.argsort(-closeness)) + 1).tolist() == example["expected"]["rank"]


def test_the_cross_check_agrees_with_our_ranking_where_methods_should(oracle):
    inputs = oracle("SEL-05")["inputs"]
    ours = weighted_scores(inputs["matrix"], inputs["weights"])
    assert rank_correlation(ours, topsis_closeness(inputs["matrix"], inputs["weights"])) == 1


def test_the_other_method_depends_on_who_else_is_in_the_set_and_ours_does_not():
    points = np.array([[4.0, 9.0], [9.0, 3.9], [1.0, 1.0]])
    joined = np.vstack([points, [10.0, 0.0]])
    theirs_before, theirs_after = topsis_closeness(points, [1, 1]), topsis_closeness(joined, [1, 1])
    assert abs(theirs_after[:3] - theirs_before).max() > 0.01
    assert weighted_scores(joined, [1, 1])[:3].tolist() == weighted_scores(points, [1, 1]).tolist()


def test_a_criterion_on_which_all_are_zero_says_nothing():
    assert topsis_closeness([[0, 1], [0, 2]], [1, 1]).tolist() == [0, 1]
    assert np.isnan(topsis_closeness([[3, 3], [3, 3]], [1, 1])).all()


@given(st.integers(2, 12).flatmap(lambda n: st.tuples(*[st.lists(st.integers(0, 5), min_size=n, max_size=n)] * 2)))
def test_the_rank_correlation_is_spearmans(scores):
    ours = rank_correlation(*scores)
    if len(set(scores[0])) == 1 or len(set(scores[1])) == 1:
        assert ours is None
    else:
        assert ours == pytest.approx(stats.spearmanr(*scores).statistic)


def test_nothing_to_compare_is_none_and_what_does_not_match_is_refused():
    assert rank_correlation([1], [1]) is None
    assert rank_correlation([], []) is None
    for other in ([1], [1, np.nan], [[1, 2]]):
        with pytest.raises(BadInput, match="both score every account"):
            rank_correlation([1, 2], other)

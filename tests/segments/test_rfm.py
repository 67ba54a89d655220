"""RFM scores and segments, and how surprising a silence is."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from scipy import stats

from kam.errors import BadInput
from kam.segments import rfm, silence


def test_scores_by_the_published_cuts_are_the_published_scores(oracle):
    example = oracle("RFM-01")
    case = example["inputs"]
    _name, recency, orders, revenue = zip(*case["customers"], strict=True)
    scores = [
        rfm.scores_between(recency, case["cuts"]["recency"], lower_is_better=True, closed="left"),
        rfm.scores_between(orders, case["cuts"]["frequency"], closed="left"),
        rfm.scores_between(revenue, case["cuts"]["monetary"], closed="left"),
    ]
    found = [int("".join(map(str, triple))) for triple in zip(*(s.score.tolist() for s in scores), strict=True)]
    assert found == example["expected"]["rfm"]


def test_segments_are_the_published_ones(oracle):
    example = oracle("RFM-02")
    case = example["inputs"]
    published = [
        rfm.Segment(name, *(tuple(ends) for ends in intervals))
        for name, *intervals in zip(
            case["segment_names"],
            *(zip(*case[field], strict=True) for field in ("recency", "frequency", "monetary")),
            strict=True,
        )
    ]
    assert tuple(published) == rfm.SEGMENTS
    triples = [tuple(map(int, str(score))) for score in case["scores"]]
    assert [rfm.segment(*triple) for triple in triples] == example["expected"]["segment"]
    assert rfm.segments_of(*zip(*triples, strict=True)) == example["expected"]["segment"]


def test_a_value_on_a_quintile_belongs_to_the_lower_score():
    found = rfm.quantile_scores([10, 20, 30, 40, 50, 60])
    assert found.cuts == (20, 30, 40, 50)
    assert found.score.tolist() == [1, 1, 2, 3, 4, 5]


def test_few_days_since_the_last_order_score_high():
    assert rfm.quantile_scores([10, 20, 30, 40, 50, 60], lower_is_better=True).score.tolist() == [5, 5, 4, 3, 2, 1]


values = some.lists(some.integers(0, 30), min_size=1, max_size=200)


@given(values, some.randoms())
def test_equal_values_share_a_score_and_larger_ones_never_score_less(numbers, shuffled):
    found = rfm.quantile_scores(numbers).score
    of_value = {}
    for number, score in zip(numbers, found.tolist(), strict=True):
        assert of_value.setdefault(number, score) == score
    assert [of_value[n] for n in sorted(of_value)] == sorted(of_value.values())
    order = list(range(len(numbers)))
    shuffled.shuffle(order)
    assert rfm.quantile_scores([numbers[i] for i in order]).score.tolist() == found[order].tolist()


@given(values)
def test_a_score_says_how_many_fifths_of_the_base_lie_below(numbers):
    found = rfm.quantile_scores(numbers)
    if len(set(numbers)) < 5:
        assert found.bins == len(set(numbers))
        assert sorted(set(found.score.tolist())) == list(range(1, found.bins + 1))
        return
    for number, score in zip(numbers, found.score.tolist(), strict=True):
        quantiles = [np.quantile(numbers, fifth / 5) for fifth in range(1, 5)]
        assert score == 1 + sum(number > quantile for quantile in quantiles)


def test_an_unknown_value_has_no_score_and_does_not_move_the_others():
    found = rfm.quantile_scores([1, 2, float("nan"), 3, 4, 5])
    assert found.score.tolist() == [1, 2, 0, 3, 4, 5]
    assert rfm.segment(0, 3, 3) is None


def test_scores_that_no_segment_holds_are_other():
    assert rfm.segment(5, 1, 1, segments=rfm.SEGMENTS[:1]) == "Other"


def test_scores_of_nothing_and_falling_cuts_are_refused():
    with pytest.raises(BadInput, match="one known"):
        rfm.quantile_scores([float("nan")])
    with pytest.raises(BadInput, match="do not fall"):
        rfm.scores_between([1], [3, 2])


def test_ninety_silent_days_on_a_thirty_day_rhythm_are_one_chance_in_twenty():
    assert silence.silence_probability(90, 30) == pytest.approx(0.0498, abs=5e-5)


@given(some.floats(0, 500), some.floats(1, 100), some.integers(1, 50))
def test_the_silence_of_a_regular_buyer_is_the_erlang_tail(days, mean, regular):
    slow = stats.gamma.sf(days, regular, scale=mean / regular)
    assert silence.silence_probability(days, mean, regular) == pytest.approx(slow, rel=1e-9, abs=1e-300)


def test_a_regular_buyers_silence_alarms_sooner_than_a_random_ones():
    gaps = [28, 30, 31, 29, 32, 30]
    regular = silence.regularity(gaps)
    assert regular == 50
    mean = silence.mean_gap(gaps, 30, 1)
    assert silence.silence_probability(50, mean, regular) < 0.01 < silence.silence_probability(50, mean)


def test_regularity_is_one_over_the_squared_variation():
    gaps = [10, 20, 30, 40, 50]
    assert silence.regularity(gaps) == round(np.mean(gaps) ** 2 / np.var(gaps, ddof=1))
    assert silence.regularity(gaps[:4]) == 1
    assert silence.regularity([1, 1, 1, 1, 100]) == 1


def test_an_account_with_few_gaps_leans_on_its_segment():
    assert silence.mean_gap([], 40, 3) == 40
    assert silence.mean_gap([10], 40, 3) == pytest.approx(32.5)
    assert silence.mean_gap([10] * 300, 40, 3) == pytest.approx(10.3, abs=0.01)


def test_the_heuristic_has_its_published_values_and_its_paradox(oracle):
    example = oracle("ACT-01")
    found = [silence.probability_active(case["n"], case["tx"], case["T"]) for case in example["inputs"]["cases"]]
    assert found == pytest.approx(example["expected"]["p"], abs=example["tolerance"])
    assert found[2] < found[3]


@pytest.mark.parametrize(
    "refused",
    [
        lambda: silence.mean_gap([], 40, 0),
        lambda: silence.mean_gap([0], 40, 1),
        lambda: silence.silence_probability(-1, 30),
        lambda: silence.silence_probability(1, 0),
        lambda: silence.silence_probability(1, 30, 0),
        lambda: silence.probability_active(0, 1, 2),
        lambda: silence.probability_active(2, 3, 2),
    ],
)
def test_a_history_that_cannot_be_is_refused(refused):
    with pytest.raises(BadInput):
        refused()

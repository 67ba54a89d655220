"""What customers say matters: the published grid, lines, intervals, and what is undecided."""

from __future__ import annotations

import itertools
from math import sqrt
from statistics import fmean, stdev

import pytest

from kam.benchmarking import CROSSHAIRS, Answer, picture
from kam.benchmarking.importance_performance import Mean, crosses, mean_of, quadrant

_WORDS = {
    "Concentrate here": "concentrate",
    "Keep up the good work": "keep_up",
    "Low priority": "low_priority",
    "Possible overkill": "overkill",
}


def answers(drawn, points=5):
    """drawn: {attribute: [(importance, performance), …]}."""
    return [Answer(name, i, p, points) for name, marks in drawn.items() for i, p in marks]


def test_the_published_grid_comes_out(oracle):
    example = oracle("IPA-01")
    given, expected = example["inputs"], example["expected"]
    found = picture(
        [
            Answer(name, i, p, 4)
            for name, i, p in zip(given["attributes"], given["importance"], given["performance"], strict=True)
        ]
    )
    placed = {a.attribute: a.quadrant for a in found.attributes}

    assert found.importance_line == pytest.approx(expected["mean_importance"], abs=example["tolerance"])
    assert found.performance_line == pytest.approx(expected["mean_performance"], abs=example["tolerance"])
    assert [placed[name] for name in given["attributes"]] == [_WORDS[q] for q in expected["quadrant"]]


def test_a_point_on_a_line_belongs_to_the_higher_side():
    assert quadrant(3.0, 3.0, 3.0, 3.0) == "keep_up"
    assert quadrant(3.0, 2.9, 3.0, 3.0) == "concentrate"
    assert quadrant(2.9, 3.0, 3.0, 3.0) == "overkill"
    assert quadrant(2.9, 2.9, 3.0, 3.0) == "low_priority"


def test_three_equal_attributes_all_lie_on_the_lines_whatever_their_mean_rounds_to():
    marks = [(4, 2), (4, 3), (5, 3)]
    found = picture(answers({"a": marks, "b": marks, "c": marks}))
    assert {a.quadrant for a in found.attributes} == {"keep_up"}


def test_the_interval_is_students_by_the_table():
    # t(0.975) of 4 degrees of freedom is 2.776 in every printed table.
    marks = [3, 4, 4, 5, 2]
    mean = mean_of(marks)
    half = 2.7764451 * stdev(marks) / sqrt(5)
    assert (mean.low, mean.value, mean.high) == pytest.approx((fmean(marks) - half, 3.6, fmean(marks) + half))


def test_what_crosses_a_line_or_was_said_by_one_person_is_undecided():
    assert crosses(Mean(3.4, 2.9, 3.9, 5), 3.0)
    assert crosses(Mean(3.4, 2.9, 3.0, 5), 3.0)  # its end lies on the line, which is the higher side
    assert not crosses(Mean(3.4, 3.0, 3.9, 5), 3.0)
    assert not crosses(Mean(2.4, 2.0, 2.9, 5), 3.0)
    one = picture(answers({"a": [(5, 1)], "b": [(1, 5)]}))
    assert [(a.quadrant, a.is_undecided) for a in one.attributes] == [("concentrate", True), ("overkill", True)]


def test_marks_without_spread_are_decided():
    found = picture(answers({"a": [(5, 1)] * 3, "b": [(1, 5)] * 3}))
    assert not any(a.is_undecided for a in found.attributes)


@pytest.mark.parametrize(("crosshair", "line"), [("means", fmean([5, 4, 1.5])), ("medians", 4), ("midpoint", 3)])
def test_the_lines_lie_where_it_was_chosen(crosshair, line):
    found = picture(answers({"a": [(5, 5)], "b": [(4, 4)], "c": [(1, 1), (2, 2)]}), crosshair)
    assert (found.importance_line, found.performance_line) == pytest.approx((line, line))


def test_several_scales_are_brought_to_one_and_lose_their_gap():
    seven, five = answers({"a": [(7, 4)]}, 7), answers({"a": [(5, 1)], "b": [(3, 3)]}, 5)
    found = picture([*seven, *five])
    by_name = {a.attribute: a for a in found.attributes}

    assert (found.scale, found.is_one_scale) == ((0, 100), False)
    assert (by_name["a"].importance.value, by_name["a"].performance.value) == (100, 25)
    assert all(a.gap is None for a in found.attributes)
    assert next(a for a in picture(five).attributes if a.attribute == "a").gap == 4


@pytest.mark.parametrize("crosshair", CROSSHAIRS)
def test_a_mark_that_is_missing_is_unknown_and_never_a_zero(crosshair):
    found = picture(answers({"a": [(5, None), (4, None)], "b": [(2, 2)]}), crosshair)
    a = next(a for a in found.attributes if a.attribute == "a")
    assert (a.importance.value, a.performance.value, a.quadrant, a.is_undecided) == (4.5, None, None, False)


def test_the_order_of_answers_and_the_case_of_words_change_nothing():
    drawn = [
        Answer("Delivery", 5, 2, 5),
        Answer(" delivery", 4, 3, 5),
        Answer("Price", 2, 4, 5),
        Answer("Price", 3, 5, 5),
    ]
    first = picture(drawn)
    for order in itertools.permutations(drawn):
        again = picture(order)
        assert [(a.importance, a.performance, a.quadrant) for a in again.attributes] == [
            (a.importance, a.performance, a.quadrant) for a in first.attributes
        ]


def test_nothing_asked_is_an_empty_picture():
    found = picture([])
    assert (found.attributes, found.importance_line, found.performance_line) == ((), None, None)

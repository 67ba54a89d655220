"""Derived importance: partial correlations against a slow second way, and when nothing is said."""

from __future__ import annotations

import random
from datetime import date

import pytest

from kam import benchmarking
from kam.benchmarking import derived_importance
from tests.drawn import given
from tests.key_accounts import key_accounts

DAY = date(2025, 6, 30)


def _people(count=80, seed=3):
    dice = random.Random(seed)
    people = []
    for _each in range(count):
        a, b = dice.gauss(0, 1), dice.gauss(0, 1)
        c = a + dice.gauss(0, 0.5)
        people.append({"a": a, "b": b, "c": c, "overall satisfaction": 2 * a + 0.5 * b + dice.gauss(0, 1)})
    return people


def _residuals(target, others):
    """Least squares by hand: what of the target the others do not explain."""
    import numpy as np

    columns = np.column_stack([np.ones(len(target)), *others])
    coefficients, *_rest = np.linalg.lstsq(columns, np.asarray(target), rcond=None)
    return np.asarray(target) - columns @ coefficients


def test_it_is_the_correlation_of_what_the_other_attributes_do_not_explain():
    import numpy as np

    people = _people()
    found = derived_importance(people, 50)
    assert (found.answers, found.because, set(found.by_attribute)) == (80, "", {"a", "b", "c"})
    marks = {name: [person[name] for person in people] for name in people[0]}
    for name in "abc":
        others = [marks[other] for other in "abc" if other != name]
        left, right = _residuals(marks["overall satisfaction"], others), _residuals(marks[name], others)
        assert found.by_attribute[name] == pytest.approx(np.corrcoef(left, right)[0, 1], abs=1e-9)
    # c only echoes a: alone it goes with the whole, beside a it moves next to nothing.
    assert found.by_attribute["a"] > 0.5 > abs(found.by_attribute["c"])


@pytest.mark.parametrize(
    ("people", "needed", "because"),
    [
        (_people(49), 50, "few"),
        (_people(80), None, "few"),
        ([{"a": 1.0, "b": 2.0}] * 60, 50, "not_asked"),
        ([{"a": n % 3, "b": 1.0, "overall satisfaction": n % 5} for n in range(60)], 50, "alike"),
        ([{"a": n % 3, "b": n % 3, "overall satisfaction": n % 5} for n in range(60)], 50, "alike"),
        ([*_people(49), {"a": 1.0, "overall satisfaction": 2.0}], 50, "few"),
        ([], 50, "not_asked"),
    ],
)
def test_without_enough_complete_and_different_answers_nothing_is_said(people, needed, because):
    found = derived_importance(people, needed)
    assert (found.because, dict(found.by_attribute)) == (because, {})


def test_overall_satisfaction_is_asked_beside_the_attributes_and_is_none_of_them(store, champion):
    key_accounts(store, champion, "A")
    dice = random.Random(5)
    rows = []
    for n in range(55):
        delivery, colour = dice.randint(1, 5), dice.randint(1, 5)
        whole = max(1, min(5, delivery + dice.choice([-1, 0, 0, 1])))
        for name, importance, mark in (
            ("Delivery", 5, delivery), ("Colour", 3, colour), ("Overall satisfaction", 5, whole),
        ):  # fmt: skip
            rows.append(f"A | 2025-06-01 | {name} | {importance} | {mark} | 5 | c{n}")
    given(
        store,
        champion,
        "survey_responses",
        "account_id | answered_on | attribute | importance | performance | scale_points | contact_id\n"
        + "\n".join(rows),
    )
    found = benchmarking.priorities(store, DAY, for_whom=champion)

    assert {a.attribute for a in found.picture.attributes} == {"Delivery", "Colour"}
    assert found.derived.answers == 55
    assert found.derived.by_attribute["delivery"] > 0.7 > abs(found.derived.by_attribute["colour"])

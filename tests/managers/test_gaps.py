"""Gap and readiness: the worked example, an obvious second implementation, and no compensation."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from kam import managers
from kam.managers import Required

# CMP-01 of the method gives 1.05 and 0.7575; a strategic account and these levels lead to both.
ACTUAL = {"finance": 3, "consulting": 4, "planning": 2, "interpersonal": 4, "influence": 4}


def test_the_worked_example_of_the_method_comes_out():
    found = managers.fit(managers.competency_model().demand(["strategic"]), ACTUAL)

    assert found.weighted_gap == pytest.approx(1.05, abs=1e-12)
    assert found.readiness == pytest.approx(0.7575, abs=1e-12)


def test_the_model_requires_what_the_method_says():
    required = managers.competency_model().required

    assert {c: sorted({r.level for r in of.values()}) for c, of in required.items()} == {
        "strategic": [4, 5],
        "star": [4],
        "status": [3],
        "streamline": [2, 3],
    }
    assert [c.competency_id for c in managers.competency_model().competencies] == [
        "finance",
        "consulting",
        "planning",
        "interpersonal",
        "influence",
    ]


def slow(demand, actual):
    """Exact fractions, one step at a time."""
    gap = readiness = Fraction(0)
    for name, (level, weight) in demand.items():
        if actual[name] is None:
            return None, None
        if actual[name] < level:
            gap += Fraction(weight) * (level - actual[name])
            readiness += Fraction(weight) * Fraction(actual[name], level)
        else:
            readiness += Fraction(weight)
    return gap, readiness


def test_a_slow_second_implementation_agrees_at_the_boundaries():
    draw = random.Random(6)
    names = list(ACTUAL)
    for _round in range(300):
        parts = [draw.randint(1, 6) for _n in names]
        demand = {n: (draw.randint(1, 5), Fraction(p, sum(parts))) for n, p in zip(names, parts, strict=True)}
        actual = {n: draw.choice([None, 1, 2, 3, 4, 5] if _round % 5 == 0 else [1, 2, 3, 4, 5]) for n in names}
        found = managers.fit({n: Required(lv, float(w)) for n, (lv, w) in demand.items()}, actual)
        gap, readiness = slow(demand, actual)
        if gap is None:
            assert (found.weighted_gap, found.readiness) == (None, None)
            assert found.known_count == sum(level is not None for level in actual.values())
        else:
            assert found.weighted_gap == pytest.approx(float(gap), abs=1e-12)
            assert found.readiness == pytest.approx(float(readiness), abs=1e-12)
            assert (found.readiness > 1 - 1e-12) == (found.weighted_gap < 1e-12)


@pytest.mark.parametrize("above", ["consulting", "influence", "planning"])
def test_nothing_makes_up_for_a_gap_elsewhere(above):
    demand = managers.competency_model().demand(["star"])
    enough = dict.fromkeys(ACTUAL, 4)
    lacking = managers.fit(demand, enough | {"finance": 2})
    brilliant = managers.fit(demand, enough | {"finance": 2, above: 5})

    assert brilliant == lacking
    assert lacking.weighted_gap == pytest.approx(2 * demand["finance"].weight)


def test_an_unknown_level_leaves_the_whole_unknown_and_what_is_known_beside():
    found = managers.fit(managers.competency_model().demand(["strategic"]), ACTUAL | {"influence": None})

    assert (found.weighted_gap, found.readiness, found.known_count, found.required_count) == (None, None, 4, 5)
    assert found.least_gap == pytest.approx(0.85)


def test_nothing_required_is_unknown_and_not_ready():
    assert managers.fit({}, ACTUAL) == managers.Fit(None, None, None, 0, 0)


def test_several_accounts_require_the_highest_of_each_and_weights_that_still_make_one():
    model = managers.competency_model()
    both = model.demand(["status", "strategic", None])

    assert both["consulting"].level == 5
    assert both["finance"].weight == pytest.approx((0.25 + 0.20) / 2)
    assert sum(of.weight for of in both.values()) == pytest.approx(1)
    assert model.demand([None]) == {}


@pytest.mark.parametrize(
    ("gap", "weight", "value", "expected"),
    [(2, 0.25, 1000, 500), (0, 0.25, None, 0), (None, 0.25, 1000, None), (1, 0.25, None, None), (1, 0.5, -10, 0)],
)
def test_training_priority_is_gap_times_weight_times_value_at_stake(gap, weight, value, expected):
    assert managers.priority(gap, weight, value) == expected

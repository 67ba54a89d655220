"""Margin multiple, Berger & Nasr, migration, referral: published figures, sums done the long way, refusals."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from kam.errors import BadInput
from kam.value.models import berger_nasr, margin_multiple, migration, referral


@pytest.mark.parametrize("retention", ["0.6", "0.7", "0.8", "0.9"])
def test_margin_multiples_are_the_published_table(oracle, retention):
    example = oracle("CLV-03")
    found = [margin_multiple.margin_multiple(float(retention), i) for i in example["inputs"]["i"]]
    assert found == pytest.approx(example["expected"]["table"][retention], abs=example["tolerance"])


@pytest.mark.parametrize("growth", ["0.00", "0.02", "0.04", "0.06", "0.08"])
def test_margin_multiples_with_growth_are_the_published_table(oracle, growth):
    example = oracle("CLV-04")
    rates = example["inputs"]
    found = [margin_multiple.margin_multiple(r, rates["i"], float(growth)) for r in rates["r"]]
    assert found == pytest.approx(example["expected"]["table"][growth], abs=example["tolerance"])


@given(some.floats(0, 0.97), some.floats(0.02, 0.3), some.floats(-0.5, 0.01), some.sampled_from(["now", "mid", "end"]))
def test_the_multiple_is_the_sum_over_the_years(r, i, g, first_margin):
    shift = {"now": 0, "mid": 0.5, "end": 0}[first_margin]
    first = 0 if first_margin == "now" else 1
    # The first margin is this year's; growth sets in with the one after it.
    yearly = [r**t * (1 + g) ** (t - first) / (1 + i) ** (t - shift) for t in range(first, 1500)]
    assert margin_multiple.margin_multiple(r, i, g, first_margin=first_margin) == pytest.approx(sum(yearly), rel=1e-9)


def test_a_loss_that_goes_on_is_worth_less_than_nothing():
    assert margin_multiple.lifetime_value(-100, 0.9, 0.12) == pytest.approx(-409.0909, abs=1e-4)


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ((1.0, 0.1), "retention"),
        ((-0.1, 0.1), "retention"),
        ((0.9, 0.0), "discount"),
        ((0.9, float("nan")), "discount"),
        ((None, 0.1), "retention"),
        ((0.9, 0.1, -1.0), "growth"),
        ((0.9, 0.08, 0.2), "growth"),
    ],
)
def test_a_rate_that_has_no_value_is_refused_by_name(arguments, field):
    with pytest.raises(BadInput) as refusal:
        margin_multiple.margin_multiple(*arguments)
    assert refusal.value.field == field
    assert field in refusal.value.message


def test_growth_is_refused_exactly_from_its_bound_on():
    assert margin_multiple.margin_multiple(0.9, 0.08, 0.2 - 1e-9) > 1e6
    with pytest.raises(BadInput, match=r"below 0\.2\."):
        margin_multiple.margin_multiple(0.9, 0.08, 0.2)


def test_yearly_rates_compound_back_from_months():
    assert (1 + margin_multiple.per_period(0.12, 12)) ** 12 == pytest.approx(1.12)
    assert margin_multiple.retention_per_period(0.8, 12) ** 12 == pytest.approx(0.8)
    assert margin_multiple.real_rate(0.10, 0.02) == pytest.approx(0.0784, abs=5e-5)


def test_constant_margins_with_retention_spending_are_the_published_case(oracle):
    example = oracle("CLV-01")
    case = example["inputs"]
    found = berger_nasr.constant_margin_value(case["GC"], case["M"], case["n"], case["r"], case["d"])
    assert found == pytest.approx(example["expected"]["CLV"], abs=example["tolerance"])


def test_two_cycles_a_year_are_one_cycle_at_the_half_year_rate():
    twice = berger_nasr.constant_margin_value(130, 25, 20, 0.9, 0.21, cycles_per_year=2)
    assert twice == pytest.approx(berger_nasr.constant_margin_value(130, 25, 20, 0.9, 0.1))


@pytest.mark.parametrize(
    ("change", "field"),
    [({"retention": 1.2}, "retention"), ({"years": 2.5}, "years"), ({"discount": -1}, "discount")],
)
def test_berger_nasr_refuses_what_it_cannot_discount(change, field):
    case = {"margin": 260, "retention_spend": 50, "years": 10, "retention": 0.75, "discount": 0.2} | change
    with pytest.raises(BadInput) as refusal:
        berger_nasr.constant_margin_value(**case)
    assert refusal.value.field == field


def chain(oracle):
    case = oracle("CLV-05")["inputs"]
    return migration.recency_chain(case["p"], case["NC"], case["M"])


def test_four_periods_of_migration_are_worth_the_published_values(oracle):
    example = oracle("CLV-05")
    transition, reward = chain(oracle)
    assert reward.tolist() == example["inputs"]["R"]
    found = migration.finite_value(transition, reward, example["inputs"]["d"], example["inputs"]["T"])
    assert found == pytest.approx(example["expected"]["V"], abs=example["tolerance"])


def test_migration_without_end_and_with_giving_up_is_worth_the_published_values(oracle):
    example = oracle("CLV-06")
    transition, reward = chain(oracle)
    endless = migration.infinite_value(transition, reward, example["inputs"]["d"])
    assert endless == pytest.approx(example["expected"]["V_infinite"], abs=example["tolerance"])
    curtailed = migration.curtailed_value(transition, reward, example["inputs"]["d"])
    assert curtailed.values == pytest.approx(example["expected"]["V_curtail_r4"], abs=example["tolerance"])
    assert curtailed.pursued.tolist()[:4] == [True, True, True, False]


@given(some.integers(0, 2**32 - 1), some.floats(0.05, 0.5))
def test_giving_up_the_best_set_of_states_beats_every_other_set(seed, discount):
    drawn = np.random.default_rng(seed)
    transition = drawn.dirichlet(np.ones(4), size=4)
    reward = drawn.normal(0, 10, 4)
    found = migration.curtailed_value(transition, reward, discount).values
    every = []
    for kept in product((0.0, 1.0), repeat=4):
        keep = np.array(kept)
        every.append(np.linalg.solve(np.eye(4) - keep[:, None] * transition / (1 + discount), keep * reward))
    assert found == pytest.approx(np.max(every, axis=0), abs=1e-8)


def test_a_finite_horizon_grows_into_the_endless_one(oracle):
    transition, reward = chain(oracle)
    assert migration.finite_value(transition, reward, 0.2, 400) == pytest.approx(
        migration.infinite_value(transition, reward, 0.2)
    )


def test_a_transition_row_that_does_not_sum_to_one_is_refused_by_its_number():
    with pytest.raises(BadInput, match=r"row 2 sums to 0\.9"):
        migration.finite_value([[0.5, 0.5], [0.4, 0.5]], [1, 0], 0.1, 3)


def test_a_reward_for_another_number_of_states_is_refused():
    with pytest.raises(BadInput, match="2 × 2"):
        migration.infinite_value(np.eye(2), [1, 2, 3], 0.1)


def test_migration_without_discount_has_no_end_and_is_refused():
    with pytest.raises(BadInput, match="discount is 0"):
        migration.infinite_value(np.eye(2), [1, 0], 0)


def test_a_referral_that_would_have_come_anyway_counts_only_the_saved_acquisition():
    type_one = referral.Referral(1, False, 20, gross_margin=100, incentive=10, marketing_cost=5)
    type_two = referral.Referral(2, True, 20, gross_margin=100, incentive=10, marketing_cost=5)
    assert referral.referral_value([type_one], 0.1) == pytest.approx(105 / 1.1)
    assert referral.referral_value([type_two], 0.1) == pytest.approx(20 / 1.21)
    assert referral.referral_value([type_one, type_two], 0.1) == pytest.approx(105 / 1.1 + 20 / 1.21)


def test_a_win_shared_by_references_is_counted_once_in_all():
    share = referral.equal_attribution(3)
    shared = referral.Referral(0, False, 0, gross_margin=300, attributed=share)
    assert 3 * referral.referral_value([shared], 0.1) == pytest.approx(300)
    assert referral.equal_attribution(3, stated=0.5) == 0.5


def test_a_reference_is_worth_the_chance_it_adds():
    deals = [referral.ReferenceDeal(0.5, 0.3, 1000), referral.ReferenceDeal(0.2, 0.3, 100)]
    assert referral.reference_value(deals) == pytest.approx(190)


def test_the_four_cells_of_value_and_referral():
    cells = {
        (value, worth): referral.quadrant(value, worth, lifetime_cut=100, referral_cut=10)
        for value, worth in product((100, 99), (10, 9))
    }
    assert cells == {(100, 10): "champion", (100, 9): "affluent", (99, 10): "advocate", (99, 9): "miser"}
    assert referral.quadrant(None, 10, lifetime_cut=100, referral_cut=10) is None


@pytest.mark.parametrize("field", ["period", "attributed"])
def test_a_referral_out_of_range_is_refused(field):
    bad = {"period": {"period": -1}, "attributed": {"attributed": 1.5}}[field]
    with pytest.raises(BadInput) as refusal:
        referral.referral_value(
            [referral.Referral(**{"period": 0, "would_have_come": True, "acquisition_cost_saved": 1} | bad)], 0.1
        )
    assert refusal.value.field == field

"""Contract renewal (shifted beta-geometric) against its published estimates and the sums it stands for."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

from kam.errors import BadInput
from kam.value.models import renewal
from kam.value.models.renewal import RenewalParameters

# Contract renewal.


def losses_of(survival_pct):
    """Histories of a cohort of 100: lost at each renewal, the rest kept at the end."""
    alive = np.array(survival_pct)
    years = len(alive) - 1
    periods = [*range(1, years + 1), years]
    return periods, [True] * years + [False], [*(alive[:-1] - alive[1:]), alive[-1]]


@pytest.mark.parametrize("cohort", ["high_end", "regular"])
def test_contract_renewal_reaches_the_published_estimates(oracle, cohort):
    example = oracle("CLV-16")
    found = renewal.fit_renewal(*losses_of(example["inputs"][f"{cohort}_survival_pct"])).parameters
    assert (found.alpha, found.beta) == pytest.approx(example["expected"][cohort], abs=example["tolerance"])


def test_survival_to_the_twelfth_year_is_the_published_one(oracle):
    expected = oracle("CLV-16")["expected"]
    found = renewal.survival(RenewalParameters(*expected["high_end"]), 12)
    assert found == pytest.approx(expected["high_end_S12"], abs=6e-4)


def test_survival_loss_and_retention_tell_one_story():
    parameters, t = RenewalParameters(0.7, 1.2), np.arange(1, 30)
    kept = renewal.survival(parameters, np.arange(30))
    assert renewal.loss_probability(parameters, t) == pytest.approx(-np.diff(kept))
    assert renewal.retention(parameters, t) == pytest.approx(kept[1:] / kept[:-1])
    assert (np.diff(renewal.retention(parameters, t)) > 0).all()


@pytest.mark.parametrize("n", [1, 2, 5, 20])
@pytest.mark.parametrize("discount", [0.05, 0.1, 0.3])
def test_residual_lifetime_is_the_discounted_sum_and_the_published_formula(n, discount):
    parameters = RenewalParameters(0.668, 3.806)
    later = np.arange(5000)
    kept = renewal.survival(parameters, n + later) / renewal.survival(parameters, n - 1)
    slow = (kept * (1 + discount) ** -later.astype(float)).sum()
    a, b = parameters.alpha, parameters.beta
    formula = (b + n - 1) / (a + b + n - 1) * special.hyp2f1(1, b + n, a + b + n, 1 / (1 + discount))
    found = renewal.residual_lifetime(parameters, n, discount)
    assert found == pytest.approx(slow, rel=1e-9)
    assert found == pytest.approx(formula, rel=1e-9)


def test_renewals_at_one_constant_rate_are_called_so():
    years = np.arange(1, 9)
    kept = 0.8**years
    periods, lost = [*years, 8], [True] * 8 + [False]
    count = 1000 * np.array([*(np.append(1, kept[:-1]) - kept), kept[-1]])
    found = renewal.fit_renewal(periods, lost, count)
    assert found.is_degenerate
    assert found.constant_retention == pytest.approx(0.8)


@pytest.mark.parametrize("lost", [[True, True], [False, False]])
def test_a_renewal_history_with_one_outcome_only_is_refused(lost):
    with pytest.raises(BadInput, match="some of both"):
        renewal.fit_renewal([1, 1], lost)


def test_a_renewal_before_the_first_is_refused():
    with pytest.raises(BadInput, match="at least 1"):
        renewal.retention(RenewalParameters(1, 1), 0)

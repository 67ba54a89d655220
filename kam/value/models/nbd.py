"""Purchases of accounts that never leave: the NBD model (Ehrenberg 1959), the yardstick of `bg_nbd`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, polygamma

from kam.value.models.histories import Histories
from kam.value.models.maximum_likelihood import climb


@dataclass(frozen=True)
class NbdFit:
    """Gamma(r, alpha) of the purchase rates by maximum likelihood; alpha in the histories' time unit."""

    r: float
    alpha: float
    log_likelihood: float


def fit(observed: Histories) -> NbdFit:
    """Maximum likelihood of L = Γ(r+x)/Γ(r) · α^r · (α+T)^−(r+x), which needs no t_x.

    observed: at least one repeat purchase. A base whose accounts all buy at one rate drives r and α to the edge; the
    log-likelihood there is right to six digits all the same.
    """
    values, place = observed.distinct_x
    at_x = np.bincount(place, observed.count, minlength=len(values))
    ages, age_place = np.unique(observed.T, return_inverse=True)
    at_age = np.bincount(age_place, observed.count, minlength=len(ages))
    bought_at_age = np.bincount(age_place, observed.count * observed.x, minlength=len(ages))
    every = at_x.sum()

    def objective(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        r, alpha = at
        log_age, per_age = np.log(alpha + ages), 1 / (alpha + ages)
        exponent = r * at_age + bought_at_age
        value = at_x @ (gammaln(r + values) - gammaln(r)) + every * r * np.log(alpha) - exponent @ log_age
        slope, curve = (at_x @ (polygamma(k, r + values) - polygamma(k, r)) for k in (0, 1))
        gradient = np.array([slope + every * np.log(alpha) - at_age @ log_age, every * r / alpha - exponent @ per_age])
        cross = every / alpha - at_age @ per_age
        hessian = np.array([[curve, cross], [cross, -every * r / alpha**2 + exponent @ per_age**2]])
        return float(value), gradient, hessian

    mean_rate = float((at_x @ values) / max(at_age @ ages, 1e-12))
    summit = climb(objective, (1.0, 1 / max(mean_rate, 1e-12)))
    return NbdFit(float(summit.parameters[0]), float(summit.parameters[1]), float(summit.log_likelihood))

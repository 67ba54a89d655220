"""Contract renewal by the shifted beta-geometric model (Fader & Hardie 2007; METHOD 3.3).

Every account has its own constant chance θ to leave at a renewal, and θ is beta(α, β) over accounts. The likely leavers
leave first, so retention rises with tenure though no account changes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaln, digamma, polygamma

from kam.errors import BadInput
from kam.value.models import bounds
from kam.value.models.beta_average import BetaNodes
from kam.value.models.maximum_likelihood import climb
from kam.words import _


@dataclass(frozen=True)
class RenewalParameters:
    """alpha, beta above 0: shape of the beta distribution of the chance to leave; its mean is α/(α + β)."""

    alpha: float
    beta: float

    def __post_init__(self) -> None:
        bounds.positive(self.alpha, "alpha")
        bounds.positive(self.beta, "beta")


@dataclass(frozen=True)
class RenewalFit:
    """parameters by maximum likelihood; log_likelihood; accounts: how many histories.

    gain: log-likelihood over one constant retention for all. is_degenerate: gain below 1 (what one more parameter
    costs by AIC), so the history shows no difference between accounts and the constant retention is the better
    reading. constant_retention: that rate, renewals over renewal decisions.
    """

    parameters: RenewalParameters
    log_likelihood: float
    accounts: float
    gain: float
    is_degenerate: bool
    constant_retention: float


def survival(parameters: RenewalParameters, periods: ArrayLike) -> NDArray[np.float64]:
    """S(t) = B(α, β + t)/B(α, β): share of accounts that renew at least t times. periods t ≥ 0, same shape back."""
    t = _periods(periods, lowest=0)
    return np.exp(betaln(parameters.alpha, parameters.beta + t) - betaln(parameters.alpha, parameters.beta))


def loss_probability(parameters: RenewalParameters, period: ArrayLike) -> NDArray[np.float64]:
    """P(T = t): share of accounts that leave at the t-th renewal decision, t ≥ 1."""
    t = _periods(period, lowest=1)
    return np.exp(betaln(parameters.alpha + 1, parameters.beta + t - 1) - betaln(parameters.alpha, parameters.beta))


def retention(parameters: RenewalParameters, period: ArrayLike) -> NDArray[np.float64]:
    """r_t = (β + t − 1)/(α + β + t − 1): chance to renew at decision t for an account that is still there, t ≥ 1."""
    t = _periods(period, lowest=1)
    return (parameters.beta + t - 1) / (parameters.alpha + parameters.beta + t - 1)


def residual_lifetime(parameters: RenewalParameters, renewals: ArrayLike, discount: float) -> NDArray[np.float64]:
    """DERL: discounted expected renewals still to come of an account that has renewed n − 1 times.

    Σ_{j≥1} P(renews j more times)/(1 + d)^(j−1) = (β+n−1)/(α+β+n−1) · 2F1(1, β+n; α+β+n; 1/(1+d)), where the coming
    renewal decision, the n-th, is undiscounted. Times the net value of one renewal it is the account's residual
    value. renewals n ≥ 1: number of the coming decision. discount d: per renewal period, above 0. Evaluated as the
    posterior mean of (1−θ)(1+d)/(d+θ), which stays exact where the series creeps.
    """
    n = _periods(renewals, lowest=1)
    d = bounds.positive(discount, "discount")
    flat = n.ravel()
    nodes = BetaNodes(np.full(flat.shape, parameters.alpha), parameters.beta + flat - 1)
    total = nodes.average(np.exp(nodes.log_rest) * (1 + d) / (d + np.exp(nodes.log_share)))
    return total.reshape(n.shape)


def fit_renewal(periods: ArrayLike, lost: ArrayLike, count: ArrayLike | None = None) -> RenewalFit:
    """Maximum likelihood from contract histories; the accounts may have started in different years.

    periods t ≥ 1: renewal decisions seen, the last included. lost: True where the last one was a loss. count: how many
    accounts share the row, default 1 (shares of a cohort will do). Likelihood Π P(T = t) over the lost · Π S(t) over
    the kept. Raises BadInput when fields differ in length or are out of range, or when nobody left or nobody renewed:
    then there is no maximum. Published fits: CLV-16.
    """
    t, gone = _periods(periods, lowest=1), np.asarray(lost, dtype=bool)
    weight = np.ones(len(t)) if count is None else np.asarray(count, dtype=float)
    bounds.same_length("lost", gone, "periods", t)
    bounds.same_length("count", weight, "periods", t)
    if not (np.isfinite(weight).all() and (weight >= 0).all()):
        raise BadInput(_("count has to be 0 or more in every row."), reason="bad_number", field="count")
    losses = float(weight[gone].sum())
    renewals = float((weight * np.where(gone, t - 1, t)).sum())
    if losses == 0 or renewals == 0:
        raise BadInput(
            _("The contract history has {losses:g} losses and {renewals:g} renewals; a fit needs some of both.").format(
                losses=losses, renewals=renewals
            ),
            reason="one_sided",
            field="lost",
        )
    leaves, stays = gone.astype(float), np.where(gone, t - 1, t).astype(float)

    def likelihood(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        a, b = parameters
        value = weight @ (betaln(a + leaves, b + stays) - betaln(a, b))
        both = _difference(a + b, leaves + stays)
        in_a, in_b = _difference(a, leaves), _difference(b, stays)
        gradient = np.array([weight @ (in_a[0] - both[0]), weight @ (in_b[0] - both[0])])
        shared = weight @ both[1]
        hessian = np.array([[weight @ in_a[1] - shared, -shared], [-shared, weight @ in_b[1] - shared]])
        return float(value), gradient, hessian

    constant = renewals / (renewals + losses)
    summit = climb(likelihood, [2 * (1 - constant), 2 * constant])
    plain = losses * np.log(1 - constant) + renewals * np.log(constant)
    gain = summit.log_likelihood - plain
    return RenewalFit(
        RenewalParameters(*map(float, summit.parameters)),
        float(summit.log_likelihood),
        float(weight.sum()),
        float(gain),
        bool(gain < 1 or summit.at_bound.any() or not summit.converged),
        float(constant),
    )


def _difference(base: float, more: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """First and second derivative of ln Γ(base + more) − ln Γ(base) by base."""
    return digamma(base + more) - digamma(base), polygamma(1, base + more) - polygamma(1, base)


def _periods(periods: ArrayLike, *, lowest: int) -> NDArray[np.float64]:
    t = np.asarray(periods, dtype=float)
    if not (np.isfinite(t).all() and (t >= lowest).all() and (t == np.floor(t)).all()):
        raise BadInput(
            _("periods has to be a whole number of at least {lowest} in every row.").format(lowest=lowest),
            reason="bad_periods",
            field="periods",
        )
    return t

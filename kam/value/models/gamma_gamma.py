"""Mean spend per purchase by the Gamma–Gamma model (Fader & Hardie 2013, note 025; METHOD 3.3).

A purchase is worth gamma(p, ν), ν is gamma(q, γ) over accounts. It assumes that spend does not depend on how often an
account buys: show their correlation (`spend_frequency_correlation`) beside the figures.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln, polygamma

from kam.errors import BadInput
from kam.value.models import bounds
from kam.value.models.histories import distinct
from kam.value.models.maximum_likelihood import climb
from kam.words import _

FEWEST_REPEATERS = 50
_SPIKE = 0.01


@dataclass(frozen=True)
class GammaGamma:
    """The three parameters, all above 0. p, q: shapes; gamma: money per purchase."""

    p: float
    q: float
    gamma: float

    def __post_init__(self) -> None:
        for field in ("p", "q", "gamma"):
            bounds.positive(getattr(self, field), field)

    @property
    def mean_spend(self) -> float | None:
        """p·γ/(q − 1): expected spend per purchase of an account without history; None where q ≤ 1 (no mean)."""
        return self.p * self.gamma / (self.q - 1) if self.q > 1 else None


@dataclass(frozen=True)
class GammaGammaFit:
    """Parameters by maximum likelihood and what was read.

    accounts: repeaters with positive mean spend that were fitted. left_out: repeaters with mean spend ≤ 0, whom a
    gamma cannot hold; they keep their own mean. correlation: of ln x and ln mean spend. weaknesses: codes of
    `WEAKNESSES`, empty for a sound fit.
    """

    parameters: GammaGamma
    log_likelihood: float
    accounts: float
    left_out: float
    correlation: float | None
    weaknesses: tuple[str, ...]

    @property
    def is_degenerate(self) -> bool:
        """True when the model should not be used for figures."""
        return bool(self.weaknesses)


WEAKNESSES = {
    "few_accounts": _("There are too few accounts that bought again for a fit of their spend."),
    "no_mean": _("Spend differs so much between accounts that an account without history has no finite expectation."),
    "same_spend": _("The fit sees no difference between accounts in what they spend."),
    "at_bound": _("A parameter ran to the edge of what can be computed."),
    "not_converged": _("The search for the parameters did not come to an end."),
}


def log_likelihood(parameters: GammaGamma, x: ArrayLike, mean: ArrayLike, count: ArrayLike | None = None) -> float:
    """Σ ln Γ(px+q) − ln Γ(px) − ln Γ(q) + q ln γ + (px−1) ln m + px ln x − (px+q) ln(γ+mx), with counts.

    x: repeat purchases, ≥ 1. mean m: their mean spend, money, above 0. CDNOW at the estimates: −4055.92 (CLV-12).
    """
    fields = _checked(x, mean, count)
    _refuse_unspent(fields)
    return _objective(*fields)(np.array([parameters.p, parameters.q, parameters.gamma]))[0]


def fit(x: ArrayLike, mean: ArrayLike, count: ArrayLike | None = None) -> GammaGammaFit:
    """Maximum likelihood on repeaters; rows with x = 0 carry nothing, rows with mean ≤ 0 are counted in `left_out`.

    Raises BadInput when no repeater has a positive mean, when all have the same one, or a field is out of range.
    """
    frequency, spend, weight = _checked(x, mean, count)
    repeats = frequency > 0
    usable = repeats & (spend > 0) & (weight > 0)
    left_out = float(weight[repeats & (spend <= 0)].sum())
    frequency, spend, weight = frequency[usable], spend[usable], weight[usable]
    if len(spend) == 0 or spend.min() == spend.max():
        raise BadInput(
            _("{count:g} accounts bought again with a mean spend that differs; a fit needs at least two.").format(
                count=0 if len(spend) == 0 else 1
            ),
            reason="no_spend",
            field="mean",
        )
    # In units of the mean purchase the parameters have the same size for cents and for millions.
    scale = float((weight * frequency) @ spend / (weight @ frequency))
    likelihood = _objective(frequency, spend / scale, weight)
    starts = ((2.0, 3.0, 1.0), (10.0, 2.0, 0.1), (1.0, 10.0, 10.0))
    summit = max((climb(likelihood, start) for start in starts), key=lambda one: one.log_likelihood)
    p, q, gamma = map(float, summit.parameters)
    weak = {
        "few_accounts": weight.sum() < FEWEST_REPEATERS,
        "no_mean": q <= 1,
        "same_spend": 1 / q < _SPIKE,
        "at_bound": summit.at_bound.any(),
        "not_converged": not summit.converged,
    }
    return GammaGammaFit(
        GammaGamma(p, q, gamma * scale),
        float(summit.log_likelihood - weight.sum() * np.log(scale)),
        float(weight.sum()),
        left_out,
        spend_frequency_correlation(frequency, spend, weight),
        tuple(code for code, is_so in weak.items() if is_so),
    )


def expected_spend(parameters: GammaGamma, x: ArrayLike, mean: ArrayLike) -> NDArray[np.float64]:
    """E[M | x, m] = p(γ + mx)/(px + q − 1): expected spend per purchase given x repeats of mean m, money (CLV-13).

    x = 0 gives the base's mean, which needs q > 1, else BadInput. A repeater with mean ≤ 0 gave back more than it
    bought: no gamma holds that, so it keeps its own mean instead of being lifted to the base's.
    """
    frequency, spend, _weight = _checked(x, mean, None)
    denominator = parameters.p * frequency + parameters.q - 1
    if (denominator <= 0).any():
        raise BadInput(
            _("q is {q:.3g}: accounts without enough purchases have no finite expected spend under this fit.").format(
                q=parameters.q
            ),
            reason="no_mean",
            field="q",
        )
    modelled = parameters.p * (parameters.gamma + np.where(spend > 0, spend, 0.0) * frequency) / denominator
    expected = np.where((frequency > 0) & (spend <= 0), spend, modelled)
    return expected.reshape(np.broadcast(np.asarray(x), np.asarray(mean)).shape)


def spend_frequency_correlation(x: ArrayLike, mean: ArrayLike, count: ArrayLike | None = None) -> float | None:
    """Pearson correlation of ln x and ln m over repeaters with positive spend; None where either does not vary.

    In logarithms, because one giant buyer would decide the plain correlation. Far from 0, Gamma–Gamma is out of place.
    """
    frequency, spend, weight = _checked(x, mean, count)
    usable = (frequency > 0) & (spend > 0)
    if not usable.any():
        return None
    often, much, weight = np.log(frequency[usable]), np.log(spend[usable]), weight[usable]
    often = often - np.average(often, weights=weight)
    much = much - np.average(much, weights=weight)
    spread = np.sqrt((weight @ often**2) * (weight @ much**2))
    return float(weight @ (often * much) / spread) if spread > 1e-12 else None


def _objective(x: NDArray[np.float64], mean: NDArray[np.float64], count: NDArray[np.float64]):
    """The log-likelihood with its first and second derivatives by (p, q, γ); all but ln(γ + mx) is summed by x."""
    values, place = distinct(x)
    at_x = np.bincount(place, count, minlength=len(values))
    log_spent = np.log(mean * x)
    log_spent_at_x = np.bincount(place, count * log_spent, minlength=len(values))
    spent, every, log_means = mean * x, count.sum(), float(count @ np.log(mean))

    def objective(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        p, q, gamma = at
        total = gamma + spent
        log_total, per_total = count * np.log(total), count / total
        # Σ (px+q) f = p Σ x f + q Σ f, so two sums of each are enough.
        sum_log, sum_x_log = log_total.sum(), np.einsum("i,i", x, log_total)
        sum_per, sum_x_per = per_total.sum(), np.einsum("i,i", x, per_total)
        curve = np.einsum("i,i,i", p * x + q, per_total, 1 / total)
        px, both = p * values, p * values + q
        value = (
            at_x @ (gammaln(both) - gammaln(px))
            - every * (gammaln(q) - q * np.log(gamma))
            + p * (values @ log_spent_at_x)
            - log_means
            - p * sum_x_log
            - q * sum_log
        )
        slope_both, curve_both = polygamma(0, both), polygamma(1, both)
        gradient = np.array(
            [
                at_x @ (values * (slope_both - polygamma(0, px))) + values @ log_spent_at_x - sum_x_log,
                at_x @ slope_both - every * (polygamma(0, q) - np.log(gamma)) - sum_log,
                every * q / gamma - p * sum_x_per - q * sum_per,
            ]
        )
        pp = at_x @ (values**2 * (curve_both - polygamma(1, px)))
        pq, qq = at_x @ (values * curve_both), at_x @ curve_both - every * polygamma(1, q)
        hessian = np.array(
            [
                [pp, pq, -sum_x_per],
                [pq, qq, every / gamma - sum_per],
                [-sum_x_per, every / gamma - sum_per, -every * q / gamma**2 + curve],
            ]
        )
        return float(value), gradient, hessian

    return objective


def _checked(
    x: ArrayLike, mean: ArrayLike, count: ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    frequency, spend = (
        np.atleast_1d(v).ravel() for v in np.broadcast_arrays(*(np.asarray(v, float) for v in (x, mean)))
    )
    weight = np.ones_like(frequency) if count is None else np.atleast_1d(np.asarray(count, dtype=float))
    bounds.same_length("count", weight, "x", frequency)
    wrong = {
        "x": ~(np.isfinite(frequency) & (frequency >= 0) & (frequency == np.floor(frequency))),
        "mean": ~np.isfinite(spend),
        "count": ~(np.isfinite(weight) & (weight >= 0)),
    }
    rules = {
        "x": _("a whole number of at least 0"),
        "mean": _("a finite amount"),
        "count": _("a number of at least 0"),
    }
    for field, rows in wrong.items():
        if rows.any():
            raise BadInput(
                _("{field} in row {row} has to be {rule}.").format(
                    field=field, row=int(np.argmax(rows)) + 1, rule=rules[field]
                ),
                reason="bad_spend",
                field=field,
                line=int(np.argmax(rows)) + 1,
            )
    return frequency, spend, weight


def _refuse_unspent(fields: tuple[NDArray[np.float64], ...]) -> None:
    if (fields[0] < 1).any() or (fields[1] <= 0).any():
        raise BadInput(
            _("The likelihood takes accounts that bought again with a mean spend above 0."),
            reason="bad_spend",
            field="mean",
        )

"""Expected purchases by the BG/NBD model (Fader, Hardie & Lee 2005; METHOD 3.3).

While active, an account buys at a Poisson rate λ, gamma(r, α) over accounts; after each purchase it leaves for good with
chance p, beta(a, b) over accounts. Fit it on the whole base: with 25 accounts the parameters are a prior at most.

P(alive) is 1 for an account that never bought again: it is no alarm. Use expected purchases and the account's own
rhythm for that.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, betaln, expit, gammaln, polygamma, xlogy

from kam.errors import BadInput
from kam.value.models import bounds, nbd
from kam.value.models.beta_average import BetaNodes
from kam.value.models.histories import Histories
from kam.value.models.maximum_likelihood import Summit, climb
from kam.words import _

FEWEST_ACCOUNTS, FEWEST_REPEATERS = 200, 50
# A distribution over accounts whose squared coefficient of variation is below this is a spike.
_SPIKE = 0.01
# What two more parameters cost in log-likelihood by AIC.
_TWO_PARAMETERS = 2.0
# Small enough for the processor's cache, and for its dot products to stay on one core.
_BLOCK = 8_192
_SAMPLE = 20_000
_AVERAGE_BLOCK = 1_024


@dataclass(frozen=True)
class BgNbd:
    """The four parameters, all above 0. r: shape; alpha: time in the histories' unit; a, b: shapes of leaving."""

    r: float
    alpha: float
    a: float
    b: float

    def __post_init__(self) -> None:
        for field in ("r", "alpha", "a", "b"):
            bounds.positive(getattr(self, field), field)


@dataclass(frozen=True)
class BgNbdFit:
    """Parameters by maximum likelihood and whether to believe them.

    nobody_leaves: log-likelihood of the model in which nobody ever leaves (NBD), the yardstick for a and b.
    weaknesses: codes of `WEAKNESSES`, empty for a sound fit.
    """

    parameters: BgNbd
    log_likelihood: float
    nobody_leaves: float
    accounts: float
    weaknesses: tuple[str, ...]

    @property
    def is_degenerate(self) -> bool:
        """True when the model should not be used for figures: fall back to the run-rate."""
        return bool(self.weaknesses)


WEAKNESSES = {
    "few_accounts": _("There are too few accounts, or too few that bought again, for a fit."),
    "nobody_leaves": _("The history does not show that accounts leave: a model in which nobody leaves fits as well."),
    "same_rate": _("The fit sees no difference between accounts in how often they buy."),
    "same_leaving": _("The fit sees no difference between accounts in how likely they are to leave."),
    "at_bound": _("A parameter ran to the edge of what can be computed."),
    "not_converged": _("The search for the parameters did not come to an end."),
}


def log_likelihood(parameters: BgNbd, observed: Histories) -> float:
    """ln Π_accounts L(r, α, a, b | x, t_x, T).

    L = Γ(r+x) α^r/Γ(r) · { B(a, b+x)/B(a, b) · (α+T)^−(r+x) + [x>0] · B(a+1, b+x−1)/B(a, b) · (α+t_x)^−(r+x) }.
    CDNOW at the published parameters: −9582.4 (CLV-08).
    """
    at = np.array([parameters.r, parameters.alpha, parameters.a, parameters.b])
    return _objective(observed)(at)[0]


def fit(observed: Histories) -> BgNbdFit:
    """Maximum likelihood on sufficient statistics; rows weigh as many accounts as their count.

    Cost: a handful of passes over the rows; a large base is climbed on a sample first. Raises BadInput when nobody
    bought again, where no parameters are best. Other weak ground is named in the fit, not refused.
    """
    if len(observed) == 0 or observed.repeaters == 0:
        raise BadInput(
            _("No account of this base bought twice; a purchase model has nothing to learn from."),
            reason="no_repeats",
            field="x",
        )
    never = nbd.fit(observed)
    summit = _climb_in_two(observed, never.r, never.alpha)
    found = BgNbd(*map(float, summit.parameters))
    return BgNbdFit(
        found,
        float(summit.log_likelihood),
        never.log_likelihood,
        observed.accounts,
        tuple(_weaknesses(found, summit, never.log_likelihood, observed)),
    )


def p_alive(parameters: BgNbd, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> NDArray[np.float64]:
    """Chance that the account has not left: 1/(1 + a/(b+x−1) · ((α+T)/(α+t_x))^(r+x)), and 1 where x = 0."""
    frequency, recency, age = np.broadcast_arrays(*(np.asarray(v, dtype=float) for v in (x, t_x, T)))
    with np.errstate(divide="ignore"):
        odds_left = np.log(parameters.a) - np.log(np.maximum(parameters.b + frequency - 1, 0))
    odds_left = odds_left + (parameters.r + frequency) * np.log1p((age - recency) / (parameters.alpha + recency))
    return np.where(frequency > 0, expit(-odds_left), 1.0)


def expected_purchases(parameters: BgNbd, t: ArrayLike) -> NDArray[np.float64]:
    """E[X(t)]: repeat purchases in the first t units of a new account (CLV-09).

    (a+b−1)/(a−1) · [1 − (α/(α+t))^r 2F1(r, b; a+b−1; t/(α+t))], evaluated as the beta average of
    (1 − (α/(α+pt))^r)/p, which has no hole at a = 1.
    """
    spans = _times(t)
    flat = spans.ravel()
    return _mean_purchases(
        np.full(flat.shape, parameters.r),
        np.full(flat.shape, parameters.alpha),
        parameters.a,
        np.full(flat.shape, parameters.b),
        flat,
    ).reshape(spans.shape)


def expected_future(
    parameters: BgNbd,
    x: ArrayLike,
    t_x: ArrayLike,
    T: ArrayLike,
    t: ArrayLike,
) -> NDArray[np.float64]:
    """E[X(T, T+t) | x, t_x, T]: purchases in the next t units of an account with this history (CLV-10).

    P(alive) times E[X(t)] of an account with r + x, α + T, a, b + x: what the history leaves of the mixture.
    """
    alive = p_alive(parameters, x, t_x, T)
    frequency, age, span = (np.broadcast_to(np.asarray(v, dtype=float), alive.shape).ravel() for v in (x, T, _times(t)))
    rows, place = _same_rows(frequency, age, span)
    frequency, age, span = rows
    while_alive = _mean_purchases(
        parameters.r + frequency, parameters.alpha + age, parameters.a, parameters.b + frequency, span
    )
    return alive * while_alive[place].reshape(alive.shape)


def purchase_probability(parameters: BgNbd, n: ArrayLike, t: ArrayLike) -> NDArray[np.float64]:
    """P(X(t) = n): chance of n repeat purchases in the first t units of a new account (CLV-11). n whole, ≥ 0."""
    return _probability(
        *np.broadcast_arrays(np.asarray(n, dtype=float), _times(t)),
        parameters.r,
        parameters.alpha,
        parameters.a,
        parameters.b,
    )


def future_probability(
    parameters: BgNbd,
    n: ArrayLike,
    x: ArrayLike,
    t_x: ArrayLike,
    T: ArrayLike,
    t: ArrayLike,
) -> NDArray[np.float64]:
    """P(X(T, T+t) = n | x, t_x, T): chance of n purchases in the next t units of an account with this history.

    Exact from the conjugate mixture: the account has left, or it is a new account of parameters r + x, α + T, a, b + x.
    """
    number, frequency, recency, age, span = np.broadcast_arrays(
        *(np.asarray(v, dtype=float) for v in (n, x, t_x, T)), _times(t)
    )
    alive = p_alive(parameters, frequency, recency, age)
    while_alive = _probability(
        number, span, parameters.r + frequency, parameters.alpha + age, parameters.a, parameters.b + frequency
    )
    return np.where(number == 0, 1 - alive, 0.0) + alive * while_alive


def _probability(
    n: NDArray[np.float64],
    t: NDArray[np.float64],
    r: ArrayLike,
    alpha: ArrayLike,
    a: float,
    b: ArrayLike,
) -> NDArray[np.float64]:
    bought = np.maximum(n, 1.0)  # the second term holds for n ≥ 1 only; any value keeps it finite below
    log_unsold = r * -np.log1p(t / alpha)
    log_sold = xlogy(n, t / (alpha + t))
    counting = gammaln(r + n) - gammaln(r) - gammaln(n + 1) + log_unsold + log_sold
    still_here = np.exp(betaln(a, b + n) - betaln(a, b) + counting)
    # Left at the n-th purchase: the n-th came within t, with the incomplete beta for the sum of the gamma tails.
    left = np.exp(betaln(a + 1, b + bought - 1) - betaln(a, b)) * betainc(bought, r, t / (alpha + t))
    return still_here + np.where(n > 0, left, 0.0)


def _mean_purchases(
    r: NDArray[np.float64],
    alpha: NDArray[np.float64],
    a: float,
    b: NDArray[np.float64],
    t: NDArray[np.float64],
) -> NDArray[np.float64]:
    expected = np.empty(len(t))
    # Few different b (one per x) stand for all rows, and their nodes are the dear part.
    shapes, place = np.unique(b, return_inverse=True)
    nodes = BetaNodes(np.full(len(shapes), a), shapes)
    shares = np.exp(nodes.log_share)
    for start in range(0, len(t), _AVERAGE_BLOCK):
        rows = slice(start, start + _AVERAGE_BLOCK)
        share, weights = shares[place[rows]], nodes.weights[place[rows]]
        shape, per = r[rows, None], (t[rows] / alpha[rows])[:, None]
        # (1 − (1 + pt/α)^−r)/p, with its limit r·t/α where p underflows.
        with np.errstate(invalid="ignore", divide="ignore"):
            purchases = -np.expm1(-shape * np.log1p(share * per)) / share
        purchases = np.where(share > 1e-290, purchases, shape * per)
        expected[rows] = np.einsum("ij,ij->i", weights, purchases)
    return expected


def _climb_in_two(observed: Histories, r: float, alpha: float) -> Summit:
    """From several starts on a sample, then from the best of them on every row."""
    sample = observed.every(-(-len(observed) // _SAMPLE))
    if sample.repeaters == 0:
        sample = observed
    trial = _objective(sample)
    starts = ((r, alpha, 1.0, 3.0), (r, alpha, 0.1, 5.0))
    best = max((climb(trial, start) for start in starts), key=lambda summit: summit.log_likelihood)
    if sample is observed or len(sample) == len(observed):
        return best
    return climb(_objective(observed), best.parameters)


def _weaknesses(found: BgNbd, summit: Summit, never: float, observed: Histories) -> list[str]:
    weak = {
        "few_accounts": observed.accounts < FEWEST_ACCOUNTS or observed.repeaters < FEWEST_REPEATERS,
        "nobody_leaves": summit.log_likelihood - never < _TWO_PARAMETERS,
        "same_rate": 1 / found.r < _SPIKE,
        "same_leaving": found.b / (found.a * (found.a + found.b + 1)) < _SPIKE,
        "at_bound": summit.at_bound.any(),
        "not_converged": not summit.converged,
    }
    return [code for code, is_so in weak.items() if is_so]


def _objective(observed: Histories):
    """The log-likelihood with its first and second derivatives by (r, α, a, b)."""
    values, place = observed.distinct_x
    accounts_at = np.bincount(place, observed.count, minlength=len(values))
    blocks = [
        (observed.x[rows], observed.t_x[rows], observed.T[rows], observed.count[rows], place[rows])
        for rows in (slice(start, start + _BLOCK) for start in range(0, len(observed), _BLOCK))
    ]

    def objective(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
        value, gradient, hessian = _of_x_alone(at, values, accounts_at)
        for block in blocks:
            part = _of_times(at, values, *block)
            value, gradient, hessian = value + part[0], gradient + part[1], hessian + part[2]
        return value, gradient, hessian

    return objective


def _of_x_alone(
    at: NDArray[np.float64], x: NDArray[np.float64], count: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """ln Γ(r+x)/Γ(r) + r ln α + ln B(a, b+x)/B(a, b), summed with counts over the different x."""
    r, alpha, a, b = at
    every = count.sum()
    value = count @ (gammaln(r + x) - gammaln(r) + betaln(a, b + x) - betaln(a, b)) + every * r * np.log(alpha)
    slope_r, curve_r = (count @ (polygamma(k, r + x) - polygamma(k, r)) for k in (0, 1))
    slope_b, curve_b = (count @ (polygamma(k, b + x) - polygamma(k, b)) for k in (0, 1))
    slope_ab, curve_ab = (count @ (polygamma(k, a + b + x) - polygamma(k, a + b)) for k in (0, 1))
    gradient = np.array([slope_r + every * np.log(alpha), every * r / alpha, -slope_ab, slope_b - slope_ab])
    hessian = np.zeros((4, 4))
    hessian[0, 0] = curve_r
    hessian[0, 1] = hessian[1, 0] = every / alpha
    hessian[1, 1] = -every * r / alpha**2
    hessian[2:, 2:] = -curve_ab
    hessian[3, 3] += curve_b
    return float(value), gradient, hessian


def _of_times(
    at: NDArray[np.float64],
    values: NDArray[np.float64],
    x: NDArray[np.float64],
    t_x: NDArray[np.float64],
    T: NDArray[np.float64],
    count: NDArray[np.float64],
    place: NDArray[np.intp],
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """ln{(α+T)^−(r+x) + [x>0] a/(b+x−1) (α+t_x)^−(r+x)}, summed with counts, and its derivatives.

    With u the log ratio of the second term to the first and v = u's logistic (the chance to have left), the second
    derivatives are those of the two terms weighed by 1 − v and v, plus v(1 − v) times the slopes of u.
    """
    r, alpha, a, b = at
    shape = r + x
    end, last = alpha + T, alpha + t_x
    log_end = np.log(end)
    apart = log_end - np.log(last)
    with np.errstate(divide="ignore"):
        log_leaving = np.where(values > 0, np.log(a) - np.log(np.maximum(b + values - 1, 0)), -np.inf)
        per_b = np.where(values > 0, 1 / (b + values - 1), 0.0)[place]
    ratio = log_leaving[place] + shape * apart
    decay = np.exp(-np.abs(ratio))
    left = np.where(ratio > 0, 1.0, decay) / (1 + decay)
    value = count @ (np.maximum(ratio, 0) + np.log1p(decay) - shape * log_end)

    per_end, per_last = 1 / end, 1 / last
    gone = count * left
    both = gone * (1 - left)
    nearer = per_last - per_end
    slope_alpha = shape * nearer  # −∂u/∂α
    gradient = np.array(
        [
            gone @ apart - count @ log_end,
            -(gone @ slope_alpha) - count @ (shape * per_end),
            gone.sum() / a,
            -(gone @ per_b),
        ]
    )
    hessian = np.zeros((4, 4))
    both_apart, both_alpha = both * apart, both * slope_alpha
    hessian[0, 0] = both_apart @ apart
    hessian[0, 1] = -(both_apart @ slope_alpha) - gone @ nearer - count @ per_end
    hessian[0, 2] = both_apart.sum() / a
    hessian[0, 3] = -(both_apart @ per_b)
    hessian[1, 1] = (
        both_alpha @ slope_alpha + gone @ (slope_alpha * (per_last + per_end)) + count @ (shape * per_end * per_end)
    )
    hessian[1, 2] = -both_alpha.sum() / a
    hessian[1, 3] = both_alpha @ per_b
    hessian[2, 2] = (both.sum() - gone.sum()) / a**2
    hessian[2, 3] = -(both @ per_b) / a
    hessian[3, 3] = (both + gone) @ (per_b * per_b)
    return float(value), gradient, hessian + np.triu(hessian, 1).T


def _same_rows(*columns: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    rows, place = np.unique(np.stack(columns), axis=1, return_inverse=True)
    return rows, place.ravel()


def _times(t: ArrayLike) -> NDArray[np.float64]:
    spans = np.asarray(t, dtype=float)
    if not (np.isfinite(spans).all() and (spans >= 0).all()):
        raise BadInput(_("t has to be a time of at least 0."), reason="bad_time", field="t")
    return spans

"""BG/NBD, Gamma–Gamma and Pareto/NBD against published estimates and the integrals they stand for."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some
from scipy import integrate, special, stats

from kam.errors import BadInput
from kam.value.models import bg_nbd, gamma_gamma, nbd, pareto_nbd
from kam.value.models.beta_average import BetaNodes
from kam.value.models.bg_nbd import BgNbd
from kam.value.models.gamma_gamma import GammaGamma
from kam.value.models.histories import histories
from kam.value.models.pareto_nbd import ParetoNbd

CDNOW = BgNbd(0.243, 4.414, 0.793, 2.426)
SPEND = GammaGamma(6.25, 3.74, 15.44)


@pytest.fixture(scope="module")
def cdnow(shared_ledgers):
    """The published weekly summary of 2,357 customers: histories, and mean spend of repeats."""
    rows = np.genfromtxt(shared_ledgers / "cdnow" / "cdnow_summary_with_transactions.csv", delimiter=",", names=True)
    weekly = np.genfromtxt(shared_ledgers / "cdnow" / "cdnow_customers_summary.csv", delimiter=",", names=True)
    return SimpleNamespace(
        histories=histories(weekly["frequency"], weekly["recency"], weekly["T"]), x=rows["x"], mean=rows["zbar"]
    )


@pytest.mark.real_ledger
def test_bg_nbd_reaches_the_published_estimates(cdnow, oracle):
    example = oracle("CLV-08")
    found = bg_nbd.fit(cdnow.histories)
    for name, value in example["expected"].items():
        assert getattr(found.parameters, name) == pytest.approx(value, abs=example["tolerance"])
    assert found.log_likelihood == pytest.approx(-9582.4, abs=0.1)
    assert found.weaknesses == ()


@pytest.mark.real_ledger
def test_merged_rows_with_counts_fit_as_the_accounts_they_stand_for(cdnow):
    merged = cdnow.histories.merged()
    assert len(merged) < len(cdnow.histories) == merged.accounts
    one, other = bg_nbd.fit(cdnow.histories), bg_nbd.fit(merged)
    assert one.log_likelihood == pytest.approx(other.log_likelihood, abs=1e-6)
    assert one.parameters.a == pytest.approx(other.parameters.a, rel=1e-4)


@pytest.mark.real_ledger
def test_a_base_so_large_that_it_is_climbed_on_a_sample_first_ends_at_the_same_summit(cdnow):
    many = cdnow.histories.take(np.tile(np.arange(2357), 20))
    found, small = bg_nbd.fit(many), bg_nbd.fit(cdnow.histories)
    assert found.log_likelihood == pytest.approx(20 * small.log_likelihood, abs=1e-3)


@pytest.mark.real_ledger
def test_gamma_gamma_reaches_the_published_estimates(cdnow, oracle):
    example = oracle("CLV-12")
    found = gamma_gamma.fit(cdnow.x, cdnow.mean)
    for name, value in example["expected"].items():
        assert getattr(found.parameters, name) == pytest.approx(value, abs=example["tolerance"])
    assert (found.accounts, found.left_out, found.weaknesses) == (946, 0, ())
    assert found.log_likelihood == pytest.approx(-4055.92, abs=0.1)


@pytest.mark.real_ledger
def test_gamma_gamma_in_other_money_is_the_same_fit(cdnow):
    dollars, yen = gamma_gamma.fit(cdnow.x, cdnow.mean), gamma_gamma.fit(cdnow.x, 1e4 * cdnow.mean)
    assert yen.parameters.q == pytest.approx(dollars.parameters.q, rel=1e-5)
    assert yen.parameters.mean_spend == pytest.approx(1e4 * dollars.parameters.mean_spend, rel=1e-5)


@pytest.mark.real_ledger
def test_pareto_nbd_reaches_the_published_estimates(cdnow, oracle):
    example = oracle("CLV-14")
    found = pareto_nbd.fit(cdnow.histories)
    for name, value in example["expected"].items():
        assert getattr(found.parameters, name) == pytest.approx(value, abs=example["tolerance"])
    assert found.log_likelihood == pytest.approx(-9594.97, abs=0.1)
    assert found.is_sound


def test_expected_purchases_of_a_new_account_are_the_published_ones(oracle):
    example = oracle("CLV-09")
    found = bg_nbd.expected_purchases(BgNbd(*example["inputs"]["params"]), example["inputs"]["t_weeks"])
    assert found == pytest.approx(example["expected"]["EX"], abs=example["tolerance"])


def test_purchase_probabilities_are_the_published_ones(oracle):
    example = oracle("CLV-11")
    t, n = zip(*example["inputs"]["cases"], strict=True)
    found = bg_nbd.purchase_probability(BgNbd(*example["inputs"]["params"]), n, t)
    assert found == pytest.approx(example["expected"]["pmf"], abs=example["tolerance"])


def test_expected_future_purchases_of_the_textbook_customer():
    assert bg_nbd.expected_future(CDNOW, 2, 30.43, 38.86, 39) == pytest.approx(1.226, abs=5e-4)


def test_conditional_mean_spend_is_the_published_one(oracle):
    example = oracle("CLV-13")
    x, mean = zip(*example["inputs"]["customers_x_m"], strict=True)
    found = gamma_gamma.expected_spend(GammaGamma(*example["inputs"]["params"]), x, mean)
    assert found == pytest.approx(example["expected"]["E"], abs=example["tolerance"])


def test_pareto_nbd_says_the_frequent_textbook_buyer_is_active():
    assert pareto_nbd.p_alive(ParetoNbd(0.553, 10.578, 0.606, 11.669), 26, 30.86, 31) == pytest.approx(0.9979, abs=5e-5)


# Slow and obvious: every likelihood is an average over λ, p, μ, ν or θ; integrate it.

shapes = some.floats(0.3, 8.0)


@some.composite
def one_history(draw):
    """x, t_x, T of one account, up to a dozen repeats in about a year of weeks."""
    x = draw(some.integers(0, 12))
    age = draw(some.floats(1, 60))
    return x, draw(some.floats(0.05, 1.0)) * age if x else 0.0, age


def over_gamma(f, shape, rate):
    """E[f(λ)], λ ~ gamma(shape, rate), in ln λ, where the density is smooth down to rate 0."""

    def term(z):
        return f(np.exp(z)) * np.exp(shape * z - rate * np.exp(z) + shape * np.log(rate) - special.gammaln(shape))

    return integrate.quad(
        term, -60 / min(shape, 1), np.log(700 / rate), limit=800, epsabs=0, epsrel=1e-9, points=(np.log(shape / rate),)
    )[0]


def over_beta(f, a, b):
    """E[f(P)], P ~ beta(a, b)."""
    total = integrate.quad(f, 0, 1, weight="alg", wvar=(a - 1, b - 1), limit=400, epsabs=0, epsrel=1e-9)[0]
    return total / special.beta(a, b)


@settings(deadline=None, max_examples=30)
@given(shapes, some.floats(0.5, 20), shapes, shapes, one_history())
def test_the_bg_nbd_likelihood_is_the_average_over_rate_and_leaving(r, alpha, a, b, history):
    x, last, age = history
    slow = over_gamma(lambda rate: rate**x * np.exp(-rate * age), r, alpha) * over_beta(lambda p: (1 - p) ** x, a, b)
    if x:
        # The beta absorbs (1 − p)^(x−1), so that b near 0 leaves no edge.
        leaving = over_beta(lambda p: p, a, b + x - 1) * special.beta(a, b + x - 1) / special.beta(a, b)
        slow += over_gamma(lambda rate: rate**x * np.exp(-rate * last), r, alpha) * leaving
    assert bg_nbd.log_likelihood(BgNbd(r, alpha, a, b), histories(x, last, age)) == pytest.approx(
        np.log(slow), abs=1e-6
    )


@settings(deadline=None, max_examples=20)
@given(shapes, some.floats(0.5, 20), shapes, some.floats(0.5, 20), one_history())
def test_the_pareto_nbd_likelihood_is_the_average_over_both_rates(r, alpha, s, beta, history):
    x, last, age = history

    def buying(until):
        return over_gamma(lambda rate: rate**x * np.exp(-rate * until), r, alpha)

    def leaving_at(moment):
        return over_gamma(lambda rate: rate * np.exp(-rate * moment), s, beta)

    stayed = buying(age) * over_gamma(lambda rate: np.exp(-rate * age), s, beta)
    left = integrate.quad(lambda y: buying(y) * leaving_at(y), last, age, epsabs=0, epsrel=1e-6, limit=50)[0]
    found = pareto_nbd.log_likelihood(ParetoNbd(r, alpha, s, beta), histories(x, last, age))
    assert found == pytest.approx(np.log(stayed + left), abs=1e-5)
    assert pareto_nbd.p_alive(ParetoNbd(r, alpha, s, beta), x, last, age) == pytest.approx(
        stayed / (stayed + left), abs=1e-5
    )


@settings(deadline=None, max_examples=30)
@given(shapes, some.floats(1.5, 8), some.floats(1, 50), some.integers(1, 12), some.floats(0.5, 200))
def test_the_gamma_gamma_likelihood_is_the_average_over_the_scale_of_spend(p, q, gamma, x, mean):
    # The mean of x gammas of shape p and rate ν is a gamma of shape px and rate νx.
    def density(rate):
        return np.exp(p * x * np.log(rate * x) - special.gammaln(p * x) + (p * x - 1) * np.log(mean) - rate * x * mean)

    slow = over_gamma(density, q, gamma)
    found = gamma_gamma.log_likelihood(GammaGamma(p, q, gamma), [x], [mean])
    assert found == pytest.approx(np.log(slow), abs=1e-6)


def purchases_of_one(rate, p, t):
    """Expected purchases in t of an account that buys at λ and leaves with p: (1 − e^(−λpt))/p, λt where p is 0."""
    return -np.expm1(-rate * p * t) / p if p > 0 else rate * t


@pytest.mark.parametrize(
    "parameters", [CDNOW, BgNbd(0.5, 3, 1.0, 2.0), BgNbd(2, 10, 0.4, 0.6), BgNbd(6, 1, 3, 2)], ids=str
)
@pytest.mark.parametrize("t", [0.1, 5, 39, 200])
def test_expected_purchases_are_the_average_of_what_one_account_would_buy(parameters, t):
    def of_one(p):
        return over_gamma(lambda rate: purchases_of_one(rate, p, t), parameters.r, parameters.alpha)

    assert bg_nbd.expected_purchases(parameters, t) == pytest.approx(
        over_beta(of_one, parameters.a, parameters.b), rel=1e-7
    )


@pytest.mark.parametrize("history", [(0, 0, 20), (2, 30.43, 38.86), (12, 3, 38), (40, 38, 39)])
@pytest.mark.parametrize("t", [1, 39])
def test_future_purchases_are_the_average_over_what_the_history_leaves(history, t):
    x, last, age = history

    def joint(future):
        """E[λ^x (1−p)^x e^(−λT) · future(λ, p)]: an account that is still active at T."""
        return over_beta(
            lambda p: over_gamma(lambda rate: (1 - p) ** x * (rate * 5) ** x * np.exp(-rate * age) * future(rate, p),
                                 CDNOW.r, CDNOW.alpha),
            CDNOW.a, CDNOW.b)  # fmt: skip

    active = joint(lambda rate, p: 1.0)
    expected = joint(lambda rate, p: purchases_of_one(rate, p, t)) / active
    alive = bg_nbd.p_alive(CDNOW, x, last, age)
    assert bg_nbd.expected_future(CDNOW, x, last, age, t) == pytest.approx(alive * expected, rel=1e-6)
    likelihood = np.exp(bg_nbd.log_likelihood(CDNOW, histories(x, last, age))) * 5.0**x
    assert alive == pytest.approx(active / likelihood, rel=1e-6)


@given(shapes, some.floats(0.5, 20), some.floats(0.05, 8), some.floats(0.05, 8), some.floats(0.1, 60))
@settings(deadline=None, max_examples=40)
def test_purchase_probabilities_sum_to_one_and_to_the_expectation(r, alpha, a, b, t):
    parameters = BgNbd(r, alpha, a, b)
    n = np.arange(4000.0)
    chances = bg_nbd.purchase_probability(parameters, n, t)
    assume(chances[-1] < 1e-15)
    assert chances.sum() == pytest.approx(1, abs=1e-9)
    assert chances @ n == pytest.approx(float(bg_nbd.expected_purchases(parameters, t)), rel=1e-8, abs=1e-12)


def test_future_probabilities_sum_to_one_and_to_the_expected_purchases():
    n = np.arange(600.0)
    for x, last, age in ((0, 0, 20), (2, 30.43, 38.86), (12, 3, 38), (40, 38, 39)):
        chances = bg_nbd.future_probability(CDNOW, n, x, last, age, 39)
        assert chances.sum() == pytest.approx(1, abs=1e-9)
        assert chances @ n == pytest.approx(float(bg_nbd.expected_future(CDNOW, x, last, age, 39)), rel=1e-8)


@given(
    some.floats(1e-3, 1e3), some.floats(1e-2, 1e4), some.floats(1e-3, 1e3), some.floats(1e-3, 1e4),
    some.integers(0, 20_000), some.floats(0, 1), some.floats(0.01, 1e4), some.floats(0, 1e5),
)  # fmt: skip
@settings(deadline=None, max_examples=100)
def test_nothing_is_ever_not_a_number(r, alpha, a, b, x, share, age, t):
    parameters = BgNbd(r, alpha, a, b)
    last = age * max(share, 1e-6) if x else 0.0
    assert 0 <= bg_nbd.p_alive(parameters, x, last, age) <= 1
    expected = bg_nbd.expected_future(parameters, x, last, age, t)
    assert np.isfinite(expected) and expected >= 0
    assert expected <= (r + x) / (alpha + age) * t * (1 + 1e-6)
    assert np.isfinite(bg_nbd.log_likelihood(parameters, histories(x, last, age)))
    chance = bg_nbd.future_probability(parameters, [0, 1, 1000], x, last, age, t)
    assert np.isfinite(chance).all() and (chance >= 0).all() and chance.sum() <= 1 + 1e-6


def test_an_account_that_never_bought_again_counts_as_alive_and_the_model_says_so_to_its_reader():
    assert bg_nbd.p_alive(CDNOW, 0, 0, 1000) == 1.0
    assert "no alarm" in bg_nbd.__doc__


def test_expected_purchases_fall_with_silence_though_p_alive_of_a_one_time_buyer_does_not():
    silent = bg_nbd.expected_future(CDNOW, 0, 0, [5, 50, 500], 39)
    assert (np.diff(silent) < 0).all()


def drawn_base(parameters, accounts, age, seed):
    """Purchases of accounts that behave as the model says, one event at a time."""
    drawn = np.random.default_rng(seed)
    x, last = np.zeros(accounts), np.zeros(accounts)
    for account in range(accounts):
        rate = drawn.gamma(parameters.r, 1 / parameters.alpha)
        leaves = drawn.beta(parameters.a, parameters.b) if parameters.a else 0.0
        now = drawn.exponential(1 / rate)
        while now < age:
            x[account] += 1
            last[account] = now
            if drawn.random() < leaves:
                break
            now += drawn.exponential(1 / rate)
    return histories(x, last, np.full(accounts, float(age)))


def test_a_fit_finds_the_parameters_that_made_the_base():
    made = BgNbd(1.2, 8.0, 1.0, 3.0)
    found = bg_nbd.fit(drawn_base(made, 4000, 60, seed=3)).parameters
    assert (found.r, found.alpha) == pytest.approx((made.r, made.alpha), rel=0.15)
    assert found.a / (found.a + found.b) == pytest.approx(0.25, abs=0.03)


def test_a_base_that_nobody_leaves_is_called_so():
    stays = SimpleNamespace(r=1.2, alpha=8.0, a=0.0, b=1.0)
    found = bg_nbd.fit(drawn_base(stays, 800, 60, seed=3))
    assert "nobody_leaves" in found.weaknesses
    assert found.is_degenerate
    assert found.log_likelihood >= found.nobody_leaves - 0.05


def test_a_base_whose_accounts_all_buy_at_one_rate_is_called_so():
    alike = BgNbd(5000.0, 20000.0, 0.8, 3.0)
    assert "same_rate" in bg_nbd.fit(drawn_base(alike, 800, 40, seed=3)).weaknesses


def test_few_accounts_are_called_few():
    assert "few_accounts" in bg_nbd.fit(drawn_base(CDNOW, 25, 200, seed=1)).weaknesses


def test_every_weakness_has_its_sentence():
    fields = {"few_accounts", "nobody_leaves", "same_rate", "same_leaving", "at_bound", "not_converged"}
    assert set(bg_nbd.WEAKNESSES) == fields
    assert set(gamma_gamma.WEAKNESSES) == {"few_accounts", "no_mean", "same_spend", "at_bound", "not_converged"}


def test_the_yardstick_without_leaving_is_the_negative_binomial():
    drawn = np.random.default_rng(1)
    x = drawn.poisson(drawn.gamma(1.5, 2.0, 3000)).astype(float)
    fitted = nbd.fit(histories(x, np.where(x > 0, 5.0, 0.0), np.full(3000, 10.0)))
    slow = stats.nbinom.logpmf(x, fitted.r, fitted.alpha / (fitted.alpha + 10)) + special.gammaln(x + 1)
    assert fitted.log_likelihood == pytest.approx((slow - x * np.log(10)).sum(), rel=1e-10)
    assert fitted.r == pytest.approx(1.5, rel=0.15)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ((1.5, 3, 9), "x in row 2"),
        ((-1, 3, 9), "x in row 2"),
        ((2, 10, 9), "t_x in row 2"),
        ((2, 0, 9), "t_x in row 2"),
        ((0, 3, 9), "t_x in row 2"),
        ((1, 3, float("nan")), "T in row 2"),
    ],
)
def test_a_history_that_cannot_be_is_refused_by_field_and_row(row, said):
    with pytest.raises(BadInput, match=said):
        histories(*zip((1, 3, 9), row, strict=True))


def test_a_base_in_which_nobody_bought_again_is_refused():
    once = histories([0, 0], [0, 0], [5, 9])
    for model in (bg_nbd, pareto_nbd):
        with pytest.raises(BadInput, match="bought twice"):
            model.fit(once)


def test_parameters_at_or_below_nothing_are_refused_by_name():
    with pytest.raises(BadInput, match="alpha is 0"):
        BgNbd(1, 0, 1, 1)
    with pytest.raises(BadInput, match="q is -1"):
        GammaGamma(1, -1, 1)
    with pytest.raises(BadInput, match="t has to be"):
        bg_nbd.expected_purchases(CDNOW, -1)


def test_net_negative_accounts_are_counted_and_keep_their_own_mean():
    drawn = np.random.default_rng(2)
    x = drawn.integers(1, 9, 300).astype(float)
    mean = drawn.gamma(6, 1, 300) * drawn.gamma(4, 5, 300)
    whole = gamma_gamma.fit(np.append(x, [3, 2]), np.append(mean, [-50.0, 0.0]))
    assert (whole.left_out, whole.accounts) == (2, 300)
    assert whole.parameters == gamma_gamma.fit(x, mean).parameters
    assert gamma_gamma.expected_spend(whole.parameters, [3, 2], [-50.0, 0.0]).tolist() == [-50.0, 0.0]


def test_spend_without_a_finite_expectation_is_named_and_refused_for_new_accounts():
    heavy = GammaGamma(3.0, 0.8, 10.0)
    assert heavy.mean_spend is None
    assert gamma_gamma.expected_spend(heavy, 2, 30.0) == pytest.approx(3 * (10 + 60) / (6 - 0.2))
    with pytest.raises(BadInput, match=r"q is 0\.8"):
        gamma_gamma.expected_spend(heavy, [2, 0], [30.0, 0.0])
    drawn = np.random.default_rng(5)
    wide = drawn.gamma(3, 1, 500) / drawn.gamma(0.5, 1, 500)
    assert "no_mean" in gamma_gamma.fit(np.ones(500), wide).weaknesses


def test_spend_that_is_the_same_for_all_has_nothing_to_fit():
    with pytest.raises(BadInput, match="mean spend that differs"):
        gamma_gamma.fit([1, 2], [7.0, 7.0])
    assert gamma_gamma.spend_frequency_correlation([1, 2], [7.0, 7.0]) is None


def test_the_correlation_of_spend_and_frequency_is_numpys_in_logarithms():
    x, mean = np.array([1.0, 2, 4, 9]), np.array([10.0, 15, 11, 40])
    assert gamma_gamma.spend_frequency_correlation(x, mean) == pytest.approx(np.corrcoef(np.log(x), np.log(mean))[0, 1])


@given(some.floats(0.01, 5000), some.floats(0.01, 5000))
@settings(deadline=None, max_examples=60)
def test_the_beta_average_has_the_betas_moments(a, b):
    nodes = BetaNodes([a], [b])
    share = np.exp(nodes.log_share)
    assert nodes.average(share)[0] == pytest.approx(a / (a + b), rel=1e-9)
    assert nodes.average(share**2)[0] == pytest.approx(a * (a + 1) / ((a + b) * (a + b + 1)), rel=1e-9)
    assert nodes.average(nodes.log_rest)[0] == pytest.approx(special.digamma(b) - special.digamma(a + b), rel=1e-7)


@pytest.mark.real_ledger
def test_lifetimes_finds_the_same_summits(cdnow):
    """Cross-check against the archived library, where someone has installed it."""
    lifetimes = pytest.importorskip("lifetimes")
    observed = cdnow.histories
    theirs = lifetimes.BetaGeoFitter().fit(observed.x, observed.t_x, observed.T).params_
    ours = bg_nbd.fit(observed).parameters
    assert (ours.r, ours.alpha, ours.a, ours.b) == pytest.approx(tuple(theirs[["r", "alpha", "a", "b"]]), rel=1e-3)
    repeats = cdnow.x > 0
    spend = lifetimes.GammaGammaFitter().fit(cdnow.x[repeats], cdnow.mean[repeats]).params_
    found = gamma_gamma.fit(cdnow.x, cdnow.mean).parameters
    assert (found.p, found.q, found.gamma) == pytest.approx(tuple(spend[["p", "q", "v"]]), rel=1e-3)

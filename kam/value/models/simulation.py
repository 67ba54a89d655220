"""The range of an account's or a portfolio's value: seeded Monte Carlo over uncertain forecasts (METHOD 3.2, 3.5).

An account's draws come from the seed, its id and the input alone. So they are the same whoever else is in the
portfolio, and a what-if that changes one input leaves the draws of the others as they were.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from kam.errors import BadInput
from kam.value.models import bounds
from kam.value.models.estimates import Estimate, Scores, fixed
from kam.value.models.forecast import ForecastYear, Timing, cash_flow, discount_factors, forecast_value
from kam.words import _

INPUTS = ("revenue", "margin_rate", "cost_to_serve", "capital", "retention", "initiatives")
LEAST_DRAWS = 10_000

_LOSS, _SHOCK = "loss", "shock"


@dataclass(frozen=True)
class UncertainYear:
    """A forecast year whose inputs are estimates; units as in `ForecastYear`. A plain number is a certain input."""

    revenue: Estimate | float
    margin_rate: Estimate | float
    cost_to_serve: Estimate | float = 0.0
    capital: Estimate | float = 0.0
    retention: Estimate | float = 1.0
    initiatives: Estimate | float = 0.0


@dataclass(frozen=True)
class AccountForecast:
    """An account's uncertain forecast.

    correlations: Gaussian-copula correlation of two inputs of this account, −1..1, e.g. {("revenue", "cost_to_serve"):
    0.6}; pairs left out are independent. year_correlation: how far one year's surprise in an input is the next year's
    too, 0..1; at 1 an input is high in all years or low in all. shock: name of the shock it shares with others (its
    sector); loadings: correlation of an input with that shock, −1..1. Two accounts of one shock then have inputs
    correlated by the product of their loadings; `correlations` rule what the shock leaves.
    """

    account_id: str
    years: Sequence[UncertainYear]
    correlations: Mapping[tuple[str, str], float] = field(default_factory=dict)
    year_correlation: float = 1.0
    shock: str | None = None
    loadings: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class ValueRange:
    """What the draws say, money. P10 is the low case: one draw in ten is below it. Percentiles by linear interpolation."""

    mean: float
    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Simulated:
    """accounts: range by account id. total: range of the sum, which is not the sum of the ranges.

    draws: draws × accounts, money, in the order of `accounts`.
    """

    accounts: dict[str, ValueRange]
    total: ValueRange
    draws: NDArray[np.float64]
    seed: int


@dataclass(frozen=True)
class Swing:
    """One bar of the tornado: the account's value with this input at its P10 and P90 and the others at P50, money."""

    input: str
    input_low: float
    input_high: float
    value_low: float
    value_high: float

    @property
    def swing(self) -> float:
        """value_high − value_low: negative where more of the input is worth less."""
        return self.value_high - self.value_low


def simulate(
    forecasts: Sequence[AccountForecast],
    discount: float,
    *,
    seed: int,
    draws: int = LEAST_DRAWS,
    timing: Timing = "end",
    include_loss: bool = False,
) -> Simulated:
    """Values of all accounts and of their sum, drawn together so that shared shocks meet.

    discount: WACC per year, above −1. seed: recorded with the result; the same seed gives the same figures. draws: at
    least 10,000. include_loss False: retention enters as an expectation, as in `forecast_value`; with certain inputs
    every draw is then that closed form. True: each draw loses the account in one year or keeps it, which widens the
    range and leaves the expectation. Raises BadInput naming account and field.
    """
    i = bounds.rate(discount, "discount")
    count = bounds.whole(draws, "draws", LEAST_DRAWS)
    repeated = len({forecast.account_id for forecast in forecasts}) < len(forecasts)
    if repeated:
        raise BadInput(
            _("An account is in the portfolio twice; each counts once."), reason="duplicate", field="account_id"
        )
    values = np.empty((count, len(forecasts)), order="F")
    for column, forecast in enumerate(forecasts):
        values[:, column] = _drawn_values(forecast, i, seed, count, timing, include_loss)
    return Simulated(
        {forecast.account_id: value_range(values[:, column]) for column, forecast in enumerate(forecasts)},
        value_range(values.sum(axis=1)),
        values,
        seed,
    )


def value_range(draws: NDArray[np.float64]) -> ValueRange:
    """Mean and type-7 percentiles of draws."""
    p10, p50, p90 = np.percentile(draws, (10, 50, 90))
    # Measured from one draw, so that equal draws have exactly their own mean.
    mean = draws[0] + (draws - draws[0]).mean()
    return ValueRange(float(mean), float(p10), float(p50), float(p90))


def closed_form(forecast: AccountForecast, discount: float, *, timing: Timing = "end") -> float:
    """The risk-adjusted value with every input at its median."""
    return forecast_value(_forecast_at(forecast, {}), discount, timing=timing)


def tornado(forecast: AccountForecast, discount: float, *, timing: Timing = "end") -> list[Swing]:
    """The swing of each uncertain input from P10 to P90 in all years, others at P50; largest swing first.

    input_low and input_high are the means over the years.
    """
    _check(forecast)
    swings = []
    for name in INPUTS:
        estimates = [_estimate(year, name) for year in forecast.years]
        if all(estimate.is_certain for estimate in estimates):
            continue
        low, high = (
            (
                float(np.mean([estimate.quantile(probability) for estimate in estimates])),
                forecast_value(_forecast_at(forecast, {name: probability}), discount, timing=timing),
            )
            for probability in (0.1, 0.9)
        )
        swings.append(Swing(name, low[0], high[0], low[1], high[1]))
    return sorted(swings, key=lambda one: -abs(one.swing))


def _forecast_at(forecast: AccountForecast, probabilities: Mapping[str, float]) -> list[ForecastYear]:
    return [
        ForecastYear(**{name: _estimate(year, name).quantile(probabilities.get(name, 0.5)) for name in INPUTS})
        for year in forecast.years
    ]


def _drawn_values(
    forecast: AccountForecast, discount: float, seed: int, draws: int, timing: Timing, include_loss: bool
) -> NDArray[np.float64]:
    _check(forecast)
    scores = _scores(forecast, seed, draws)
    value = np.zeros(draws)
    kept = np.ones(draws)
    factors = discount_factors(len(forecast.years), discount, timing)
    luck = _generator(seed, forecast.account_id, _LOSS).random((len(factors), draws)) if include_loss else None
    for t, (year, factor) in enumerate(zip(forecast.years, factors, strict=True)):
        drawn = ForecastYear(**{name: _drawn(_estimate(year, name), scores.get(name), t) for name in INPUTS})
        kept = kept * drawn.retention if luck is None else kept * (luck[t] < drawn.retention)
        value = value + kept * cash_flow(drawn, discount) * factor
    return value


def _drawn(estimate: Estimate, scores: list[Scores] | None, t: int) -> NDArray[np.float64] | float:
    if scores is None or estimate.is_certain:
        return estimate.mode
    return estimate.at(scores[t])


def _scores(forecast: AccountForecast, seed: int, draws: int) -> dict[str, list[Scores]]:
    """Standard-normal scores of each uncertain input, one per draw: by year, the same in all where surprises last."""
    names = [n for n in INPUTS if any(not _estimate(year, n).is_certain for year in forecast.years)]
    if not names:
        return {}
    years = len(forecast.years)
    same = bounds.share(forecast.year_correlation, "year correlation")
    mix = _mixing(forecast, names)
    own = np.empty((len(names), years if same < 1 else 1, draws))
    for row, name in enumerate(names):
        generator = _generator(seed, forecast.account_id, name)
        lasting = generator.standard_normal(draws)
        if same < 1:
            own[row] = np.sqrt(same) * lasting + np.sqrt(1 - same) * generator.standard_normal((years, draws))
        else:
            own[row, 0] = lasting
    mixed = np.einsum("ij,jtd->itd", mix, own)
    shock = _generator(seed, forecast.shock, _SHOCK).standard_normal(draws) if forecast.shock else None
    scores = {}
    for row, name in enumerate(names):
        loading = forecast.loadings.get(name, 0.0)
        if shock is not None and loading:
            mixed[row] = loading * shock + np.sqrt(1 - loading**2) * mixed[row]
        scores[name] = [Scores(mixed[row, t]) for t in range(years)] if same < 1 else [Scores(mixed[row, 0])] * years
    return scores


def _mixing(forecast: AccountForecast, names: list[str]) -> NDArray[np.float64]:
    """A lower-triangular root of the correlation matrix, so that the first input keeps its own draws."""
    matrix = np.eye(len(names))
    for (one, other), correlation in forecast.correlations.items():
        if one in names and other in names:
            matrix[names.index(one), names.index(other)] = correlation
            matrix[names.index(other), names.index(one)] = correlation
    if np.linalg.eigvalsh(matrix)[0] < -1e-9:
        raise BadInput(
            _("The correlations of account {account} contradict each other; weaken one of them.").format(
                account=forecast.account_id
            ),
            reason="correlations",
            field="correlations",
        )
    # A perfect correlation has no strict root; this much slack leaves it perfect to nine digits.
    return np.linalg.cholesky(matrix + 1e-10 * np.eye(len(names))) / np.sqrt(1 + 1e-10)


def _check(forecast: AccountForecast) -> None:
    if not forecast.years:
        raise BadInput(
            _("Account {account} has no forecast year; give at least one.").format(account=forecast.account_id),
            reason="no_years",
            field="years",
        )
    for number, year in enumerate(forecast.years, 1):
        for name in INPUTS:
            estimate = _estimate(year, name)
            for end in (estimate.low, estimate.mode, estimate.high):
                label = _("{input} of account {account} in year {year}").format(
                    input=name.replace("_", " "), account=forecast.account_id, year=number
                )
                if name == "retention":
                    bounds.share(end, label)
                else:
                    bounds.number(end, label)
    for pair, correlation in forecast.correlations.items():
        bounds.within(correlation, _("correlation {pair}").format(pair=" × ".join(pair)), -1, 1)
        _known(pair)
    for name, loading in forecast.loadings.items():
        bounds.within(loading, _("loading of {input}").format(input=name), -1, 1)
        _known((name,))


def _known(names: Sequence[str]) -> None:
    for name in names:
        if name not in INPUTS:
            raise BadInput(
                _("{name} is no input of the forecast; use one of {inputs}.").format(
                    name=name, inputs=", ".join(INPUTS)
                ),
                reason="unknown_input",
                field=name,
            )


def _estimate(year: UncertainYear, name: str) -> Estimate:
    value = getattr(year, name)
    return value if isinstance(value, Estimate) else fixed(value, name.replace("_", " "))


def _generator(seed: int, subject: str, stream: str) -> np.random.Generator:
    digest = hashlib.sha256(f"{stream}\0{subject}".encode()).digest()
    return np.random.default_rng([bounds.whole(seed, "seed"), int.from_bytes(digest[:8], "little")])


def normal_scores(seed: int, subject: str, draws: int) -> NDArray[np.float64]:
    """Standard-normal scores of a subject, the same for the same seed and name: one per draw."""
    return _generator(seed, subject, "scores").standard_normal(draws)

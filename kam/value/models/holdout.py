"""Which forecast deserves belief on this ledger: rolling-origin holdouts of model, run-rate and run-rate × season.

At each origin every method sees the ledger up to that day only and forecasts each account's net revenue over the
horizon, which is then compared with what came. The dearer method is chosen only where it is clearly better.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from kam.errors import BadInput
from kam.value.models import base_forecast, bg_nbd, bounds, gamma_gamma
from kam.value.models.base_forecast import ModelFit
from kam.value.models.histories import DAYS_PER_WEEK, Histories
from kam.value.models.purchase_days import KnownAccounts, PurchaseDays
from kam.words import _, several

Method = Literal["run_rate", "season", "model"]
Group = Literal["base", "top"]

METHODS: dict[Method, str] = {
    "run_rate": _("run-rate"),
    "season": _("run-rate × season"),
    "model": _("purchase model"),
}
TOP = 25
ORIGINS = 4
# How much closer a dearer method has to be before it is chosen.
CLEARLY = 0.05
_RANGE_SAMPLE = 400
_GROUPS: tuple[Group, ...] = ("base", "top")


@dataclass(frozen=True)
class Score:
    """How one method did for one group at one origin.

    forecast, actual: money of the group. missed: Σ |forecast − actual| over its accounts, money.
    """

    origin: np.datetime64
    group: Group
    method: Method
    accounts: int
    forecast: float
    actual: float
    missed: float

    @property
    def bias(self) -> float | None:
        """forecast/actual − 1 of the whole group; None where nothing above 0 came."""
        return self.forecast / self.actual - 1 if self.actual > 0 else None


@dataclass(frozen=True)
class Coverage:
    """How the model's P10–P90 range did for a group, all origins together.

    measured: share of accounts inside (0.8 was promised). factor: by which to lengthen the range's arms, None unknown.
    """

    group: Group
    accounts: int
    measured: float | None
    factor: float | None


@dataclass(frozen=True)
class Tried:
    """A sample of a group at one origin, from which the model's ranges can be told: what was known, forecast, and came.

    days: the horizon. mean_spend, point, actual: money, in the order of the histories.
    """

    group: Group
    fit: ModelFit
    histories: Histories
    mean_spend: NDArray[np.float64]
    point: NDArray[np.float64]
    actual: NDArray[np.float64]
    days: int

    def ranges(self) -> NDArray[np.float64]:
        """Columns actual, point, P10, P90, money."""
        from kam.value.models.spend_range import spend_range

        observed = self.histories
        ends = spend_range(
            self.fit.purchases.parameters,
            self.fit.spend.parameters,
            observed.x,
            observed.t_x,
            observed.T,
            self.mean_spend,
            self.days / DAYS_PER_WEEK,
            (0.1, 0.9),
        )
        return np.column_stack((self.actual, self.point, ends))


@dataclass(frozen=True)
class Holdout:
    """error: group -> method -> Σ missed over Σ |actual of the group|, all origins (None: no forecast, nothing came).

    chosen: the method to show for each group. weaknesses: what disqualified the model at any origin. tried: what the
    coverage is computed of.
    """

    days: int
    origins: tuple[np.datetime64, ...]
    scores: tuple[Score, ...]
    error: dict[Group, dict[Method, float | None]]
    chosen: dict[Group, Method]
    weaknesses: tuple[str, ...]
    tried: tuple[Tried, ...] = field(default=(), repr=False)

    @cached_property
    def coverage(self) -> tuple[Coverage, ...]:
        """How the model's ranges did for each group; computed when asked: no method is chosen by it."""
        return tuple(_coverage(group, [one for one in self.tried if one.group == group]) for group in _GROUPS)

    def covered(self, group: Group) -> Coverage:
        """How the model's ranges did for this group."""
        return next(one for one in self.coverage if one.group == group)

    @property
    def verdict(self) -> list[str]:
        """One sentence per group, and one on the model where it was not eligible."""
        sentences = []
        for group, name in (("base", _("For the whole base")), ("top", _("For the largest accounts"))):
            errors = self.error[group]
            listed = ", ".join(
                _("{method} {error:.0%}").format(method=METHODS[method], error=error)
                for method, error in errors.items()
                if error is not None
            )
            sentences.append(
                _(
                    "{group} the {method} is used. Share of revenue missed, account by account, "
                    "over {tries} of {days} days: {listed}."
                ).format(
                    group=name,
                    method=METHODS[self.chosen[group]],
                    tries=several("{count} holdout", "{count} holdouts", len(self.origins)),
                    days=self.days,
                    listed=listed or _("nothing to compare"),
                )
            )
        if self.weaknesses:
            reasons = " ".join(
                gamma_gamma.WEAKNESSES.get(code.removeprefix("spend_"), "")
                if code.startswith("spend_")
                else bg_nbd.WEAKNESSES.get(code, _("No fit exists."))
                for code in self.weaknesses
            )
            sentences.append(_("The purchase model is not eligible: {reasons}").format(reasons=reasons))
        return sentences


def rolling_origins(ledger: PurchaseDays, days: int, most: int = ORIGINS) -> list[np.datetime64]:
    """Origins one horizon apart, the last a horizon before the ledger's end, each with a horizon of history behind it."""
    span = bounds.whole(days, "days", 1)
    latest = ledger.last_day - span
    origins = [latest - k * span for k in range(bounds.whole(most, "origins", 1))]
    return sorted(origin for origin in origins if origin - span >= ledger.first_day - 1)


def compare(
    ledger: PurchaseDays,
    days: int,
    *,
    origins: Sequence[np.datetime64] | None = None,
    left_out: Sequence[int] = (),
    top: int = TOP,
    tell: Callable[[int, int], None] | None = None,
) -> Holdout:
    """Score the methods at every origin and choose one for the whole base and one for the largest accounts.

    days: horizon, and the run-rate's window. origins: default `rolling_origins`. left_out: positions of the accounts
    the model is not fitted on (key accounts); they are scored like all others. top: how many accounts, by net revenue
    in the window before the origin, are the largest. tell: called with (origins done, all) before each. Raises BadInput
    where the ledger is shorter than two horizons.
    """
    span = bounds.whole(days, "days", 1)
    chosen_origins = rolling_origins(ledger, span) if origins is None else sorted(origins)
    if not chosen_origins:
        raise BadInput(
            _(
                "A holdout of {days} days needs {need} days of ledger; this one has {have}. Import an older part of it."
            ).format(days=span, need=2 * span, have=int((ledger.last_day - ledger.first_day).astype(int)) + 1),
            reason="short_ledger",
            field="days",
        )
    scores: list[Score] = []
    tried: list[Tried] = []
    weaknesses: list[str] = []
    for done, origin in enumerate(chosen_origins):
        if tell is not None:
            tell(done, len(chosen_origins))
        known = ledger.known_on(origin)
        fit = base_forecast.fit_model(known, left_out)
        weaknesses += ("no_fit",) if fit is None else fit.weaknesses
        actual = ledger.net_between(origin, origin + span)
        forecasts = _forecasts(ledger, origin, span, known, fit)
        largest = known.position[np.argsort(-forecasts["run_rate"][known.position], kind="stable")[:top]]
        groups: dict[Group, NDArray[np.intp]] = {"base": known.position, "top": largest}
        for group, members in groups.items():
            scores += [
                _score(origin, group, method, forecast[members], actual[members])
                for method, forecast in forecasts.items()
            ]
            if "model" in forecasts:
                tried.append(_tried(group, fit, known, members, forecasts["model"], actual, span))
    error = {group: _errors([score for score in scores if score.group == group]) for group in _GROUPS}
    return Holdout(
        span,
        tuple(chosen_origins),
        tuple(scores),
        error,
        {group: _choose(errors, not weaknesses) for group, errors in error.items()},
        tuple(dict.fromkeys(weaknesses)),
        tuple(tried),
    )


def _forecasts(
    ledger: PurchaseDays, origin: np.datetime64, days: int, known: KnownAccounts, fit: ModelFit | None
) -> dict[Method, NDArray[np.float64]]:
    forecasts: dict[Method, NDArray[np.float64]] = {"run_rate": base_forecast.by_run_rate(ledger, origin, days)}
    seasonal = base_forecast.by_season(ledger, origin, days)
    if seasonal is not None:
        forecasts["season"] = seasonal
    if fit is not None and fit.spend.parameters.mean_spend is not None:
        forecasts["model"] = base_forecast.by_model(fit, known, ledger, days)
    return forecasts


def _score(
    origin: np.datetime64, group: Group, method: Method, forecast: NDArray[np.float64], actual: NDArray[np.float64]
) -> Score:
    return Score(
        origin,
        group,
        method,
        len(actual),
        float(forecast.sum()),
        float(actual.sum()),
        float(np.abs(forecast - actual).sum()),
    )


def _errors(scores: Sequence[Score]) -> dict[Method, float | None]:
    """Σ missed/Σ |actual of the group| of each method; a method without a forecast at some origin has no comparable error."""
    origins = {score.origin for score in scores}
    errors: dict[Method, float | None] = {}
    for method in METHODS:
        own = [score for score in scores if score.method == method]
        came = sum(abs(score.actual) for score in own)
        errors[method] = sum(score.missed for score in own) / came if len(own) == len(origins) and came > 0 else None
    return errors


def _choose(errors: dict[Method, float | None], is_model_sound: bool) -> Method:
    chosen: Method = "run_rate"
    best = errors["run_rate"]
    for method in ("season", "model"):
        error = errors[method]
        if error is None or (method == "model" and not is_model_sound):
            continue
        if best is None or error < (1 - CLEARLY) * best:
            chosen, best = method, error
    return chosen


def _tried(
    group: Group,
    fit: ModelFit,
    known: KnownAccounts,
    members: NDArray[np.intp],
    forecast: NDArray[np.float64],
    actual: NDArray[np.float64],
    days: int,
) -> Tried:
    """The members, every n-th of a large group."""
    sampled = members[:: -(-len(members) // _RANGE_SAMPLE)] if len(members) else members
    rows = np.flatnonzero(np.isin(known.position, sampled))
    at = known.position[rows]
    return Tried(group, fit, known.histories.take(rows), known.mean_spend[rows], forecast[at], actual[at], days)


def _coverage(group: Group, tried: Sequence[Tried]) -> Coverage:
    from kam.value.models.spend_range import measured_coverage, widening

    if not tried:
        return Coverage(group, 0, None, None)
    actual, point, low, high = np.concatenate([one.ranges() for one in tried]).T
    return Coverage(group, len(actual), measured_coverage(actual, low, high), widening(actual, point, low, high))

"""One account's forecast, year by year: run-rate, contracts, weighted pipeline, initiatives, capital, chances to keep it.

Beside it the same years by statistics alone, so that a bridge can lead from the one to the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kam.store import Condition, Store
from kam.value.initiatives import initiatives_of, profit_estimate
from kam.value.retention import YearlyRetention, years_later
from kam.words import _

if TYPE_CHECKING:
    from kam.value.models.forecast import ForecastYear
    from kam.value.models.simulation import UncertainYear

# As in value.commitments: a stage is closed whose words include won, lost or closed.
_CLOSED = re.compile(r"(^|[^a-z])(won|lost|closed)($|[^a-z])")


@dataclass(frozen=True)
class Given:
    """What all accounts of a forecast share. missed: share of revenue that the forecast in use missed in the holdout.

    base_retention: of the whole base. has_chances False: risk stands in the discount rate, so every chance is 1. method:
    the forecast in use for the largest accounts; statistics: account id -> its forecasts (BaseOutlook.accounts).
    """

    as_of: date
    years: int
    missed: float
    base_retention: float
    has_chances: bool
    method: str
    statistics: dict[str, dict[str, Any]]

    @property
    def ends(self) -> list[date]:
        """The last day of each year; the first begins after as_of."""
        return [years_later(self.as_of, t) for t in range(1, self.years + 1)]


@dataclass(frozen=True)
class Years:
    """statistical, plan: the same years by statistics and by plan. pipeline: weighted value of open opportunities over the
    horizon, money. contracted: yearly value of contracts that run on as_of, money. notes: what was left out.
    """

    statistical: list[UncertainYear]
    plan: list[UncertainYear]
    pipeline: float
    contracted: float
    initiatives: list[dict[str, Any]]
    notes: list[str]


def ends_of(as_of: date, years: int) -> list[date]:
    """The last day of each of the coming years."""
    return [years_later(as_of, t) for t in range(1, years + 1)]


def forecast_years(store: Store, given: Given, row: dict[str, Any], chances: YearlyRetention) -> Years:
    """The years of one account. row: its measures, with revenue above 0 and margin and cost to serve known.

    Revenue is a triangle whose arm is three times the share that the holdout missed, because a triangle's mean deviation is
    a third of its arm. A contract that covers a year holds up its low case; an open deal adds its weighted value, and as
    much spread as it may still turn out either way, so that the mean stays the expectation.
    """
    from kam.value.models import estimates, simulation

    among = [Condition("account_id", "=", row["account_id"])]
    earlier = {"as_of": years_later(given.as_of, -1), "level": "account"}
    before = next(iter(store.page("value.account_contribution", earlier, where=among)), {})
    revenue = float(row["revenue_12m"])
    arm = min(1.0, 3 * given.missed) * revenue
    margin = _between(row["margin_rate_12m"], before.get("margin_rate_12m"), "margin rate")
    serving = _between(row["cost_to_serve_12m"], before.get("cost_to_serve_12m"), "cost to serve")
    terms = store.one("ledgers.accounts", where=among)["payment_terms_days"]
    notes = [] if terms is not None else [_("Payment terms are unknown: the capital charge is left out.")]
    deals, told = _deals(store, given.as_of, among)
    contracts = store.read("ledgers.contracts", where=[*among, Condition("start_date", "<=", given.as_of)]).records()
    planned = initiatives_of(store, given.as_of, row["account_id"])
    statistical, plan, pipeline, begun = [], [], 0.0, given.as_of
    for t, end in enumerate(given.ends):
        due = [deal for deal in deals if begun < deal["expected_close"] <= end]
        weighted = sum(float(deal["amount"]) * deal["probability"] for deal in due)
        spread = sum(float(deal["amount"]) * min(deal["probability"], 1 - deal["probability"]) for deal in due)
        floor = sum(float(one["annual_value"] or 0) for one in contracts if one["end_date"] and one["end_date"] >= end)
        expected = revenue + weighted
        low = min(expected, max(revenue - arm, floor) + weighted - spread)
        pipeline += weighted
        by_statistics, stays = _statistical(given, row["account_id"], revenue, t)
        statistical.append(
            simulation.UncertainYear(
                estimates.triangular(*sorted((by_statistics * (1 - arm / revenue), by_statistics, by_statistics * (1 + arm / revenue))), "revenue"),
                margin, serving, 0.0, stays if given.has_chances else 1.0,
            )
        )  # fmt: skip
        plan.append(
            simulation.UncertainYear(
                estimates.triangular(low, expected, revenue + arm + weighted + spread, "revenue"),
                margin,
                serving,
                expected * terms / 365 if terms is not None else 0.0,
                chances.by_year[t] if given.has_chances else 1.0,
                profit_estimate(planned, begun, end),
            )
        )
        begun = end
    contracted = sum(
        float(one["annual_value"] or 0)
        for one in contracts
        if one["end_date"] is None or one["end_date"] >= given.as_of
    )
    return Years(statistical, plan, pipeline, contracted, planned, notes + told)


def median_year(year: UncertainYear) -> ForecastYear:
    """The year with every input at its median."""
    from kam.value.models.forecast import ForecastYear
    from kam.value.models.simulation import INPUTS

    held = {name: getattr(year, name) for name in INPUTS}
    return ForecastYear(**{n: v.quantile(0.5) if hasattr(v, "quantile") else v for n, v in held.items()})


def _statistical(given: Given, account_id: str, revenue: float, year: int) -> tuple[float, float]:
    """(revenue of the year by the method in use, chance to keep the account that goes with it).

    The purchase model's expectation holds the chance of leaving already.
    """
    held = given.statistics.get(account_id, {})
    if given.method == "model" and held.get("model_by_year"):
        return held["model_by_year"][year], 1.0
    if given.method == "season" and held.get("season") is not None:
        return held["season"], given.base_retention
    return revenue, given.base_retention


def _deals(store: Store, as_of: date, among: Sequence[Condition]) -> tuple[list[dict[str, Any]], list[str]]:
    """(open deals that can be weighted, what was left out)."""
    deals = [
        deal
        for deal in store.read("ledgers.opportunities", where=among)
        if not _CLOSED.search(deal["stage"].lower()) and deal["expected_close"] and deal["expected_close"] > as_of
    ]
    usable = [deal for deal in deals if deal["amount"] is not None and deal["probability"] is not None]
    if len(usable) == len(deals):
        return usable, []
    told = _("{count} open opportunities without amount or probability are left out.")
    return usable, [told.format(count=len(deals) - len(usable))]


def _between(now: Any, before: Any, field: str):
    """A triangle from the lower to the higher of the last two years, this year's reading the likeliest."""
    from kam.value.models import estimates

    readings = [float(value) for value in (now, before) if value is not None]
    return estimates.triangular(min(readings), float(now), max(readings), field)

"""An account's value from its own forecast, adjusted for the chance to lose it (Ryals & Knox 2005, 2007; METHOD 3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kam.value.models import bounds

Timing = Literal["start", "mid", "end"]

_YEARS_BEFORE_END = {"start": 1.0, "mid": 0.5, "end": 0.0}


@dataclass(frozen=True)
class ForecastYear:
    """One year of an account's forecast.

    revenue, cost_to_serve: money. margin_rate: product margin as a share of revenue, may be negative. capital: average
    money tied up (receivables + dedicated stock − advances), charged at the discount rate. retention: chance that the
    account, kept so far, is kept through this year, 0..1. initiatives: profit that initiatives add, money.
    """

    revenue: float
    margin_rate: float
    cost_to_serve: float = 0.0
    capital: float = 0.0
    retention: float = 1.0
    initiatives: float = 0.0


def cash_flow(year: ForecastYear, discount: float) -> float:
    """Contribution after the capital charge: revenue · margin rate − cost to serve + initiatives − capital · discount."""
    return year.revenue * year.margin_rate - year.cost_to_serve + year.initiatives - year.capital * discount


def discount_factors(years: int, discount: float, timing: Timing = "end") -> list[float]:
    """(1 + i)^−t for years 1..n with flows at the end, in the middle (t − ½) or at the start (t − 1) of each year."""
    i = bounds.rate(discount, "discount")
    shift = _YEARS_BEFORE_END[timing]
    return [(1 + i) ** (shift - t) for t in range(1, bounds.whole(years, "years") + 1)]


def risk_adjusted_value(
    cash_flows: Sequence[float], retention: Sequence[float], discount: float, *, timing: Timing = "end"
) -> float:
    """EV = Σ_t [Π_{s≤t} p_s] · CF_t / (1 + i)^t, money (CLV-18).

    cash_flows: money per year, may be negative. retention p: chance to keep the account through each year, given that
    it was kept so far, 0..1; all ones give the value without risk. discount i: WACC, above −1: the risk of loss is in
    the chances, so the rate must not carry it again. Raises BadInput naming the field.
    """
    bounds.same_length("retention", retention, "cash flow", cash_flows)
    value, kept = 0.0, 1.0
    for flow, chance, factor in zip(
        cash_flows, retention, discount_factors(len(cash_flows), discount, timing), strict=True
    ):
        kept = kept * bounds.share(chance, "retention")
        value = value + kept * bounds.number(flow, "cash flow") * factor
    return value


def forecast_value(years: Sequence[ForecastYear], discount: float, *, timing: Timing = "end") -> float:
    """The risk-adjusted value of an account forecast, money at the start of its first year."""
    i = bounds.rate(discount, "discount")
    for year in years:
        for field in ("revenue", "margin_rate", "cost_to_serve", "capital", "initiatives"):
            bounds.number(getattr(year, field), field.replace("_", " "))
    return risk_adjusted_value(
        [cash_flow(year, i) for year in years], [year.retention for year in years], i, timing=timing
    )

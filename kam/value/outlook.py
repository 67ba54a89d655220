"""What key accounts will be worth: their own forecast as a range, beside everyone else by statistics (METHOD 3.2, 3.5).

Run-rate, contracts and the weighted pipeline make the forecast; the holdout on the user's own ledger says how wide it
is. Retention stands in the chances and nowhere else; the discount rate is the cost of capital.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kam import parameters
from kam.access import Person
from kam.errors import BadInput
from kam.store import Condition, Store
from kam.value.forecast_check import forecast_check
from kam.words import _

if TYPE_CHECKING:
    from kam.value.models.customer_equity import Bridge, CustomerEquity
    from kam.value.models.holdout import Holdout
    from kam.value.models.sensitivity import Case
    from kam.value.models.simulation import Swing, ValueRange

YEARS = 3
LONGEST = 5
SEED = 2012
CLOSED_STAGES = ("won", "lost", "closed won", "closed lost")


@dataclass(frozen=True)
class Outlook:
    """One key account, reporting currency. range: P10 (low case), P50, P90 and mean of its value; None unknown.

    tornado: what moves it, largest first. bridge: from run-rate alone to the forecast with contracts, pipeline and
    capital. sensitivity: value by discount rate, horizon and shift of retention. pipeline: weighted value of open
    opportunities over the horizon. missing: why the value is unknown; notes: what was left out of it.
    """

    account_id: str
    name: str
    revenue_rank: int | None
    range: ValueRange | None
    tornado: list[Swing]
    bridge: Bridge | None
    sensitivity: list[Case]
    pipeline: float
    missing: list[str]
    notes: list[str]


@dataclass(frozen=True)
class Outlooks:
    """All key accounts and the base beside them. total: range of the key accounts' sum, which is no sum of ranges.

    equity: key accounts by plan and everyone else by statistics, each counted once. check: the holdout, None where
    the ledger is too short; check_missing says so.
    """

    as_of: date
    years: int
    discount: float | None
    retention: float | None
    seed: int
    accounts: list[Outlook]
    total: ValueRange | None
    equity: CustomerEquity | None
    check: Holdout | None
    check_missing: str


def outlooks(
    store: Store, as_of: date, key_accounts: Sequence[str], *, years: int = YEARS, for_whom: Person
) -> Outlooks:
    """Values over `years` (1 to 5) with flows at the end of each year.

    Raises BadInput for another number of years. An account without revenue, margin or cost to serve is unknown.
    """
    from kam.value.models import customer_equity, simulation

    if not 1 <= years <= LONGEST:
        raise BadInput(
            _("The horizon is {years} years; choose 1 to {longest}.").format(years=years, longest=LONGEST),
            reason="out_of_range",
            field="years",
        )
    rate = parameters.value_at(store, "value.annual_discount_rate", as_of).value
    retention = parameters.value_at(store, "value.annual_retention_rate", as_of).value
    try:
        check, short = forecast_check(store, as_of, key_accounts=key_accounts, for_whom=for_whom), ""
    except BadInput as refusal:
        check, short = None, refusal.message
    missed = None if check is None else check.error["top"][check.chosen["top"]]
    rows = {
        row["account_id"]: row for row in store.page("value.account_measures", {"as_of": as_of, "level": "account"})
    }
    built = [
        _built(store, as_of, rows[one], missed, short, rate, retention, years) for one in key_accounts if one in rows
    ]
    known = [(outlook, forecast) for outlook, forecast in built if forecast is not None]
    drawn = simulation.simulate([forecast for _o, forecast in known], rate, seed=SEED) if known else None
    accounts = [
        outlook if forecast is None else _ranged(outlook, drawn.accounts[outlook.account_id])
        for outlook, forecast in built
    ]
    equity = None
    if rate is not None and retention is not None:
        multiple = sum((retention / (1 + rate)) ** t for t in range(1, years + 1))
        equity = customer_equity.customer_equity(
            {one.account_id: None if one.range is None else one.range.mean for one in accounts},
            {
                one: None if row["contribution_12m"] is None else float(row["contribution_12m"]) * multiple
                for one, row in rows.items()
                if row["revenue_12m"] is not None
            },
        )
    return Outlooks(as_of, years, rate, retention, SEED, accounts, drawn.total if drawn else None, equity, check, short)


def _ranged(outlook: Outlook, found: ValueRange) -> Outlook:
    return Outlook(**{**vars(outlook), "range": found})


def _built(store, as_of, row, missed, short, rate, retention, years):
    """(outlook without its range, forecast); the forecast is None where something it needs is unknown."""
    from kam.value.models import customer_equity, sensitivity, simulation

    missing = [
        sentence
        for is_missing, sentence in (
            (row["revenue_12m"] is None or row["revenue_12m"] <= 0, _("No revenue above 0 in the 12 months.")),
            (row["contribution_12m"] is None, _("Margin or cost to serve is unknown.")),
            (rate is None or retention is None, _("The discount rate or the retention rate is not decided.")),
            (missed is None, short or _("The holdout gives no error to make a range of.")),
        )
        if is_missing
    ]
    account_id, name, rank = row["account_id"], row["name"], row["revenue_rank"]
    if missing:
        return Outlook(account_id, name, rank, None, [], None, [], 0.0, missing, []), None
    plain, full, pipeline, notes = _years(store, as_of, row, missed, retention, years)
    forecast = simulation.AccountForecast(account_id, full)
    medians = [[_median_year(year) for year in one] for one in (plain, full)]
    band = simulation.simulate([simulation.AccountForecast(account_id, plain)], rate, seed=SEED).total
    bridge = customer_equity.bridge(*medians, rate, band=(band.p10, band.p90))
    return Outlook(
        account_id,
        name,
        rank,
        None,
        simulation.tornado(forecast, rate),
        bridge,
        sensitivity.grid(medians[1], discounts=sorted({*sensitivity.DISCOUNTS, rate})),
        pipeline,
        [],
        notes,
    ), forecast


def _years(store, as_of, row, missed, retention, years):
    """(years by run-rate alone, years with contracts, pipeline and capital, weighted pipeline, notes)."""
    from kam.value.models import estimates, simulation

    among = [Condition("account_id", "=", row["account_id"])]
    before = next(
        iter(store.page("value.account_measures", {"as_of": _year_after(as_of, -1), "level": "account"}, where=among)),
        {},
    )
    revenue = float(row["revenue_12m"])
    # A triangle's mean deviation is a third of its arm, so the arm is three times the share that was missed.
    arm = min(1.0, 3 * missed) * revenue
    margin = _between(row["margin_rate_12m"], before.get("margin_rate_12m"), "margin rate")
    serving = _between(row["cost_to_serve_12m"], before.get("cost_to_serve_12m"), "cost to serve")
    terms = store.one("ledgers.accounts", where=among)["payment_terms_days"]
    notes = [] if terms is not None else [_("Payment terms are unknown: the capital charge is left out.")]
    deals = [
        deal
        for deal in store.read("ledgers.opportunities", where=among)
        if deal["stage"].casefold() not in CLOSED_STAGES and deal["expected_close"] and deal["expected_close"] > as_of
    ]
    uncounted = [deal for deal in deals if deal["amount"] is None or deal["probability"] is None]
    if uncounted:
        notes.append(
            _("{count} open opportunities without amount or probability are left out.").format(count=len(uncounted))
        )
    contracts = store.read("ledgers.contracts", where=[*among, Condition("start_date", "<=", as_of)]).records()
    plain, full, pipeline = [], [], 0.0
    for t in range(1, years + 1):
        start, end = _year_after(as_of, t - 1), _year_after(as_of, t)
        due = [deal for deal in deals if deal not in uncounted and start < deal["expected_close"] <= end]
        weighted = sum(float(deal["amount"]) * deal["probability"] for deal in due)
        won = sum(float(deal["amount"]) for deal in due)
        floor = sum(float(one["annual_value"] or 0) for one in contracts if one["end_date"] and one["end_date"] >= end)
        low = min(revenue, max(revenue - arm, floor))
        pipeline += weighted
        plain.append(
            simulation.UncertainYear(
                estimates.triangular(revenue - arm, revenue, revenue + arm, "revenue"), margin, serving, 0.0, retention
            )
        )
        full.append(
            simulation.UncertainYear(
                estimates.triangular(low, revenue + weighted, revenue + arm + won, "revenue"),
                margin,
                serving,
                (revenue + weighted) * terms / 365 if terms is not None else 0.0,
                retention,
            )
        )
    return plain, full, pipeline, notes


def _between(now, before, field):
    """A triangle from the lower to the higher of the last two years, this year's reading the likeliest."""
    from kam.value.models import estimates

    readings = [float(value) for value in (now, before) if value is not None]
    return estimates.triangular(min(readings), float(now), max(readings), field)


def _median_year(year):
    from kam.value.models.forecast import ForecastYear
    from kam.value.models.simulation import INPUTS

    held = {name: getattr(year, name) for name in INPUTS}
    return ForecastYear(**{n: v.quantile(0.5) if hasattr(v, "quantile") else v for n, v in held.items()})


def _year_after(day: date, years: int) -> date:
    """The same day `years` later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)

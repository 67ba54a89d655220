"""What key accounts will be worth: their own forecast as a range, beside everyone else by statistics (METHOD 3.2, 3.5).

Run-rate, contracts, weighted pipeline and initiatives make the forecast; the holdout on the user's own ledger says how
wide it is. Risk stands in one place: in the yearly chances, with the cost of capital as rate; or, where these are
switched off, in a premium on the rate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kam import parameters
from kam.access import Person
from kam.errors import BadInput, NotFound
from kam.store import Condition, Store
from kam.value.account_forecast import Given, Years, ends_of, forecast_years, median_year
from kam.value.base_outlook import BaseOutlook, base_outlook, method_used
from kam.value.forecast_check import forecast_check
from kam.value.kept import Kept
from kam.value.outlook_shapes import IN_CHANCES, Outlook, Outlooks, Risk
from kam.value.relational import relational_of
from kam.value.retention import YearlyRetention, yearly_retention
from kam.words import _

if TYPE_CHECKING:
    from kam.value.models.customer_equity import CustomerEquity
    from kam.value.models.holdout import Holdout
    from kam.value.models.simulation import ValueRange

YEARS = 3
LONGEST = 5
SEED = 2012
_SCHEMAS = ("ledgers", "value", "parameters")
_kept = Kept(most=12)
_kept_one = Kept(most=64)


def outlooks(
    store: Store,
    as_of: date,
    key_accounts: Sequence[str],
    *,
    years: int = YEARS,
    risk: Risk = IN_CHANCES,
    for_whom: Person,
    tell: Callable[[int, int], None] | None = None,
) -> Outlooks:
    """Values over `years` (1 to 5) with flows at the end of each year; kept until the data beneath them changes.

    tell: called with (tries done, all) while the holdout runs. Raises BadInput for another number of years or for risk in
    two places. An account without revenue, margin or cost to serve is unknown.
    """
    if not 1 <= years <= LONGEST:
        raise BadInput(
            _("The horizon is {years} years; choose 1 to {longest}.").format(years=years, longest=LONGEST),
            reason="out_of_range",
            field="years",
        )
    key = (as_of, tuple(key_accounts), years, risk.checked(), *(store.version(schema) for schema in _SCHEMAS))
    return _kept.get(store, key, lambda: _looked_ahead(store, as_of, list(key_accounts), years, risk, for_whom, tell))


def account_outlook(
    store: Store,
    as_of: date,
    account_id: str,
    key_accounts: Sequence[str],
    *,
    years: int = YEARS,
    for_whom: Person,
    tell: Callable[[int, int], None] | None = None,
) -> Outlook:
    """One account's, a key account or not, on the programme's holdout: as among those of `outlooks`, whose draws hang on
    nobody else's. Kept until the data beneath it changes. Raises NotFound for an unknown account.
    """
    state = (as_of, tuple(key_accounts), years, IN_CHANCES, *(store.version(schema) for schema in _SCHEMAS))
    if account_id in key_accounts and _kept.has(store, state):
        found = outlooks(store, as_of, key_accounts, years=years, for_whom=for_whom, tell=tell)
        return next(one for one in found.accounts if one.account_id == account_id)
    return _kept_one.get(
        store,
        (account_id, *state),
        lambda: _looked_ahead_for(store, as_of, account_id, key_accounts, years, for_whom, tell),
    )


def _looked_ahead_for(store, as_of, account_id, key_accounts, years, for_whom, tell) -> Outlook:
    rows = store.page(
        "value.account_measures", {"as_of": as_of, "level": "account"}, where=[Condition("account_id", "=", account_id)]
    ).records()
    if not rows:
        raise NotFound(
            _("There is no account {account}: choose one from the list.").format(account=account_id), field="account"
        )
    check, short = _check(store, as_of, key_accounts, for_whom, tell)
    maker = _Maker(store, as_of, key_accounts, years, IN_CHANCES, check, short, for_whom)
    return maker.drawn([maker.built(rows[0], maker.chances([account_id])[account_id])])[0][0]


def _check(store, as_of, key_accounts, for_whom, tell):
    try:
        return forecast_check(store, as_of, key_accounts=key_accounts, for_whom=for_whom, tell=tell), ""
    except BadInput as refusal:
        return None, refusal.message


class _Maker:
    """Builds forecasts on what all accounts share."""

    def __init__(self, store, as_of, key_accounts, years, risk, check, short, for_whom):
        rate = parameters.value_at(store, "value.annual_discount_rate", as_of).value
        self.store, self.as_of, self.years, self.risk, self.short, self.for_whom = (
            store, as_of, years, risk, short, for_whom,
        )  # fmt: skip
        self.discount = None if rate is None else rate + risk.premium
        self.retention = parameters.value_at(store, "value.annual_retention_rate", as_of).value
        self.key_accounts, self.check = key_accounts, check
        self.missed = None if check is None else check.error["top"][check.chosen["top"]]

    @cached_property
    def base(self) -> BaseOutlook | None:
        """The base by statistics; None without a holdout."""
        if self.check is None:
            return None
        return base_outlook(
            self.store, self.as_of, key_accounts=self.key_accounts, check=self.check, for_whom=self.for_whom
        )

    def chances(self, account_ids) -> dict[str, YearlyRetention]:
        return yearly_retention(
            self.store, self.as_of, account_ids, ends_of(self.as_of, self.years), for_whom=self.for_whom
        )

    def built(self, row: dict[str, Any], chances: YearlyRetention) -> Outlook:
        """The outlook without its range; its forecast is None where something it needs is unknown."""
        from kam.value.models import customer_equity, sensitivity, simulation

        account_id, name, rank = row["account_id"], row["name"], row["revenue_rank"]
        if missing := self._missing(row, chances):
            return Outlook(account_id, name, rank, None, [], None, [], 0.0, missing, [], retention=chances)
        method = method_used(self.check, "top")
        # The run-rate alone is the account's own: the base is not asked.
        ahead = self.base.accounts if method != "run_rate" and self.base else {}
        given = Given(self.as_of, self.years, self.missed, self.retention, self.risk.has_chances, method, ahead)
        found = forecast_years(self.store, given, row, chances)
        forecast = simulation.AccountForecast(account_id, found.plan)
        medians = [[median_year(year) for year in one] for one in (found.statistical, found.plan)]
        plain = simulation.simulate(
            [simulation.AccountForecast(account_id, found.statistical)], self.discount, seed=SEED
        )
        band = (plain.total.p10, plain.total.p90)
        return Outlook(
            account_id,
            name,
            rank,
            None,
            simulation.tornado(forecast, self.discount),
            customer_equity.bridge(*medians, self.discount, band=band),
            sensitivity.grid(medians[1], discounts=sorted({*sensitivity.DISCOUNTS, self.discount})),
            found.pipeline,
            [],
            found.notes,
            band,
            found.contracted,
            _told(found, medians[1], given.ends, self.discount),
            found.initiatives,
            chances,
            forecast,
            row["is_margin_estimated"],
        )

    def _missing(self, row: dict[str, Any], chances: YearlyRetention) -> list[str]:
        undecided = self.discount is None or self.retention is None or chances.by_year is None
        return [
            sentence
            for is_missing, sentence in (
                (row["revenue_12m"] is None or row["revenue_12m"] <= 0, _("No revenue above 0 in the 12 months.")),
                (row["contribution_12m"] is None, _("Margin or cost to serve is unknown.")),
                (undecided, _("The discount rate or the retention rate is not decided.")),
                (self.missed is None, self.short or _("The holdout gives no error to make a range of.")),
            )
            if is_missing
        ]

    def drawn(self, built: list[Outlook]):
        """(outlooks with their ranges, what was drawn)."""
        from kam.value.models import simulation

        forecasts = [one.forecast for one in built if one.forecast is not None]
        drawn = simulation.simulate(forecasts, self.discount, seed=SEED) if forecasts else None
        ranged = [one if one.forecast is None else replace(one, range=drawn.accounts[one.account_id]) for one in built]
        return ranged, drawn


def _looked_ahead(store, as_of, key_accounts, years, risk, for_whom, tell) -> Outlooks:
    check, short = _check(store, as_of, key_accounts, for_whom, tell)
    maker = _Maker(store, as_of, key_accounts, years, risk, check, short, for_whom)
    rows = {
        row["account_id"]: row for row in store.page("value.account_measures", {"as_of": as_of, "level": "account"})
    }
    chances = maker.chances([one for one in key_accounts if one in rows])
    accounts, drawn = maker.drawn([maker.built(rows[one], chances[one]) for one in key_accounts if one in rows])
    others, equity, spread = {}, None, None
    if maker.discount is not None and maker.retention is not None:
        from kam.value.models import customer_equity

        others = _others(rows, set(key_accounts), maker, years)
        plan = {one.account_id: None if one.range is None else one.range.mean for one in accounts}
        equity = customer_equity.customer_equity(plan, others)
        spread = _equity_range(equity, drawn, check)
    return Outlooks(
        as_of,
        years,
        maker.discount,
        maker.retention,
        SEED,
        accounts,
        drawn.total if drawn else None,
        equity,
        check,
        short,
        risk,
        maker.base,
        others,
        {one: row["name"] for one, row in rows.items()},
        sorted(one for one, row in rows.items() if row["revenue_12m"] is not None and row["revenue_12m"] < 0),
        spread,
        relational_of(store, as_of, key_accounts) if key_accounts else [],
        frozenset(one for one, row in rows.items() if row["is_margin_estimated"]),
    )


def _others(rows: dict[str, dict], keys: set[str], maker: _Maker, years: int) -> dict[str, float | None]:
    """Lifetime value over the horizon of each account outside the programme, by the method in use for the base.

    Contribution × Σ (r/(1+i))^t, times the season where that is the method; by the purchase model the contribution per unit
    of revenue × its expected revenue, discounted, in which the chance of leaving is held already.
    """
    method = method_used(maker.check, "base")
    kept = maker.retention if maker.risk.has_chances else 1.0
    multiple = sum((kept / (1 + maker.discount)) ** t for t in range(1, years + 1))
    factor = maker.base.season_factor() if method == "season" and maker.base else 1.0
    found: dict[str, float | None] = {}
    for one, row in rows.items():
        if one in keys or row["revenue_12m"] is None:
            continue
        if row["contribution_12m"] is None:
            found[one] = None
            continue
        contribution, revenue = float(row["contribution_12m"]), float(row["revenue_12m"])
        ahead = maker.base.accounts.get(one, {}).get("model_by_year") if method == "model" and maker.base else None
        if ahead and revenue > 0:
            worth = sum(money / (1 + maker.discount) ** t for t, money in enumerate(ahead[:years], 1))
            found[one] = contribution / revenue * worth
        else:
            found[one] = contribution * factor * multiple
    return found


def _equity_range(equity: CustomerEquity, drawn, check: Holdout | None) -> ValueRange | None:
    """The range of customer equity: the key accounts' draws and, beside them, the base's sum as far off as its total was in
    the holdout (a triangle whose mean deviation is the mean of |forecast/actual − 1|).
    """
    from kam.value.models import estimates
    from kam.value.models.simulation import LEAST_DRAWS, normal_scores, value_range

    biases = [
        abs(score.bias)
        for score in (check.scores if check else ())
        if score.group == "base" and score.method == check.chosen["base"] and score.bias is not None
    ]
    if drawn is None or not biases:
        return None
    arm = 3 * sum(biases) / len(biases)
    error = estimates.triangular(-arm, 0.0, arm, "base")
    scores = normal_scores(SEED, "everyone else", LEAST_DRAWS)
    return value_range(drawn.draws.sum(axis=1) + equity.by_statistics * (1 + error.at(scores)))


def _told(found: Years, medians: list, ends: list[date], discount: float) -> list[dict[str, Any]]:
    """The forecast as a table: one dict a year, every input at its median; flow before the chance to keep the account."""
    from kam.value.models.forecast import cash_flow

    told, kept = [], 1.0
    for end, year in zip(ends, medians, strict=True):
        kept *= year.retention
        told.append(
            {
                "until": end,
                "revenue": year.revenue,
                "margin": year.revenue * year.margin_rate,
                "cost_to_serve": year.cost_to_serve,
                "initiatives": year.initiatives,
                "capital": year.capital,
                "capital_charge": year.capital * discount,
                "flow": cash_flow(year, discount),
                "retention": year.retention,
                "kept": kept,
            }
        )
    return told

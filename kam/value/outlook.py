"""What key accounts will be worth: their own forecast as a range, beside everyone else by statistics (METHOD 3.2, 3.5).

Run-rate, contracts, weighted pipeline and initiatives make the forecast; the holdout on the user's own ledger says how
wide it is. Risk stands in one place: in the yearly chances, with the cost of capital as rate; or, where these are
switched off, in a premium on the rate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kam import parameters
from kam.access import Person
from kam.errors import BadInput, NotFound
from kam.store import Condition, Store
from kam.value.account_forecast import Given, Years, ends_of, forecast_years, median_year
from kam.value.base_outlook import BaseOutlook, base_outlook, method_used
from kam.value.forecast_check import forecast_check
from kam.value.kept import Kept
from kam.value.relational import relational_of
from kam.value.retention import YearlyRetention, yearly_retention
from kam.words import _

if TYPE_CHECKING:
    from kam.value.models.customer_equity import Bridge, CustomerEquity
    from kam.value.models.holdout import Holdout
    from kam.value.models.sensitivity import Case
    from kam.value.models.simulation import AccountForecast, Swing, ValueRange

YEARS = 3
LONGEST = 5
SEED = 2012
HIGHEST_PREMIUM = 0.5
_SCHEMAS = ("ledgers", "value", "parameters")
_kept = Kept(most=12)


@dataclass(frozen=True)
class Risk:
    """Where risk stands. has_chances: in the yearly chances to keep the account; premium: on the discount rate, 0..0.5.

    Both at once would count it twice, so `checked` refuses that.
    """

    has_chances: bool = True
    premium: float = 0.0

    def checked(self) -> Risk:
        """Itself. Raises BadInput for risk in both places, and for a premium out of range."""
        if not 0 <= self.premium <= HIGHEST_PREMIUM:
            raise BadInput(
                _("The risk premium is {premium:.1%}; it has to lie between 0 and {most:.0%}.").format(
                    premium=self.premium, most=HIGHEST_PREMIUM
                ),
                reason="out_of_range",
                field="premium",
            )
        if self.has_chances and self.premium > 0:
            raise BadInput(
                _(
                    "A risk premium of {premium:.1%} would count risk twice, because the yearly chances hold it already: "
                    "set the premium to 0, or switch the chances off."
                ).format(premium=self.premium),
                reason="risk_twice",
                field="premium",
            )
        return self


IN_CHANCES = Risk()


@dataclass(frozen=True)
class Outlook:
    """One account, reporting currency. range: P10 (low case), P50, P90 and mean of its value; None unknown.

    tornado: what moves it, largest first. bridge: from statistics alone to the plan on the same basis, flagged where the
    plan lies outside band, the statistics' P10 and P90. sensitivity: value by discount rate, horizon and shift of
    retention. pipeline: weighted value of open opportunities over the horizon; contracted: yearly value under contract.
    years: the forecast at medians, one dict a year. retention: where the chances come from. missing: why the value is
    unknown; notes: what was left out of it. forecast: what was drawn.
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
    band: tuple[float, float] | None = None
    contracted: float = 0.0
    years: list[dict[str, Any]] = field(default_factory=list)
    initiatives: list[dict[str, Any]] = field(default_factory=list)
    retention: YearlyRetention | None = None
    forecast: AccountForecast | None = None


@dataclass(frozen=True)
class Outlooks:
    """All key accounts and the base beside them. total: range of the key accounts' sum, which is no sum of ranges.

    equity: key accounts by plan and everyone else by statistics, each counted once; equity_range: its range, drawn.
    discount: the rate in use, the cost of capital and the premium together. check: the holdout, None where the ledger is
    too short; check_missing says so. base: everyone by statistics, None where the ledger is empty. others: the lifetime
    value of each account outside the programme, money, None unknown. negative: accounts whose returns exceed their purchases
    in the 12 months; they count with what they bring, below 0 or not. relational: ratings beside, never added.
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
    risk: Risk = IN_CHANCES
    base: BaseOutlook | None = None
    others: dict[str, float | None] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    negative: list[str] = field(default_factory=list)
    equity_range: ValueRange | None = None
    relational: list[dict[str, Any]] = field(default_factory=list)

    @property
    def sensitivity(self) -> list[Case]:
        """The sum over the accounts at medians by discount rate, horizon and shift of retention."""
        from kam.value.models.sensitivity import Case

        sums: dict[tuple[float, int, float], float] = {}
        for one in self.accounts:
            for case in one.sensitivity:
                at = (case.discount, case.horizon, case.retention_shift)
                sums[at] = sums.get(at, 0.0) + case.value
        return [Case(*at, worth) for at, worth in sums.items()]

    @property
    def sum_of_lows(self) -> float | None:
        """The sum of the accounts' P10s, to show that it is not the sum's P10."""
        lows = [one.range.p10 for one in self.accounts if one.range]
        return sum(lows) if lows else None


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
    """One account's, a key account or not, on the programme's holdout. Raises NotFound for an unknown account."""
    if account_id in key_accounts:
        found = outlooks(store, as_of, key_accounts, years=years, for_whom=for_whom, tell=tell)
        return next(one for one in found.accounts if one.account_id == account_id)
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
        self.check, self.base = check, None
        if check is not None:
            self.base = base_outlook(store, as_of, key_accounts=key_accounts, check=check, for_whom=for_whom)
        self.missed = None if check is None else check.error["top"][check.chosen["top"]]

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
        given = Given(
            self.as_of,
            self.years,
            self.missed,
            self.retention,
            self.risk.has_chances,
            method_used(self.check, "top"),
            self.base.accounts if self.base else {},
        )
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

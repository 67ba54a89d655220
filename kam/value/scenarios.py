"""What if the price, the drop size, the rush fee or the payment terms of an account were different: before and after.

A scenario that is kept freezes its inputs and its result; the ledger may move on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Condition, Store, Transaction
from kam.store.writing import as_json
from kam.value.account_value import AccountValue, account_value
from kam.value.outlook import SEED, Outlook, account_outlook
from kam.value.stating import account_name, said
from kam.words import _

if TYPE_CHECKING:
    from kam.value.models.simulation import UncertainYear

# line of a result: what it is called, in the order of the statement
LINES = {
    "revenue": _("Revenue"),
    "product_cost": _("Product cost"),
    "cost_to_serve": _("Cost to serve"),
    "contribution": _("Contribution"),
    "capital_charge": _("Capital charge"),
    "economic_profit": _("Economic profit"),
    "lifetime_value": _("Lifetime value of the contribution"),
    "lifetime_value_after_capital": _("Lifetime value after capital"),
    "p10": _("Forecast P10"),
    "p50": _("Forecast P50"),
    "p90": _("Forecast P90"),
}


@dataclass(frozen=True)
class WhatIf:
    """What is changed. …_share: change, 0.05 is 5 % more. rush_fee_amount: per rush line, reporting currency.

    price_share of the net price; volume_share the customer's answer in units; drop_size_share: units per order, so that
    the orders fall. rush_share: change of the number of rush lines. payment_days: new terms, None as they are.
    growth_share: of the margin a year, for good; retention_rate: yearly, None as decided. follows_orders: codes of recorded
    activities that come with each order (deliveries, say); the ledger's own orders and lines always do.
    """

    price_share: float = 0.0
    volume_share: float = 0.0
    drop_size_share: float = 0.0
    rush_fee_amount: float = 0.0
    rush_share: float = 0.0
    payment_days: float | None = None
    growth_share: float = 0.0
    retention_rate: float | None = None
    follows_orders: tuple[str, ...] = ()


@dataclass(frozen=True)
class Effect:
    """Before and after by line of LINES, reporting currency; None unknown. activities: cost by activity before and after.

    rush_lines, orders: of 12 months before. days: payment days before and after. rates: retention, discount and growth as
    used after. missing: what is unknown and why. is_estimated: the margin rests on an assumed rate.
    """

    account_id: str
    name: str
    as_of: date
    what_if: WhatIf
    before: dict[str, float | None]
    after: dict[str, float | None]
    activities: list[dict[str, Any]]
    orders: int
    rush_lines: int
    days: tuple[float | None, float | None]
    rates: dict[str, float | None]
    missing: list[str]
    is_estimated: bool = False


@dataclass(frozen=True)
class Scenario:
    """A scenario as it was kept. inputs, result: fields of WhatIf and Effect, frozen."""

    scenario_id: int
    name: str
    account_id: str
    as_of: date
    inputs: dict[str, Any]
    result: dict[str, Any]
    note: str
    kept_by: str
    kept_at: datetime


def what_if(
    store: Store,
    as_of: date,
    account_id: str,
    change: WhatIf,
    *,
    key_accounts: Sequence[str] = (),
    for_whom: Person,
    has_forecast: bool = True,
    tell: Callable[[int, int], None] | None = None,
) -> Effect:
    """The effect on one account. Raises NotFound, and BadInput naming account and field (a retention outside 0..1, a growth
    at or above the discount bound, a price or volume that leaves nothing).

    Cost to serve falls by freed minutes: money is saved where they are used otherwise or given up. The forecast's percentiles
    keep their draws, so that before and after differ by the change alone; has_forecast False leaves them out, and with them
    the seconds of the holdout. tell: as in `account_outlook`.
    """
    worth = account_value(store, as_of, account_id, for_whom=for_whom)
    try:
        multiples = _multiples(worth, change)
        after = _changed(store, worth, change, multiples)
    except BadInput as refusal:
        raise BadInput(
            _("{account}: {message}").format(account=worth.name, message=refusal.message),
            reason=refusal.reason,
            field=refusal.field,
        ) from None
    if not has_forecast:
        return after
    outlook = account_outlook(store, as_of, account_id, key_accounts, for_whom=for_whom, tell=tell)
    return _with_ranges(after, outlook, worth, change)


def keep_scenario(
    store: Store, name: str, effect: Effect, *, note: str = "", who: Person, op_id: str | None = None
) -> int | None:
    """Keep what was seen under a name; returns its number (None where op_id was done already).

    Raises BadInput without a name, RuleBroken where the account has a scenario of this name.
    """
    called = said(name, _("Name of the scenario"), effect.account_id, "name")

    def change(tx: Transaction) -> int:
        account_name(tx, effect.account_id)
        same = [Condition("account_id", "=", effect.account_id), Condition("name", "=", called)]
        if len(tx.read("value.scenarios", where=same)):
            raise RuleBroken(
                _("{account} has a scenario “{name}” already: choose another name.").format(
                    account=effect.name, name=called
                ),
                reason="name_taken",
                field="name",
            )
        number = tx.next_number("value.scenarios", "scenario_id")
        frozen = asdict(effect)
        tx.insert(
            "value.scenarios",
            scenario_id=number,
            name=called,
            account_id=effect.account_id,
            as_of=effect.as_of,
            inputs=as_json(frozen.pop("what_if")),
            result=as_json(frozen),
            note=note.strip(),
            kept_by=who.name,
            kept_at=tx.now,
        )
        return number

    return store.write(
        change,
        who=who,
        action="keep scenario",
        subject=("account", effect.account_id),
        op_id=op_id,
        details={"name": called, "as_of": effect.as_of, "inputs": asdict(effect.what_if)},
    )


def scenarios(store: Store, *, account_id: str | None = None) -> list[Scenario]:
    """Every scenario kept (of an account), the newest first."""
    where = [] if account_id is None else [Condition("account_id", "=", account_id)]
    return [_read(row) for row in store.read("value.scenarios", where=where, order_by=[("scenario_id", True)])]


def scenario_of(store: Store, scenario_id: int) -> Scenario:
    """One scenario. Raises NotFound."""
    row = store.one("value.scenarios", where=[Condition("scenario_id", "=", scenario_id)])
    if row is None:
        raise NotFound(
            _("There is no scenario {number}: see the list.").format(number=scenario_id),
            reason="unknown_scenario",
            field="scenario_id",
        )
    return _read(row)


def _read(row: dict[str, Any]) -> Scenario:
    return Scenario(**row | {"inputs": json.loads(row["inputs"]), "result": json.loads(row["result"])})


def _multiples(worth: AccountValue, change: WhatIf) -> tuple[float | None, float | None]:
    """r/(1+i−r) before, r/(1+i−r(1+g)) after; None where a rate is undecided. Raises BadInput for rates out of range."""
    from kam.value.models import bounds
    from kam.value.models.margin_multiple import margin_multiple

    bounds.within(change.price_share, "price", -1, 10, open_low=True)
    bounds.within(change.volume_share, "volume", -1, 10, open_low=True)
    bounds.within(change.drop_size_share, "drop size", -1, 100, open_low=True)
    bounds.within(change.rush_share, "rush lines", -1, 10)
    bounds.at_least_zero(change.rush_fee_amount, "rush fee")
    if change.payment_days is not None:
        bounds.within(change.payment_days, "payment days", 0, 3650)
    kept = worth.rates["value.annual_retention_rate"].value
    discount = worth.rates["value.annual_discount_rate"].value
    chosen = kept if change.retention_rate is None else bounds.within(
        change.retention_rate, "retention", 0, 1, open_high=True
    )  # fmt: skip
    bounds.within(change.growth_share, "growth", -1, open_low=True)
    before = None if kept is None or discount is None else margin_multiple(kept, discount)
    after = None if chosen is None or discount is None else margin_multiple(chosen, discount, change.growth_share)
    return before, after


def _changed(store: Store, worth: AccountValue, change: WhatIf, multiples) -> Effect:
    measures, discount = worth.measures, worth.rates["value.annual_discount_rate"].value
    account = store.one("ledgers.accounts", where=[Condition("account_id", "=", worth.account_id)])
    days = None if account["payment_terms_days"] is None else float(account["payment_terms_days"])
    new_days = days if change.payment_days is None else float(change.payment_days)
    revenue, margin, serving = (
        None if measures[name] is None else float(measures[name])
        for name in ("revenue_12m", "margin_12m", "cost_to_serve_12m")
    )
    rush = worth.facts["rush_line_count_12m"] or 0
    product_cost = None if margin is None or revenue is None else revenue - margin
    fee = change.rush_fee_amount * rush * (1 + change.rush_share) * (1 + change.volume_share)
    activities = [_activity(row, change) for row in worth.activities]
    new_revenue = None if revenue is None else revenue * (1 + change.price_share) * (1 + change.volume_share) + fee
    new_cost = None if product_cost is None else product_cost * (1 + change.volume_share)
    new_serving = None if serving is None else serving + sum(
        one["after"] - one["before"] for one in activities if one["before"] is not None
    )  # fmt: skip
    before = _statement(revenue, product_cost, serving, days, discount, multiples[0])
    after = _statement(new_revenue, new_cost, new_serving, new_days, discount, multiples[1])
    missing = list(worth.missing)
    if days is None:
        missing.append(_("Payment terms are unknown: what capital costs before is unknown."))
    rates = {
        "retention": worth.rates["value.annual_retention_rate"].value if change.retention_rate is None else change.retention_rate,
        "discount": discount,
        "growth": change.growth_share,
        "multiple_before": multiples[0],
        "multiple_after": multiples[1],
    }  # fmt: skip
    return Effect(
        worth.account_id, worth.name, worth.as_of, change, before, after, activities,
        worth.measures["orders_12m"] or 0, rush, (days, new_days), rates, missing,
        worth.measures["is_margin_estimated"],
    )  # fmt: skip


def _activity(row: dict[str, Any], change: WhatIf) -> dict[str, Any]:
    more = 1 + change.volume_share
    factor = {
        "orders": more / (1 + change.drop_size_share),
        "lines": more,
        "return_lines": more,
        "rush_lines": more * (1 + change.rush_share),
    }.get(row["driver"], 1.0)
    if row["driver"] == "activities" and row["activity_code"] in change.follows_orders:
        factor = more / (1 + change.drop_size_share)
    cost = None if row["cost_amount"] is None else float(row["cost_amount"])
    return {
        "activity_code": row["activity_code"],
        "activity_name": row["activity_name"],
        "driver": row["driver"],
        "factor": factor,
        "before": cost,
        "after": None if cost is None else cost * factor,
    }


def _statement(revenue, product_cost, serving, days, discount, multiple) -> dict[str, float | None]:
    contribution = None if None in (revenue, product_cost, serving) else revenue - product_cost - serving
    charge = None if None in (revenue, days, discount) else max(0.0, revenue) * days / 365 * discount
    profit = None if None in (contribution, charge) else contribution - charge
    return {
        "revenue": revenue,
        "product_cost": product_cost,
        "cost_to_serve": serving,
        "contribution": contribution,
        "capital_charge": charge,
        "economic_profit": profit,
        "lifetime_value": None if None in (contribution, multiple) else contribution * multiple,
        "lifetime_value_after_capital": None if None in (profit, multiple) else profit * multiple,
        "p10": None,
        "p50": None,
        "p90": None,
    }


def _with_ranges(effect: Effect, outlook: Outlook, worth: AccountValue, change: WhatIf) -> Effect:
    """Put the percentiles of the account's forecast into both sides, where it has one."""
    from kam.value.models import simulation

    before, after = effect.before, effect.after
    if outlook.forecast is None or not before["revenue"] or None in (after["contribution"], effect.rates["discount"]):
        return effect
    scale = _Scale(
        revenue=after["revenue"] / before["revenue"],
        cost=1 + change.volume_share,
        serving=after["cost_to_serve"] / before["cost_to_serve"] if before["cost_to_serve"] else 1.0,
        capital=_ratio(after["revenue"] * (effect.days[1] or 0.0), before["revenue"] * (effect.days[0] or 0.0)),
        new_days=effect.days[1] or 0.0,
        growth=change.growth_share,
        retention=change.retention_rate,
    )
    years = [scale.year(year, t) for t, year in enumerate(outlook.forecast.years)]
    changed = replace(outlook.forecast, years=years)
    drawn = simulation.simulate([changed], effect.rates["discount"], seed=SEED).total
    percentiles = ("p10", "p50", "p90")
    return replace(
        effect,
        before=before | {name: getattr(outlook.range, name) for name in percentiles},
        after=after | {name: getattr(drawn, name) for name in percentiles},
    )


def _ratio(new: float, old: float) -> float | None:
    return new / old if old else None


@dataclass(frozen=True)
class _Scale:
    """By what the inputs of every year change. 1 − margin rate = product cost over revenue, so it scales as their ratio."""

    revenue: float
    cost: float
    serving: float
    capital: float | None
    new_days: float
    growth: float
    retention: float | None

    def year(self, year: UncertainYear, at: int) -> UncertainYear:
        grown = (1 + self.growth) ** (at + 1)
        capital = year.capital * self.capital * grown if self.capital is not None else self._capital(year) * grown
        return replace(
            year,
            revenue=_mapped(year.revenue, lambda money: money * self.revenue * grown),
            margin_rate=_mapped(year.margin_rate, lambda rate: 1 - (1 - rate) * self.cost / self.revenue),
            cost_to_serve=_mapped(year.cost_to_serve, lambda money: money * self.serving),
            capital=capital,
            retention=year.retention if self.retention is None else self.retention,
        )

    def _capital(self, year: UncertainYear) -> float:
        revenue = year.revenue.quantile(0.5) if hasattr(year.revenue, "quantile") else year.revenue
        return revenue * self.revenue * self.new_days / 365


def _mapped(value: Any, rule) -> Any:
    """A certain number or an estimate through a rising linear rule."""
    if not hasattr(value, "mode"):
        return rule(value)
    return replace(value, low=rule(value.low), mode=rule(value.mode), high=rule(value.high))

"""What one account is worth, with everything that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kam import parameters
from kam.access import Person
from kam.errors import NotFound
from kam.parameters import Parameter
from kam.store import Condition, Rows, Store
from kam.units import day
from kam.value.cost_models import AdoptedCostModel, adopted_cost_model
from kam.words import _, several

RATES = ("value.annual_retention_rate", "value.annual_discount_rate", "value.assumed_margin_rate")


@dataclass(frozen=True)
class AccountValue:
    """An account (or group) on a day. Amounts: reporting currency, 12 months up to as_of.

    measures: its row of value.account_measures. facts: its row of ledgers.account_facts. margin: its row of
    value.account_margin, None without lines in the window. activities: its rows of value.cost_to_serve, dearest first.
    direct: its rows of value.direct_cost_amounts, the largest first. by_category: its rows of value.category_uncosted
    (of an account; empty for a group).
    rates: the parameters of RATES on as_of. margin_multiple: r / (1 + i − r). cost_model: the one in force, or None.
    missing: why something is unknown, a sentence each.
    """

    as_of: date
    account_id: str
    name: str
    level: str
    measures: dict[str, Any]
    facts: dict[str, Any]
    margin: dict[str, Any] | None
    activities: list[dict[str, Any]]
    direct: list[dict[str, Any]]
    by_category: list[dict[str, Any]]
    rates: dict[str, Parameter]
    margin_multiple: Decimal | None
    cost_model: AdoptedCostModel | None
    missing: list[str]


def account_value(
    store: Store, as_of: date, account_id: str, *, level: str = "account", for_whom: Person
) -> AccountValue:
    """One account with its inputs. Raises NotFound where the master has no such account (or group)."""
    arguments = {"as_of": as_of, "level": level}
    of_account = [Condition("account_id", "=", account_id)]

    def row(relation: str) -> dict[str, Any] | None:
        return next(iter(store.page(relation, arguments, where=of_account, limit=1)), None)

    measures = row("value.account_measures")
    if measures is None:
        raise NotFound(
            _("There is no account {account}: choose one from the list.").format(account=account_id),
            field="account",
        )
    activities = store.page(
        "value.cost_to_serve", arguments, where=of_account, order_by=[("cost_amount", True), ("activity_code", False)]
    ).records()
    direct = store.page(
        "value.direct_cost_amounts", arguments, where=of_account, order_by=[("cost_amount", True), ("kind", False)]
    ).records()
    by_category = store.page(
        "value.category_uncosted", {"as_of": as_of}, where=of_account, order_by=[("category", False)]
    ).records()
    margin = row("value.account_margin")
    model = adopted_cost_model(store, as_of)
    rates = {name: parameters.value_at(store, name, as_of) for name in RATES}
    facts = row("ledgers.account_facts")
    return AccountValue(
        as_of=as_of,
        account_id=account_id,
        name=measures["name"],
        level=level,
        measures=measures,
        facts=facts,
        margin=margin,
        activities=activities,
        direct=direct,
        by_category=by_category if level == "account" else [],
        rates=rates,
        margin_multiple=store.one("value.rates", {"as_of": as_of})["margin_multiple"],
        cost_model=model,
        missing=_missing(as_of, facts, margin, activities, model),
    )


def account_values(store: Store, as_of: date, *, level: str = "account", for_whom: Person, **narrowing: Any) -> Rows:
    """Rows of value.account_measures, cut as Store.page cuts them (where=, search=, order_by=, limit=, offset=)."""
    return store.page("value.account_measures", {"as_of": as_of, "level": level}, **narrowing)


def _missing(
    as_of: date, facts: dict, margin: dict | None, activities: list[dict], model: AdoptedCostModel | None
) -> list[str]:
    sentences = []
    if facts["line_count"] == 0:
        sentences.append(_("The ledger holds no order line of this account up to {day}.").format(day=day(as_of)))
    if margin is not None and margin["margin_amount"] is None:
        lines = several("{count} order line", "{count} order lines", facts["uncosted_line_count_12m"])
        sentences.append(
            _(
                "{lines} of the 12 months have no product cost: import costs, or adopt an assumed margin rate, for all "
                "(value.assumed_margin_rate) or by product category."
            ).format(lines=lines)
        )
    if model is None:
        sentences.append(
            _("No cost model is in force on {day}: adopt one on the Settings page, or with `costs adopt`.").format(
                day=day(as_of)
            )
        )
    sentences += [
        _("{activity}: {minutes:,.0f} minutes fall on days that no period of the pool {pool} holds.").format(
            activity=row["activity_name"], minutes=row["uncovered_minutes"], pool=row["pool_id"]
        )
        for row in activities
        if row["uncovered_minutes"]
    ]
    sentences += [
        _(
            "{activity}: its time equation comes to {minutes:,.0f} minutes in a part of these months, below 0: check the "
            "volumes that its terms count, or the terms."
        ).format(activity=row["activity_name"], minutes=row["negative_minutes"])
        for row in activities
        if row["negative_minutes"]
    ]
    return sentences

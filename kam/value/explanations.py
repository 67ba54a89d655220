"""What each figure of an account opens to: rule, period, inputs with date, unit and source, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kam import parameters
from kam.parameters import Parameter
from kam.store import Store
from kam.units import UNKNOWN, count, day, money, share
from kam.value.account_value import RATES, AccountValue
from kam.value.direct_costs import DIRECT_KINDS
from kam.value.measures import MEASURES
from kam.words import _

LIFETIME_SOURCE = _("Gupta & Lehmann (2003), Customers as assets, J. Interactive Marketing 17(1): margin multiple")


@dataclass(frozen=True)
class Explanation:
    """Fields of kam.ui.Rule: says (the rule), period, inputs (what, value as text), source, missing."""

    says: str
    period: str
    inputs: list[tuple[str, str]]
    source: str
    missing: str


def explained(worth: AccountValue, measure_id: str, currency: str) -> Explanation:
    """How one measure of an account came about. measure_id: one of revenue_12m, margin_12m, cost_to_serve_12m,
    contribution_12m, lifetime_value. Raises KeyError for another.
    """
    inputs, source = {
        "revenue_12m": _revenue,
        "margin_12m": _margin,
        "cost_to_serve_12m": _cost_to_serve,
        "contribution_12m": _contribution,
        "lifetime_value": _lifetime,
    }[measure_id](worth, currency)
    return Explanation(
        says=MEASURES[measure_id].meaning,
        period=_("12 months to {day}").format(day=day(worth.as_of)),
        inputs=inputs,
        source=source,
        missing=" ".join(worth.missing) if worth.measures[measure_id] is None else "",
    )


def rate_shown(parameter: Parameter) -> str:
    """10.0 % per year, from 1 Jan 2026 (Treasury)."""
    if parameter.value is None:
        return _("not decided ({source})").format(source=parameter.source)
    return _("{value} ({unit}), from {day}: {source}").format(
        value=share(parameter.value), unit=parameter.unit, day=day(parameter.valid_from), source=parameter.source
    )


def lifetime_inputs(store: Store, as_of: date) -> list[tuple[str, str]]:
    """The rates that every lifetime value of a day rests on, and their multiple."""
    rates = {name: parameters.value_at(store, name, as_of) for name in RATES}
    return _rates_shown(rates, store.one("value.rates", {"as_of": as_of})["margin_multiple"])


def _revenue(worth: AccountValue, currency: str) -> tuple[list[tuple[str, str]], str]:
    facts = worth.facts
    return [
        (_("Purchases"), _exact(facts["positive_revenue_12m"], currency)),
        (_("Returns and credit notes"), _exact(_less(facts["return_amount_12m"]), currency)),
        (_("Order lines"), count(facts["line_count_12m"])),
        (_("Orders"), count(facts["orders_12m"])),
    ], _("Order lines of the ledger")


def _margin(worth: AccountValue, currency: str) -> tuple[list[tuple[str, str]], str]:
    margin = worth.margin
    if margin is None:
        return [(_("Order lines"), "0")], _("Order lines of the ledger")
    inputs = [
        (_("Revenue"), _exact(margin["revenue_amount"], currency)),
        (_("Product cost of lines with known cost"), _exact(_less(margin["cogs_amount"]), currency)),
    ]
    if worth.facts["uncosted_line_count_12m"]:
        inputs += [
            (_("Order lines without product cost"), count(worth.facts["uncosted_line_count_12m"])),
            (_("Their revenue"), _exact(margin["uncosted_revenue_amount"], currency)),
            (_("Assumed margin rate"), rate_shown(worth.rates["value.assumed_margin_rate"])),
            *(
                (
                    _("Of it in the category {category}").format(category=row["category"]),
                    _("{revenue} at {rate}").format(
                        revenue=_exact(row["revenue_amount"], currency), rate=share(row["margin_rate"])
                    ),
                )
                for row in worth.by_category
            ),
            (_("Margin assumed on it"), _exact(margin["assumed_margin_amount"], currency)),
        ]
    if margin["off_invoice_amount"] is not None:
        inputs.append((_("Off-invoice items"), _exact(_less(margin["off_invoice_amount"]), currency)))
    return inputs, _("Order lines: cogs, else quantity × the product's standard cost")


def _cost_to_serve(worth: AccountValue, currency: str) -> tuple[list[tuple[str, str]], str]:
    inputs = [
        (
            DIRECT_KINDS.get(row["kind"], row["kind"]),
            _("{amount}, traced").format(amount=_exact(row["cost_amount"], currency)),
        )
        for row in worth.direct
        if not row["is_off_invoice"]
    ]
    inputs += [(row["activity_name"], _work_shown(row, currency)) for row in worth.activities]
    return inputs, _model_shown(worth)


def _work_shown(row: dict, currency: str) -> str:
    """3 × 60 min + 20 min of terms → 200 min at 0.8000 EUR = 160.00 EUR; measured minutes are in the 200."""
    spent, cost = row["minutes"], row["cost_amount"]
    rate = cost / spent if cost is not None and spent else None
    terms = _(" + {terms:,.0f} min of terms").format(terms=row["term_minutes"]) if row["term_minutes"] else ""
    return _("{quantity:,.0f} × {minutes:g} min{terms} → {spent:,.0f} min at {rate} = {cost}").format(
        terms=terms,
        quantity=row["quantity"],
        minutes=float(row["unit_minutes"]),
        spent=spent,
        rate=money(rate, currency, decimals=4),
        cost=_exact(cost, currency),
    )


def _contribution(worth: AccountValue, currency: str) -> tuple[list[tuple[str, str]], str]:
    return [
        (_("Margin"), _exact(worth.measures["margin_12m"], currency)),
        (_("Cost to serve"), _exact(_less(worth.measures["cost_to_serve_12m"]), currency)),
    ], _model_shown(worth)


def _lifetime(worth: AccountValue, currency: str) -> tuple[list[tuple[str, str]], str]:
    return [
        (_("Contribution a year"), _exact(worth.measures["contribution_12m"], currency)),
        *_rates_shown(worth.rates, worth.margin_multiple),
    ], LIFETIME_SOURCE


def _rates_shown(rates: dict[str, Parameter], multiple: Decimal | None) -> list[tuple[str, str]]:
    return [
        (_("Retention rate r"), rate_shown(rates["value.annual_retention_rate"])),
        (_("Discount rate i"), rate_shown(rates["value.annual_discount_rate"])),
        (_("Multiple r / (1 + i − r)"), UNKNOWN if multiple is None else f"{multiple:.4f}"),
    ]


def _model_shown(worth: AccountValue) -> str:
    if worth.cost_model is None:
        return _("No cost model is in force")
    model = worth.cost_model.model
    return _("Cost model {name}, from {day}: {source}").format(
        name=model.name, day=day(model.valid_from), source=model.source
    )


def _exact(amount: Decimal | None, currency: str) -> str:
    return money(amount, currency, decimals=2)


def _less(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else -amount

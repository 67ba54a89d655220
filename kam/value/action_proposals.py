"""What could be done about an account that costs too much, in the order of METHOD 4.5, each with its effect in money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from kam.access import Person
from kam.errors import NotFound
from kam.store import Condition, Store
from kam.units import money, share
from kam.value.drivers import ServingDriver, serving_drivers
from kam.words import _

# kind: what is done. In the order in which they are to be tried (Kaplan & Narayanan 2001).
ACTION_KINDS = {
    "fix_process": _("Fix the process"),
    "price_service": _("Price the service"),
    "order_minimum": _("Order minimum or another channel"),
    "terms": _("Payment terms"),
    "renegotiate": _("Renegotiate"),
    "exit": _("Exit"),
}


@dataclass(frozen=True)
class Proposal:
    """An action that could be taken. effect_amount: a year, reporting currency; None where nothing can be computed.

    basis: how the effect came about, a sentence. measure: in which it would show (contribution or economic_profit).
    """

    kind: str
    effect_amount: Decimal | None
    basis: str
    measure: str = "contribution"


def action_proposals(store: Store, as_of: date, account_id: str, *, for_whom: Person) -> list[Proposal]:
    """Every kind of action with its effect by the account's own figures of the 12 months to as_of.

    Raises NotFound for an unknown account.
    """
    if store.one("ledgers.accounts", where=[Condition("account_id", "=", account_id)]) is None:
        raise NotFound(
            _("There is no account {account}: choose one from the list.").format(account=account_id), field="account"
        )
    statements = store.page("value.profit_and_loss", {"as_of": as_of, "level": "account"}, columns=_STATED).records()
    own = next((row for row in statements if row["account_id"] == account_id), None)
    drivers = serving_drivers(store, as_of, account_id, for_whom=for_whom)
    currency = store.setting("currency") or ""
    by_name = {driver.driver: driver for driver in drivers}
    return [
        _fix_process(drivers, currency),
        _price_service(store, as_of, account_id, by_name.get("rush_share"), currency),
        _order_minimum(by_name.get("drop_size"), currency),
        _terms(own, [row["payment_days"] for row in statements if row["payment_days"] is not None]),
        *_last_resorts(own),
    ]


_STATED = [
    "account_id",
    "invoice_amount",
    "contribution_amount",
    "payment_days",
    "terms_days",
    "capital_charge_amount",
]


def _fix_process(drivers: list[ServingDriver], currency: str) -> Proposal:
    """Returns and recorded work (visits, cases, hours) brought down to the peers' median."""
    above = [
        driver
        for driver in drivers
        if (driver.driver == "return_share" or driver.driver.startswith("activity:"))
        and (driver.excess_amount or 0) > 0
    ]
    if not above:
        return Proposal("fix_process", None, _("No work or return is above the peers' median."))
    parts = ", ".join(f"{driver.name} {money(driver.excess_amount, currency)}" for driver in above[:3])
    return Proposal(
        "fix_process",
        sum((driver.excess_amount for driver in above), Decimal("0.00")),
        _("Work and returns above the peers' median, brought down to it: {parts}.").format(parts=parts),
    )


def _price_service(store: Store, as_of: date, account_id: str, rush: ServingDriver | None, currency: str) -> Proposal:
    facts = store.page(
        "ledgers.account_facts",
        {"as_of": as_of, "level": "account"},
        where=[Condition("account_id", "=", account_id)],
        limit=1,
    ).records()
    lines = facts[0]["rush_line_count_12m"] if facts else 0
    if rush is None or not rush.cost_amount or not lines:
        return Proposal("price_service", None, _("No rush line with a known cost: nothing to price."))
    return Proposal(
        "price_service",
        rush.cost_amount,
        _("A rush fee that covers the extra work: {fee} on each of {lines:,} rush lines.").format(
            fee=money(rush.cost_amount / lines, currency, decimals=2), lines=lines
        ),
    )


def _order_minimum(drop: ServingDriver | None, currency: str) -> Proposal:
    if drop is None or (drop.excess_amount or 0) <= 0:
        return Proposal(
            "order_minimum", None, _("Its orders are as large as the peers' median, or the cost is unknown.")
        )
    return Proposal(
        "order_minimum",
        drop.excess_amount,
        _("The same purchases in orders of {median} (the peers' median) instead of {own}.").format(
            median=drop.told(drop.median, currency), own=drop.told(drop.own, currency)
        ),
    )


def _terms(own: dict[str, Any] | None, days: list[float]) -> Proposal:
    """Paying as agreed, else the portfolio's median of days."""
    if own is None or not own["payment_days"] or not own["capital_charge_amount"]:
        return Proposal("terms", None, _("Its days to pay or the cost of capital are unknown."), "economic_profit")
    usual = median(days)
    agreed = own["terms_days"]
    is_late = agreed is not None and own["payment_days"] > agreed
    wanted = agreed if is_late else usual
    # Less than half a day is the same number of days to a reader.
    if own["payment_days"] - wanted < 0.5:
        return Proposal(
            "terms", None, _("It pays within its terms and no later than the portfolio's median."), "economic_profit"
        )
    part = Decimal((own["payment_days"] - wanted) / own["payment_days"])
    told = (
        _("Paying after {wanted:.0f} days as agreed instead of {own:.0f}; it shows in economic profit.")
        if is_late
        else _("Terms of {wanted:.0f} days (the portfolio's median) instead of {own:.0f}; it shows in economic profit.")
    )
    return Proposal(
        "terms",
        (own["capital_charge_amount"] * part).quantize(Decimal("0.01"), ROUND_HALF_UP),
        told.format(wanted=wanted, own=own["payment_days"]),
        "economic_profit",
    )


def _last_resorts(own: dict[str, Any] | None) -> list[Proposal]:
    contribution, invoice = (own["contribution_amount"], own["invoice_amount"]) if own else (None, None)
    if contribution is None or contribution >= 0:
        told = _("It does not lose money, or its contribution is unknown.")
        return [Proposal("renegotiate", None, told), Proposal("exit", None, told)]
    rise = _("Prices and services that bring it to 0")
    if invoice and invoice > 0:
        rise = _("Prices {rise} higher, or services worth as much left out, bring it to 0").format(
            rise=share(float(-contribution / invoice))
        )
    return [
        Proposal("renegotiate", -contribution, rise + "."),
        Proposal(
            "exit",
            -contribution,
            _("The loss ends as far as the capacity that is freed is used elsewhere or given up."),
        ),
    ]

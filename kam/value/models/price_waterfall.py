"""From list price to pocket price, and on to an account's economic profit (Marn & Rosiello 1992; METHOD 4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kam.errors import BadInput
from kam.words import _

Money = float | Decimal


@dataclass(frozen=True)
class PriceWaterfall:
    """Money per unit or per period, in what the input is in.

    invoice: list − on-invoice items. pocket: invoice − off-invoice items. on_invoice, off_invoice: what each takes in
    all. leakage_below_invoice: off-invoice items as a share of list, None where list is 0.
    """

    list: Money
    invoice: Money
    pocket: Money
    on_invoice: Money
    off_invoice: Money

    @property
    def leakage_below_invoice(self) -> Money | None:
        """Σ off-invoice / list; the published example leaks 21.8 %."""
        return self.off_invoice / self.list if self.list else None


@dataclass(frozen=True)
class AccountProfit:
    """One account's P&L of a period, money; each is None as soon as something it needs is unknown.

    pocket_margin = pocket − product cost; contribution = pocket margin − cost to serve;
    economic_profit = contribution − capital charge.
    """

    pocket_margin: Money | None
    contribution: Money | None
    economic_profit: Money | None


def price_waterfall(
    list_value: Money, on_invoice: Mapping[str, Money], off_invoice: Mapping[str, Money]
) -> PriceWaterfall:
    """Take the discounts off the list value: on the invoice first, below it then (CTS-10).

    on_invoice, off_invoice: what each item takes, by name, as positive money; an item may be negative where a surcharge
    gives back. Decimals stay decimals, so that a ledger ties to the cent. Raises BadInput naming an item without a
    finite amount.
    """
    for name, amount in {"list value": list_value, **on_invoice, **off_invoice}.items():
        if amount is None or not Decimal(amount).is_finite():
            raise BadInput(
                _("{item} is {amount}; give an amount of money.").format(item=name, amount=amount),
                reason="bad_number",
                field=name,
            )
    nothing = list_value - list_value
    shown, hidden = sum(on_invoice.values(), nothing), sum(off_invoice.values(), nothing)
    return PriceWaterfall(list_value, list_value - shown, list_value - shown - hidden, shown, hidden)


def account_profit(
    pocket: Money | None,
    product_cost: Money | None,
    cost_to_serve: Mapping[str, Money] | None,
    capital_charge: Money | None,
) -> AccountProfit:
    """Go on from the pocket price down to economic profit; unknown stays unknown from there on.

    cost_to_serve: money by activity, None where no cost model is in force.
    """
    margin = None if pocket is None or product_cost is None else pocket - product_cost
    contribution = None
    if margin is not None and cost_to_serve is not None:
        contribution = margin - sum(cost_to_serve.values(), margin - margin)
    profit = None if contribution is None or capital_charge is None else contribution - capital_charge
    return AccountProfit(margin, contribution, profit)

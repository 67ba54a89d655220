"""What payment terms cost (METHOD 4.4). 365 days a year; rates annual."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kam.errors import BadInput
from kam.value.models import bounds
from kam.words import _

DAYS = 365


@dataclass(frozen=True)
class EarlyDiscount:
    """An early-payment discount as a yearly rate: nominal (simple) and effective (compounded)."""

    nominal: float
    effective: float


def receivable(revenue: float, days_outstanding: float) -> float:
    """revenue · DSO/365: money tied up in unpaid invoices on average.

    revenue: per year, tax included, money. days_outstanding: days actually paid after (weighted by amount) where
    payments are known, else the terms.
    """
    return bounds.number(revenue, "revenue") * bounds.at_least_zero(days_outstanding, "days outstanding") / DAYS


def carrying_cost(
    receivables: float, discount: float, *, dedicated_stock: float = 0.0, payables_and_advances: float = 0.0
) -> float:
    """(receivables + dedicated stock − payables and advances) · WACC: capital charge per year, money (CTS-11, simple).

    Negative where the customer's advances finance more than it owes.
    """
    tied_up = (
        bounds.number(receivables, "receivables")
        + bounds.number(dedicated_stock, "dedicated stock")
        - bounds.number(payables_and_advances, "payables and advances")
    )
    return tied_up * bounds.rate(discount, "discount")


def waiting_cost(revenue: float, days_outstanding: float, discount: float) -> float:
    """revenue · (1 − (1 + i)^(−DSO/365)): what the revenue of a year loses by coming late, money (CTS-11, compound)."""
    late = bounds.at_least_zero(days_outstanding, "days outstanding") / DAYS
    return bounds.number(revenue, "revenue") * (1 - (1 + bounds.rate(discount, "discount")) ** -late)


def early_discount(share: float, discount_days: float, net_days: float) -> EarlyDiscount:
    """The yearly rate of paying `share` less within `discount_days` instead of all within `net_days` (CTS-11).

    nominal d/(1−d) · 365/(N−n); effective (1 + d/(1−d))^(365/(N−n)) − 1. share: 0 ≤ d < 1. Raises BadInput unless the
    net days are after the discount days.
    """
    d = bounds.within(share, "share", 0, 1, open_high=True)
    first, last = bounds.at_least_zero(discount_days, "discount days"), bounds.number(net_days, "net days")
    if last <= first:
        raise BadInput(
            _("net days is {net:g}; it has to come after the {early:g} discount days.").format(net=last, early=first),
            reason="order",
            field="net days",
        )
    periods = DAYS / (last - first)
    gain = d / (1 - d)
    return EarlyDiscount(gain * periods, (1 + gain) ** periods - 1)


def paid_days(payments: Iterable[tuple[float, float]]) -> float | None:
    """Days from invoice to payment, weighted by amount; payments: (amount > 0, days ≥ 0). None without payments."""
    total, weighted = 0.0, 0.0
    for amount, days in payments:
        paid = bounds.positive(amount, "amount")
        total += paid
        weighted += paid * bounds.at_least_zero(days, "days")
    return weighted / total if total else None

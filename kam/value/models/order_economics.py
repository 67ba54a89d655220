"""What an order earns after the cost of taking and of making it (the Kanthal case; METHOD 4.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kam.value.models import bounds


@dataclass(frozen=True)
class OrderCost:
    """margin_rate: gross margin as a share of revenue. per_order: money each order costs. per_non_stocked: money on top
    where the goods are not in stock. Kanthal: 0.5, 750, 2,250."""

    margin_rate: float
    per_order: float
    per_non_stocked: float

    def __post_init__(self) -> None:
        bounds.within(self.margin_rate, "margin rate", highest=1)
        bounds.at_least_zero(self.per_order, "per order")
        bounds.at_least_zero(self.per_non_stocked, "per non-stocked")


def order_profit(revenue: float, cost: OrderCost, *, is_stocked: bool) -> float:
    """revenue · margin rate − cost per order − cost of a non-stocked order, money."""
    extra = 0.0 if is_stocked else cost.per_non_stocked
    return bounds.number(revenue, "revenue") * cost.margin_rate - cost.per_order - extra


def orders_profit(orders: Iterable[tuple[float, bool]], cost: OrderCost) -> float:
    """The sum over orders of (revenue, is stocked), money: the same sales in more or odder orders earn less."""
    return sum(order_profit(revenue, cost, is_stocked=is_stocked) for revenue, is_stocked in orders)


def least_order(cost: OrderCost, *, is_stocked: bool) -> float | None:
    """The order revenue from which an order earns something, money; None where the margin rate is 0 or less."""
    fixed = cost.per_order + (0.0 if is_stocked else cost.per_non_stocked)
    return fixed / cost.margin_rate if cost.margin_rate > 0 else None

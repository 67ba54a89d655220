"""What makes an account dear to serve: its drivers against the median of comparable accounts, in money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kam.access import Person
from kam.store import Condition, Store
from kam.units import GAP, UNKNOWN, money, share
from kam.words import _

# driver: how it is called. A recorded activity (activity:CODE) is called by its name in the cost model.
DRIVER_NAMES = {
    "drop_size": _("Purchases per order"),
    "lines_per_order": _("Lines per order"),
    "rush_share": _("Rush lines"),
    "return_share": _("Returns and credits"),
}


@dataclass(frozen=True)
class ServingDriver:
    """A driver of one account. own, median: purchases per order in the reporting currency, lines or activities per order,
    or a share of lines. cost_amount: what it cost; excess_amount: of it, what it would not cost at the median (below 0:
    cheaper than the peers); None where a part has no rate. peers: the industry compared with, None for all accounts.
    """

    driver: str
    name: str
    own: float
    median: float
    peers: str | None
    peer_count: int
    cost_amount: Decimal | None
    at_median_amount: Decimal | None
    excess_amount: Decimal | None

    def told(self, measured: float, currency: str) -> str:
        """A value of this driver as text: 1,234 EUR, 3.2 per order, 12.5 %."""
        if measured is None:
            return UNKNOWN
        if self.driver == "drop_size":
            return money(measured, currency)
        if self.driver in ("rush_share", "return_share"):
            return share(measured)
        number = f"{measured:,.2f}" if measured >= 0.1 or measured == 0 else f"{measured:,.4f}"
        return _("{number}{gap}per order").format(number=number, gap=GAP)


def serving_drivers(store: Store, as_of: date, account_id: str, *, for_whom: Person) -> list[ServingDriver]:
    """The drivers of an account, dearest against its peers first; empty where it did not order in the window or no cost
    model is in force. Taken one at a time: the amounts do not add up, because fewer orders also mean fewer lines.
    """
    rows = store.page(
        "value.serving_drivers",
        {"as_of": as_of},
        where=[Condition("account_id", "=", account_id)],
        order_by=[("excess_amount", True), ("driver", False)],
    )
    return [driver_of(row) for row in rows]


def driver_of(row: dict[str, Any]) -> ServingDriver:
    """A row of value.serving_drivers as a driver."""
    return ServingDriver(
        driver=row["driver"],
        name=driver_name(row),
        own=row["own_value"],
        median=row["median_value"],
        peers=row["peers"],
        peer_count=row["peer_count"],
        cost_amount=row["cost_amount"],
        at_median_amount=row["at_median_amount"],
        excess_amount=row["excess_amount"],
    )


def driver_name(row: dict[str, Any]) -> str:
    """How the driver of a row is called."""
    return DRIVER_NAMES.get(row["driver"]) or row["activity_name"] or row["driver"].partition(":")[2]

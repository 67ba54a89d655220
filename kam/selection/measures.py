"""The measures that criteria may use, in the order in which the verdicts number them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from kam import value
from kam.selection.assessed_measures import ASSESSED

# Element i of the bounds that selection.verdicts takes belongs to measure i of this list. Measures of the
# ledger that rest on a forbidden ground (first_order_on: tenure) are not in it.
NUMBERED: tuple[str, ...] = (
    "revenue_12m",
    "revenue_24m",
    "revenue_growth_12m",
    "margin_12m",
    "margin_rate_12m",
    "cost_to_serve_12m",
    "contribution_12m",
    "contribution_rate_12m",
    "orders_12m",
    "active_months_12m",
    "return_share_12m",
    "last_order_on",
    "recency_days",
    "order_days",
    "product_count_12m",
    "lifetime_value",
    "days_to_pay",
    "contract_value",
    "contract_months_left",
    "weighted_pipeline_12m",
    *ASSESSED,
)
CATALOGUE: dict[str, value.Measure] = {name: (value.MEASURES | ASSESSED)[name] for name in NUMBERED}

_EPOCH = date(1970, 1, 1)

# What people write for a count, whatever it counts.
_COUNTS = {"orders", "months", "days", "products"}


def unit_fits(unit: str, measure: str) -> bool:
    """Whether a criterion may state this unit for this measure (`count` fits whatever is counted)."""
    own = CATALOGUE[measure].unit
    return unit == own or (unit == "count" and own in _COUNTS)


def as_number(quantity: float | Decimal | date | None) -> float | None:
    """A measure's value as the verdicts compare it: dates as days since 1970-01-01, unknown as None."""
    if quantity is None:
        return None
    if isinstance(quantity, date):
        return float((quantity - _EPOCH).days)
    return float(quantity)


def as_quantity(number: float, measure: str) -> float | date:
    """The other way round: a number as the measure's value."""
    if CATALOGUE[measure].unit == "date":
        return _EPOCH + timedelta(days=round(number))
    return number

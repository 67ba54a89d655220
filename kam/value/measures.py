"""The measures of the ledger: one definition each, for criteria, lists and the command line.

Their values are columns of the relation `value.account_measures`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kam.words import _


@dataclass(frozen=True)
class Measure:
    """A measure of an account on a day.

    name: as a column is headed. unit: a key of kam.units.UNITS. better: which way is good, where one is.
    comes_from: what has to be there for it to be known.
    """

    measure_id: str
    name: str
    unit: str
    meaning: str
    better: Literal["higher", "lower", "neither"]
    comes_from: str


_MONEY, _SHARE, _DATE, _DAYS = "reporting currency", "share", "date", "days"
_LINES = _("order lines")
_MARGIN = _("order lines with product cost (cogs, or a product's standard cost), else the assumed margin rate")
_SERVING = _("an adopted cost model, order lines and activities")
_BOTH = _("margin and cost to serve")

MEASURES: dict[str, Measure] = {
    measure.measure_id: measure
    for measure in (
        Measure(
            "revenue_12m",
            _("Revenue, 12 months"),
            _MONEY,
            _("Net revenue of the 12 months up to the day, returns and credit notes with their sign."),
            "higher",
            _LINES,
        ),
        Measure(
            "revenue_24m",
            _("Revenue, 24 months"),
            _MONEY,
            _("Net revenue of the 24 months up to the day, returns and credit notes with their sign."),
            "higher",
            _LINES,
        ),
        Measure(
            "revenue_growth_12m",
            _("Revenue growth"),
            _SHARE,
            _("Revenue of 12 months over that of the 12 months before, less 1; unknown where those are 0 or less."),
            "higher",
            _LINES,
        ),
        Measure(
            "margin_12m",
            _("Margin, 12 months"),
            _MONEY,
            _(
                "Net revenue less product cost of the 12 months up to the day, and less off-invoice items where recorded."
            ),
            "higher",
            _MARGIN,
        ),
        Measure(
            "margin_rate_12m",
            _("Margin rate"),
            _SHARE,
            _("Margin over revenue of the 12 months; unknown where revenue is 0 or less."),
            "higher",
            _MARGIN,
        ),
        Measure(
            "cost_to_serve_12m",
            _("Cost to serve, 12 months"),
            _MONEY,
            _(
                "Costs traced to the account, and the minutes its activities took at the cost of the capacity they used."
            ),
            "lower",
            _SERVING,
        ),
        Measure(
            "contribution_12m",
            _("Contribution, 12 months"),
            _MONEY,
            _("Margin less cost to serve of the 12 months up to the day."),
            "higher",
            _BOTH,
        ),
        Measure(
            "contribution_rate_12m",
            _("Contribution rate"),
            _SHARE,
            _("Contribution over revenue of the 12 months; unknown where revenue is 0 or less."),
            "higher",
            _BOTH,
        ),
        Measure(
            "orders_12m",
            _("Orders, 12 months"),
            "orders",
            _("Distinct orders with positive revenue in the 12 months up to the day."),
            "higher",
            _LINES,
        ),
        Measure(
            "active_months_12m",
            _("Active months"),
            "months",
            _("Calendar months with a purchase in the 12 months up to the day."),
            "higher",
            _LINES,
        ),
        Measure(
            "return_share_12m",
            _("Return share"),
            _SHARE,
            _("Negative net revenue over positive net revenue of the 12 months; unknown without a purchase."),
            "lower",
            _LINES,
        ),
        Measure(
            "first_order_on",
            _("First purchase"),
            _DATE,
            _("Day of the first line with positive net revenue."),
            "neither",
            _LINES,
        ),
        Measure(
            "last_order_on",
            _("Last purchase"),
            _DATE,
            _("Day of the latest line with positive net revenue up to the day."),
            "neither",
            _LINES,
        ),
        Measure(
            "recency_days",
            _("Days since purchase"),
            _DAYS,
            _("Days from the last purchase to the day."),
            "lower",
            _LINES,
        ),
        Measure(
            "order_days",
            _("Purchase days"),
            _DAYS,
            _("Distinct days with a purchase, ever up to the day."),
            "higher",
            _LINES,
        ),
        Measure(
            "product_count_12m",
            _("Products, 12 months"),
            "products",
            _("Distinct products purchased in the 12 months up to the day."),
            "higher",
            _("order lines with a product"),
        ),
        Measure(
            "lifetime_value",
            _("Lifetime value"),
            _MONEY,
            _("Contribution of 12 months × r / (1 + i − r): retention r and discount rate i per year."),
            "higher",
            _("margin, cost to serve, and the retention and discount rates"),
        ),
    )
}

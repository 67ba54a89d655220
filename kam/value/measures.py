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
    comes_from: what has to be there for it to be known. as_of_rule: which records count for a day; empty where it is
    the rule of the ledger, LEDGER_RULE. anchors: of a judgement in points, what 0, 5 and 10 mean.
    """

    measure_id: str
    name: str
    unit: str
    meaning: str
    better: Literal["higher", "lower", "neither"]
    comes_from: str
    as_of_rule: str = ""
    anchors: tuple[tuple[int, str], ...] = ()


LEDGER_RULE = _("Dated up to the day")
_STANDS = _("As the records stand today: one closed or deleted since is missing for a past day")
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
        Measure(
            "days_to_pay",
            _("Days to pay"),
            _DAYS,
            _(
                "Days from order to payment, weighted by amount, of the payments of 12 months: by order where a payment "
                "names it, else first in, first out."
            ),
            "lower",
            _("payments, and order lines in the same terms"),
        ),
        Measure(
            "contract_value",
            _("Contracts in force"),
            _MONEY,
            _("Annual value of the contracts in force on the day; unknown where one of them states none."),
            "higher",
            _("contracts"),
            _STANDS,
        ),
        Measure(
            "contract_months_left",
            _("Months of contract left"),
            "months",
            _("Complete months to the nearest end of a contract in force; unknown where none in force has an end."),
            "higher",
            _("contracts with an end"),
            _STANDS,
        ),
        Measure(
            "weighted_pipeline_12m",
            _("Weighted pipeline, 12 months"),
            _MONEY,
            _(
                "Amount × probability of the open opportunities (stage neither won, lost nor closed) expected to close "
                "in the 12 months after the day; unknown where one lacks amount, probability or day."
            ),
            "higher",
            _("opportunities"),
            _STANDS,
        ),
    )
}

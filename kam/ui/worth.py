"""Pictures and tables of what one account is worth (a `value.AccountValue`)."""

from __future__ import annotations

from decimal import Decimal

from kam import value
from kam.ui.bar_charts import months, waterfall
from kam.ui.cells import Column
from kam.ui.figures import months_to
from kam.ui.frame import Frame
from kam.ui.tables import record_table
from kam.units import day, short_money
from kam.words import _


def revenue_trend(frame: Frame, worth: value.AccountValue) -> None:
    """Revenue by month over 24 months, the year before behind it."""
    found = frame.store.read(
        "ledgers.revenue_trend",
        {"as_of": frame.as_of, "of_account": worth.account_id, "level": worth.level},
        order_by=[("month", False)],
    )
    growth = worth.measures["revenue_growth_12m"]
    direction = _("Revenue by month") if growth is None else _("Revenue grew") if growth > 0 else _("Revenue fell")
    months(
        found.records(),
        month="month",
        value="net_revenue",
        before="year_before_revenue",
        key="trend",
        title=direction,
        subtitle=_("By month, 24 months to {day}; grey: the same month a year before").format(day=day(frame.as_of)),
        empty=_("The ledger holds no order line of this account up to this day."),
        currency=frame.currency,
    )


def profit(frame: Frame, worth: value.AccountValue) -> None:
    """From revenue to contribution, a step for product cost and one for cost to serve."""
    revenue, margin, contribution = (worth.measures[m] for m in ("revenue_12m", "margin_12m", "contribution_12m"))
    is_known = None not in (revenue, margin, contribution)
    waterfall(
        [
            (_("Revenue"), revenue, True),
            (_("Product cost"), margin - revenue, False),
            (_("Cost to serve"), contribution - margin, False),
            (_("Contribution"), contribution, True),
        ]
        if is_known
        else [],
        key="profit",
        title=_remains(contribution if is_known else None, frame.currency),
        subtitle=months_to(frame.as_of),
        empty=" ".join(worth.missing),
        currency=frame.currency,
    )


def _remains(contribution: Decimal | None, currency: str) -> str:
    if contribution is None:
        return _("What remains after cost to serve is unknown")
    amount = short_money(abs(contribution), currency)
    if contribution < 0:
        return _("It costs {amount} more than it brings").format(amount=amount)
    return _("{amount} remain after cost to serve").format(amount=amount)


def cost_to_serve_table(frame: Frame, worth: value.AccountValue) -> None:
    """What was traced to the account, and the activities that it caused, dearest first, with their minutes and cost."""
    traced = [
        {"activity_name": value.DIRECT_KINDS.get(row["kind"], row["kind"]), "cost_amount": row["cost_amount"]}
        for row in worth.direct
        if not row["is_off_invoice"]
    ]
    record_table(
        [*traced, *worth.activities],
        [
            Column("activity_name", _("Traced, or activity")),
            Column("quantity", _("Times"), "number"),
            Column("unit_minutes", _("Minutes each"), "number"),
            Column("term_minutes", _("Minutes of terms"), "number", decimals=0),
            Column("minutes", _("Minutes"), "number", decimals=0),
            Column("cost_amount", _("Cost"), "reporting currency"),
        ],
        key="serving",
        title=_("Cost to serve by activity"),
        empty=" ".join(worth.missing) or _("The account caused no activity in these 12 months."),
        totals={"cost_amount": worth.measures["cost_to_serve_12m"]},
        currency=frame.currency,
    )

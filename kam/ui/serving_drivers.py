"""What makes an account dear to serve, against its peers and in money; and the lines and activities beneath it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kam import value
from kam.ui.cells import Column
from kam.ui.charts import as_of_line
from kam.ui.frame import Frame
from kam.ui.tables import ACCOUNT, record_downloads, record_table, relation_table
from kam.ui.text import escaped
from kam.units import short_money
from kam.words import _, several

# Rows of the portfolio's list: the dearest drivers of all accounts.
_DEAREST = 25

_RULE = _(
    "Cost now less what it would cost at the median of the peers, by the account's own unit cost. Each driver is taken "
    "alone, so the amounts do not add up: fewer orders also mean fewer lines."
)


def account_drivers(frame: Frame, account_id: str, *, key: str = "drivers") -> None:
    """An account's drivers, the dearest first: its own value, the peers' median, and the difference in money."""
    found = value.serving_drivers(frame.store, frame.as_of, account_id, for_whom=frame.person)
    dearer = [driver for driver in found if (driver.excess_amount or 0) > 0]
    st.markdown(f"**{escaped(_finding(dearer, found, frame.currency))}**")
    if found:
        st.caption(escaped(_peers_told(found), longest=1000))
    record_table(
        [
            vars(driver)
            | {
                "own_told": driver.told(driver.own, frame.currency),
                "median_told": driver.told(driver.median, frame.currency),
            }
            for driver in found
        ],
        [
            Column("name", _("Driver")),
            Column("own_told", _("This account")),
            Column("median_told", _("Median of its peers")),
            Column("cost_amount", _("Costs"), "reporting currency"),
            Column("at_median_amount", _("Would cost at the median"), "reporting currency"),
            _dearer(frame),
        ],
        key=f"{key}.table",
        title=_("What makes it dear, against its peers"),
        empty=_("It did not order in these 12 months, or no cost model is in force: nothing can be compared."),
        currency=frame.currency,
    )


def portfolio_drivers(frame: Frame) -> None:
    """The drivers of all accounts that cost the most above their peers' median."""
    rows = frame.store.page(
        "value.serving_drivers",
        {"as_of": frame.as_of},
        where=frame.narrowing_by_account(),
        order_by=[("excess_amount", True), ("account_id", False), ("driver", False)],
        limit=_DEAREST,
    ).records()
    dear = [row for row in rows if (row["excess_amount"] or 0) > 0]
    records = [
        row
        | {
            "driver_name": one.name,
            "own_told": one.told(one.own, frame.currency),
            "median_told": one.told(one.median, frame.currency),
            "peers": one.peers or _("all accounts"),
        }
        for row in dear
        if (one := value.driver_of(row))
    ]
    columns = [
        Column("name", _("Account"), "account"),
        Column("driver_name", _("Driver")),
        Column("own_told", _("This account")),
        Column("median_told", _("Median")),
        Column("peers", _("Compared with")),
        Column("cost_amount", _("Costs"), "reporting currency"),
        _dearer(frame),
    ]
    st.caption(escaped(_RULE, longest=1000))
    record_table(
        records,
        columns,
        key="portfolio-drivers",
        title=as_of_line(_("Where accounts are dearest against their peers, 12 months"), frame.as_of),
        empty=_("Nothing can be compared: no cost model is in force, or no account ordered in these 12 months."),
        currency=frame.currency,
        opens=ACCOUNT,
    )
    if records:
        record_downloads(
            frame, records, columns, key="portfolio-drivers", title=_("Drivers of cost to serve"), ids=("account_id",)
        )


def lines_behind(frame: Frame, account_id: str, *, key: str = "behind") -> None:
    """Every order line and recorded activity of the 12 months that the account's figures rest on."""
    relation_table(
        frame,
        "value.lines_behind",
        {"as_of": frame.as_of, "of_account": account_id},
        [
            Column("on_day", _("Day"), "date"),
            Column("kind", _("What"), "words"),
            Column("reference", _("Order / line, or activity")),
            Column("product_id", _("Product")),
            Column("quantity", _("Quantity"), "number"),
            Column("net_revenue", _("Net revenue"), "reporting currency", decimals=2),
            Column("cost_amount", _("Product cost"), "reporting currency", decimals=2),
            Column("minutes", _("Measured minutes"), "number"),
        ],
        key=key,
        title=_("Order lines and activities of the 12 months"),
        search=("reference", "product_id"),
        filters={"kind": _("What")},
        order_by=("on_day", True),
        totals=["net_revenue", "cost_amount"],
        opens=None,
        ids=("reference",),
        empty=_("Neither an order line nor an activity of this account lies in these 12 months."),
        rows_per_page=10,
    )


def _dearer(frame: Frame) -> Column:
    # A number and no money: below 0 is good news here, and a loss would be drawn in red.
    return Column("excess_amount", _("Dearer than its peers") + f", {frame.currency}", "number", _RULE, decimals=0)


def _finding(dearer: Sequence[value.ServingDriver], found: Sequence[value.ServingDriver], currency: str) -> str:
    if dearer:
        return _("{driver} makes it dear: {amount} a year above its peers").format(
            driver=dearer[0].name, amount=short_money(dearer[0].excess_amount, currency)
        )
    return _("No driver is dearer than its peers'") if found else _("Its drivers cannot be compared")


def _peers_told(found: Sequence[value.ServingDriver]) -> str:
    one = found[0]
    count = several("{count} account", "{count} accounts", one.peer_count)
    whom = (
        _("its industry {industry} ({count} that ordered)").format(industry=one.peers, count=count)
        if one.peers
        else _("all accounts that ordered ({count}), for its industry has too few").format(count=count)
    )
    return _("Compared with {whom}. {rule}").format(whom=whom, rule=_RULE)

"""What became of the cost of serving: pools, activities, and what could not be charged."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from kam import value
from kam.ui.cells import Column
from kam.ui.charts import as_of_line
from kam.ui.cost_model import equation_told
from kam.ui.figures import months_to
from kam.ui.frame import Frame
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.units import money
from kam.words import _


def cost_of_serving(frame: Frame, tied: value.Reconciliation) -> None:
    """The reconciliation line, the pools with their use, and what could not be charged."""

    def exact(amount: Decimal | None) -> str:
        return money(amount, frame.currency, decimals=2)

    st.markdown(
        "**"
        + escaped(
            _(
                "Allocated {allocated} + direct {direct} + unused {unused} + unallocated {unallocated} = ledger {ledger}"
            ).format(
                allocated=exact(tied.allocated_amount),
                direct=exact(tied.direct_amount),
                unused=exact(tied.unused_amount),
                unallocated=exact(tied.unallocated_amount),
                ledger=exact(tied.ledger_amount),
            )
        )
        + "**"
    )
    st.caption(
        escaped(
            _(
                "Cost of every pool, and what is traced directly to accounts, in the {period}. Unused capacity and business-sustaining cost are never charged to "
                "an account; what rounding leaves over stays with the unused capacity."
            ).format(period=months_to(frame.as_of)),
            longest=1000,
        )
    )
    record_table(
        [vars(pool) for pool in tied.pools],
        [
            Column("pool_name", _("Pool")),
            Column("cost_amount", _("Cost"), "reporting currency"),
            Column("allocated_amount", _("Allocated"), "reporting currency"),
            Column("unused_amount", _("Unused"), "reporting currency"),
            Column("unallocated_amount", _("Unallocated"), "reporting currency", help=_("Business-sustaining cost")),
            Column("capacity_minutes", _("Capacity, minutes"), "number", decimals=0),
            Column("used_minutes", _("Used, minutes"), "number", decimals=0),
            Column("utilisation_share", _("Used"), "share"),
        ],
        key="pools",
        title=_("What became of each pool's cost"),
        empty=_("No pool of the cost model has a period in these 12 months: give it one on the Settings page."),
        currency=frame.currency,
        totals={
            "cost_amount": sum((pool.cost_amount for pool in tied.pools), Decimal("0.00")),
            "allocated_amount": tied.allocated_amount,
            "unused_amount": tied.unused_amount,
            "unallocated_amount": tied.unallocated_amount,
        },
    )
    if tied.overused:
        st.warning(
            escaped(
                _("More was used than supplied: {pools}. That is overtime, or an error in minutes or volumes.").format(
                    pools=", ".join(pool.pool_name for pool in tied.overused)
                ),
                longest=1000,
            )
        )
    if tied.uncovered:
        record_table(
            tied.uncovered,
            [
                Column("activity_code", _("Activity")),
                Column("pool_id", _("Pool without a period")),
                Column("first_on", _("From"), "date"),
                Column("minutes", _("Minutes"), "number", decimals=0),
                Column("account_count", _("Accounts with an unknown cost"), "count"),
            ],
            key="uncovered",
            title=_("Work on days without a rate"),
            empty="",
        )
    if tied.unmodelled:
        record_table(
            tied.unmodelled,
            [
                Column("activity_code", _("Code")),
                Column("event_count", _("Activities"), "count"),
                Column("quantity", _("Quantity"), "number"),
                Column("account_count", _("Accounts"), "count"),
            ],
            key="unmodelled",
            title=_("Recorded, and not charged: the cost model does not name it"),
            empty="",
        )


def activities_used(frame: Frame) -> None:
    """Every activity of the model in force with its driver volume, minutes and cost, the dearest first."""
    found = frame.store.page(
        "value.activity_use", {"as_of": frame.as_of}, order_by=[("cost_amount", True), ("activity_code", False)]
    ).records()
    adopted = value.adopted_cost_model(frame.store, frame.as_of)
    equations = {
        activity.activity_code: equation_told(activity) for activity in (adopted.model.activities if adopted else ())
    }
    columns = [
        Column("activity_name", _("Activity")),
        Column("pool_name", _("Pool")),
        Column("quantity", _("How many"), "number"),
        Column("minutes", _("Minutes"), "number", decimals=0),
        Column("cost_amount", _("Cost"), "reporting currency"),
        Column("account_count", _("Accounts"), "count"),
        Column("unknown_count", _("Of these unknown"), "count", help=_("A part of their minutes has no rate.")),
        Column("equation", _("Minutes of one")),
    ]
    records = [row | {"equation": equations.get(row["activity_code"], "")} for row in found]
    record_table(
        records,
        columns,
        key="activity-use",
        title=as_of_line(_("What each kind of work cost, 12 months"), frame.as_of),
        empty=_("No cost model is in force."),
        currency=frame.currency,
        totals={"cost_amount": sum((row["cost_amount"] for row in found), Decimal("0.00"))},
    )
    if records:
        record_downloads(
            frame, records, columns, key="activity-use", title=_("Activities"), ids=("activity_code", "driver")
        )

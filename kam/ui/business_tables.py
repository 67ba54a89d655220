"""Lists of opportunities and contracts, of one account or of all."""

from __future__ import annotations

from collections.abc import Sequence

from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.tables import relation_table
from kam.words import _


def opportunity_table(frame: Frame, where: Sequence[Condition], *, with_account: bool) -> None:
    """Opportunities of both kinds under conditions."""
    relation_table(
        frame,
        "plans.opportunity_list",
        {"as_of": frame.as_of},
        [
            Column("name", _("Opportunity")),
            *([Column("account_name", _("Account"), "account")] if with_account else []),
            Column("stage", _("Stage")),
            Column("opportunity_state", _("State"), "status"),
            Column("amount", _("Amount"), "reporting currency"),
            Column("probability", _("Probability"), "share", decimals=0),
            Column("weighted_amount", _("By probability"), "reporting currency"),
            Column("expected_close_on", _("Expected close"), "date"),
            Column("days_in_stage", _("Days in stage"), "days"),
            Column("owner", _("Owner")),
        ],
        more=[
            Column("category", _("Product category")),
            Column("unit", _("Unit")),
            Column("is_own", _("Made here"), "flag"),
            Column("is_stuck", _("Stuck"), "flag"),
            Column("is_past_close", _("Past its close date"), "flag"),
            Column("outcome", _("Outcome")),
        ],
        key="opportunities",
        title=_("Opportunities"),
        where=where,
        search=("name", "owner", *(("account_name",) if with_account else ())),
        filters={"opportunity_state": _("State"), "stage_name": _("Stage")},
        order_by=("expected_close_on", True),
        totals=("amount", "weighted_amount"),
        opens=None,
        ids=("opportunity_id", "account_id"),
        empty=_("No opportunity is on record: import opportunities, or make one here."),
    )


def contract_table(frame: Frame, where: Sequence[Condition], *, with_account: bool) -> None:
    """Contracts with their last day of notice under conditions."""
    relation_table(
        frame,
        "plans.contract_notices",
        {"as_of": frame.as_of},
        [
            Column("contract", _("Contract")),
            *([Column("name", _("Account"), "account")] if with_account else []),
            Column("notice_state", _("Notice"), "status"),
            Column("notice_on", _("Last day of notice"), "date"),
            Column("end_date", _("Until"), "date"),
            Column("auto_renews", _("Renews itself")),
            Column("annual_value", _("Value a year"), "reporting currency"),
            Column("notice_days", _("Notice, days"), "days"),
            Column("start_date", _("From"), "date"),
        ],
        key="contracts-list",
        title=_("Contracts"),
        where=where,
        search=("contract", "name") if with_account else (),
        filters={"notice_state": _("Notice")},
        order_by=("notice_on", False),
        totals=("annual_value",),
        opens=None,
        ids=("contract_id", "account_id"),
        empty=_("No contract is on record: import contracts."),
    )

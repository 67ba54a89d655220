"""Lists of commitments, complaints and concessions, of one account or of all; functions beside each other."""

from __future__ import annotations

from collections.abc import Sequence

from kam import plans
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.tables import record_downloads, record_table, relation_table
from kam.words import _


def commitment_table(frame: Frame, where: Sequence[Condition], *, with_account: bool) -> None:
    """Commitments under conditions, what is due first."""
    relation_table(
        frame,
        "plans.commitment_list",
        {"as_of": frame.as_of},
        [
            Column("commitment", _("What we promised")),
            *([Column("name", _("Account"), "account")] if with_account else []),
            Column("commitment_state", _("State"), "status"),
            Column("function", _("Function"), "words"),
            Column("owner", _("Owner")),
            Column("due_on", _("Due"), "date"),
            Column("kpi", _("KPI")),
            Column("target_value", _("Target"), "number", unit_by="unit"),
            Column("last_value", _("Last"), "number", unit_by="unit"),
            Column("kept_share_12m", _("Kept, 12 months"), "share", decimals=0),
        ],
        more=[
            Column("last_observed_on", _("Observed"), "date"),
            Column("last_evidence", _("Evidence")),
            Column("kept_count_12m", _("Times kept"), "count"),
            Column("broken_count_12m", _("Times not kept"), "count"),
            Column("is_standing", _("Standing"), "flag"),
            Column("begins_on", _("Promised on"), "date"),
            Column("is_shown", _("Customer sees it"), "flag"),
            Column("outcome", _("Outcome")),
        ],
        key="commitments",
        title=_("Commitments"),
        where=where,
        search=("commitment", "owner", *(("name",) if with_account else ())),
        filters={"commitment_state": _("State"), "function": _("Function")},
        order_by=("urgency", False),
        opens=None,
        ids=("commitment_id", "account_id"),
        empty=_("Nothing has been promised yet: start from the practices that a key account expects."),
    )


def complaint_table(frame: Frame, where: Sequence[Condition], *, with_account: bool) -> None:
    """Complaints under conditions, the longest overdue first."""
    relation_table(
        frame,
        "plans.complaint_list",
        {"as_of": frame.as_of},
        [
            Column("complaint", _("Complaint")),
            *([Column("name", _("Account"), "account")] if with_account else []),
            Column("complaint_state", _("State"), "status"),
            Column("owner", _("Owner")),
            Column("severity", _("Severity"), "words"),
            Column("escalation_level", _("Escalation"), "count"),
            Column("days_overdue", _("Days overdue"), "days"),
            Column("received_on", _("Received"), "date"),
            Column("answer_due_on", _("Answer due"), "date"),
            Column("answered_on", _("Answered"), "date"),
            Column("solution_due_on", _("Solution due"), "date"),
            Column("closed_on", _("Closed"), "date"),
        ],
        more=[
            Column("function", _("Function"), "words"),
            Column("offered_to", _("Asked to take over")),
            Column("is_answered_in_time", _("Answered in time")),
            Column("is_solved_in_time", _("Solved in time")),
            Column("cause", _("Cause")),
            Column("outcome", _("Outcome")),
        ],
        key="complaints",
        title=_("Complaints"),
        where=where,
        search=("complaint", "owner", *(("name",) if with_account else ())),
        filters={"complaint_state": _("State"), "severity": _("Severity"), "function": _("Function")},
        order_by=("days_overdue", True),
        opens=None,
        ids=("complaint_id", "account_id"),
        empty=_("No complaint is on record up to this day."),
    )


def concession_table(frame: Frame, where: Sequence[Condition], *, with_account: bool) -> None:
    """Price concessions and non-price measures under conditions."""
    relation_table(
        frame,
        "plans.concession_list",
        {"as_of": frame.as_of},
        [
            Column("concession", _("What was given")),
            *([Column("name", _("Account"), "account")] if with_account else []),
            Column("kind", _("Kind"), "words"),
            Column("concession_state", _("State"), "status"),
            Column("cost_amount", _("Cost a year"), "reporting currency"),
            Column("begins_on", _("From"), "date"),
            Column("ends_on", _("Until"), "date"),
            Column("reason", _("Why")),
            Column("given_by", _("Given by")),
        ],
        key="concessions",
        title=_("Price concessions and other measures"),
        where=where,
        search=("concession", "reason", *(("name",) if with_account else ())),
        filters={"kind": _("Kind"), "concession_state": _("State")},
        order_by=("begins_on", True),
        totals=("cost_amount",),
        opens=None,
        ids=("concession_id", "account_id"),
        empty=_("Nothing has been given beyond the usual, as far as was written down."),
    )


def function_table(frame: Frame) -> None:
    """What each function promised, whether it is kept, and the complaints it has; over all accounts."""
    names = plans.functions()
    rows = frame.store.read(
        "plans.function_service", {"as_of": frame.as_of}, order_by=[("kept_share_12m", False), ("function", False)]
    ).records()
    shown = [row | {"function": names.get(row["function"], row["function"])} for row in rows]
    columns = [
        Column("function", _("Function")),
        Column("kept_share_12m", _("Kept, 12 months"), "share", decimals=0),
        Column("kept_count_12m", _("Times kept"), "count"),
        Column("broken_count_12m", _("Times not kept"), "count"),
        Column("commitment_count", _("Commitments"), "count"),
        Column("account_count", _("Accounts"), "count"),
        Column("overdue_commitment_count", _("Overdue"), "count"),
        Column("unobserved_count", _("Never observed"), "count"),
        Column("open_complaint_count", _("Open complaints"), "count"),
        Column("overdue_complaint_count", _("Overdue complaints"), "count"),
    ]
    record_table(
        shown,
        columns,
        key="functions",
        title=_("Functions"),
        empty=_("No function owes anything yet: commitments are made on the accounts' pages."),
    )
    if shown:
        record_downloads(frame, shown, columns, key="functions", title=_("Functions"), ids=("function",))

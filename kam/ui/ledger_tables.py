"""The fact tables as lists, each with its columns, order and empty state; and the audit trail of a record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kam.store import Condition, Rows, events
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.tables import record_table, relation_table
from kam.words import _


@dataclass(frozen=True)
class _List:
    title: str
    columns: Sequence[Column]
    order_by: tuple[str, bool]
    id: str
    empty: str
    search: Sequence[str] = ()
    filters: Mapping[str, str] = field(default_factory=dict)
    totals: Sequence[str] = ()


_LISTS = {
    "contacts": _List(
        _("Contacts"),
        [
            Column("name", _("Contact")),
            Column("title", _("Title")),
            Column("role", _("Role")),
            Column("influence", _("Influence, 1 to 5"), "count"),
            Column("attitude", _("Attitude, −2 to 2"), "count"),
            Column("email", _("Email")),
        ],
        ("influence", True),
        "contact_id",
        _("No contact is on record: import contacts."),
    ),
    "opportunities": _List(
        _("Opportunities"),
        [
            Column("name", _("Opportunity")),
            Column("stage", _("Stage")),
            Column("amount", _("Amount"), "reporting currency"),
            Column("probability", _("Probability"), "share", decimals=0),
            Column("expected_close", _("Expected close"), "date"),
            Column("owner", _("Owner")),
        ],
        ("expected_close", True),
        "opportunity_id",
        _("No opportunity is on record: import opportunities."),
        totals=("amount",),
    ),
    "contracts": _List(
        _("Contracts"),
        [
            Column("name", _("Contract")),
            Column("start_date", _("From"), "date"),
            Column("end_date", _("Until"), "date"),
            Column("annual_value", _("Value a year"), "reporting currency"),
            Column("notice_days", _("Notice, days"), "days"),
            Column("auto_renews", _("Renews itself")),
        ],
        ("end_date", False),
        "contract_id",
        _("No contract is on record: import contracts."),
    ),
    "interactions": _List(
        _("Interactions"),
        [
            Column("occurred_on", _("Day"), "date"),
            Column("kind", _("Kind"), "words"),
            Column("summary", _("Summary")),
            Column("by", _("By")),
            Column("next_step", _("Next step")),
            Column("next_step_due", _("Due"), "date"),
        ],
        ("occurred_on", True),
        "interaction_id",
        _("No interaction is on record up to this day: import interactions."),
        search=("summary", "by", "next_step"),
        filters={"kind": _("Kind")},
    ),
}


def ledger_table(frame: Frame, table: str, *, where: Sequence[Condition], key: str | None = None) -> Rows:
    """A list of `contacts`, `opportunities`, `contracts` or `interactions` under conditions (of one account, say)."""
    listed = _LISTS[table]
    return relation_table(
        frame,
        f"ledgers.{table}",
        None,
        listed.columns,
        key=key or table,
        title=listed.title,
        where=where,
        search=listed.search,
        filters=listed.filters,
        order_by=listed.order_by,
        totals=listed.totals,
        opens=None,
        ids=(listed.id,),
        empty=listed.empty,
    )


def audit_trail(frame: Frame, kind: str, subject_id: str) -> None:
    """Every recorded write about one record, newest first. kind: `account`, `review` …"""
    record_table(
        [vars(event) for event in events(frame.store, subject_kind=kind, subject_id=subject_id, limit=100)],
        [
            Column("happened_at", _("When, UTC"), "datetime"),
            Column("action", _("What")),
            Column("person_name", _("Who")),
            Column("event_id", _("Event"), "count"),
        ],
        key=f"audit.{kind}",
        title=_("Audit trail"),
        empty=_("Nothing has been recorded about it yet."),
    )

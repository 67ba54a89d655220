"""Service of an account on its page: what was promised and whether it is kept, complaints, and what was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import plans
from kam.store import Condition
from kam.ui.account_complaints import account_complaints
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.record_forms import add_record, change_record
from kam.ui.refusals import refusals_shown
from kam.ui.service_tables import commitment_table, concession_table
from kam.ui.tables import record_table
from kam.ui.text import plain
from kam.units import day
from kam.words import _

_PARTS = {
    "commitments": _("Commitments"),
    "complaints": _("Complaints"),
    "concessions": _("Price and other measures"),
}
_OWN = "own"


def account_service(frame: Frame, account: Mapping[str, Any]) -> None:
    """The account's service: four figures, then commitments, complaints or concessions."""
    account_id = account["account_id"]
    service_figures(frame, account_id)
    part = st.segmented_control(
        _("Part of the service"),
        list(_PARTS),
        default="commitments",
        required=True,
        format_func=_PARTS.__getitem__,
        key="service",
        bind="query-params",
        label_visibility="collapsed",
    )
    if part == "complaints":
        account_complaints(frame, account_id)
    elif part == "concessions":
        _concessions(frame, account_id)
    else:
        _commitments(frame, account_id)


def service_figures(frame: Frame, account_id: str) -> None:
    """How the account is served, in four figures."""
    found = frame.store.one(
        "plans.account_service", {"as_of": frame.as_of}, where=[Condition("account_id", "=", account_id)]
    )
    row = found or {}
    on_day = _("as of {day}").format(day=day(frame.as_of))
    seen = row.get("kept_count_12m", 0) + row.get("broken_count_12m", 0)
    figures(
        {
            "label": _("Commitments kept"),
            "value": row.get("kept_share_12m"),
            "unit": "share",
            "period": _("{kept} of {seen} observations in 12 months").format(
                kept=row.get("kept_count_12m", 0), seen=seen
            ),
            "unknown_because": _("no commitment was observed in 12 months"),
            "rule": Rule(
                _("Observations that a commitment was kept ÷ all observations of 12 months; each has its evidence.")
            ),
            "key": "kept",
        },
        {
            "label": _("Commitments overdue"),
            "value": row.get("overdue_commitment_count", 0),
            "unit": "count",
            "period": _("of {count} running").format(count=row.get("commitment_count", 0)),
            "key": "overdue-commitments",
        },
        {
            "label": _("Open complaints"),
            "value": row.get("open_complaint_count", 0),
            "unit": "count",
            "period": on_day,
            "key": "open-complaints",
        },
        {
            "label": _("Overdue complaints"),
            "value": row.get("overdue_complaint_count", 0),
            "unit": "count",
            "period": _("highest escalation: level {level}").format(level=row["highest_escalation"])
            if row.get("highest_escalation")
            else on_day,
            "rule": Rule(
                _(
                    "A clock ran out: the first answer or the solution, by severity. Level 1 is the account manager, 2 the head of the function, 3 "
                    "our executive sponsor."
                ),
                source=_("plans.first_answer_days_…, plans.solution_days_…, plans.escalation_… on the Settings page"),
            ),
            "key": "overdue-complaints",
        },
    )


def _commitments(frame: Frame, account_id: str) -> None:
    this = [Condition("account_id", "=", account_id)]
    commitment_table(frame, this, with_account=False)
    rows = frame.store.read(
        "plans.commitments",
        where=[*this, Condition("recorded_on", "<=", frame.as_of)],
        order_by=[("commitment_id", False)],
    ).records()
    running = [row for row in rows if row["state"] == "open"]
    if running:
        _observe(frame, {row["commitment_id"]: row for row in running})
    _promise(frame, account_id, {row["practice_id"] for row in running})
    change_record(frame, "commitment", rows, label=_("Change or end a commitment"), done=_("The commitment is saved."))
    if rows:
        _observations(frame, rows)


def _promise(frame: Frame, account_id: str, made: set[str | None]) -> None:
    """Make a commitment from a practice of the template, or one for this account alone."""
    left_out = {p: practice for p, practice in plans.practices().items() if p not in made}
    names = {p: practice.name for p, practice in left_out.items()} | {_OWN: _("Something else, for this account alone")}
    chosen = st.selectbox(
        _("Practice that a key account expects, not promised here yet"),
        list(names),
        format_func=names.__getitem__,
        key="service.practice",
    )
    practice = left_out.get(chosen)
    values: dict[str, Any] = {"begins_on": frame.as_of}
    if practice is not None:
        values |= {
            "commitment": practice.name,
            "practice_id": practice.practice_id,
            "function": practice.function,
            "kpi": practice.kpi,
            "unit": practice.unit,
            "target_value": practice.target,
        }
    add_record(
        frame,
        "commitment",
        account_id,
        label=_("Promise it"),
        done=_("The commitment is made: its owner keeps it, and observations show whether."),
        values=values,
        slot=f".{chosen}",
    )


def _observe(frame: Frame, running: Mapping[int, Mapping[str, Any]]) -> None:
    with st.expander(_("Record whether one was kept")), form("observe", _("Record the observation")) as observing:
        which = st.selectbox(
            _("Commitment"), list(running), format_func=lambda at: plain(running[at]["commitment"], longest=80)
        )
        left, middle, right = st.columns(3, vertical_alignment="bottom")
        is_kept = left.radio(
            _("It was"), [True, False], format_func={True: _("kept"), False: _("not kept")}.__getitem__, horizontal=True
        )
        on = middle.date_input(_("Observed on"), value=frame.as_of, format="YYYY-MM-DD")
        value = right.number_input(_("Value of the KPI, where measured"), value=None, format="%.2f")
        evidence = st.text_input(_("Evidence: what shows it"), max_chars=500)
    if observing.sent:
        with refusals_shown(observing):
            plans.observe_commitment(
                frame.store,
                which,
                observed_on=on,
                is_kept=is_kept,
                evidence=evidence,
                value=value,
                who=frame.person,
                op_id=observing.op_id,
            )
            observing.done(_("The observation is recorded."))


def _observations(frame: Frame, rows: list[dict[str, Any]]) -> None:
    names = {row["commitment_id"]: row["commitment"] for row in rows}
    seen = frame.store.read(
        "plans.commitment_checks",
        where=[Condition("commitment_id", "one_of", list(names)), Condition("observed_on", "<=", frame.as_of)],
        order_by=[("observed_on", True), ("recorded_at", True)],
        limit=100,
    )
    with st.expander(_("Observations")):
        record_table(
            [
                row | {"commitment": names[row["commitment_id"]], "state": "kept" if row["is_kept"] else "broken"}
                for row in seen
            ],
            [
                Column("observed_on", _("Day"), "date"),
                Column("commitment", _("Commitment")),
                Column("state", _("It was"), "status"),
                Column("value", _("KPI"), "number"),
                Column("evidence", _("Evidence")),
                Column("recorded_by", _("By")),
            ],
            key="observations",
            title=_("Observations"),
            empty=_("Nothing has been observed yet."),
        )


def _concessions(frame: Frame, account_id: str) -> None:
    """What was given in price beside what was given otherwise, and the log."""
    this = [Condition("account_id", "=", account_id)]
    row = frame.store.one("plans.account_service", {"as_of": frame.as_of}, where=this) or {}
    money = {"unit": "reporting currency", "currency": frame.currency, "period": _("a year, of what runs")}
    because = {"unknown_because": _("the cost of one is unknown")}
    figures(
        {"label": _("Given in price"), "value": row.get("price_cost_amount", 0), "key": "price", **money, **because},
        {
            "label": _("Given otherwise"),
            "value": row.get("non_price_cost_amount", 0),
            "key": "other",
            **money,
            **because,
        },
    )
    concession_table(frame, this, with_account=False)
    add_record(
        frame,
        "concession",
        account_id,
        label=_("Log a concession or measure"),
        done=_("It is in the log."),
        values={"begins_on": frame.as_of, "given_by": frame.person.name},
    )
    rows = frame.store.read(
        "plans.concessions",
        where=[*this, Condition("recorded_on", "<=", frame.as_of)],
        order_by=[("concession_id", False)],
    ).records()
    change_record(frame, "concession", rows, label=_("Change or end one"), done=_("The log is saved."))

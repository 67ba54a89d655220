"""The parts of an open plan: objectives, SWOT, actions, risks; each as a table with what adds and changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from kam import plans, value
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.record_forms import add_record, change_record
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped, plain
from kam.words import _, several

_SHOWN = Column("is_shown", _("Customer sees it"), "flag")
ACTION_COLUMNS = [
    Column("action", _("Action")),
    Column("owner", _("Owner")),
    Column("starts_on", _("Start"), "date"),
    Column("due_on", _("Due"), "date"),
    Column("action_state", _("State"), "status"),
    Column("progress_share", _("Progress"), "share", decimals=0),
    Column("objective", _("For the objective")),
    Column("swot_item", _("From the SWOT item")),
    Column("initiative", _("For the initiative")),
    Column("outcome", _("Outcome")),
    _SHOWN,
]
OBJECTIVE_COLUMNS = [
    Column("objective", _("Objective")),
    Column("objective_state", _("Standing"), "status"),
    Column("baseline_value", _("Baseline"), "number", unit_by="unit"),
    Column("current_value", _("Now"), "number", unit_by="unit"),
    Column("current_on", _("Of"), "date"),
    Column("target_value", _("Target"), "number", unit_by="unit"),
    Column("due_on", _("By"), "date"),
    Column("progress_share", _("Way made"), "share", decimals=0),
    _SHOWN,
]
RISK_COLUMNS = [
    Column("risk", _("Risk")),
    Column("weight", _("Weight, 1 to 25"), "count"),
    Column("likelihood", _("Likelihood"), "count"),
    Column("severity", _("Severity"), "count"),
    Column("risk_state", _("State"), "status"),
    Column("mitigation", _("What we do about it")),
    Column("owner", _("Owner")),
    Column("outcome", _("Outcome")),
    _SHOWN,
]
_QUADRANTS = {
    "strength": _("Strengths"),
    "weakness": _("Weaknesses"),
    "opportunity": _("Opportunities"),
    "threat": _("Threats"),
}


def plan_part(frame: Frame, part: str, plan_id: int) -> None:
    """Draw one part of an open plan: action, objective, swot, risk."""
    drawn: dict[str, Callable[[Frame, int], None]] = {
        "action": _actions,
        "objective": _objectives,
        "swot": _swot,
        "risk": _risks,
    }
    drawn[part](frame, plan_id)


def _listed(frame: Frame, name: str, plan_id: int, order_by: list[tuple[str, bool]]) -> list[dict[str, Any]]:
    return frame.store.read(
        f"plans.{name}_list", {"as_of": frame.as_of}, where=[Condition("plan_id", "=", plan_id)], order_by=order_by
    ).records()


def _kept(frame: Frame, name: str, plan_id: int) -> list[dict[str, Any]]:
    kind = plans.KINDS[name]
    return frame.store.read(
        kind.table,
        where=[Condition("plan_id", "=", plan_id), Condition("recorded_on", "<=", frame.as_of)],
        order_by=[(kind.id_column, False)],
        limit=500,
    ).records()


def _links(frame: Frame, plan_id: int) -> dict[str, dict[int, str]]:
    """What an action can be for and come from."""
    objectives = _kept(frame, "objective", plan_id)
    items = _kept(frame, "swot", plan_id)
    plan = frame.store.one("plans.plans", where=[Condition("plan_id", "=", plan_id)])
    planned = value.initiatives_of(frame.store, frame.as_of, plan["account_id"])
    return {
        "objective_id": {o["objective_id"]: o["objective"] for o in objectives},
        "swot_id": {s["swot_id"]: s["item"] for s in items},
        "initiative_id": {i["initiative_id"]: i["title"] for i in planned},
    }


def _actions(frame: Frame, plan_id: int) -> None:
    rows = _listed(frame, "action", plan_id, [("due_on", False), ("action_id", False)])
    late_first = sorted(rows, key=lambda r: (r["action_state"] != "overdue", not r["is_open"], r["due_on"]))
    record_table(
        late_first,
        ACTION_COLUMNS,
        key="plan.actions",
        title=_("Actions of the plan"),
        empty=_("No action is planned yet."),
        currency=frame.currency,
    )
    if rows:
        record_downloads(
            frame,
            late_first,
            ACTION_COLUMNS,
            key="plan.actions",
            title=_("Actions of the plan"),
            ids=("action_id", "account_id"),
        )
    add_action(frame, plan_id)
    change_record(
        frame,
        "action",
        _kept(frame, "action", plan_id),
        label=_("Change or finish an action"),
        done=_("The action is saved."),
        options=_links(frame, plan_id),
    )


def add_action(frame: Frame, plan_id: int, *, slot: str = "") -> None:
    """The form that adds an action to a plan. slot: stands alone, open, told from the one on the account's page."""
    add_record(
        frame,
        "action",
        plan_id,
        label=_("Add an action or milestone"),
        done=_("The action is planned."),
        values={"starts_on": frame.as_of},
        options=_links(frame, plan_id),
        slot=slot,
        is_open=bool(slot),
    )


def _objectives(frame: Frame, plan_id: int) -> None:
    rows = _listed(frame, "objective", plan_id, [("due_on", False), ("objective_id", False)])
    record_table(
        rows,
        OBJECTIVE_COLUMNS,
        key="plan.objectives",
        title=_("Objectives of the plan"),
        empty=_("No objective has been set yet."),
        currency=frame.currency,
    )
    typed = [r for r in rows if r["measure_id"] is None and r["is_open"]]
    if typed:
        _note_value(frame, {r["objective_id"]: r for r in typed})
    add_record(frame, "objective", plan_id, label=_("Add an objective"), done=_("The objective is set."))
    change_record(
        frame,
        "objective",
        _kept(frame, "objective", plan_id),
        label=_("Change or close an objective"),
        done=_("The objective is saved."),
    )


def _note_value(frame: Frame, open_ones: Mapping[int, Mapping[str, Any]]) -> None:
    with st.expander(_("Note where an objective stands")), form("note_value", _("Note the value")) as noting:
        which = st.selectbox(
            _("Objective"), list(open_ones), format_func=lambda at: plain(open_ones[at]["objective"], longest=80)
        )
        left, right = st.columns(2)
        value = left.number_input(_("Value"), value=None, format="%.2f")
        on = right.date_input(_("Observed on"), value=frame.as_of, format="YYYY-MM-DD")
        evidence = st.text_input(_("What shows it"), max_chars=500)
    if noting.sent:
        with refusals_shown(noting):
            plans.note_value(
                frame.store,
                which,
                observed_on=on,
                value=value,
                evidence=evidence,
                who=frame.person,
                op_id=noting.op_id,
            )
            noting.done(_("The value is noted."))


def _swot(frame: Frame, plan_id: int) -> None:
    rows = _listed(frame, "swot", plan_id, [("swot_id", False)])
    for pair in (("strength", "weakness"), ("opportunity", "threat")):
        for place, quadrant in zip(st.columns(2, gap="medium"), pair, strict=True):
            with place, st.container(border=True):
                st.markdown(f"**{_QUADRANTS[quadrant]}**")
                found = [r for r in rows if r["kind"] == quadrant and r["is_open"]]
                st.markdown("\n".join(_swot_line(row) for row in found) or f":gray[{_('nothing noted')}]")
    add_record(frame, "swot", plan_id, label=_("Add to the SWOT"), done=_("The item is noted."))
    open_items = {r["swot_id"]: r["item"] for r in rows if r["is_open"]}
    if open_items:
        add_record(
            frame,
            "action",
            plan_id,
            label=_("Turn a SWOT item into an action"),
            done=_("The action is planned; the item keeps the link."),
            values={"starts_on": frame.as_of, "swot_id": next(iter(open_items))},
            slot=".swot",
            options=_links(frame, plan_id),
        )
    change_record(
        frame,
        "swot",
        _kept(frame, "swot", plan_id),
        label=_("Change or settle a SWOT item"),
        done=_("The item is saved."),
    )


def _swot_line(row: Mapping[str, Any]) -> str:
    count = row["action_count"]
    more = f" :gray[→ {several('{count} action', '{count} actions', count)}]" if count else ""
    return f"- {escaped(row['item'])}{more}{' ★' if row['is_shown'] else ''}"


def _risks(frame: Frame, plan_id: int) -> None:
    rows = _listed(frame, "risk", plan_id, [("is_open", True), ("weight", True), ("risk_id", False)])
    record_table(
        rows,
        RISK_COLUMNS,
        key="plan.risks",
        title=_("Risks of the plan"),
        empty=_("No risk has been named yet."),
    )
    add_record(frame, "risk", plan_id, label=_("Add a risk"), done=_("The risk is named."))
    change_record(
        frame,
        "risk",
        _kept(frame, "risk", plan_id),
        label=_("Change or close a risk"),
        done=_("The risk is saved."),
    )

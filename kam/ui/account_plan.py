"""The plan of an account on its page: how far it is, its timeline, its parts, its period and the customer's copy."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from kam import plans
from kam.store import Condition
from kam.ui.account_plan_parts import plan_part
from kam.ui.figures import Rule, figures
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.initiatives import initiatives
from kam.ui.plan_frozen import frozen_plan
from kam.ui.plan_timeline import plan_timeline
from kam.ui.record_forms import record_inputs
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.text import escaped, plain
from kam.units import day
from kam.words import _, several

_PARTS = {
    "action": _("Actions"),
    "objective": _("Objectives"),
    "swot": _("SWOT"),
    "initiative": _("Initiatives"),
    "risk": _("Risks"),
    "period": _("Period and copy"),
}


def account_plan(frame: Frame, account: Mapping[str, Any]) -> None:
    """The account's plan; without one, the form that opens it."""
    account_id = account["account_id"]
    found = frame.store.read(
        "plans.progress",
        {"as_of": frame.as_of},
        where=[Condition("account_id", "=", account_id)],
        order_by=[("begins_on", True), ("plan_id", True)],
    ).records()
    if not found:
        st.info(_("No plan has been made with this account up to this day: open one for a period."))
        _open(frame, account_id, None)
        return
    plan = _chosen(found)
    _answer(frame, plan)
    row = frame.store.one("plans.plans", where=[Condition("plan_id", "=", plan["plan_id"])])
    if not plan["is_open"]:
        frozen_plan(frame, json.loads(row["kept"]), row)
        if plan["plan_state"] == "closed" and not any(p["is_open"] for p in found):
            _open(frame, account_id, plan)
        return
    actions = frame.store.read(
        "plans.action_list", {"as_of": frame.as_of}, where=[Condition("plan_id", "=", plan["plan_id"])]
    ).records()
    plan_timeline(
        actions,
        as_of=frame.as_of,
        begins_on=plan["begins_on"],
        ends_on=plan["ends_on"],
        title=_timeline_title(plan),
        key="plan-timeline",
    )
    part = st.segmented_control(
        _("Part of the plan"),
        list(_PARTS),
        default="action",
        required=True,
        format_func=_PARTS.__getitem__,
        key="plan",
        bind="query-params",
        label_visibility="collapsed",
    )
    if part == "period":
        _period(frame, row)
    elif part == "initiative":
        initiatives(frame, account_id)
    else:
        plan_part(frame, part, plan["plan_id"])


def _chosen(found: list[dict[str, Any]]) -> dict[str, Any]:
    if len(found) == 1:
        return found[0]
    by_id = {p["plan_id"]: p for p in found}
    first = next((p["plan_id"] for p in found if p["is_open"]), found[0]["plan_id"])
    chosen = st.segmented_control(
        _("Period"),
        list(by_id),
        default=first,
        required=True,
        format_func=lambda at: f"{plain(by_id[at]['title'], longest=40)} ({state(by_id[at]['plan_state']).word})",
        key="plan.period",
    )
    return by_id[chosen]


def _answer(frame: Frame, plan: Mapping[str, Any]) -> None:
    """Where the plan stands, in a sentence and four figures."""
    said = _("{title}, {begin} to {end}").format(
        title=plan["title"], begin=day(plan["begins_on"]), end=day(plan["ends_on"])
    )
    st.markdown(f"{state(plan['plan_state']).badge} **{escaped(said)}**")
    on_day = _("as of {day}").format(day=day(frame.as_of))
    figures(
        {
            "label": _("Due actions done"),
            "value": plan["due_done_share"],
            "unit": "share",
            "period": _("{done} of {due} due so far").format(done=plan["due_done_count"], due=plan["due_count"]),
            "unknown_because": _("nothing was due yet"),
            "rule": Rule(_("Actions and milestones due on or before the day that are done; dropped ones left out.")),
            "key": "plan-done",
        },
        {
            "label": _("Objectives on course"),
            "value": plan["on_course_share"],
            "unit": "share",
            "period": _("{on} of {known} known").format(
                on=plan["on_course_count"], known=plan["known_objective_count"]
            ),
            "unknown_because": _("no objective has a known value"),
            "rule": Rule(
                _(
                    "On course: at or beyond the straight line from the baseline at the period's begin to the target at its day."
                ),
                missing=several(
                    "{count} objective without a known value",
                    "{count} objectives without a known value",
                    plan["objective_count"] - plan["known_objective_count"],
                )
                if plan["objective_count"] > plan["known_objective_count"]
                else "",
            ),
            "key": "plan-course",
        },
        {
            "label": _("Late actions"),
            "value": plan["overdue_count"],
            "unit": "count",
            "period": on_day,
            "key": "plan-late",
        },
        {
            "label": _("High risks"),
            "value": plan["high_risk_count"],
            "unit": "count",
            "period": _("of {open} open").format(open=plan["open_risk_count"]),
            "rule": Rule(
                _("Likelihood times severity from the threshold on."),
                source=_("plans.high_risk_from on the Settings page"),
            ),
            "key": "plan-risks",
        },
    )


def _timeline_title(plan: Mapping[str, Any]) -> str:
    if plan["overdue_count"]:
        return several("{count} action is late", "{count} actions are late", plan["overdue_count"])
    if plan["next_due_on"]:
        return _("Nothing is late; the next action is due on {day}").format(day=day(plan["next_due_on"]))
    return _("Nothing is late and nothing is open")


def _open(frame: Frame, account_id: str, before: Mapping[str, Any] | None) -> None:
    """Open the first period, or continue a closed one. before: the closed plan."""
    begins = frame.as_of if before is None else max(frame.as_of, before["ends_on"])
    first = {
        "title": _("Account plan {year}").format(year=begins.year),
        "begins_on": begins,
        "ends_on": date(begins.year, 12, 31),
    }
    label = _("Open the plan") if before is None else _("Continue in a new period")
    st.subheader(label, anchor=False)
    if before is not None:
        st.caption(_("Objectives, actions, SWOT items and risks that are open are taken over with their links."))
    with form(f"open_plan.{account_id}", label) as opening:
        typed = record_inputs(plans.PLAN_FIELDS, first, key=f"open.{opening.op_id[:8]}")
    if opening.sent:
        with refusals_shown(opening):
            given = {"as_of": frame.as_of, "who": frame.person, "op_id": opening.op_id}
            if before is None:
                plans.open_plan(frame.store, account_id, typed, **given)
            else:
                plans.continue_plan(frame.store, before["plan_id"], typed, **given)
            opening.done(_("The plan is open: add objectives, actions and risks."))


def _period(frame: Frame, row: Mapping[str, Any]) -> None:
    """Change what the plan says of itself, make the customer's copy, close the period."""
    plan_id = row["plan_id"]
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("The period"), anchor=False)
        with form(f"period.{plan_id}", _("Save the change"), is_primary=False) as changing:
            version, seen = changing.version(row["version"]), changing.seen(row)
            typed = record_inputs(plans.PLAN_FIELDS, seen, key=f"period.{changing.op_id[:8]}")
        if changing.sent:
            changes = {n: v for n, v in typed.items() if v != seen[n]}
            with refusals_shown(changing):
                plans.change_plan(
                    frame.store, plan_id, changes, expected_version=version, who=frame.person, op_id=changing.op_id
                )
                changing.done(_("The plan is saved."))
    with right:
        st.subheader(_("Customer's copy"), anchor=False)
        st.write(
            _(
                "A page to print or send. It holds the joint aim and the items marked *show to customer*, and nothing of profit, "
                "lifetime value, attitudes or health."
            )
        )
        st.download_button(
            _("Download the customer's copy"),
            data=lambda: plans.customer_copy(frame.store, plan_id, frame.as_of).encode(),
            file_name="joint-plan.html",
            mime="text/html",
            on_click="ignore",
            key="plan.copy",
            icon=":material/download:",
        )
        st.subheader(_("Close the period"), anchor=False)
        st.caption(
            _(
                "Closing freezes what the plan says and the readings of {day}; open items go into the next period."
            ).format(day=day(frame.as_of))
        )
        with form(f"close.{plan_id}", _("Close and freeze"), is_primary=False) as closing:
            version = closing.version(row["version"])
            outcome = st.text_area(_("What came of the period"), max_chars=20_000, key=f"close.{closing.op_id[:8]}")
        if closing.sent:
            with refusals_shown(closing):
                plans.close_plan(
                    frame.store,
                    plan_id,
                    as_of=frame.as_of,
                    outcome=outcome,
                    expected_version=version,
                    who=frame.person,
                    op_id=closing.op_id,
                )
                closing.done(_("The period is closed and frozen: continue the plan in a new one."))

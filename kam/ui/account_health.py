"""Health of an account on its page: index, confidence, parts with their evidence, course, alerts, red lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import relationships
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.point_charts import lines
from kam.ui.refusals import refusals_shown
from kam.ui.states import State, state
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.units import day, share
from kam.words import _


def account_health(frame: Frame, account: Mapping[str, Any], course: relationships.Course) -> None:
    """The index with what caps it, its weighted parts, how it went, alerts; recording and closing red lines."""
    now = course.now
    st.subheader(_finding(now), anchor=False)
    sure = _("{share} of the weight rests on evidence that is known and fresh").format(
        share=share(now.confidence, decimals=0)
    )
    st.caption(escaped(_("Health of 0 to 100, as of {day}; {sure}").format(day=day(frame.as_of), sure=sure)))
    for row in now.red_lines:
        said = _("since {day}: {evidence} Health is capped at {cap:.0f}.").format(
            day=day(row["happened_on"]), evidence=row["evidence"], cap=now.cap
        )
        st.markdown(f"{state(row['kind']).badge} {escaped(said, longest=600)}")
    record_table(
        [vars(part) for part in now.parts],
        [
            Column("name", _("Part")),
            Column("points", _("Points"), "number", decimals=0),
            Column("weight", _("Weight"), "number", decimals=0),
            Column("said", _("Evidence")),
            Column("evidence_on", _("Latest"), "date"),
        ],
        key="health",
        title=_("Parts of health"),
        empty=_("No part of health is known."),
    )
    st.caption(
        _(
            "A part without evidence leaves its weight to the others and lowers confidence, not health. Weights and "
            "lines stand on the Settings page (relationships.…); they are a judgement, no published ones exist."
        )
    )
    left, right = st.columns([3, 2], gap="large")
    with left:
        lines(
            {_("Health"): [(step.as_of, step.index) for step in course.steps]},
            key="health-course",
            title=_course_told(course),
            subtitle=_("Health of 0 to 100 at equal steps up to {day}").format(day=day(frame.as_of)),
            empty=_("Health was not known before."),
            unit="points",
            y_range=(0, 100),
        )
    with right:
        st.markdown(f"**{_('Alerts of the year')}**")
        if not course.alerts:
            st.caption(_("None: health and its parts stayed within their lines."))
        for alert in course.alerts[-6:]:
            tone = "good" if alert.part is None and alert.after > alert.before else "soon"
            st.markdown(f"{State(_('alert'), tone).badge} {escaped(relationships.told(alert))}")
    with st.expander(_("Red lines: record one, or close it")):
        _red_lines(frame, account, now)


def _finding(now: relationships.Health) -> str:
    if now.index is None:
        return _("Health is unknown: nothing of it is on record")
    if now.is_capped:
        return _("Health is {index:.0f}: a red line caps it, the parts alone come to {uncapped:.0f}").format(
            index=now.index, uncapped=now.uncapped
        )
    if now.state == "thin":
        return _("Health is {index:.0f}, on thin evidence").format(index=now.index)
    return _("Health is {index:.0f}").format(index=now.index)


def _course_told(course: relationships.Course) -> str:
    if course.change is None:
        return _("How health moved is not known")
    if round(course.change) == 0:
        return _("Health held")
    moved = _("Health rose by {points:.0f}") if course.change > 0 else _("Health fell by {points:.0f}")
    return moved.format(points=abs(course.change))


def _red_lines(frame: Frame, account: Mapping[str, Any], now: relationships.Health) -> None:
    left, right = st.columns(2, gap="large")
    with left, form("red_line", _("Record the red line"), is_primary=False) as raising:
        kind = st.selectbox(
            _("What happened"), list(relationships.RED_LINES), format_func=relationships.RED_LINES.__getitem__
        )
        happened_on = st.date_input(_("Happened on"), value=frame.as_of, format="YYYY-MM-DD")
        evidence = st.text_input(_("How we know it"), max_chars=1000)
    if raising.sent:
        with left, refusals_shown(raising):
            relationships.raise_red_line(
                frame.store,
                account["account_id"],
                kind,
                happened_on=happened_on,
                evidence=evidence,
                who=frame.person,
                op_id=raising.op_id,
            )
            raising.done(_("The red line is recorded: health is capped until it is closed."))
    with right:
        if not now.red_lines:
            st.caption(_("No red line is open."))
            return
        by_id = {row["red_line_id"]: row for row in now.red_lines}
        with form("close_red_line", _("Close the red line"), is_primary=False) as closing:
            red_line_id = st.selectbox(
                _("Open red line"),
                list(by_id),
                format_func=lambda at: f"{state(by_id[at]['kind']).word}, {day(by_id[at]['happened_on'])}",
            )
            closed_on = st.date_input(_("Closed on"), value=frame.as_of, format="YYYY-MM-DD")
            reason = st.text_input(_("What ended it"), max_chars=1000)
            version = closing.version(by_id[red_line_id]["version"])
        if closing.sent:
            with refusals_shown(closing):
                relationships.close_red_line(
                    frame.store,
                    red_line_id,
                    closed_on=closed_on,
                    closing=reason,
                    expected_version=version,
                    who=frame.person,
                    op_id=closing.op_id,
                )
                closing.done(_("The red line is closed."))

"""Functions and their readiness on screen: what the programme asks of each, what it promised, what its records say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import change
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.links import link
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.words import _, several

_FIRST = ("operations", "supply_chain")
_BETTER = {"higher": _("higher"), "lower": _("lower")}
_YES = {True: "met", False: "not_met", None: "unknown"}


def change_functions(frame: Frame) -> None:
    """The table of functions, who is to be trained first, and the form that states what holds for one."""
    rows = change.function_readiness(frame.store, frame.as_of)
    stated = [row for row in rows if row["asked"]]
    st.markdown(f"**{escaped(_finding(rows))}**")
    record_table(
        rows,
        [
            Column("name", _("Function")),
            Column("trained_count", _("Trained"), "count"),
            Column("trained_on", _("Last training"), "date"),
            Column("heard_on", _("Heard why"), "date"),
            Column("commitment_count", _("Owes"), "count", help=_("Commitments to accounts that it has to keep now")),
            Column("kept_share_12m", _("Kept"), "share", decimals=0, help=_("Of the observed ones, 12 months")),
            Column("overdue_count", _("Overdue"), "count"),
        ],
        key="function_records",
        title=_("What the records say"),
        empty="",
    )
    record_table(
        [row | {"kpi_state": _YES[row["is_kpi_met"]], "capacity": _YES[row["is_capacity_enough"]]} for row in stated],
        [
            Column("name", _("Function")),
            Column("asked", _("What the programme asks")),
            Column("promised", _("What it promised")),
            Column("promised_by", _("By")),
            Column("kpi", _("KPI")),
            Column("kpi_target", _("Target"), "number"),
            Column("kpi_value", _("Now"), "number"),
            Column("kpi_state", _("KPI met"), "status"),
            Column("hours_needed", _("Hours asked"), "number", decimals=0, help=_("a month")),
            Column("hours_given", _("Set aside"), "number", decimals=0, help=_("hours a month")),
            Column("capacity", _("Capacity"), "status"),
        ],
        key="function_statements",
        title=_("What was asked and promised"),
        empty=_("Nothing has been asked of a function yet: state it below."),
    )
    with st.container(horizontal=True):
        link("service")
        link("managers", _("Trainings of functions"))
        link("champion", _("Roadshow"))
    _state(frame, {row["function_id"]: row for row in rows if row["function_id"] in change.FUNCTIONS})


def _finding(rows: list[dict[str, Any]]) -> str:
    by_id = {row["function_id"]: row for row in rows}
    first = [by_id[f]["name"] for f in _FIRST if not by_id[f]["trained_count"]]
    if first:
        return _("Train first, for nobody there is yet: {names}.").format(names=", ".join(first))
    silent = [row["name"] for row in rows if row["function_id"] in change.FUNCTIONS and not row["promised"]]
    if silent:
        return several(
            "{count} function has promised nothing yet: {{names}}.",
            "{count} functions have promised nothing yet: {{names}}.",
            len(silent),
        ).format(names=", ".join(silent))
    return _("Every function has promised what the programme asks of it.")


def _state(frame: Frame, rows: Mapping[str, Mapping[str, Any]]) -> None:
    st.subheader(_("State what holds for a function"), anchor=False)
    function = st.selectbox(_("Function"), list(rows), format_func=change.FUNCTIONS.__getitem__, key="function.which")
    held = rows[function]
    # The key names the statement that was on the screen.
    with form(f"function.{function}.{held['stated_on']}", _("Record it")) as stating:
        asked = st.text_area(_("What the programme asks of it"), value=held["asked"] or "", max_chars=2000, height=80)
        promised = st.text_area(_("What it promised"), value=held["promised"] or "", max_chars=2000, height=80)
        by, kpi = st.columns(2)
        promised_by = by.text_input(_("Promised by"), value=held["promised_by"] or "", max_chars=120)
        kpi = kpi.text_input(_("KPI of its support"), value=held["kpi"] or "", max_chars=500)
        first, second, third = st.columns(3)
        target = first.number_input(_("Target of the KPI"), value=held["kpi_target"], step=1.0)
        value = second.number_input(_("Value now"), value=held["kpi_value"], step=1.0)
        better = third.selectbox(_("Better when"), list(_BETTER), format_func=_BETTER.__getitem__)
        left, right = st.columns(2)
        needed = left.number_input(_("Hours a month key accounts take"), value=held["hours_needed"], step=1.0)
        given = right.number_input(_("Hours a month set aside"), value=held["hours_given"], step=1.0)
    if stating.sent:
        with refusals_shown(stating):
            change.state_function(
                frame.store,
                change.Statement(function, asked, promised, promised_by, kpi, target, value, better, needed, given),
                as_of=frame.as_of,
                who=frame.person,
                op_id=stating.op_id,
            )
            stating.done(_("What holds for {name} is recorded.").format(name=change.FUNCTIONS[function]))

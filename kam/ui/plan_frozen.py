"""A closed plan: what it said and the readings that were seen when it was closed. It is not changed any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from kam.ui.account_plan_parts import ACTION_COLUMNS, OBJECTIVE_COLUMNS, RISK_COLUMNS
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.units import day
from kam.words import _


def frozen_plan(frame: Frame, kept: Mapping[str, Any], row: Mapping[str, Any]) -> None:
    """Draw the frozen copy. kept: as plans.content wrote it; row: of plans.plans."""
    st.markdown(
        escaped(_("Closed on {day}: {outcome}").format(day=day(row["closed_on"]), outcome=row["outcome"]), longest=1000)
    )
    for name, title, columns, empty in (
        ("objectives", _("Objectives as seen at closing"), OBJECTIVE_COLUMNS, _("No objective was set.")),
        ("actions", _("Actions as seen at closing"), ACTION_COLUMNS, _("No action was planned.")),
        (
            "swot",
            _("SWOT as seen at closing"),
            [Column("kind", _("Kind"), "words"), Column("item", _("What")), Column("item_state", _("State"), "status")],
            _("Nothing was noted."),
        ),
        ("risks", _("Risks as seen at closing"), RISK_COLUMNS, _("No risk was named.")),
    ):
        st.markdown(f"**{title}**")
        record_table(
            [_dated(entry) for entry in kept[name]],
            columns,
            key=f"frozen.{name}",
            title=title,
            empty=empty,
            currency=frame.currency,
        )


def _dated(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {n: date.fromisoformat(v) if v and n.endswith("_on") else v for n, v in entry.items()}

"""Stage definitions on screen: the set in force, the starter to adopt, and adopting another one from its text."""

from __future__ import annotations

import streamlit as st

from kam import plans
from kam.ui.cells import Column
from kam.ui.forms import form, press
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.units import day
from kam.words import _


def stage_table(frame: Frame, defined: plans.StageSet) -> None:
    """The stages in their order with probability and exit criteria."""
    record_table(
        [
            {
                "name": s.name,
                "probability": s.probability,
                "exit_criteria": "; ".join(s.exit_criteria),
                "also_called": ", ".join(s.also_called),
            }
            for s in defined.stages
        ],
        [
            Column("name", _("Stage")),
            Column("probability", _("Probability"), "share", decimals=0),
            Column("exit_criteria", _("Left when")),
            Column("also_called", _("Called in the ledger")),
        ],
        key="stages",
        title=_("Stages"),
        empty=_("No stage is defined."),
    )
    st.caption(
        escaped(
            _("{name}, from {day}. Source: {source}").format(
                name=defined.name, day=day(defined.valid_from), source=defined.source
            )
        )
    )


def adopt_starter_stages(frame: Frame) -> None:
    """What stands in place of the funnel before stages are adopted: why, and the set to begin with."""
    st.info(
        _("No stages are defined on this day, so nothing is weighted by probability: adopt stage definitions first.")
    )
    if (adopting := press("starter_stages", _("Adopt the starter stages"), is_primary=True)).sent:
        with refusals_shown(adopting):
            stages = plans.read_stages(plans.starter_stages())
            plans.adopt_stages(frame.store, stages, reason=_("To begin with"), who=frame.person, op_id=adopting.op_id)
            adopting.done(_("The starter stages are adopted: put your own win rates in on the page Plans."))


def adopt_stages(frame: Frame) -> None:
    """The set in force as text, to change and adopt from a date on."""
    defined = plans.stages_in_force(frame.store, frame.as_of)
    if defined is not None:
        stage_table(frame, defined)
    with st.expander(_("Change the definitions")), form("stages", _("Adopt these stages")) as adopting:
        text = st.text_area(
            _("Definitions (TOML), dated by `from`"),
            value=adopting.seen({"text": defined.text if defined else plans.starter_stages()})["text"],
            height=360,
            key=f"stages.{adopting.op_id[:8]}",
        )
        reason = st.text_input(_("Why"), max_chars=500, key=f"stages.{adopting.op_id[:8]}.why")
    if adopting.sent:
        with refusals_shown(adopting):
            stages = plans.read_stages(text)
            plans.adopt_stages(frame.store, stages, reason=reason, who=frame.person, op_id=adopting.op_id)
            adopting.done(_("The stages hold from {day}.").format(day=day(stages.valid_from)))

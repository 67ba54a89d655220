"""What an account needs, on its page: the guided profile, and what the customer says matters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import relationships
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.point_charts import dots
from kam.ui.refusals import refusals_shown
from kam.ui.states import status
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.units import day
from kam.words import _


def account_needs(frame: Frame, account: Mapping[str, Any]) -> None:
    """How complete the profile is, its sections with source and date, writing one anew, and the survey."""
    held = relationships.profile(frame.store, account["account_id"], frame.as_of)
    _completeness(frame, held)
    left, right = st.columns([3, 2], gap="large")
    with left:
        for section in held.sections:
            _section(section)
    with right:
        _write(frame, account, held)
    _survey(frame, account)


def _completeness(frame: Frame, held: relationships.Profile) -> None:
    all_sections, on_day = len(held.sections), _("as of {day}").format(day=day(frame.as_of))
    rule = Rule(
        _("Sections of the profile that say something. It is no part of health: filling in fields heals nothing.")
    )
    figures(
        {
            "label": _("Profile complete"),
            "value": held.completeness,
            "unit": "share",
            "period": _("{known} of {all} sections, {day}").format(
                known=held.known_count, all=all_sections, day=on_day
            ),
            "rule": rule,
        },
        {
            "label": _("Confirmed"),
            "value": held.confirmed_count,
            "unit": "count",
            "period": _("of {all} sections, by the customer").format(all=all_sections),
            "rule": Rule(_("Sections whose text was confirmed; the others are assumed, or empty.")),
        },
    )


def _section(section: relationships.Section) -> None:
    st.markdown(f"**{section.title}**")
    if section.text is None:
        st.caption(_("Not known yet. {question}").format(question=section.question))
        return
    st.text(section.text)
    said = _("{day}, {who}: {source}").format(day=day(section.noted_on), who=section.noted_by, source=section.source)
    st.markdown(f"{status(section.status)} :gray[{escaped(said)}]")


def _write(frame: Frame, account: Mapping[str, Any], held: relationships.Profile) -> None:
    by_code = {section.section: section for section in held.sections}
    first_open = next((at for at, section in enumerate(held.sections) if section.text is None), 0)
    chosen = st.selectbox(
        _("Section to write"),
        list(by_code),
        index=first_open,
        format_func=lambda code: by_code[code].title,
        key="needs.section",
    )
    section = by_code[chosen]
    st.caption(section.question)
    with form(f"needs.{chosen}", _("Save the section")) as writing:
        key = f"needs.{writing.op_id}"
        text = st.text_area(
            _("What is known"), value=section.text or "", max_chars=20_000, height=180, key=f"{key}.text"
        )
        source = st.text_input(_("How we know it"), max_chars=500, key=f"{key}.source")
        known = st.radio(
            _("It is"),
            list(relationships.STATUSES),
            format_func=relationships.STATUSES.__getitem__,
            horizontal=True,
            key=f"{key}.status",
        )
        version = writing.version(section.version)
    if writing.sent:
        with refusals_shown(writing):
            relationships.note_need(
                frame.store,
                account["account_id"],
                chosen,
                text,
                source=source,
                status=known,
                noted_on=frame.as_of,
                expected_version=version,
                who=frame.person,
                op_id=writing.op_id,
            )
            writing.done(_("{section}: saved.").format(section=section.title))


def _survey(frame: Frame, account: Mapping[str, Any]) -> None:
    st.subheader(_("What the customer says matters"), anchor=False)
    asked = {"as_of": frame.as_of, "of_account": account["account_id"]}
    summary = frame.store.read(
        "relationships.survey_summary", asked, order_by=[("importance", True), ("attribute", False)]
    ).records()
    worst = min((row for row in summary if row["gap"] is not None), key=lambda row: row["gap"], default=None)
    dots(
        summary,
        name="attribute",
        value="performance",
        reference="importance",
        value_name=_("how well we do"),
        reference_name=_("how much it matters"),
        key="survey",
        title=_gap_told(worst),
        subtitle=_("Mean marks 0 to 100, the latest answers of 24 months to {day}, what matters most first").format(
            day=day(frame.as_of)
        ),
        empty=_("Nobody of this account answered a survey in 24 months: import survey responses."),
    )
    if not summary:
        return
    with st.expander(_("Answers by person and role")):
        record_table(
            frame.store.read(
                "relationships.survey_marks",
                asked,
                order_by=[("role", False), ("respondent", False), ("importance", True), ("attribute", False)],
            ).records(),
            [
                Column("attribute", _("Attribute")),
                Column("respondent", _("Person")),
                Column("role", _("Role")),
                Column("importance", _("Importance, 0 to 100"), "number", decimals=0),
                Column("performance", _("Performance, 0 to 100"), "number", decimals=0),
                Column("answered_on", _("Answered"), "date"),
            ],
            key="marks",
            title=_("Answers by person and role"),
            empty=_("Nobody answered."),
        )


def _gap_told(worst: Mapping[str, Any] | None) -> str:
    if worst is None or worst["gap"] >= 0:
        return _("We do as well as it matters to them")
    return _("{attribute} matters more than we do well in it").format(attribute=worst["attribute"])

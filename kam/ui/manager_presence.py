"""Whether one account manager is there: absences and cover, hours given, leaving and coming back."""

from __future__ import annotations

import streamlit as st

from kam import managers, units
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.managers import person_names
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table
from kam.words import _, several


def manager_presence(frame: Frame, profile: managers.Profile) -> None:
    """Absences, hours and leaving of one manager, each with its form."""
    manager_id, name = profile.person["manager_id"], profile.person["name"]
    names = person_names(frame, is_there=False)
    absences = frame.store.read(
        "managers.absences", where=[Condition("manager_id", "=", manager_id)], order_by=[("from_on", True)]
    ).records()
    record_table(
        [row | {"deputy": names.get(row["deputy_manager_id"], row["deputy_manager_id"])} for row in absences],
        [
            Column("from_on", _("From"), "date"),
            Column("until_on", _("Until"), "date"),
            Column("deputy", _("Deputy")),
            Column("reason", _("Reason")),
        ],
        key="absences",
        title=_("Absences"),
        empty=_("No absence is on record."),
    )
    left, middle, right = st.columns(3, gap="large")
    with left:
        _absence(frame, manager_id, name)
    with middle:
        _hours(frame, manager_id, name)
    with right:
        _leaving(frame, manager_id, name, has_left=profile.person["has_left"])


def _absence(frame: Frame, manager_id: str, name: str) -> None:
    deputies = {at: who for at, who in person_names(frame).items() if at != manager_id}
    st.subheader(_("Cover an absence"), anchor=False)
    with form(f"absence.{manager_id}", _("Record the absence"), is_primary=False) as recording:
        from_on = st.date_input(_("First day"), value=frame.as_of, format="YYYY-MM-DD")
        until_on = st.date_input(_("Last day"), value=frame.as_of, format="YYYY-MM-DD")
        deputy = st.selectbox(
            _("Deputy"),
            [None, *deputies],
            format_func=lambda at: _("nobody yet") if at is None else deputies[at],
        )
        reason = st.text_input(_("Reason, if any"), max_chars=500)
    if recording.sent:
        with refusals_shown(recording):
            managers.record_absence(
                frame.store,
                manager_id,
                from_on=from_on,
                until_on=until_on,
                deputy_manager_id=deputy,
                reason=reason,
                who=frame.person,
                op_id=recording.op_id,
            )
            recording.done(
                _("{name} is away from {begin} to {until}.").format(
                    name=name, begin=units.day(from_on), until=units.day(until_on)
                )
            )


def _hours(frame: Frame, manager_id: str, name: str) -> None:
    st.subheader(_("Hours given"), anchor=False)
    with form(f"hours.{manager_id}", _("Give these hours"), is_primary=False) as giving:
        from_on = st.date_input(_("From"), value=frame.as_of, format="YYYY-MM-DD")
        hours = st.number_input(_("Hours a year for key accounts"), value=None, step=10.0)
        reason = st.text_input(_("Reason"), max_chars=500)
    if giving.sent:
        with refusals_shown(giving):
            managers.give_hours(
                frame.store,
                manager_id,
                hours_a_year=hours,
                from_on=from_on,
                reason=reason,
                who=frame.person,
                op_id=giving.op_id,
            )
            giving.done(_("{name} has {hours} hours a year.").format(name=name, hours=f"{hours:,.0f}"))


def _leaving(frame: Frame, manager_id: str, name: str, *, has_left: bool) -> None:
    st.subheader(_("Record the return") if has_left else _("Record leaving"), anchor=False)
    with form(
        f"leaving.{manager_id}.{has_left}", _("Is back") if has_left else _("Leaves"), is_primary=False
    ) as leaving:
        on = st.date_input(_("On"), value=frame.as_of, format="YYYY-MM-DD")
        reason = st.text_area(_("Reason"), max_chars=2000, placeholder=_("Kept with it"))
    if leaving.sent:
        with refusals_shown(leaving):
            waiting = managers.record_leaving(
                frame.store,
                manager_id,
                on=on,
                reason=reason,
                has_left=not has_left,
                who=frame.person,
                op_id=leaving.op_id,
            )
            said = (
                _("{name} is back.").format(name=name)
                if has_left
                else _("{name} leaves on {day}.").format(name=name, day=units.day(on))
            )
            held = several(
                "{count} key account waits for another manager.",
                "{count} key accounts wait for another manager.",
                waiting or 0,
            )
            leaving.done(said if has_left or not waiting else f"{said} {held}")

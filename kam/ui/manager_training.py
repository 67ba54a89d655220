"""Training on screen: the plan of one manager, and what the functions that serve key accounts were trained in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import streamlit as st

from kam import managers, units
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.champion import functions
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.managers import competency_name
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.tables import record_table, relation_table
from kam.ui.text import escaped
from kam.words import _, several

_METHODS = (_("Mentor"), _("Course"), _("Project"), _("Job rotation"), _("Shadowing an account team"), _("Self study"))


def manager_training(frame: Frame, profile: managers.Profile) -> None:
    """The training plan of one manager, planning by priority, and closing with evidence."""
    manager_id = profile.person["manager_id"]
    planned = frame.store.read(
        "managers.training_list",
        {"as_of": frame.as_of},
        where=[Condition("manager_id", "=", manager_id)],
        order_by=[("due_on", True), ("training_id", False)],
    ).records()
    record_table(
        [row | {"competency_name": competency_name(row["competency"]), "proof": _proof(row)} for row in planned],
        [
            Column("competency_name", _("Competency")),
            Column("method", _("Method")),
            Column("proof", _("Evidence")),
            Column("due_on", _("Due"), "date"),
            Column("training_state", _("State"), "status"),
            Column("rerate_on", _("Rated again on"), "date"),
        ],
        key="trainings",
        title=_("Training plan"),
        empty=_("Nothing is planned yet."),
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Plan a training"), anchor=False)
        _plan(frame, profile)
    with right:
        st.subheader(_("Close a training"), anchor=False)
        _close(frame, {row["training_id"]: row for row in planned if row["is_open"]})


def _proof(row: Mapping[str, Any]) -> str:
    """What was expected to show that it worked, and what was shown in the end."""
    if row["evidence"] is None:
        return row["evidence_expected"]
    return _("{expected}. In the end: {shown}").format(expected=row["evidence_expected"], shown=row["evidence"])


def _plan(frame: Frame, profile: managers.Profile) -> None:
    by_need = sorted(profile.competencies, key=lambda row: (-(row["priority"] or 0), -(row["gap_levels"] or 0)))
    first = next((row for row in by_need if row["gap_levels"]), None)
    if first:
        worth = units.short_money(first["priority"], frame.currency)
        st.caption(
            escaped(
                _("It pays most in {name}: {gap} levels below, weight {weight}, priority {worth}.").format(
                    name=first["name"],
                    gap=f"{first['gap_levels']:g}",
                    weight=units.share(first["weight"], decimals=0),
                    worth=worth,
                )
            )
        )
    with form(f"plan.{profile.person['manager_id']}", _("Plan it")) as planning:
        competency = st.selectbox(_("Competency"), [row["competency"] for row in by_need], format_func=competency_name)
        method = st.selectbox(_("Method"), list(_METHODS), index=None, accept_new_options=True)
        evidence = st.text_input(
            _("Evidence expected"), max_chars=2000, placeholder=_("What somebody else will be able to see")
        )
        due, again = st.columns(2)
        due_on = due.date_input(_("Due"), value=frame.as_of + timedelta(days=90), format="YYYY-MM-DD")
        rerate_on = again.date_input(_("Rated again on"), value=frame.as_of + timedelta(days=180), format="YYYY-MM-DD")
    if planning.sent:
        with refusals_shown(planning):
            managers.plan_training(
                frame.store,
                profile.person["manager_id"],
                competency,
                method=method or "",
                evidence_expected=evidence,
                due_on=due_on,
                rerate_on=rerate_on,
                as_of=frame.as_of,
                who=frame.person,
                op_id=planning.op_id,
            )
            planning.done(_("The training is planned until {day}.").format(day=units.day(due_on)))


def _close(frame: Frame, waiting: dict) -> None:
    if not waiting:
        st.caption(_("No training is open."))
        return
    training_id = st.selectbox(
        _("Open training"),
        list(waiting),
        format_func=lambda at: f"{competency_name(waiting[at]['competency'])}: {waiting[at]['method']}",
        key="close.training",
    )
    with form(f"close_training.{training_id}", _("Close the training"), is_primary=False) as closing:
        outcome = st.radio(_("It is"), ["done", "dropped"], format_func=lambda code: state(code).word, horizontal=True)
        evidence = st.text_area(_("What was shown, or why it is dropped"), max_chars=2000)
        version = closing.version(waiting[training_id]["version"])
    if closing.sent:
        with refusals_shown(closing):
            managers.close_training(
                frame.store,
                training_id,
                state=outcome,
                evidence=evidence,
                closed_on=frame.as_of,
                expected_version=version,
                who=frame.person,
                op_id=closing.op_id,
            )
            closing.done(_("The training is closed."))


def function_training(frame: Frame) -> None:
    """Which functions that serve key accounts were trained, in what, and what is planned and late for managers."""
    reach = frame.store.read(
        "managers.function_reach", {"as_of": frame.as_of}, order_by=[("trained_count", True), ("function", False)]
    ).records()
    people = sum(row["trained_count"] for row in reach)
    told = several("{count} function has been trained", "{count} functions have been trained", len(reach))
    st.markdown(f"**{escaped(_('{told}, {people} places taken').format(told=told, people=f'{people:,}'))}**")
    record_table(
        reach,
        [
            Column("function", _("Function")),
            Column("trained_count", _("People"), "count", help=_("Somebody trained twice counts twice.")),
            Column("event_count", _("Trainings"), "count"),
            Column("topics", _("In")),
            Column("last_on", _("Last"), "date"),
        ],
        key="function_reach",
        title=_("Functions that serve key accounts"),
        empty=_(
            "No function has been trained yet: key accounts are served by operations and supply chain as much as by sales."
        ),
    )
    relation_table(
        frame,
        "managers.training_list",
        {"as_of": frame.as_of},
        [
            Column("name", _("Account manager")),
            Column("competency", _("Competency"), "words"),
            Column("method", _("Method")),
            Column("due_on", _("Due"), "date"),
            Column("training_state", _("State"), "status"),
            Column("rerate_on", _("Rated again on"), "date"),
        ],
        key="all_trainings",
        title=_("Trainings of account managers"),
        search=("name", "method"),
        filters={"training_state": _("State")},
        order_by=("due_on", True),
        opens=("managers", {"manager": "manager_id"}),
        ids=("training_id", "manager_id"),
        empty=_("No training of an account manager is planned yet: open a name to plan one."),
        rows_per_page=10,
    )
    st.subheader(_("Record a training of a function"), anchor=False)
    _record(frame)


def _record(frame: Frame) -> None:
    with form("function_training", _("Record it")) as recording:
        which, topic_place, method_place = st.columns(3)
        function = which.selectbox(_("Function"), functions(), index=None, accept_new_options=True)
        topic = topic_place.text_input(_("Topic"), max_chars=500)
        method = method_place.selectbox(_("Method"), list(_METHODS), index=1, accept_new_options=True)
        when, many, who = st.columns(3)
        trained_on = when.date_input(_("Day"), value=frame.as_of, format="YYYY-MM-DD")
        count = many.number_input(_("How many people"), value=None, step=1)
        people = who.text_input(_("Who, if named"), max_chars=2000)
    if recording.sent:
        with refusals_shown(recording):
            managers.record_function_training(
                frame.store,
                function=function or "",
                topic=topic,
                trained_on=trained_on,
                trained_count=count,
                people=people,
                method=method or "",
                as_of=frame.as_of,
                who=frame.person,
                op_id=recording.op_id,
            )
            recording.done(_("The training of {function} is recorded.").format(function=function))

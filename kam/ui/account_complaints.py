"""Complaints of an account on its page: received, answered, handed over with acceptance, closed with outcome and cause."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from kam import plans
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.forms import Form, form
from kam.ui.frame import Frame
from kam.ui.record_forms import change_record, record_inputs
from kam.ui.refusals import refusals_shown
from kam.ui.service_tables import complaint_table
from kam.ui.tables import record_table
from kam.ui.text import escaped, plain
from kam.units import day
from kam.words import _


def account_complaints(frame: Frame, account_id: str) -> None:
    """The list, one complaint to work on, and the form that takes a new one in."""
    this = [Condition("account_id", "=", account_id)]
    complaint_table(frame, this, with_account=False)
    rows = frame.store.read(
        "plans.complaints",
        where=[*this, Condition("recorded_on", "<=", frame.as_of)],
        order_by=[("complaint_id", False)],
    ).records()
    receive_complaint(frame, account_id)
    running = {row["complaint_id"]: row for row in rows if row["state"] == "open"}
    if running:
        _work_on(frame, running)
        change_record(
            frame,
            "complaint",
            list(running.values()),
            label=_("Correct a complaint"),
            done=_("The complaint is saved."),
            states=(),
        )


def receive_complaint(frame: Frame, account_id: str, *, slot: str = "") -> None:
    """The form that takes a complaint in. slot: stands alone, open, told from the one on the account's page."""
    label = _("Take in a complaint")
    with st.expander(label, expanded=bool(slot)), form(f"receive.{account_id}{slot}", label) as receiving:
        key = f"receive.{receiving.op_id[:8]}"
        typed = record_inputs(
            plans.KINDS["complaint"].fields, {"received_on": frame.as_of, "severity": "minor"}, key=key
        )
        received_by = st.text_input(
            _("Received by: owns it until it is closed"), value=frame.person.name, max_chars=120, key=f"{key}.by"
        )
    if receiving.sent:
        with refusals_shown(receiving):
            plans.receive(
                frame.store,
                account_id,
                typed,
                received_by=received_by,
                as_of=frame.as_of,
                who=frame.person,
                op_id=receiving.op_id,
            )
            receiving.done(_("The complaint is taken in; {owner} owns it.").format(owner=received_by))


def _work_on(frame: Frame, running: Mapping[int, Mapping[str, Any]]) -> None:
    chosen = st.selectbox(
        _("Work on the open complaint"),
        list(running),
        format_func=lambda at: f"{plain(running[at]['complaint'], longest=70)} ({running[at]['owner']})",
        key="complaint.which",
    )
    row = running[chosen]
    left, right = st.columns(2, gap="large")
    with left:
        if row["answered_on"] is None:
            _answer(frame, row)
        else:
            said = _("First answer on {day}: {words}")
            st.markdown(escaped(said.format(day=day(row["answered_on"]), words=row["first_answer"])))
        if row["offered_to"] is None:
            _offer(frame, row)
        else:
            _decide(frame, row)
    with right:
        _close(frame, row)
        _owners(frame, row)


def _answer(frame: Frame, row: Mapping[str, Any]) -> None:
    with form(f"answer.{row['complaint_id']}", _("Record the first answer"), is_primary=False) as answering:
        version = answering.version(row["version"])
        words = st.text_input(_("What the customer was told"), max_chars=500)
        on = st.date_input(_("Answered on"), value=frame.as_of, format="YYYY-MM-DD")
    _save(
        answering,
        lambda: plans.answer(
            frame.store,
            row["complaint_id"],
            answered_on=on,
            first_answer=words,
            expected_version=version,
            who=frame.person,
            op_id=answering.op_id,
        ),
        _("The first answer is recorded."),
    )


def _offer(frame: Frame, row: Mapping[str, Any]) -> None:
    with form(f"offer.{row['complaint_id']}", _("Ask to take it over"), is_primary=False) as offering:
        version = offering.version(row["version"])
        to = st.text_input(_("Who should take it over"), max_chars=120)
        reason = st.text_input(_("Why they"), max_chars=500)
    _save(
        offering,
        lambda: plans.offer(
            frame.store,
            row["complaint_id"],
            to=to,
            reason=reason,
            as_of=frame.as_of,
            expected_version=version,
            who=frame.person,
            op_id=offering.op_id,
        ),
        _("{name} is asked; {owner} owns it until they accept.").format(name=to, owner=row["owner"]),
    )


def _decide(frame: Frame, row: Mapping[str, Any]) -> None:
    with form(f"decide.{row['complaint_id']}", _("Record their answer"), is_primary=False) as deciding:
        version = deciding.version(row["version"])
        st.markdown(
            escaped(
                _("{name} was asked to take it over from {owner}.").format(name=row["offered_to"], owner=row["owner"])
            )
        )
        is_accepted = st.radio(
            _("They"),
            [True, False],
            format_func={True: _("accept it"), False: _("decline")}.__getitem__,
            horizontal=True,
        )
        reason = st.text_input(_("Why, where they decline"), max_chars=500)
    _save(
        deciding,
        lambda: plans.decide_offer(
            frame.store,
            row["complaint_id"],
            is_accepted=is_accepted,
            as_of=frame.as_of,
            reason=reason,
            expected_version=version,
            who=frame.person,
            op_id=deciding.op_id,
        ),
        _("Their answer is recorded."),
    )


def _close(frame: Frame, row: Mapping[str, Any]) -> None:
    with form(f"close_complaint.{row['complaint_id']}", _("Close the complaint")) as closing:
        version = closing.version(row["version"])
        outcome = st.text_input(_("Outcome for the customer"), max_chars=500)
        cause = st.text_input(_("Cause: why it happened"), max_chars=500)
    _save(
        closing,
        lambda: plans.close_complaint(
            frame.store,
            row["complaint_id"],
            outcome=outcome,
            cause=cause,
            as_of=frame.as_of,
            expected_version=version,
            who=frame.person,
            op_id=closing.op_id,
        ),
        _("The complaint is closed."),
    )


def _owners(frame: Frame, row: Mapping[str, Any]) -> None:
    steps = frame.store.read(
        "plans.complaint_owners",
        where=[Condition("complaint_id", "=", row["complaint_id"])],
        order_by=[("happened_on", False), ("recorded_at", False)],
    )
    record_table(
        steps.records(),
        [
            Column("happened_on", _("Day"), "date"),
            Column("step", _("Step"), "words"),
            Column("owner", _("Who")),
            Column("reason", _("Why")),
        ],
        key="owners",
        title=_("Who owned it"),
        empty=_("Nobody is on record."),
    )


def _save(sent: Form, save: Callable[[], Any], done: str) -> None:
    if sent.sent:
        with refusals_shown(sent):
            save()
            sent.done(done)

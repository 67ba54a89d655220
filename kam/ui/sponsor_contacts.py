"""Contacts of our executives on screen: cadence, what is planned, the brief before and the outcome after, promises."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import streamlit as st

from kam import sponsorship, units
from kam.store import Condition
from kam.ui.accounts import choose_account
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_downloads, record_table, relation_table
from kam.ui.text import escaped
from kam.words import _

_PROMISES_AT_ONCE = 2
_PROMISE_DAYS = 30


def cadence_table(frame: Frame, where: Sequence[Condition] = ()) -> None:
    """What is due of each kind with each account, what was held last and what is planned next."""
    relation_table(
        frame,
        "sponsorship.cadence",
        {"as_of": frame.as_of},
        [
            Column("name", _("Account"), "account"),
            Column("kind", _("Contact"), "words"),
            Column("cadence_state", _("Cadence"), "status"),
            Column("last_on", _("Last"), "date"),
            Column("due_on", _("Due"), "date"),
            Column("next_planned_on", _("Planned"), "date"),
        ],
        more=[
            Column("category", _("Category"), "status"),
            Column("every_days", _("Every"), "days"),
            Column("count_12m", _("In 12 months"), "count"),
        ],
        key="cadence",
        title=_("Cadence of contacts"),
        where=[*where, *frame.narrowing_by_account()],
        search=("name",),
        filters={"kind": _("Contact"), "cadence_state": _("Cadence")},
        order_by=("due_on", False),
        ids=("account_id", "kind", "executive_id"),
        empty=_("There is no key account on this day."),
    )


def pattern_table(frame: Frame) -> None:
    """Habits worth a conversation."""
    every = sponsorship.patterns(frame.store, frame.as_of, for_whom=frame.person)
    found = [vars(pattern) for pattern in frame.those_shown(every)]
    columns = [Column("kind", _("Pattern"), "status"), Column("message", _("Worth a conversation"))]
    record_table(
        found,
        columns,
        key="patterns",
        title=_("Patterns worth a conversation"),
        empty=_("No habit stands out: contacts are planned, briefed and noted."),
    )
    if found:
        record_downloads(
            frame,
            found,
            columns,
            key="patterns",
            title=_("Patterns worth a conversation"),
            ids=("account_id", "executive_id"),
        )


def contact_table(frame: Frame, where: Sequence[Condition] = ()) -> None:
    """Contacts planned, held and cancelled, the latest first."""
    relation_table(
        frame,
        "sponsorship.appointment_list",
        {"as_of": frame.as_of},
        [
            Column("account_name", _("Account"), "account"),
            Column("kind", _("Contact"), "words"),
            Column("planned_on", _("Planned for"), "date"),
            Column("appointment_state", _("State"), "status"),
            Column("executive_name", _("Executive")),
            Column("outcome", _("Outcome")),
        ],
        more=[
            Column("occasion", _("Occasion"), "words"),
            Column("people", _("People")),
            Column("place", _("Place")),
            Column("begins", _("Begins")),
            Column("held_on", _("Held on"), "date"),
            Column("brief", _("Brief")),
        ],
        key="contacts",
        title=_("Contacts of our executives"),
        where=[*where, *frame.narrowing_by_account()],
        filters={"appointment_state": _("State"), "executive_name": _("Executive")},
        order_by=("planned_on", True),
        ids=("appointment_id", "account_id", "executive_id"),
        empty=_("No contact has been planned here yet: plan one below."),
    )


def plan_sponsor_contact(frame: Frame, accounts: Sequence[tuple[str, str]], executive_id: str | None = None) -> None:
    """Plan a contact with one of these accounts (id, name). executive_id: who goes; the sponsor where None."""
    if not accounts:
        st.info(_("No account has a sponsor yet: assign one first."))
        return
    account_id = choose_account(
        frame, key="plan", label=_("Account to plan a contact with"), among=accounts, chosen=frame.account_id
    )
    if account_id is None:
        return
    people = frame.store.read(
        "ledgers.contacts",
        columns=("contact_id", "name", "title"),
        where=[Condition("account_id", "=", account_id)],
        order_by=[("influence", True), ("name", False)],
    )
    names = {row["contact_id"]: f"{row['name']}, {row['title'] or _('title unknown')}" for row in people}
    with form(f"plan.{account_id}.{executive_id}", _("Plan the contact")) as planning:
        kind, occasion = st.columns(2)
        picked_kind = kind.selectbox(_("Contact"), list(sponsorship.KINDS), format_func=sponsorship.KINDS.__getitem__)
        picked_occasion = occasion.selectbox(
            _("Occasion"), list(sponsorship.OCCASIONS), format_func=sponsorship.OCCASIONS.__getitem__
        )
        day, begins, minutes = st.columns(3)
        planned_on = day.date_input(_("Day"), value=frame.as_of + timedelta(days=14), format="YYYY-MM-DD")
        at = begins.time_input(_("Begins"), value=None, help=_("Leave it empty for all day."))
        lasts = minutes.number_input(_("Minutes"), min_value=5, max_value=1440, value=None, step=5)
        place = st.text_input(_("Place"), max_chars=300)
        met = st.multiselect(_("Whom to meet"), list(names), format_func=names.__getitem__)
        brief = st.text_area(
            _("Brief"), max_chars=20_000, placeholder=_("What the executive has to know; it can be written later")
        )
    if planning.sent:
        with refusals_shown(planning):
            sponsorship.plan_contact(
                frame.store,
                account_id,
                sponsorship.Planned(
                    kind=picked_kind,
                    planned_on=planned_on,
                    occasion=picked_occasion,
                    begins=at.strftime("%H:%M") if at else None,
                    minutes=lasts,
                    place=place,
                    person_ids=tuple(met),
                    brief=brief,
                ),
                executive_id=executive_id,
                who=frame.person,
                op_id=planning.op_id,
            )
            planning.done(_("The contact on {day} is planned.").format(day=units.day(planned_on)))


def note_sponsor_contact(frame: Frame, where: Sequence[Condition] = ()) -> None:
    """Choose a planned contact: write its brief, note its outcome with promises, or cancel it."""
    planned = frame.store.read(
        "sponsorship.appointment_list",
        {"as_of": frame.as_of},
        where=[*where, Condition("state", "=", "planned")],
        order_by=[("planned_on", False), ("appointment_id", False)],
    ).records()
    if not planned:
        st.info(_("No contact is planned: plan one first."))
        return
    rows = {row["appointment_id"]: row for row in planned}
    number = st.selectbox(
        _("Planned contact"),
        list(rows),
        format_func=lambda at: (
            f"{units.day(rows[at]['planned_on'])} · {rows[at]['account_name']} · {sponsorship.KINDS[rows[at]['kind']]}"
        ),
        key="note.contact",
    )
    row = rows[number]
    said = [row["executive_name"], row["begins"], row["place"], ", ".join(row["people"])]
    st.caption(escaped(" · ".join(part for part in said if part)))
    _outcome(frame, row)
    with st.expander(_("Brief before the contact"), expanded=not row["brief"]):
        _brief(frame, row)
    with st.expander(_("Cancel this contact")):
        _cancel(frame, row)


def _outcome(frame: Frame, row: dict) -> None:
    with form(f"hold.{row['appointment_id']}", _("Note the outcome")) as holding:
        version = holding.version(row["version"])
        held_on = st.date_input(_("Held on"), value=min(row["planned_on"], frame.as_of), format="YYYY-MM-DD")
        outcome = st.text_area(_("Outcome"), max_chars=20_000, placeholder=_("What was said, what follows from it"))
        st.markdown(f"**{_('Promises made')}**")
        promised = [_promise_inputs(place, frame) for place in range(1, _PROMISES_AT_ONCE + 1)]
    if holding.sent:
        with refusals_shown(holding):
            sponsorship.hold_contact(
                frame.store,
                row["appointment_id"],
                held_on=held_on,
                outcome=outcome,
                promises=[p for p in promised if p.promise.strip() or p.owner.strip()],
                expected_version=version,
                who=frame.person,
                op_id=holding.op_id,
            )
            holding.done(_("The outcome is noted."))


def _promise_inputs(place: int, frame: Frame) -> sponsorship.Promise:
    what, owner, until = st.columns([5, 3, 2], vertical_alignment="bottom")
    return sponsorship.Promise(
        what.text_input(_("Promise {number}").format(number=place), max_chars=500),
        owner.text_input(_("Owner of promise {number}").format(number=place), max_chars=120),
        until.date_input(
            _("Due date of promise {number}").format(number=place),
            value=frame.as_of + timedelta(days=_PROMISE_DAYS),
            format="YYYY-MM-DD",
        ),
    )


def _brief(frame: Frame, row: dict) -> None:
    with form(f"brief.{row['appointment_id']}", _("Keep the brief"), is_primary=False, border=False) as briefing:
        version = briefing.version(row["version"])
        words = st.text_area(
            _("Brief"), value=row["brief"], max_chars=20_000, key=f"brief.{briefing.op_id}.{row['appointment_id']}"
        )
    if briefing.sent:
        with refusals_shown(briefing):
            sponsorship.write_brief(
                frame.store,
                row["appointment_id"],
                words,
                expected_version=version,
                who=frame.person,
                op_id=briefing.op_id,
            )
            briefing.done(_("The brief is kept."))


def _cancel(frame: Frame, row: dict) -> None:
    with form(f"cancel.{row['appointment_id']}", _("Cancel the contact"), is_primary=False, border=False) as cancelling:
        version = cancelling.version(row["version"])
        reason = st.text_input(_("Why it is cancelled"), max_chars=2000)
    if cancelling.sent:
        with refusals_shown(cancelling):
            sponsorship.cancel_contact(
                frame.store,
                row["appointment_id"],
                reason=reason,
                expected_version=version,
                who=frame.person,
                op_id=cancelling.op_id,
            )
            cancelling.done(_("The contact is cancelled."))


def promise_table(frame: Frame, where: Sequence[Condition] = ()) -> None:
    """What our executives promised, the earliest due first."""
    relation_table(
        frame,
        "sponsorship.promise_list",
        {"as_of": frame.as_of},
        [
            Column("promise", _("Promise")),
            Column("account_name", _("Account"), "account"),
            Column("owner", _("Who of us")),
            Column("due_on", _("Due"), "date"),
            Column("promise_state", _("State"), "status"),
            Column("days_late", _("Days late"), "days"),
        ],
        more=[
            Column("executive_name", _("Made by")),
            Column("made_on", _("Made on"), "date"),
            Column("closed_on", _("Closed on"), "date"),
            Column("note", _("Note")),
        ],
        key="promises",
        title=_("Promises"),
        where=[*where, *frame.narrowing_by_account()],
        search=("promise", "owner"),
        filters={"promise_state": _("State")},
        order_by=("due_on", False),
        ids=("promise_id", "account_id", "executive_id", "appointment_id"),
        empty=_("No promise is on record: note them with the outcome of a contact."),
    )


def close_sponsor_promise(frame: Frame, where: Sequence[Condition] = ()) -> None:
    """Say of an open promise that it was kept, or dropped with a reason."""
    open_now = frame.store.read(
        "sponsorship.promise_list",
        {"as_of": frame.as_of},
        where=[*where, Condition("closed_on", "is_missing")],
        order_by=[("due_on", False), ("promise_id", False)],
    ).records()
    # Closed after the day that is looked at: the list shows it as it was, and there is nothing left to decide.
    rows = {row["promise_id"]: row for row in open_now}
    if not rows:
        return
    with form("close_promise", _("Close the promise")) as closing:
        number = st.selectbox(
            _("Open promise"),
            list(rows),
            format_func=lambda at: (
                f"{rows[at]['promise']} ({rows[at]['account_name']}, {units.day(rows[at]['due_on'])})"
            ),
        )
        is_kept = st.radio(
            _("What became of it"),
            [True, False],
            format_func=lambda kept: _("kept") if kept else _("dropped"),
            horizontal=True,
        )
        note = st.text_input(_("Note"), max_chars=2000)
    if closing.sent:
        with refusals_shown(closing):
            sponsorship.close_promise(
                frame.store,
                number,
                is_kept=is_kept,
                as_of=frame.as_of,
                note=note,
                expected_version=rows[number]["version"],
                who=frame.person,
                op_id=closing.op_id,
            )
            closing.done(_("The promise is closed."))

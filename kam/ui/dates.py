"""Dates to remember: over all accounts, on an account's page, and as a calendar file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from kam import documents, everyday
from kam.store import Condition
from kam.ui.attention import Need
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table, relation_table
from kam.ui.text import plain
from kam.units import day
from kam.words import _, several

# A year of dates is what a calendar can use; of a hundred thousand accounts it could not use all.
_AHEAD_DAYS = 366
_MOST_ENTRIES = 2000


def dates_answer(frame: Frame) -> None:
    """How many dates are to be kept in mind now, and the calendar file."""
    due = frame.store.page(
        "everyday.coming_dates",
        {"as_of": frame.as_of},
        where=[*frame.narrowing(), Condition("date_state", "=", "due")],
        order_by=[("falls_on", False), ("name", False)],
        limit=1,
    )
    if due.total:
        first = due.records()[0]
        said = several("{count} date is to be kept in mind now", "{count} dates are to be kept in mind now", due.total)
        st.subheader(said, anchor=False)
        st.caption(
            plain(
                _("The next: {what}, {account}, on {day}.").format(
                    what=everyday.date_told(first), account=first["name"], day=day(first["falls_on"])
                ),
                longest=300,
            )
        )
    else:
        st.subheader(_("No date is to be kept in mind now"), anchor=False)
    _calendar(frame, frame.narrowing(), key="dates.calendar")


def date_table(frame: Frame) -> None:
    """Every date that comes, the next first."""
    relation_table(
        frame,
        "everyday.coming_dates",
        {"as_of": frame.as_of},
        [
            Column("name", _("Account"), "account"),
            Column("falls_on", _("Day"), "date"),
            Column("date_state", _("State"), "status"),
            Column("kind", _("Kind"), "words"),
            Column("source", _("From"), "words"),
            Column("what", _("What")),
            Column("years", _("Years"), "count"),
        ],
        more=[
            Column("note", _("Note")),
            Column("remind_days", _("Called to mind before"), "days"),
            Column("owner", _("Account manager")),
        ],
        key="dates",
        title=_("Dates to remember"),
        where=frame.narrowing(),
        search=("name", "account_id", "what", "note"),
        filters={"date_state": _("State"), "kind": _("Kind"), "source": _("From")},
        order_by=("falls_on", False),
        opens=("account", {"account": "account_id"}),
        ids=("record_id", "account_id"),
        empty=_(
            "No date is to come: contracts, the day since when an account is a customer, and what is written down on an account's page."
        ),
    )


def dates_need(frame: Frame) -> Need:
    """The line of Today: dates of key accounts that are to be kept in mind."""
    due = frame.store.page(
        "everyday.coming_dates",
        {"as_of": frame.as_of},
        where=[Condition("date_state", "=", "due"), Condition("is_key_account", "=", True), *frame.narrowing_within()],
        order_by=[("falls_on", False), ("name", False)],
        limit=4,
    )
    said = several(
        "{count} date of a key account is to be kept in mind",
        "{count} dates of key accounts are to be kept in mind",
        due.total,
    )
    return Need(
        "soon", due.total, said, "dates", due.column("name"), {"accounts": frame.keys_shown, "date_state": "due"}
    )


def account_dates(frame: Frame, account: Mapping[str, Any]) -> None:
    """The account's dates, the form that adds one, ending one, and the calendar file."""
    this = [Condition("account_id", "=", account["account_id"])]
    rows = frame.store.read(
        "everyday.coming_dates",
        {"as_of": frame.as_of},
        where=this,
        order_by=[("falls_on", False), ("source", False), ("record_id", False)],
    ).records()
    st.subheader(_("Dates to remember"), anchor=False)
    record_table(
        [row | {"told": everyday.date_told(row)} for row in rows],
        [
            Column("falls_on", _("Day"), "date"),
            Column("told", _("What")),
            Column("kind", _("Kind"), "words"),
            Column("date_state", _("State"), "status"),
            Column("note", _("Note")),
        ],
        key="account.dates",
        title=_("Dates to remember"),
        empty=_("No date is to come: contracts bring theirs, and the customer's events and holidays are added below."),
    )
    _calendar(frame, this, key="account.calendar")
    left, right = st.columns(2, gap="large")
    with left:
        _remember(frame, account["account_id"])
    with right:
        _forget(frame, [row for row in rows if row["source"] == "written"])


def _calendar(frame: Frame, where: Sequence[Condition], *, key: str) -> None:
    coming = frame.store.read(
        "everyday.coming_dates",
        {"as_of": frame.as_of},
        where=[*where, Condition("days_left", "<=", _AHEAD_DAYS)],
        order_by=[("falls_on", False), ("source", False), ("record_id", False)],
        limit=_MOST_ENTRIES,
    )
    if not coming:
        return
    st.download_button(
        several("{count} date for your calendar", "{count} dates for your calendar", len(coming)),
        data=lambda: documents.calendar(
            documents.date_entries(coming), stamped_at=datetime.now(UTC).replace(tzinfo=None)
        ),
        file_name="dates-to-remember.ics",
        mime=documents.CALENDAR_MIME,
        on_click="ignore",
        icon=":material/event:",
        key=key,
        help=_("A calendar file (.ics) with reminders. Opening it again brings changed dates up to date."),
    )


def _remember(frame: Frame, account_id: str) -> None:
    with st.expander(_("Add a date to remember")), form(f"date.{account_id}", _("Remember it")) as adding:
        key = f"date.{adding.op_id}"
        what = st.text_input(_("What is to be remembered"), max_chars=200, key=f"{key}.what")
        left, right = st.columns(2, vertical_alignment="bottom")
        falls_on = left.date_input(_("Falls on"), value=frame.as_of, format="YYYY-MM-DD", key=f"{key}.day")
        kind = right.selectbox(
            _("Kind"), list(everyday.DATE_KINDS), format_func=everyday.DATE_KINDS.__getitem__, key=f"{key}.kind"
        )
        remind = left.number_input(
            _("Call it to mind, days before"),
            min_value=0,
            max_value=everyday.MOST_REMIND_DAYS,
            value=14,
            step=1,
            key=f"{key}.remind",
        )
        is_yearly = right.checkbox(_("Every year"), key=f"{key}.yearly")
        note = st.text_input(_("Note"), max_chars=1000, key=f"{key}.note")
    if adding.sent:
        with refusals_shown(adding):
            everyday.remember_date(
                frame.store,
                account_id,
                what,
                kind=kind,
                falls_on=falls_on,
                is_yearly=is_yearly,
                remind_days=remind,
                note=note,
                as_of=frame.as_of,
                who=frame.person,
                op_id=adding.op_id,
            )
            adding.done(_("The date is remembered."))


def _forget(frame: Frame, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    by_id = {row["record_id"]: row for row in rows}
    with st.expander(_("End a date")), form("date.end", _("Do not remember it any more"), is_primary=False) as ending:
        chosen = st.selectbox(
            _("Date"),
            list(by_id),
            format_func=lambda at: f"{day(by_id[at]['falls_on'])}: {plain(by_id[at]['what'], longest=60)}",
            key=f"date.end.{ending.op_id}",
        )
    if ending.sent:
        with refusals_shown(ending):
            everyday.forget_date(
                frame.store,
                int(chosen),
                as_of=frame.as_of,
                expected_version=by_id[chosen]["version"],
                who=frame.person,
                op_id=ending.op_id,
            )
            ending.done(_("The date is ended."))

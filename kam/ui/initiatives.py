"""Initiatives of an account, valued in profit: the list, a new one, a revision, a withdrawal."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kam import value
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.words import _

_MONEY = "reporting currency"


def initiatives(frame: Frame, account_id: str) -> None:
    """What is planned and what it may bring, with the forms that state it."""
    st.subheader(_("Initiatives valued in profit"), anchor=False)
    rows = value.initiatives_of(frame.store, frame.as_of, account_id)
    record_table(
        rows,
        [
            Column("title", _("Initiative")),
            Column("profit_low_amount", _("Profit a year, low"), _MONEY),
            Column("profit_likely_amount", _("Likely"), _MONEY),
            Column("profit_high_amount", _("High"), _MONEY),
            Column("probability", _("Chance"), "share"),
            Column("starts_on", _("From"), "date"),
            Column("ends_on", _("To"), "date"),
            Column("owner", _("Owner")),
            Column("source", _("Rests on")),
            Column("stated_on", _("Stated"), "date"),
        ],
        key="initiatives",
        title=_("Initiatives"),
        empty=_(
            "No initiative is planned: what the account team wants to do enters the forecast once it is valued here."
        ),
        currency=frame.currency,
    )
    left, right = st.columns(2)
    with left, st.expander(_("Plan an initiative")):
        _plan(frame, account_id)
    if rows:
        with right, st.expander(_("Revise or withdraw")):
            _change(frame, {row["initiative_id"]: row for row in rows})


def _plan(frame: Frame, account_id: str) -> None:
    with form(f"initiative.{account_id}", _("Plan the initiative")) as planning:
        stated = _fields({}, planning.op_id)
    if planning.sent:
        with refusals_shown(planning):
            value.plan_initiative(
                frame.store, account_id, stated, stated_on=frame.as_of, who=frame.person, op_id=planning.op_id
            )
            planning.done(_("“{title}” is in the forecast.").format(title=stated.title.strip()))


def _change(frame: Frame, rows: dict[int, dict[str, Any]]) -> None:
    number = st.selectbox(
        _("Which initiative"), list(rows), format_func=lambda one: rows[one]["title"], key="initiative.which"
    )
    row = rows[number]
    with form(f"revise.{number}", _("Keep the revision"), is_primary=False) as revising:
        stated = _fields(row, revising.op_id)
        version = revising.version(row["revision"])
    if revising.sent:
        with refusals_shown(revising):
            value.revise_initiative(
                frame.store,
                number,
                stated,
                expected_revision=version,
                stated_on=frame.as_of,
                who=frame.person,
                op_id=revising.op_id,
            )
            revising.done(_("“{title}” was revised.").format(title=stated.title.strip()))
    with form(f"withdraw.{number}", _("Withdraw the initiative"), is_primary=False) as withdrawing:
        st.caption(escaped(row["title"]))
        reason = st.text_input(_("Why it is withdrawn"), max_chars=500)
        version = withdrawing.version(row["revision"])
    if withdrawing.sent:
        with refusals_shown(withdrawing):
            value.withdraw_initiative(
                frame.store,
                number,
                reason=reason,
                expected_revision=version,
                stated_on=frame.as_of,
                who=frame.person,
                op_id=withdrawing.op_id,
            )
            withdrawing.done(_("“{title}” is out of the forecast.").format(title=row["title"]))


def _fields(row: dict[str, Any], op_id: str) -> value.Initiative:
    key = f"initiative.{op_id}"
    title = st.text_input(_("What will be done"), row.get("title", ""), max_chars=500, key=f"{key}.title")
    low, likely, high = (
        st.number_input(
            label, value=float(row[name]) if row else None, step=1000.0, key=f"{key}.{name}", placeholder=_("a year")
        )
        for label, name in (
            (_("Profit a year, low case"), "profit_low_amount"),
            (_("Profit a year, likely"), "profit_likely_amount"),
            (_("Profit a year, high case"), "profit_high_amount"),
        )
    )
    starts_on = st.date_input(_("First day"), row.get("starts_on"), format="YYYY-MM-DD", key=f"{key}.from")
    ends_on = st.date_input(_("Last day"), row.get("ends_on"), format="YYYY-MM-DD", key=f"{key}.to")
    percent = st.number_input(
        _("Chance that it comes about, %"),
        value=100.0 * row["probability"] if row else None,
        step=5.0,
        key=f"{key}.probability",
    )
    owner = st.text_input(_("Owner"), row.get("owner", ""), max_chars=200, key=f"{key}.owner")
    source = st.text_input(_("What the estimate rests on"), row.get("source", ""), max_chars=500, key=f"{key}.source")
    chance = None if percent is None else percent / 100
    return value.Initiative(title, low, likely, high, starts_on, ends_on, chance, owner, source)

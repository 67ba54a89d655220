"""Referrals of one account on its page: is now a moment to ask, asking, what was given, what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import everyday
from kam.store import Condition
from kam.ui.accounts import choose_account
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.referrals import MOMENT_RULE, held_back_told
from kam.ui.refusals import refusals_shown
from kam.ui.states import state
from kam.ui.tables import record_table
from kam.ui.text import plain
from kam.units import day
from kam.words import _

_MONEY = "reporting currency"


def account_referrals(frame: Frame, account: Mapping[str, Any]) -> None:
    """The moments that speak for asking, the form to write asking down, the referrals it gave with their outcome."""
    this = [Condition("account_id", "=", account["account_id"])]
    given = {"as_of": frame.as_of}
    moments = frame.store.page(
        "everyday.referral_moments", given, where=this, order_by=[("happened_on", True), ("moment", False)]
    ).records()
    _moments(moments)
    rows = frame.store.read(
        "everyday.referral_list", given, where=this, order_by=[("given_on", True), ("referral_id", True)]
    ).records()
    asks = frame.store.read(
        "everyday.referral_asks",
        where=[*this, Condition("asked_on", "<=", frame.as_of)],
        order_by=[("asked_on", True), ("ask_id", True)],
    ).records()
    _given(frame, rows)
    left, right = st.columns(2, gap="large")
    with left:
        _ask(frame, account["account_id"], moments)
        _give(frame, account["account_id"], asks)
    with right:
        _end(frame, rows)
        _asked(asks)


def _moments(moments: list[dict[str, Any]]) -> None:
    against = next((row["held_back_by"] for row in moments if row["held_back_by"]), None)
    if not moments:
        said = _("No moment to ask for a referral lies in the last weeks")
    elif against:
        said = _("Do not ask now: {why}").format(why=held_back_told(against))
    else:
        said = _("A good moment to ask for a referral: {moment}").format(moment=everyday.MOMENTS[moments[0]["moment"]])
    st.subheader(said, anchor=False)
    record_table(
        moments,
        [
            Column("moment", _("Moment"), "words"),
            Column("happened_on", _("Day"), "date"),
            Column("what", _("What"), "words"),
            Column("evidence", _("Evidence")),
        ],
        key="account.moments",
        title=_("Moments to ask"),
        empty=_("Purchases that are large for it, thanks and successes make a moment."),
    )
    if moments:
        st.caption(MOMENT_RULE)


def _given(frame: Frame, rows: list[dict[str, Any]]) -> None:
    st.subheader(_("Referrals it gave"), anchor=False)
    record_table(
        rows,
        [
            Column("prospect", _("Referred to us")),
            Column("given_on", _("Given"), "date"),
            Column("referral_state", _("State"), "status"),
            Column("won_name", _("Became")),
            Column("credited_share", _("Credited"), "share", decimals=0),
            Column("value_amount", _("Value"), _MONEY),
            Column("evidence", _("Evidence")),
        ],
        key="account.referrals",
        title=_("Referrals"),
        empty=_("It has referred nobody to us yet."),
        currency=frame.currency,
    )
    if rows:
        st.caption(_("Beside lifetime value and never added to it."))


def _ask(frame: Frame, account_id: str, moments: list[dict[str, Any]]) -> None:
    with st.expander(_("It was asked for a referral")), form(f"ask.{account_id}", _("Write down the asking")) as asking:
        first = moments[0]["moment"] if moments else "other"
        moment = st.selectbox(
            _("Moment"),
            list(everyday.MOMENTS),
            index=list(everyday.MOMENTS).index(first),
            format_func=everyday.MOMENTS.__getitem__,
            key=f"ask.{asking.op_id}.moment",
        )
        answer = st.radio(
            _("The customer"),
            list(everyday.ANSWERS),
            format_func=everyday.ANSWERS.__getitem__,
            key=f"ask.{asking.op_id}.answer",
        )
        asked_on = st.date_input(_("Asked on"), value=frame.as_of, format="YYYY-MM-DD", key=f"ask.{asking.op_id}.day")
        note = st.text_input(_("Who was asked, and what was said"), max_chars=1000, key=f"ask.{asking.op_id}.note")
    if asking.sent:
        with refusals_shown(asking):
            everyday.ask_for_referral(
                frame.store,
                account_id,
                moment,
                asked_on=asked_on,
                answer=answer,
                note=note,
                as_of=frame.as_of,
                who=frame.person,
                op_id=asking.op_id,
            )
            asking.done(_("The asking is written down."))


def _give(frame: Frame, account_id: str, asks: list[dict[str, Any]]) -> None:
    told = {row["ask_id"]: f"{day(row['asked_on'])}: {plain(row['note'], longest=60)}" for row in asks}
    with (
        st.expander(_("It referred somebody to us")),
        form(f"refer.{account_id}", _("Write down the referral")) as giving,
    ):
        prospect = st.text_input(_("Company referred to us"), max_chars=200, key=f"refer.{giving.op_id}.who")
        ask_id = st.selectbox(
            _("In answer to"),
            [None, *told],
            format_func=lambda at: _("nobody had asked") if at is None else told[at],
            key=f"refer.{giving.op_id}.ask",
        )
        given_on = st.date_input(_("Given on"), value=frame.as_of, format="YYYY-MM-DD", key=f"refer.{giving.op_id}.day")
        note = st.text_input(_("Note"), max_chars=1000, key=f"refer.{giving.op_id}.note")
    if giving.sent:
        with refusals_shown(giving):
            everyday.give_referral(
                frame.store,
                account_id,
                prospect,
                given_on=given_on,
                note=note,
                ask_id=ask_id,
                as_of=frame.as_of,
                who=frame.person,
                op_id=giving.op_id,
            )
            giving.done(_("The referral is written down: record what becomes of it."))


def _end(frame: Frame, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    names = {
        row["referral_id"]: f"{plain(row['prospect'], longest=60)} ({state(row['referral_state']).word})"
        for row in rows
    }
    with st.expander(_("What became of a referral")):
        which = st.selectbox(_("Referral"), list(names), format_func=names.__getitem__, key="referral.which")
        outcome = st.radio(
            _("It was"), ["won", "lost"], format_func={"won": _("won"), "lost": _("lost")}.__getitem__, horizontal=True,
            key="referral.outcome",
        )  # fmt: skip
        won = choose_account(frame, key="referral.won", label=_("Customer that was won")) if outcome == "won" else None
        with form(f"end.{which}.{outcome}", _("Record the outcome")) as ending:
            key = f"end.{ending.op_id}"
            happened_on = st.date_input(_("Ended on"), value=frame.as_of, format="YYYY-MM-DD", key=f"{key}.day")
            evidence = st.text_input(_("How we know it"), max_chars=1000, key=f"{key}.evidence")
            facts = _money(key, frame.currency) if outcome == "won" else {}
    if ending.sent:
        with refusals_shown(ending):
            everyday.end_referral(
                frame.store,
                which,
                outcome,
                happened_on=happened_on,
                evidence=evidence,
                won_account_id=won,
                **facts,
                as_of=frame.as_of,
                who=frame.person,
                op_id=ending.op_id,
            )
            ending.done(_("The outcome is recorded."))


def _money(key: str, currency: str) -> dict[str, Any]:
    """What a win brought, as typed; what is left empty stays unknown."""
    came = st.radio(
        _("Would this customer have come anyway?"),
        [False, True],
        index=None,
        format_func={False: _("no: only through the referral"), True: _("yes")}.__getitem__,
        key=f"{key}.came",
    )
    left, right = st.columns(2, vertical_alignment="bottom")

    def amount(place: Any, label: str, name: str) -> float | None:
        return place.number_input(
            label.format(currency=currency), value=None, step=100.0, format="%.2f", key=f"{key}.{name}"
        )

    percent = st.number_input(
        _("Share that the won customer credits to this account, %"),
        value=None,
        min_value=0.0,
        max_value=100.0,
        step=5.0,
        help=_("Empty: all who referred it share the win equally."),
        key=f"{key}.share",
    )
    return {
        "would_have_come": came,
        "gross_margin": amount(left, _("Gross margin it brings, {currency}"), "margin"),
        "acquisition_saved": amount(right, _("Acquisition cost saved, {currency}"), "saved"),
        "incentive": amount(left, _("Given for the referral, {currency}"), "incentive"),
        "marketing": amount(right, _("Spent on it, {currency}"), "marketing"),
        "stated_share": None if percent is None else percent / 100,
    }


def _asked(asks: list[dict[str, Any]]) -> None:
    if not asks:
        return
    with st.expander(_("When it was asked")):
        record_table(
            [row | {"said": everyday.ANSWERS[row["answer"]], "when": everyday.MOMENTS[row["moment"]]} for row in asks],
            [
                Column("asked_on", _("Day"), "date"),
                Column("when", _("Moment")),
                Column("said", _("The customer")),
                Column("note", _("Who was asked, and what was said")),
                Column("recorded_by", _("By")),
            ],
            key="account.asks",
            title=_("Times it was asked"),
            empty="",
        )

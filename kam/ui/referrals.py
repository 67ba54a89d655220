"""Referrals over all accounts: whom to ask now, what was given, what it brought beside lifetime value."""

from __future__ import annotations

import streamlit as st

from kam import everyday
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.figures import Rule, figures
from kam.ui.frame import Frame
from kam.ui.tables import record_table, relation_table
from kam.units import day
from kam.words import _, several

_TAB = {"account": "account_id"}
MOMENT_RULE = _(
    "At a purchase: an order that is large for the account itself. After thanks: it thanked us, or a survey came out at the top. After a "
    "success: a commitment or promise kept, an objective reached, a complaint closed in time. Thresholds stand on the Settings page."
)


def referral_answer(frame: Frame) -> None:
    """How many accounts could be asked now, what was asked, given and won."""
    rows = frame.store.page("everyday.referral_values", {"as_of": frame.as_of}, where=frame.narrowing()).records()
    ready = frame.store.page(
        "everyday.referral_moments",
        {"as_of": frame.as_of},
        where=[*frame.narrowing(), Condition("held_back_by", "is_missing")],
        columns=("account_id",),
    )
    known = [row["referral_value"] for row in rows if row["referral_value"] is not None]
    unvalued = sum(row["unvalued_count"] for row in rows)
    on_day = _("up to {day}").format(day=day(frame.as_of))
    figures(
        {
            "label": _("Accounts to ask now"),
            "value": len(set(ready.column("account_id"))),
            "unit": "count",
            "period": _("as of {day}").format(day=day(frame.as_of)),
            "rule": Rule(MOMENT_RULE),
            "key": "referral-ready",
        },
        {
            "label": _("Times asked"),
            "value": sum(row["asked_count"] for row in rows),
            "unit": "count",
            "period": several("{count} declined", "{count} declined", sum(row["declined_count"] for row in rows)),
            "key": "referral-asked",
        },
        {
            "label": _("Referrals given"),
            "value": sum(row["given_count"] for row in rows),
            "unit": "count",
            "period": _("{won} won, {lost} lost").format(
                won=sum(row["won_count"] for row in rows), lost=sum(row["lost_count"] for row in rows)
            ),
            "key": "referral-given",
        },
        {
            "label": _("Referral value"),
            "value": sum(known) if known else None,
            "unit": "reporting currency",
            "currency": frame.currency,
            "period": on_day,
            "unknown_because": _("no won referral has a known value"),
            "rule": Rule(
                _(
                    "Of won referrals that would not have come otherwise: gross margin − incentive − marketing + acquisition cost saved; of others "
                    "the cost saved alone; each times the share credited. All of it has happened, so nothing is discounted. It stands beside lifetime "
                    "value and is never added to it: the won customer's own lifetime value holds the same money."
                ),
                source=_("Kumar, Petersen and Leone 2007"),
                missing=several(
                    "{count} won referral without a value", "{count} won referrals without a value", unvalued
                )
                if unvalued
                else "",
            ),
            "key": "referral-value",
        },
    )


def moments_to_ask(frame: Frame) -> None:
    """Every account at one of the three moments, the latest first, and what speaks against asking."""
    relation_table(
        frame,
        "everyday.referral_moments",
        {"as_of": frame.as_of},
        [
            Column("name", _("Account"), "account"),
            Column("is_key_account", _("Key"), "flag"),
            Column("moment", _("Moment"), "words"),
            Column("happened_on", _("Day"), "date"),
            Column("what", _("What"), "words"),
            Column("evidence", _("Evidence")),
            Column("held_back_by", _("Not now, because"), "words"),
        ],
        more=[Column("amount", _("Order"), "reporting currency"), Column("owner", _("Account manager"))],
        key="moments",
        title=_("Moments to ask"),
        where=frame.narrowing(),
        search=("name", "account_id", "evidence"),
        filters={"moment": _("Moment"), "held_back_by": _("Not now, because")},
        order_by=("happened_on", True),
        opens=("account", _TAB),
        ids=("account_id",),
        empty=_(
            "No account is at a moment to ask: orders, surveys, notes of thanks, promises and commitments kept, objectives and complaints make one."
        ),
    )
    st.caption(MOMENT_RULE)


def referral_table(frame: Frame) -> None:
    """Every referral given, the latest first."""
    relation_table(
        frame,
        "everyday.referral_list",
        {"as_of": frame.as_of},
        [
            Column("name", _("Account"), "account"),
            Column("prospect", _("Referred to us")),
            Column("given_on", _("Given"), "date"),
            Column("referral_state", _("State"), "status"),
            Column("won_name", _("Became")),
            Column("credited_share", _("Credited"), "share", decimals=0),
            Column("value_amount", _("Value"), "reporting currency"),
        ],
        more=[
            Column("asked_on", _("Asked"), "date"),
            Column("happened_on", _("Ended"), "date"),
            Column("evidence", _("Evidence")),
            Column("note", _("Note")),
            Column("owner", _("Account manager")),
        ],
        key="referrals",
        title=_("Referrals"),
        where=frame.narrowing(),
        search=("name", "account_id", "prospect", "won_name"),
        filters={"referral_state": _("State")},
        order_by=("given_on", True),
        totals=["value_amount"],
        opens=("account", _TAB),
        ids=("referral_id", "account_id", "won_account_id"),
        empty=_("No referral is on record: write one down on the account's page, tab Referrals."),
    )


def referral_values(frame: Frame) -> None:
    """Who was asked and gave, with referral value beside lifetime value; by name, not by money."""
    rows = frame.store.page(
        "everyday.referral_values",
        {"as_of": frame.as_of},
        where=frame.narrowing(),
        order_by=[("name", False)],
        limit=200,
    ).records()
    worth = frame.store.page(
        "programme.account_list",
        {"as_of": frame.as_of, "level": "account"},
        where=[Condition("account_id", "one_of", [row["account_id"] for row in rows])],
        columns=("account_id", "lifetime_value"),
    )
    lifetime = dict(worth.rows)
    record_table(
        [row | {"lifetime_value": lifetime.get(row["account_id"])} for row in rows],
        [
            Column("name", _("Account"), "account"),
            Column("asked_count", _("Asked"), "count"),
            Column("given_count", _("Given"), "count"),
            Column("won_count", _("Won"), "count"),
            Column("referral_value", _("Referral value"), "reporting currency"),
            Column("lifetime_value", _("Lifetime value"), "reporting currency"),
        ],
        key="referral.values",
        title=_("Referral value beside lifetime value"),
        empty=_("No account was asked for a referral yet."),
        currency=frame.currency,
    )
    st.caption(
        _(
            "The two are never added: what a won customer brings is in that customer's own lifetime value. In the order of names."
        )
    )


def held_back_told(code: str | None) -> str:
    """Why not to ask now, in words; empty where nothing speaks against it."""
    return everyday.HELD_BACK.get(code or "", "")

"""Accounts that may be one customer: merged by a person, called two, and taken apart again."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kam import ledgers, quality
from kam.ui.cells import Column
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import ACCOUNT, record_table
from kam.words import _


def duplicates(frame: Frame) -> None:
    """Accounts with names alike: merged by a person, or called two."""
    pairs = quality.likely_duplicates(frame.store)
    st.caption(
        _(
            "Names are compared without legal form, accents and the order of words. Nothing is merged by itself; a merge takes "
            "all facts along, and can be taken back."
        )
    )
    record_table(
        [vars(pair) for pair in pairs],
        [
            Column("name", _("Account")),
            Column("account_id", _("Its id")),
            Column("other_name", _("Looks like")),
            Column("other_account_id", _("Its id")),
            Column("country", _("Country")),
            Column("likeness", _("Likeness of 100"), "number", decimals=0),
        ],
        key="duplicates",
        title=_("Accounts that may be one customer"),
        opens=ACCOUNT,
        empty=_("No two accounts of one country have names alike."),
    )
    if pairs:
        _decide_pair(frame, pairs)
    _merge_by_hand(frame)
    with st.expander(_("Put an account beneath another"), expanded=False):
        parent_link(frame)
    _merges(frame)


def _decide_pair(frame: Frame, pairs: list[quality.LikelyPair]) -> None:
    with form("pair", _("Decide")) as asked:
        names = [f"{p.name} ({p.account_id}) · {p.other_name} ({p.other_account_id})" for p in pairs]
        at = st.selectbox(_("Pair"), range(len(pairs)), format_func=names.__getitem__)
        what = st.radio(
            _("They are"),
            ["second", "first", "two"],
            format_func={
                "second": _("one customer: the first goes into the second"),
                "first": _("one customer: the second goes into the first"),
                "two": _("two customers: do not suggest them again"),
            }.__getitem__,
        )
        reason = st.text_input(_("Reason"), max_chars=500, placeholder=_("How you know"))
    if asked.sent:
        pair = pairs[at]
        with refusals_shown(asked):
            if what == "two":
                quality.call_distinct(
                    frame.store,
                    pair.account_id,
                    pair.other_account_id,
                    reason=reason,
                    who=frame.person,
                    op_id=asked.op_id,
                )
                asked.done(_("{one} and {other} stay two.").format(one=pair.name, other=pair.other_name))
            gone, stays = (pair.account_id, pair.other_account_id)[:: 1 if what == "second" else -1]
            _merged(frame, asked, gone, stays, reason)


def _merge_by_hand(frame: Frame) -> None:
    with st.expander(_("Merge two accounts by their ids"), expanded=False):
        with form("merge", _("Merge them"), is_primary=False) as asked:
            left, right = st.columns(2)
            gone = left.text_input(_("Account that goes"), max_chars=200)
            stays = right.text_input(_("Account that stays"), max_chars=200)
            reason = st.text_input(_("Reason"), max_chars=500)
        if asked.sent:
            with refusals_shown(asked):
                _merged(frame, asked, gone.strip(), stays.strip(), reason)


def parent_link(frame: Frame, account_id: str = "", parent_account_id: str = "") -> None:
    """Say which account stands above an account; the ids as they are known."""
    with form(f"parent.{account_id}", _("Put it there"), is_primary=False) as asked:
        left, right = st.columns(2)
        child = left.text_input(_("Account's id"), value=account_id, max_chars=200, disabled=bool(account_id))
        parent = right.text_input(
            _("Id of the account above it"),
            value=parent_account_id,
            max_chars=200,
            placeholder=_("empty: it heads its own group"),
        )
        reason = st.text_input(_("Why it belongs there"), max_chars=500)
        st.caption(_("A later account file with a parent column says it anew, and its preview shows that."))
    if asked.sent:
        with refusals_shown(asked):
            ledgers.link_parent(
                frame.store, child.strip(), parent.strip() or None, reason=reason, who=frame.person, op_id=asked.op_id
            )
            asked.done(_("{account} stands where you put it.").format(account=child.strip()))


def _merged(frame: Frame, asked: Any, gone: str, stays: str, reason: str) -> None:
    done = ledgers.merge_accounts(frame.store, gone, stays, reason=reason, who=frame.person, op_id=asked.op_id)
    count = done.count if done else 0
    asked.done(
        _("{gone} is part of {stays} now; rows moved: {count}.").format(gone=gone, stays=stays, count=f"{count:,}"),
        page="account",
        label=_("Open the account"),
        account=stays,
    )


def _merges(frame: Frame) -> None:
    found = ledgers.merges(frame.store).records()
    if not found:
        return
    for row in found:
        row["state"] = "undone" if row["undone_at"] else "in_force"
    record_table(
        found,
        [
            Column("account_id", _("Account that went")),
            Column("into_account_id", _("Into")),
            Column("state", _("State"), "status"),
            Column("reason", _("Reason")),
            Column("merged_by", _("By")),
            Column("merged_at", _("On"), "datetime"),
        ],
        key="merges",
        title=_("Merges so far"),
        empty="",
    )
    standing = [row for row in found if not row["undone_at"]]
    if not standing:
        return
    with st.expander(_("Take a merge back"), expanded=False):
        with form("unmerge", _("Take it back"), is_primary=False) as asked:
            names = {row["merge_id"]: f"{row['account_id']} → {row['into_account_id']}" for row in standing}
            chosen = st.selectbox(_("Merge"), list(names), format_func=names.__getitem__)
            reason = st.text_input(_("Reason"), max_chars=500)
        if asked.sent:
            with refusals_shown(asked):
                ledgers.undo_merge(frame.store, chosen, reason=reason, who=frame.person, op_id=asked.op_id)
                asked.done(_("The two are two again, with every row where its name says."))

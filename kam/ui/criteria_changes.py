"""A draft of criteria held against the set in force: who would enter, leave or change verdict."""

from __future__ import annotations

import streamlit as st

from kam import selection
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import ACCOUNT, MOST_ROWS, record_table
from kam.units import day
from kam.words import _, several

_CHANGES = {"enters": _("would pass"), "leaves": _("would fail"), "flips": _("changes verdict")}


def criteria_changes(frame: Frame, draft: selection.CriteriaSet) -> None:
    """One sentence and a table, key accounts first; says why where there is no ledger to judge."""
    if frame.is_empty:
        st.caption(_("There is no ledger yet: whom the draft would let in cannot be told."))
        return
    with refusals_shown():
        changes = selection.compare(frame.store, frame.as_of, draft, for_whom=frame.person, limit=MOST_ROWS)
        if not changes.total:
            st.success(
                _("On {day} the draft judges every account as the set in force does.").format(day=day(frame.as_of))
            )
            return
        st.markdown(
            "**"
            + several("{count} account would pass", "{count} accounts would pass", changes.enters)
            + ", "
            + several("{count} would fail", "{count} would fail", changes.leaves)
            + ", "
            + several("{count} changes verdict otherwise", "{count} change verdict otherwise", changes.flips)
            + "** "
            + _("on {day}, against the set in force.").format(day=day(frame.as_of))
        )
        record_table(
            [row | {"change": _CHANGES[row["change"]]} for row in changes.rows],
            [
                Column("name", _("Account"), "account"),
                Column("is_key_account", _("Key"), "flag", help=_("A star marks a key account.")),
                Column("verdict_now", _("Now"), "status"),
                Column("verdict_then", _("By the draft"), "status"),
                Column("change", _("Change")),
            ],
            key="changes",
            title=_("Changed verdicts"),
            opens=ACCOUNT,
            empty="",
        )
        if changes.total > MOST_ROWS:
            st.caption(
                _("The first {shown} of {all} are shown, key accounts first.").format(
                    shown=MOST_ROWS, all=f"{changes.total:,}"
                )
            )

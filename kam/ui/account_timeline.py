"""Everything that happened with an account, in one order, on its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam.ui.account_capture import correct_entry, settle_promise
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.tables import relation_table
from kam.words import _


def account_timeline(frame: Frame, account: Mapping[str, Any]) -> None:
    """What was said, promised, ordered, agreed and decided up to the day, the latest first; promises to settle."""
    relation_table(
        frame,
        "relationships.timeline",
        {"as_of": frame.as_of, "of_account": account["account_id"]},
        [
            Column("happened_on", _("Day"), "date"),
            Column("kind", _("Kind"), "words"),
            Column("what", _("What was said or happened")),
            Column("next_step", _("Promised or agreed")),
            Column("due_on", _("Due"), "date"),
            Column("state", _("State"), "status"),
            Column("amount", _("Amount"), "reporting currency"),
        ],
        more=[Column("by", _("Who of ours")), Column("with_whom", _("With"))],
        key="timeline",
        title=_("Timeline"),
        search=("what", "next_step", "by", "with_whom"),
        filters={"kind": _("Kind"), "state": _("State")},
        order_by=("happened_on", True),
        opens=None,
        ids=("record_id",),
        empty=_("Nothing is on record up to this day: import interactions and orders, or note what happened above."),
    )
    left, right = st.columns(2, gap="large")
    with left, st.expander(_("Settle a promise")):
        settle_promise(frame, account)
    with right, st.expander(_("Correct an entry")):
        correct_entry(frame, account)

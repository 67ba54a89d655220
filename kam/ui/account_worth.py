"""What an account is worth, on its page: the figures, how they came about, and the P&L beneath."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import value
from kam.ui.frame import Frame
from kam.ui.measures import measures
from kam.ui.profit_and_loss import profit_and_loss
from kam.ui.worth import profit, revenue_trend
from kam.words import _


def account_worth(frame: Frame, account: Mapping[str, Any]) -> None:
    """Lifetime value, contribution, cost to serve and revenue with their rules; trend, profit, and the P&L."""
    worth = value.account_value(
        frame.store, frame.as_of, account["account_id"], level=_level(account), for_whom=frame.person
    )
    measures(
        frame,
        worth.measures,
        ["lifetime_value", "contribution_12m", "cost_to_serve_12m", "revenue_12m"],
        worth=worth,
        change={"revenue_12m": worth.measures["revenue_growth_12m"]},
    )
    left, right = st.columns(2, gap="large")
    with left:
        revenue_trend(frame, worth)
    with right:
        profit(frame, worth)
    profit_and_loss(frame, worth)


def _level(account: Mapping[str, Any]) -> str:
    """The account, or its whole group where it stands at the top of one and the reader asks so."""
    if account["member_count"] < 2 or account["group_id"] != account["account_id"]:
        return "account"
    return st.segmented_control(
        _("Figures of"),
        ["account", "group"],
        default="account",
        required=True,
        format_func={"account": _("This account"), "group": _("Its whole group")}.__getitem__,
        key="account.level",
        label_visibility="collapsed",
    )

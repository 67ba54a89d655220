"""An account at a glance, on its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kam import value
from kam.ui.frame import Frame
from kam.ui.measures import measures
from kam.ui.worth import revenue_trend


def account_summary(frame: Frame, account: Mapping[str, Any]) -> None:
    """Its figures with their rules, and where its revenue goes."""
    worth = value.account_value(frame.store, frame.as_of, account["account_id"], for_whom=frame.person)
    measures(
        frame,
        worth.measures,
        ["lifetime_value", "contribution_12m", "cost_to_serve_12m", "revenue_12m"],
        worth=worth,
        change={"revenue_12m": worth.measures["revenue_growth_12m"]},
    )
    revenue_trend(frame, worth)

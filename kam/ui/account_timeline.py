"""Everything that happened with an account, in one order, on its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kam.store import Condition
from kam.ui.frame import Frame
from kam.ui.ledger_tables import ledger_table


def account_timeline(frame: Frame, account: Mapping[str, Any]) -> None:
    """Its interactions up to the day."""
    ledger_table(
        frame,
        "interactions",
        where=[Condition("account_id", "=", account["account_id"]), Condition("occurred_on", "<=", frame.as_of)],
    )

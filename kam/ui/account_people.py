"""The people of an account, on its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kam.store import Condition
from kam.ui.frame import Frame
from kam.ui.ledger_tables import ledger_table


def account_people(frame: Frame, account: Mapping[str, Any]) -> None:
    """Its contacts."""
    ledger_table(frame, "contacts", where=[Condition("account_id", "=", account["account_id"])])

"""What is running with an account and what may come, on its page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam.store import Condition
from kam.ui.frame import Frame
from kam.ui.ledger_tables import ledger_table
from kam.words import _


def account_business(frame: Frame, account: Mapping[str, Any]) -> None:
    """Its opportunities and contracts as the ledger has them."""
    this = [Condition("account_id", "=", account["account_id"])]
    st.subheader(_("Opportunities"), anchor=False)
    ledger_table(frame, "opportunities", where=this)
    st.subheader(_("Contracts"), anchor=False)
    ledger_table(frame, "contracts", where=this)

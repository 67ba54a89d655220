"""A small ledger of accounts for decisions about the programme."""

from __future__ import annotations

import pytest

from tests.drawn import given

ACCOUNTS = [f"A{number:02d}" for number in range(1, 31)]


@pytest.fixture
def ledger(store, champion):
    """Thirty accounts A01…A30; the ledger begins on 1 January 2024."""
    given(store, champion, "accounts", "account_id | name\n" + "\n".join(f"{a} | Account {a}" for a in ACCOUNTS))
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue
        O1       | A01        | 2024-01-01 | 100
        O2       | A02        | 2025-12-31 | 100
        """,
    )
    return store

"""A ledger of two accounts, one of them with a subsidiary, and a plan of it."""

from __future__ import annotations

from datetime import date

import pytest

from kam import plans
from tests.drawn import given

AS_OF = date(2025, 6, 30)
PERIOD = {"title": "Plan 2025", "begins_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}


@pytest.fixture
def ledger(store, champion):
    """A (with A1 beneath it) and B bought; A2 beneath A never did."""
    given(
        store,
        champion,
        "accounts",
        """
        account_id | name      | parent_account_id | region | owner
        A          | Alpha     |                   | North  | Rosa Quint
        A1         | Alpha One | A                 | South  | Rosa Quint
        A2         | Alpha Two | A                 |        |
        B          | Beta      |                   | South  | Ines Brandt
        """,
    )
    given(
        store,
        champion,
        "products",
        """
        product_id | name  | category
        P1         | Valve | Valves
        P2         | Seal  | Seals
        P3         | Thing |
        """,
    )
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | product_id | net_revenue | cogs
        O1       | A          | 2024-06-30 | P1         | 999.00      | 1.00
        O2       | A          | 2024-07-01 | P1         | 100.00      | 60.00
        O3       | A          | 2025-06-30 | P2         | 50.50       | 20.00
        O4       | A1         | 2025-01-15 | P3         | 30.00       | 10.00
        O5       | A1         | 2025-07-01 | P1         | 7.00        | 1.00
        O6       | B          | 2025-03-01 | P1         | 400.00      | 200.00
        """,
    )
    return store


@pytest.fixture
def plan(ledger, champion):
    """The number of an open plan of A."""
    return plans.open_plan(ledger, "A", PERIOD, as_of=date(2025, 1, 2), who=champion)

"""Four accounts with opportunities and dealings at the boundaries of grades and windows."""

from __future__ import annotations

from datetime import date

import pytest

from kam import plans
from tests.drawn import given

# A Wednesday.
AS_OF = date(2025, 12, 31)


@pytest.fixture
def ledger(store, champion):
    """A and B of Ines Brandt, C and D of Rosa Quint; A's close lies 30 days ahead, B's 92, C's has passed."""
    given(
        store,
        champion,
        "accounts",
        """
        account_id | name  | owner       | industry | region
        A          | Alpha | Ines Brandt | Steel    | North
        B          | Beta  | Ines Brandt | Food     | North
        C          | Gamma | Rosa Quint  | Steel    | South
        D          | Delta | Rosa Quint  |          | South
        """,
    )
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue
        O1       | A          | 2025-03-01 | 1000.00
        O2       | B          | 2025-04-01 | 500.00
        O3       | C          | 2025-05-01 | 250.00
        """,
    )
    given(
        store,
        champion,
        "opportunities",
        """
        opportunity_id | account_id | name | stage     | amount | probability | expected_close
        P1             | A          | one  | qualified | 100    | 0.5         | 2026-01-30
        P2             | B          | two  | qualified | 100    | 0.5         | 2026-04-02
        P3             | C          | past | qualified | 100    | 0.5         | 2025-12-30
        """,
    )
    given(
        store,
        champion,
        "interactions",
        """
        interaction_id | account_id | occurred_on | kind  | summary | by          | next_step  | next_step_due
        I1             | A          | 2025-12-29  | visit | a       | Ines Brandt |            |
        I2             | C          | 2025-12-01  | call  | b       | Rosa Quint  | Send offer | 2025-12-15
        I3             | D          | 2025-12-30  | survey | c      | Rosa Quint  |            |
        """,
    )
    stages = plans.read_stages(plans.starter_stages())
    plans.adopt_stages(store, stages, reason="test", who=champion)
    return store

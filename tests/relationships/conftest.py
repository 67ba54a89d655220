"""Two accounts with people and dealings, drawn at the boundaries of the windows."""

from __future__ import annotations

from datetime import date

import pytest

from tests.drawn import given

AS_OF = date(2025, 12, 31)


@pytest.fixture
def ledger(store, champion):
    """A with four people, B with one; A's interactions lie on both sides of the ends of the windows."""
    given(
        store,
        champion,
        "accounts",
        """
        account_id | name  | owner
        A          | Alpha | Rosa Quint
        B          | Beta  | Ines Brandt
        """,
    )
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue
        O1       | A          | 2024-12-31 | 1000.00
        O2       | A          | 2025-01-01 | 600.00
        O3       | A          | 2025-12-31 | 600.00
        O4       | A          | 2025-06-30 | -60.00
        """,
    )
    given(
        store,
        champion,
        "contacts",
        """
        contact_id | account_id | name       | title     | role           | influence | attitude | reports_to
        K1         | A          | Mara Voss  | Director  | decision maker | 5         | 2        |
        K2         | A          | Jan Kolb   | Buyer     | gatekeeper     | 4         | -1       | K1
        K3         | A          | Ute Rahn   | Engineer  | user           | 3         | 1        | K2
        K4         | A          | Ole Simm   | Plant     | user           | 3         | 0        | K2
        L1         | B          | Eva Prinz  | Buyer     | user           | 2         |          |
        """,
    )
    # 90 days before 31 Dec 2025 is 2 Oct; 12 months before it is 31 Dec 2024, which the window leaves out.
    given(
        store,
        champion,
        "interactions",
        """
        interaction_id | account_id | occurred_on | kind            | summary | by         | contact_id | next_step  | next_step_due
        I1             | A          | 2025-10-02  | visit           | a       | Rosa Quint | K1         | Send offer | 2025-11-01
        I2             | A          | 2025-10-01  | call            | b       | Rosa Quint | K2         |            |
        I3             | A          | 2025-12-31  | executive_visit | c       | Eva Stark  | K3         |            |
        I4             | A          | 2024-12-31  | complaint       | d       | Rosa Quint | K4         |            |
        I5             | A          | 2025-01-01  | complaint       | e       | Rosa Quint | K4         |            |
        I6             | A          | 2026-01-01  | visit           | later   | Rosa Quint | K4         |            |
        """,
    )
    return store

"""Six accounts that stand on both sides of every rule of a play."""

from __future__ import annotations

from datetime import date

import pytest

from kam import plays, portfolio
from tests.drawn import given

AS_OF = date(2025, 12, 31)


@pytest.fixture
def ledger(store, champion):
    """A bought pumps on the window's first day, B a day before it, C returned all, D bought what has no category, E hoses, F nothing."""
    given(
        store,
        champion,
        "accounts",
        """
        account_id | name  | owner       | industry
        A          | Alpha | Ines Brandt | Steel
        B          | Beta  | Ines Brandt | Steel
        C          | Gamma | Rosa Quint  | Steel
        D          | Delta | Rosa Quint  | Paper
        E          | Echo  |             | Paper
        F          | Foxtr |             |
        """,
    )
    given(store, champion, "products", "product_id | name | category\nP | Pump | Pumps\nH | Hose | Hoses\nN | New |")
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | product_id
        O1       | A          | 2025-01-01 | 100.00      | P
        O2       | B          | 2024-12-31 | 100.00      | P
        O3       | C          | 2025-06-01 | 100.00      | P
        O4       | C          | 2025-06-20 | -100.00     | P
        O5       | D          | 2025-06-01 | 100.00      | N
        O6       | E          | 2025-06-01 | 100.00      | H
        O7       | E          | 2026-01-01 | 100.00      | P
        """,
    )
    return store


@pytest.fixture
def make(ledger, champion):
    """make(audience=…, …) makes a play on the day and returns its id."""

    def making(as_of=AS_OF, **changes):
        named = {
            "name": f"Play {len(ledger.read('plays.versions'))}",
            "kind": "offer",
            "message": "m",
            "channel": "call",
        }
        play = plays.Play(**(named | {"due_days": 14} | changes))
        return plays.make_play(ledger, play, reason="drawn", as_of=as_of, who=champion)

    return making


def segment(store, who, name, *industries):
    """A saved segment of these industries."""
    conditions = [{"key": "industry", "is": "one_of", "value": list(industries)}]
    portfolio.save_segment(store, name, conditions, as_of=AS_OF, who=who)

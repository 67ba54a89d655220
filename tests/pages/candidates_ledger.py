"""Three accounts for pages about selection: P passes, F fails by a cent, U has no cost; and their criteria."""

from __future__ import annotations

from kam import selection
from tests.drawn import given
from tests.selection.conftest import AS_OF, HEAD, gate, score

TEXT = (
    HEAD
    + gate(at_least=1000)
    + gate("margin_rate_12m", "share", at_least=0.2)
    + score("margin_rate_12m", "attractiveness", 1, "[[0, 0], [0.5, 10]]", "share")
    + score("orders_12m", "strength", 1, "[[0, 0], [1, 4], [2, 10]]", "orders")
)


def three_accounts(store, who, *, with_criteria=True):
    """Put the accounts, their orders and (with_criteria) the charter into the store."""
    given(store, who, "accounts", "account_id | name | owner\nP | Pass Co | Anna\nF | Fail Co | Anna\nU | Unknown Co |")
    given(
        store,
        who,
        "order_lines",
        f"""
        order_id | account_id | order_date | net_revenue | cogs
        1        | P          | {AS_OF}    | 1000        | 600
        2        | F          | {AS_OF}    | 999.99      | 600
        3        | U          | {AS_OF}    | 5000        |
        """,
    )
    if with_criteria:
        selection.adopt(store, selection.read_criteria(TEXT), reason="decided on 12 December", who=who)

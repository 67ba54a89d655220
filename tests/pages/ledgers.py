"""A small company that pages are opened on: three customers, one with a hostile name, one of a group."""

from __future__ import annotations

from datetime import date

from kam import programme
from kam.access import Person
from kam.store import Store
from tests.drawn import given

# What a customer might be called by somebody who wants the browser to call out, or a spreadsheet to compute.
HOSTILE = '![x](http://192.0.2.1/x.png) <img src="http://192.0.2.1/y.png"> =1+1'
AS_OF = date(2025, 12, 31)


def company(store: Store, who: Person) -> None:
    """Accounts A (bought, with cost), B (hostile name), C (below A, never bought), with people and dealings."""
    given(
        store,
        who,
        "accounts",
        f"""
        account_id | name      | parent_account_id | industry | region | owner      | customer_since
        A          | Alpha     |                   | Steel    | North  | Rosa Quint | 2020-01-01
        B          | {HOSTILE} |                   | Paper    | South  | Ines Brandt |
        C          | Alpha Sud | A                 | Steel    | South  | Rosa Quint |
        """,
    )
    given(
        store,
        who,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | cogs
        O0       | A          | 2023-02-01 | 800.00      | 500.00
        O1       | A          | 2024-12-31 | 500.00      | 300.00
        O2       | A          | 2025-01-01 | 1000.00     | 600.00
        O3       | A          | 2025-12-31 | 200.00      | 100.00
        O4       | B          | 2025-06-30 | 300.00      |
        """,
    )
    given(
        store,
        who,
        "contacts",
        """
        contact_id | account_id | name       | title     | role           | influence | attitude
        K1         | A          | Mara Voss  | Purchaser | decision maker | 5         | 1
        K2         | B          | **Bold**   | Buyer     | user           | 2         |
        """,
    )
    given(
        store,
        who,
        "interactions",
        """
        interaction_id | account_id | occurred_on | kind  | summary           | by
        I1             | A          | 2025-12-31  | visit | Plans for 2026    | Rosa Quint
        I2             | A          | 2026-01-01  | call  | After the day     | Rosa Quint
        """,
    )
    given(
        store,
        who,
        "contracts",
        """
        contract_id | account_id | name  | start_date | annual_value
        V1          | A          | Frame | 2024-01-01 | 1200.00
        """,
    )
    given(
        store,
        who,
        "opportunities",
        """
        opportunity_id | account_id | name     | stage | amount | probability | expected_close
        P1             | A          | New line | offer | 900.00 | 0.5         | 2026-03-01
        """,
    )


def admitted(store: Store, who: Person, *account_ids: str, on: date = date(2025, 1, 1)) -> None:
    """Put accounts into the programme."""
    for account_id in account_ids:
        seen = programme.SeenVerdict("pass")
        programme.admit(store, account_id, seen, as_of=on, reason="drawn", category="star", who=who)

"""A small programme for the tests of this room: three key accounts, four executives, Ada sponsors A since February."""

from __future__ import annotations

from datetime import date

import pytest

from kam import sponsorship
from tests.drawn import given
from tests.key_accounts import key_accounts

ASSIGNED = date(2025, 2, 1)
DAY = date(2025, 6, 30)


@pytest.fixture
def programme(store, champion):
    """A (sponsored by Ada since 1 February 2025), B and C (vacant since 1 January); Ada, Bo, Cy and Di."""
    key_accounts(store, champion, "A", "B", "C")
    given(
        store,
        champion,
        "executives",
        """
        executive_id | name      | title | max_accounts
        E1           | Ada Nagel | CFO   |
        E2           | Bo Lund   | COO   |
        E3           | Cy Roth   | CTO   |
        E4           | Di Sato   | CEO   |
        """,
    )
    sponsorship.assign(store, "A", "E1", as_of=ASSIGNED, reason="knows them", who=champion)
    return store


@pytest.fixture
def people(programme, champion):
    """Contacts of A: a director who decides, a manager, and one whose title is unknown; one of B."""
    given(
        programme,
        champion,
        "contacts",
        """
        contact_id | account_id | name       | title                | role
        P1         | A          | Eva Klein  | Managing Director    | decision maker
        P2         | A          | Finn Moor  | Maintenance Manager  | user
        P3         | A          | Gil Odd    |                      |
        P9         | B          | Other Firm | Director             |
        """,
    )
    return programme

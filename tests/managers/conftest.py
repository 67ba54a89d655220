"""A company with three key accounts of three categories and managers from several functions."""

from __future__ import annotations

from datetime import date

import pytest

from kam import managers
from tests.drawn import given
from tests.key_accounts import key_accounts, with_ledger

DAY = date(2025, 6, 30)


@pytest.fixture
def company(store, champion):
    """Ana (sales) is named by A and B, Bo (technical) by his id on C; D belongs to nobody on record; E is no key account."""
    with_ledger(store, champion, "A", "B", "C", "D", "E")

    def named(tx):
        for account_id, owner in (
            ("A", "Ana Reis"),
            ("B", " ana reis "),
            ("C", "M2"),
            ("D", "Inside sales"),
            ("E", "Ana Reis"),
        ):
            tx.update(
                "ledgers.accounts", {"account_id": account_id}, {"owner": owner, "region": "Nordics", "country": "SE"}
            )

    store.write(named, who=champion, action="draw", subject=("test", "owners"))
    for account_id, category in (("A", "strategic"), ("B", "status"), ("C", "star"), ("D", None)):
        key_accounts(store, champion, account_id, category=category)
    given(
        store,
        champion,
        "account_managers",
        """
        manager_id | name     | background | region  | max_accounts | email
        M1         | Ana Reis | sales      | DACH    | 2            | ana@example.com
        M2         | Bo Lund  | technical  | Nordics | 3            |
        M3         | Cem Aksoy | finance   |         |              |
        """,
    )
    return store


@pytest.fixture
def rated(company, champion):
    """rated("M1", finance=(3, 4)) has two or more others rate a competency."""

    def rating(manager_id, own=None, on=DAY, **levels):
        for competency, seen in levels.items():
            for number, level in enumerate(seen):
                managers.rate(
                    company,
                    manager_id,
                    {competency: managers.Seen(level, "seen at work")},
                    rater_kind="peer",
                    rater=f"Peer {number}",
                    rated_on=on,
                    as_of=on,
                    who=champion,
                )
        for competency, level in (own or {}).items():
            managers.rate(
                company,
                manager_id,
                {competency: managers.Seen(level, "I did it")},
                rater_kind="self",
                rated_on=on,
                as_of=on,
                who=champion,
            )

    return rating

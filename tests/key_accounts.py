"""A small programme for tests above the roster: accounts with an order, admitted to the programme.

key_accounts(store, who, "A", "B", on=date(2025, 1, 1)) makes the accounts where they are missing.
"""

from __future__ import annotations

from datetime import date

from kam import programme
from kam.access import Person
from kam.store import Condition, Store
from tests.drawn import given


def with_ledger(store: Store, who: Person, *account_ids: str, first_on: date = date(2024, 1, 1)) -> None:
    """Accounts (named after their ids) with one purchase each on first_on."""
    known = store.read("ledgers.accounts", where=[Condition("account_id", "one_of", account_ids)]).column("account_id")
    new = [account_id for account_id in account_ids if account_id not in known]
    if not new:
        return
    given(store, who, "accounts", "\n".join(["account_id | name", *(f"{a} | {a} Ltd" for a in new)]))
    lines = [f"O-{a} | {a} | {first_on} | 100.00 | 60.00" for a in new]
    given(store, who, "order_lines", "\n".join(["order_id | account_id | order_date | net_revenue | cogs", *lines]))


def key_accounts(
    store: Store, who: Person, *account_ids: str, on: date = date(2025, 1, 1), category: str | None = None
) -> None:
    """Admit these accounts on a day, with a purchase a year before it."""
    with_ledger(store, who, *account_ids)
    for account_id in account_ids:
        programme.admit(
            store,
            account_id,
            programme.SeenVerdict("pass"),
            as_of=on,
            reason="drawn",
            category=category,
            who=who,
        )

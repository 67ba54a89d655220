"""Groups: the top of each parent chain, guarded against circles."""

import random

import pytest

from tests.drawn import given
from tests.ledgers.boundary_ledger import group_of


def groups(store):
    return {row["account_id"]: (row["group_id"], row["depth"]) for row in store.read("ledgers.account_groups")}


def test_a_group_is_named_by_its_topmost_account(store, champion):
    given(
        store,
        champion,
        "accounts",
        """
        account_id | name         | parent_account_id
        HOLD       | Holding      |
        DIV        | Division     | HOLD
        PLANT      | Plant        | DIV
        ALONE      | Sole trader  |
        LOST       | Lost parent  | NOT-IN-THE-LEDGER
        """,
    )
    assert groups(store) == {
        "HOLD": ("HOLD", 0),
        "DIV": ("HOLD", 1),
        "PLANT": ("HOLD", 2),
        "ALONE": ("ALONE", 0),
        "LOST": ("LOST", 0),
    }


def test_parents_in_a_circle_make_one_group_named_by_its_smallest_id(store, champion):
    given(
        store,
        champion,
        "accounts",
        """
        account_id | name | parent_account_id
        C1         | one  | C2
        C2         | two  | C3
        C3         | tri  | C1
        A-BELOW    | sub  | C3
        SELF       | self | SELF
        """,
    )
    assert {a: group for a, (group, _depth) in groups(store).items()} == {
        "C1": "C1",
        "C2": "C1",
        "C3": "C1",
        "A-BELOW": "C1",
        "SELF": "SELF",
    }


@pytest.mark.parametrize("seed", range(12))
def test_any_parent_table_gives_the_groups_of_a_walk_upwards(store, champion, seed):
    rng = random.Random(seed)
    accounts = [f"A{n:02d}" for n in range(25)]
    parents = {a: rng.choice([None, "GONE", *accounts, *accounts]) for a in accounts}
    rows = "\n".join(f"{a} | x | {parent or ''}" for a, parent in parents.items())
    given(store, champion, "accounts", "account_id | name | parent_account_id\n" + rows)
    assert {a: group for a, (group, _depth) in groups(store).items()} == {a: group_of(a, parents) for a in accounts}


def test_a_long_chain_ends_at_its_top(store, champion):
    rows = "\n".join(f"A{n:02d} | x | {f'A{n - 1:02d}' if n else ''}" for n in range(60))
    given(store, champion, "accounts", "account_id | name | parent_account_id\n" + rows)
    assert groups(store)["A59"] == ("A00", 59)

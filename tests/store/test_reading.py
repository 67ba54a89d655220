"""Reading: what a user composes picks from what the catalogue knows; kept readings follow every write."""

from __future__ import annotations

import pytest

from kam.store import Condition
from tests.drawn import given
from tests.store.probes import add_person, person_ids


@pytest.fixture
def three_accounts(store, champion):
    given(
        store,
        champion,
        "accounts",
        """
        account_id | name         | region
        A1         | Alpha        | North
        B2         | 50% & <b>Co  | South
        C3         | Gamma        |
        """,
    )
    return store


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (Condition("region", "=", "North"), ["A1"]),
        (Condition("region", "!=", "North"), ["B2", "C3"]),
        (Condition("region", "is_missing"), ["C3"]),
        (Condition("region", "is_known"), ["A1", "B2"]),
        (Condition("account_id", ">=", "B2"), ["B2", "C3"]),
        (Condition("account_id", "one_of", ["A1", "C3", "Z9"]), ["A1", "C3"]),
        (Condition("account_id", "one_of", []), []),
        (Condition("name", "contains", "%"), ["B2"]),
        (Condition("name", "contains", "'; drop table ledgers.accounts; --"), []),
    ],
)
def test_a_condition_picks_its_rows(three_accounts, condition, found):
    rows = three_accounts.read("ledgers.accounts", where=[condition], order_by=[("account_id", False)])
    assert rows.column("account_id") == found


def test_a_page_of_rows_knows_how_many_there_are(three_accounts):
    rows = three_accounts.read("ledgers.accounts", order_by=[("account_id", True)], limit=1, offset=1)
    assert (rows.column("account_id"), rows.total) == (["B2"], 3)


def test_unknown_values_come_last_in_either_direction(three_accounts):
    for descending in (False, True):
        rows = three_accounts.read("ledgers.accounts", order_by=[("region", descending)])
        assert rows.column("region")[-1] is None


@pytest.mark.parametrize(
    "asked",
    [
        {"relation": "ledgers.accounts; drop table ledgers.accounts"},
        {"relation": "ledgers.accounts", "columns": ["name", "1 as x"]},
        {"relation": "ledgers.accounts", "order_by": [("name; --", False)]},
        {"relation": "ledgers.accounts", "where": [Condition("name) or (1=1", "=", "x")]},
        {"relation": "ledgers.no_such_table"},
    ],
)
def test_a_name_that_the_catalogue_does_not_know_is_never_sql(three_accounts, asked):
    relation = asked.pop("relation")
    with pytest.raises(ValueError):
        three_accounts.read(relation, **asked)
    assert three_accounts.read("ledgers.accounts").total == 3


def test_a_kept_reading_is_the_same_until_a_write_beneath_it(three_accounts, champion):
    first = three_accounts.page("ledgers.account_groups")
    assert len(first) == 3
    add_person(three_accounts, champion, "otto")
    assert len(three_accounts.page("ledgers.account_groups")) == 3
    given(three_accounts, champion, "accounts", "account_id | name\nD4 | Delta")
    assert len(three_accounts.page("ledgers.account_groups")) == 4


def test_a_refused_write_leaves_kept_readings_as_they_were(three_accounts, champion):
    assert len(three_accounts.page("ledgers.account_groups")) == 3
    with pytest.raises(ValueError):
        add_person(three_accounts, champion, "otto", fail_with=ValueError())
    assert len(three_accounts.page("ledgers.account_groups")) == 3
    assert "otto" not in person_ids(three_accounts)

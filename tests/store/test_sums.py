"""Sums and choices over all rows that a list finds, not only those it shows."""

from decimal import Decimal

import pytest

from kam.store import Condition
from tests.drawn import given


@pytest.fixture
def contracts(store, champion):
    given(
        store,
        champion,
        "contracts",
        """
        contract_id | account_id | name  | start_date | annual_value
        1           | A          | Blue  | 2025-01-01 | 10.10
        2           | A          | Red   | 2025-01-01 | 0.20
        3           | B          | Blue  | 2025-01-01 |
        4           | C          | Green | 2025-01-01 | 5.00
        """,
    )
    return store


def test_a_sum_is_exact_and_says_how_many_values_are_known(contracts):
    assert contracts.sums("ledgers.contracts", None, ["annual_value"]) == {"annual_value": (Decimal("15.30"), 3)}


def test_a_sum_keeps_to_conditions_and_search(contracts):
    where, search = [Condition("account_id", "!=", "C")], ("blue", ("name",))
    assert contracts.sums("ledgers.contracts", None, ["annual_value"], where=where, search=search) == {
        "annual_value": (Decimal("10.10"), 1)
    }


def test_a_sum_over_no_known_value_is_unknown(contracts):
    where = [Condition("account_id", "=", "B")]
    assert contracts.sums("ledgers.contracts", None, ["annual_value"], where=where) == {"annual_value": (None, 0)}


def test_choices_are_the_known_values_once_each_in_order(contracts):
    assert contracts.choices("ledgers.contracts", None, "name") == ["Blue", "Green", "Red"]
    assert contracts.choices("ledgers.contracts", None, "name", where=[Condition("account_id", "=", "A")]) == [
        "Blue",
        "Red",
    ]
    assert contracts.choices("ledgers.contracts", None, "annual_value", limit=1) == [Decimal("0.20")]


def test_a_column_that_is_not_there_is_refused_before_it_reaches_the_database(contracts):
    with pytest.raises(ValueError, match="no such column"):
        contracts.sums("ledgers.contracts", None, ["annual_value); drop table ledgers.contracts; --"])
    with pytest.raises(ValueError, match="no such column"):
        contracts.choices("ledgers.contracts", None, "secret")

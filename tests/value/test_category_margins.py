"""Margins assumed by product category: dated, for the lines without a cost, and marked estimated."""

from datetime import date
from decimal import Decimal

import pytest

from kam import parameters, value
from kam.errors import BadInput, NotFound
from tests.drawn import given

AS_OF = date(2024, 12, 31)


@pytest.fixture
def uncosted(store, champion):
    """A: a costed line, pumps and valves without cost, a line without a product; B: a pump alone."""
    given(store, champion, "accounts", "account_id | name\nA | Alpha\nB | Beta")
    given(
        store,
        champion,
        "products",
        """
        product_id | name  | category | standard_cost
        P          | Pump  | Pumps    |
        V          | Valve | Valves   |
        S          | Seal  | Pumps    | 10.0000
        """,
    )
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | product_id | cogs
        0        | A          | 2023-12-31 | 5000.00     | P          |
        1        | A          | 2024-05-01 | 100.00      | S          |
        2        | A          | 2024-05-01 | 200.01      | P          |
        3        | A          | 2024-05-01 | 400.00      | V          |
        4        | A          | 2024-05-01 | 50.00       |            |
        5        | A          | 2024-05-01 | 60.00       | P          | 20.00
        6        | B          | 2024-06-01 | 1000.00     | P          |
        """,
    )
    return store


def assume(store, who, category, rate, on=date(2024, 1, 1)):
    value.assume_category_margin(store, category, rate, valid_from=on, source="Trade survey", who=who)


def margin(store, account, as_of=AS_OF):
    row = next(row for row in store.read("value.account_margin", {"as_of": as_of}) if row["account_id"] == account)
    return row["margin_amount"], row["is_margin_estimated"]


def test_each_line_takes_the_rate_of_its_category_and_the_rest_the_one_for_all(uncosted, champion):
    assert margin(uncosted, "A") == (None, False)
    assume(uncosted, champion, "Pumps", 0.35)
    assert margin(uncosted, "B") == (Decimal("350.00"), True)
    assert margin(uncosted, "A") == (None, False)  # valves and the line without a product have no rate yet
    assume(uncosted, champion, "Valves", 0.2)
    assert margin(uncosted, "A")[0] is None
    parameters.adopt(
        uncosted, "value.assumed_margin_rate", 0.5, valid_from=date(2024, 1, 1), source="Treasury", who=champion
    )
    # 100 − 10, 60 − 20, 200.01 × 35 % = 70.00, 400 × 20 %, 50 × 50 %
    assert margin(uncosted, "A") == (Decimal("305.00"), True)
    row = uncosted.one("value.account_measures", {"as_of": AS_OF})
    assert row["is_margin_estimated"]
    worth = value.account_value(uncosted, AS_OF, "A", for_whom=champion)
    inputs = dict(value.explained(worth, "margin_12m", "EUR").inputs)
    assert inputs["Of it in the category Pumps"].startswith("200.01")


def test_rates_hold_from_their_date_and_may_become_unknown_again(uncosted, champion):
    assume(uncosted, champion, "Pumps", 0.35, date(2024, 7, 1))
    assume(uncosted, champion, "Pumps", 0.3, date(2024, 7, 1))
    assert margin(uncosted, "B", date(2024, 6, 30)) == (None, False)
    assert margin(uncosted, "B", date(2024, 7, 1)) == (Decimal("300.00"), True)
    assume(uncosted, champion, "Pumps", None, date(2024, 8, 1))
    assert margin(uncosted, "B", date(2024, 8, 1)) == (None, False)
    (held,) = value.category_margins(uncosted, date(2024, 7, 31))
    assert (held["category"], held["margin_rate"], held["source"]) == ("Pumps", Decimal("0.3"), "Trade survey")
    assert value.product_categories(uncosted) == ["Pumps", "Valves"]


def test_a_rate_for_a_category_without_uncosted_lines_changes_nothing(uncosted, champion):
    parameters.adopt(
        uncosted, "value.assumed_margin_rate", 0.5, valid_from=date(2024, 1, 1), source="Treasury", who=champion
    )
    before = uncosted.read("value.account_margin", {"as_of": AS_OF}).rows
    given(uncosted, champion, "products", "product_id | name | category\nX | Extra | Extras")
    assume(uncosted, champion, "Extras", 0.9)
    assert sorted(uncosted.read("value.account_margin", {"as_of": AS_OF}).rows) == sorted(before)


@pytest.mark.parametrize(
    ("category", "rate", "source", "field"),
    [("Pumps", 1.5, "x", "margin_rate"), ("Pumps", -0.1, "x", "margin_rate"), ("Pumps", 0.3, " ", "source")],
)
def test_what_is_no_rate_is_refused(uncosted, champion, category, rate, source, field):
    with pytest.raises(BadInput) as refused:
        value.assume_category_margin(uncosted, category, rate, valid_from=AS_OF, source=source, who=champion)
    assert refused.value.field == field
    with pytest.raises(NotFound, match="No product has the category Boats"):
        assume(uncosted, champion, "Boats", 0.3)
    assert value.category_margins(uncosted, AS_OF).rows == []

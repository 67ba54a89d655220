"""From list price to economic profit: the statement adds up, is unknown where evidence is missing, and says why."""

from datetime import date
from decimal import Decimal

import pytest

from kam import parameters, value
from kam.errors import NotFound
from tests.drawn import given
from tests.value.test_cost_to_serve import department

AS_OF = date(2024, 12, 31)


@pytest.fixture
def sold(store, champion):
    """A with 30 days and a discount, B its daughter with 60, C without terms, D without a line."""
    given(
        store,
        champion,
        "accounts",
        """
        account_id | name  | parent_account_id | payment_terms_days
        A          | Alpha |                   | 30
        B          | Beta  | A                 | 60
        C          | Gamma |                   |
        D          | Delta |                   | 10
        """,
    )
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | cogs    | list_revenue
        0        | A          | 2023-12-31 | 9999.00     | 1.00    | 9999.00
        1        | A          | 2024-01-01 | 3650.00     | 1650.00 | 4000.00
        2        | B          | 2024-07-01 | 730.00      | 400.00  | 730.00
        3        | C          | 2024-07-01 | 500.00      | 100.00  |
        """,
    )
    given(
        store,
        champion,
        "activities",
        "account_id | activity_code | occurred_on | quantity\nA | visit | 2024-03-01 | 3\nA | call | 2024-03-01 | 10",
    )
    value.adopt_cost_model(store, department(6000, 6000, {"visit": 60, "call": 6}), reason="Budget", who=champion)
    return store


def amounts(statement):
    return {line.label: line.amount for line in statement.lines}


def test_the_statement_goes_from_list_price_to_economic_profit(sold, champion):
    statement = value.profit_and_loss(sold, AS_OF, "A", for_whom=champion)
    # 3,650 × 30/365 = 300 tied up at 10 %; the line of 31 December 2023 lies a day before the window.
    assert amounts(statement) == {
        "List price": Decimal("4000.00"),
        "Discounts": Decimal("-350.00"),
        "Invoice price": Decimal("3650.00"),
        "Off-invoice items": None,
        "Pocket price": None,
        "Product cost": Decimal("-1650.00"),
        "Margin": Decimal("2000.00"),
        "visit": Decimal("-180.00"),
        "call": Decimal("-60.00"),
        "Contribution": Decimal("1760.00"),
        "Capital charge": Decimal("-30.00"),
        "Economic profit": Decimal("1730.00"),
    }
    assert statement.economic_profit == Decimal("1730.00")
    assert [line for line in statement.lines if line not in statement.known] == [
        value.Line("Off-invoice items", None, "open"),
        value.Line("Pocket price", None, "open"),
    ]
    assert len(statement.missing) == 1 and "the pocket price is unknown" in statement.missing[0]


def test_each_total_is_the_total_before_and_the_steps_between(sold, champion):
    for account, level in (("A", "account"), ("A", "group"), ("B", "account")):
        reached = None
        for line in value.profit_and_loss(sold, AS_OF, account, level=level, for_whom=champion).lines:
            if line.kind == "total":
                assert reached in (None, line.amount)
                reached = line.amount
            elif line.kind == "step":
                reached += line.amount


def test_the_capital_charge_is_the_published_one(store, champion, oracle):
    example = oracle("CTS-11")
    parameters.adopt(
        store, "value.annual_discount_rate", 0.09, valid_from=date(2020, 1, 1), source="Treasury", who=champion
    )
    given(store, champion, "accounts", "account_id | name | payment_terms_days\nA | Alpha | 75")
    given(
        store,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\n1 | A | 2024-05-01 | 12000000.00 | 0.00",
    )
    row = store.one("value.profit_and_loss", {"as_of": AS_OF})
    assert example["inputs"]
    assert round(row["capital_charge_amount"]) == 221_918


def test_a_group_weighs_the_days_of_its_accounts_and_adds_their_charges(sold, champion):
    statement = value.profit_and_loss(sold, AS_OF, "A", level="group", for_whom=champion)
    assert amounts(statement)["Capital charge"] == Decimal("-42.00")
    assert statement.payment_days == pytest.approx((3650 * 30 + 730 * 60) / 4380)


def test_without_list_price_or_terms_the_rest_is_shown_and_the_missing_is_named(sold, champion):
    statement = value.profit_and_loss(sold, AS_OF, "C", for_whom=champion)
    assert "List price" not in amounts(statement)
    assert amounts(statement)["Contribution"] == Decimal("400.00")
    assert amounts(statement)["Capital charge"] is None
    assert statement.economic_profit is None
    assert statement.known[-1].label == "Contribution"
    assert any("payment_terms_days" in sentence for sentence in statement.missing)
    assert any("list_revenue" in sentence for sentence in statement.missing)
    assert "unknown" in value.capital_rule(statement)


def test_without_a_discount_rate_the_charge_is_unknown_and_not_nothing(sold, champion):
    parameters.adopt(
        sold, "value.annual_discount_rate", None, valid_from=date(2024, 1, 1), source="Treasury", who=champion
    )
    row = value.profit_and_loss(sold, AS_OF, "A", for_whom=champion)
    assert amounts(row)["Capital charge"] is None


def test_an_account_without_a_line_has_no_statement_and_an_unknown_one_is_refused(sold, champion):
    assert value.profit_and_loss(sold, AS_OF, "D", for_whom=champion).lines == []
    with pytest.raises(NotFound):
        value.profit_and_loss(sold, AS_OF, "Z", for_whom=champion)


def test_the_rule_says_whose_days_and_which_rate_were_used(sold, champion):
    told = value.capital_rule(value.profit_and_loss(sold, AS_OF, "A", for_whom=champion))
    assert "30 days" in told and "10.0% a year" in told and "agreed terms" in told


def test_over_all_accounts_the_statement_ties_to_the_measures_and_to_the_cost_of_serving(sold, champion):
    rows = sold.read("value.profit_and_loss", {"as_of": AS_OF}).records()
    tied = value.reconciliation(sold, AS_OF, for_whom=champion)
    assert sum(row["cost_to_serve_amount"] for row in rows) == tied.allocated_amount
    assert tied.allocated_amount + tied.unused_amount + tied.unallocated_amount == tied.ledger_amount
    assert sum(row["invoice_amount"] for row in rows) == Decimal("4880.00")

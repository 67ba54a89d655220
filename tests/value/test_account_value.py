"""An account's worth with what it rests on; the margin multiple in the database is the published one."""

from datetime import date
from decimal import Decimal

import pytest

from kam import parameters, value
from kam.errors import NotFound
from kam.value.models.margin_multiple import margin_multiple
from tests.drawn import given
from tests.value.test_cost_to_serve import department

AS_OF = date(2024, 12, 31)


def sell(store, champion):
    given(
        store,
        champion,
        "accounts",
        "account_id | name | parent_account_id\nA | Alpha | \nB | Beta | A\nC | Never bought |",
    )
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | cogs
        1        | A          | 2024-05-01 | 1000.00     | 400.00
        2        | A          | 2024-06-01 | 500.00      |
        3        | A          | 2024-07-01 | -100.00     | -40.00
        4        | B          | 2024-07-01 | 200.00      | 100.00
        """,
    )
    given(
        store,
        champion,
        "activities",
        "account_id | activity_code | occurred_on | quantity\nA | visit | 2024-03-01 | 3\nA | call | 2024-03-01 | 10",
    )


def set_rate(store, champion, name, rate, day=date(2020, 1, 1)):
    parameters.adopt(store, name, rate, valid_from=day, source="Controlling", who=champion)


def test_the_margin_multiple_of_the_database_is_the_published_table(store, champion, oracle):
    example = oracle("CLV-03")
    day = date(2021, 1, 1)
    for retention, row in example["expected"]["table"].items():
        for discount, expected in zip(example["inputs"]["i"], row, strict=True):
            set_rate(store, champion, "value.annual_retention_rate", float(retention), day)
            set_rate(store, champion, "value.annual_discount_rate", discount, day)
            multiple = store.one("value.rates", {"as_of": AS_OF})["margin_multiple"]
            assert float(multiple) == pytest.approx(expected, abs=example["tolerance"])
            assert float(multiple) == pytest.approx(margin_multiple(float(retention), discount), abs=1e-9)


def test_an_accounts_worth_adds_up_from_what_it_shows(store, champion):
    sell(store, champion)
    value.adopt_cost_model(store, department(1000, 1000, {"visit": 60, "call": 5}), reason="example", who=champion)
    set_rate(store, champion, "value.assumed_margin_rate", 0.3)
    worth = value.account_value(store, AS_OF, "A", for_whom=champion)
    assert worth.margin["assumed_margin_amount"] == Decimal("150.00")
    assert worth.measures["margin_12m"] == Decimal("1000.00") - 100 - 360 + 150
    assert [(row["activity_code"], row["cost_amount"]) for row in worth.activities] == [("visit", 180), ("call", 50)]
    assert worth.measures["contribution_12m"] == worth.measures["margin_12m"] - 230
    expected = worth.measures["contribution_12m"] * worth.margin_multiple
    assert worth.measures["lifetime_value"] == expected.quantize(Decimal("0.01"))
    assert worth.measures["is_margin_estimated"] is True
    assert worth.missing == []


def test_a_group_is_worth_the_sum_of_its_accounts(store, champion):
    sell(store, champion)
    value.adopt_cost_model(store, department(1000, 1000, {"visit": 60, "call": 5}), reason="example", who=champion)
    set_rate(store, champion, "value.assumed_margin_rate", 0.3)
    members = [value.account_value(store, AS_OF, account, for_whom=champion).measures for account in "AB"]
    group = value.account_value(store, AS_OF, "A", level="group", for_whom=champion).measures
    for name in ("revenue_12m", "margin_12m", "cost_to_serve_12m", "contribution_12m"):
        assert group[name] == sum(member[name] for member in members)


def test_every_unknown_figure_says_what_is_missing(store, champion):
    sell(store, champion)
    said = value.account_value(store, AS_OF, "A", for_whom=champion).missing
    assert said[0].startswith("1 order line of the 12 months have no product cost")
    assert said[1].startswith("No cost model is in force on 31 Dec 2024")
    never = value.account_value(store, AS_OF, "C", for_whom=champion).missing
    assert never[0] == "The ledger holds no order line of this account up to 31 Dec 2024."


def test_every_figure_opens_to_its_rule_and_inputs(store, champion):
    sell(store, champion)
    value.adopt_cost_model(store, department(1000, 1000, {"visit": 60, "call": 5}), reason="example", who=champion)
    set_rate(store, champion, "value.assumed_margin_rate", 0.3)
    worth = value.account_value(store, AS_OF, "A", for_whom=champion)
    opened = {
        name: value.explained(worth, name, "EUR")
        for name in ("revenue_12m", "margin_12m", "cost_to_serve_12m", "contribution_12m", "lifetime_value")
    }
    assert all(one.says == value.MEASURES[name].meaning and not one.missing for name, one in opened.items())
    assert dict(opened["margin_12m"].inputs)["Assumed margin rate"].endswith("from 1 Jan 2020: Controlling")
    assert dict(opened["cost_to_serve_12m"].inputs)["visit"] == (
        "3 × 60 min → 180 min at 1.0000\N{NO-BREAK SPACE}EUR = 180.00\N{NO-BREAK SPACE}EUR"
    )
    assert dict(opened["lifetime_value"].inputs)["Multiple r / (1 + i − r)"] == "3.4000"
    assert opened["lifetime_value"].period == "12 months to 31 Dec 2024"
    assert "Gupta & Lehmann" in opened["lifetime_value"].source


def test_an_unknown_figure_opens_to_what_is_missing(store, champion):
    sell(store, champion)
    worth = value.account_value(store, AS_OF, "A", for_whom=champion)
    opened = value.explained(worth, "lifetime_value", "EUR")
    assert "No cost model is in force" in opened.missing
    assert dict(opened.inputs)["Contribution a year"] == "–"
    assert value.explained(worth, "revenue_12m", "EUR").missing == ""


def test_an_account_that_is_not_in_the_master_is_refused(store, champion):
    sell(store, champion)
    with pytest.raises(NotFound, match="There is no account Z"):
        value.account_value(store, AS_OF, "Z", for_whom=champion)
    with pytest.raises(NotFound, match="There is no account B"):
        value.account_value(store, AS_OF, "B", level="group", for_whom=champion)


def test_a_rate_holds_from_its_date(store, champion):
    sell(store, champion)
    set_rate(store, champion, "value.annual_retention_rate", 0.5, date(2024, 12, 31))
    before = store.one("value.rates", {"as_of": date(2024, 12, 30)})
    after = store.one("value.rates", {"as_of": AS_OF})
    assert (before["annual_retention_rate"], after["annual_retention_rate"]) == (0.85, 0.5)

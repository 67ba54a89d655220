"""The Value page: who earns, who loses, and what the cost of serving became."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kam import parameters, value
from tests.drawn import given
from tests.key_accounts import key_accounts
from tests.value.test_cost_to_serve import department

DAY = "2024-12-31"


@pytest.fixture
def earning(store, champion):
    """Big looks large and loses by its visits, Fine and Good earn, Unclear has no product cost."""
    given(
        store,
        champion,
        "accounts",
        "account_id | name\nBIG | Big [B] *Ltd*\nFINE | Fine\nGOOD | Good\nUNCLEAR | Unclear\nIDLE | Never bought",
    )
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | cogs
        1        | BIG        | 2024-05-01 | 9000.00     | 8000.00
        2        | FINE       | 2024-06-01 | 5000.00     | 2000.00
        3        | GOOD       | 2024-07-01 | 2000.00     | 1000.00
        4        | UNCLEAR    | 2024-07-01 | 1000.00     |
        """,
    )
    given(
        store,
        champion,
        "activities",
        """
        account_id | activity_code | occurred_on | quantity
        BIG        | visit         | 2024-03-01  | 30
        FINE       | visit         | 2024-03-01  | 5
        FINE       | golf          | 2024-03-01  | 2
        """,
    )
    return store


@pytest.fixture
def costed(earning, champion):
    """The same with a cost model: a visit costs 50."""
    value.adopt_cost_model(earning, department(5000, 6000, {"visit": 60}), reason="Budget", who=champion)
    return earning


def test_an_empty_ledger_leads_to_the_import(open_page):
    page = open_page("value")
    assert not page.at.exception
    assert "import" in page.text.lower()


def test_without_a_cost_model_the_page_says_what_is_missing_and_where_to_say_it(earning, open_page):
    page = open_page("value", as_of=DAY)
    assert "What accounts cost to serve is unknown: no cost model is in force on this day." in page.text
    rows = {row["Account"]: row for row in page.tables["What each account is worth"]}
    assert rows["Fine"]["Margin, EUR"] == "3,000"
    assert rows["Fine"]["Cost to serve, EUR"] == rows["Fine"]["Contribution, EUR"] == "–"


def test_the_answer_the_figures_and_the_table_agree(costed, open_page):
    page = open_page("value", as_of=DAY)
    # Fine 3,000 − 250, Good 1,000, Big 1,000 − 1,500.
    assert "The best 1 of 3 accounts earn 85\N{NO-BREAK SPACE}% of the contribution of 3.25" in page.text
    assert "1 account loses 500" in page.text
    assert "1 account with revenue has an unknown contribution and is left out." in page.text
    assert page.metrics["Contribution"] == "3.25\N{NO-BREAK SPACE}k\N{NO-BREAK SPACE}EUR"
    assert page.metrics["Charged to accounts"] == "1.75\N{NO-BREAK SPACE}k\N{NO-BREAK SPACE}EUR"
    assert page.metrics["Lifetime value of all"] == "11.1\N{NO-BREAK SPACE}k\N{NO-BREAK SPACE}EUR"
    assert page.metrics["Lost on accounts below 0"] == "−500\N{NO-BREAK SPACE}EUR"
    rows = page.tables["What each account is worth"]
    assert [row["Account"] for row in rows] == ["Fine", "Good", "Big [B] *Ltd*", "Never bought", "Unclear"]
    assert [row["Contribution, EUR"] for row in rows] == ["2,750", "1,000", "−500", "–", "–"]
    assert [row["Lifetime value, EUR"] for row in rows[:3]] == ["9,350", "3,400", "−1,700"]
    assert not page.at.exception and not page.errors


def test_every_headline_figure_opens_to_its_rule_rates_and_sources(costed, open_page):
    text = open_page("value", as_of=DAY).text
    assert "Contribution of 12 months × r / (1 + i − r)" in text
    assert "Retention rate r: 85.0\N{NO-BREAK SPACE}% (share per year), from 1 Jan 1990: Working assumption" in text
    assert "Multiple r / (1 + i − r): 3.4000" in text
    assert "Gupta & Lehmann (2003)" in text
    assert "Cost model: Example" in text


def test_figures_that_rest_on_an_assumed_margin_look_estimated(costed, champion, open_page):
    parameters.adopt(costed, "value.assumed_margin_rate", 0.5, valid_from=date(2024, 1, 1), source="CFO", who=champion)
    page = open_page("value", as_of=DAY)
    assert page.metrics["Contribution"] == "≈ 3.75\N{NO-BREAK SPACE}k\N{NO-BREAK SPACE}EUR"
    assert page.metrics["Charged to accounts"].startswith("1.75")
    marked = {
        cells[0]["t"]
        for table in page.drawn
        if table["label"] == "What each account is worth"
        for cells in table["rows"]
        if any(cell.get("e") for cell in cells)
    }
    assert marked == {"Unclear"}


def test_who_looks_big_and_is_not_worth_it_stands_first(costed, open_page):
    page = open_page("value", as_of=DAY, tab="Revenue against value")
    rows = page.tables["Rank by revenue against rank by value"]
    assert [(r["Account"], r["Rank by revenue"], r["Rank by value"], r["Places gained"]) for r in rows] == [
        ("Big [B] *Ltd*", "1", "3", "−2"),
        ("Fine", "2", "1", "1"),
        ("Good", "3", "2", "1"),
    ]
    assert "Big [B] *Ltd* is number 1 by revenue and number 3 by value" in page.text
    assert {"Revenue, EUR", "Cost to serve, EUR", "Lifetime value, EUR"} <= set(rows[0])


def test_the_page_leads_to_what_serving_costs(costed, open_page):
    assert "What serving them costs, and what to do about the tail" in open_page("value", as_of=DAY).text


def test_concentration_shows_how_much_hangs_on_few(costed, open_page):
    page = open_page("value", as_of=DAY, tab="Concentration")
    assert page.metrics["Largest 20 % of accounts"] == "52.9\N{NO-BREAK SPACE}%"
    assert page.metrics["Effective number of accounts"] == "2.6"
    assert "100\N{NO-BREAK SPACE}% of revenue comes from the largest five accounts" in page.text


def test_only_key_accounts_are_listed_where_the_filter_says_so(costed, champion, open_page):
    key_accounts(costed, champion, "FINE", on=date(2024, 12, 1))
    page = open_page("value", as_of=DAY, accounts="key")
    assert [row["Account"] for row in page.tables["What each account is worth"]] == ["Fine"]
    assert page.totals["What each account is worth"]["Contribution, EUR"] == "2,750"


def test_where_all_accounts_together_lose_only_money_is_shown(costed, champion, open_page):
    dear = department(500_000, 6000, {"visit": 60})
    value.adopt_cost_model(costed, dear, reason="Counted again", who=champion)
    page = open_page("value", as_of=DAY)
    assert "The best 1 of 3 accounts earn" in page.text
    assert "%" not in next(line for line in page.text.splitlines() if line.startswith("The best 1"))
    assert value.whale_curve(costed, date(2024, 12, 31), for_whom=champion).total_amount < Decimal(0)

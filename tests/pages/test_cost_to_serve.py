"""The Cost to serve page: from the tail of the curve to an action, what it rests on, and what is traced."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kam import value
from tests.drawn import given
from tests.key_accounts import key_accounts
from tests.pages.test_value import DAY, costed, earning  # noqa: F401
from tests.value.test_cost_to_serve import department


@pytest.fixture
def decided(costed, champion):  # noqa: F811
    """The same with an action about Big: ten visits fewer, 500 a year."""
    value.decide_action(
        costed,
        "BIG",
        "fix_process",
        what="Visits by appointment",
        owner="Rosa Quint",
        due_on=date(2025, 6, 30),
        expected_amount=Decimal("500.00"),
        decided_on=date(2024, 12, 31),
        reason="Thirty visits for one order",
        who=champion,
    )
    return costed


def open_tab(open_page, tab=None, **query):
    return open_page("cost_to_serve", **({"as_of": DAY} | ({"tab": tab} if tab else {}) | query))


def test_an_empty_ledger_leads_to_the_import(open_page):
    page = open_page("cost_to_serve")
    assert not page.at.exception
    assert "import" in page.text.lower()


def test_without_a_cost_model_the_page_says_what_is_missing(earning, open_page):  # noqa: F811
    page = open_tab(open_page)
    assert "What accounts cost to serve is unknown: no cost model is in force on this day." in page.text
    assert not page.at.exception


@pytest.mark.parametrize("tab", [None, "Actions", "Drivers", "Pools", "Activities", "Direct costs"])
def test_every_tab_stands_without_a_cost_model_too(earning, open_page, tab):  # noqa: F811
    page = open_tab(open_page, tab)
    assert not page.at.exception and not page.errors


def test_the_tail_is_listed_and_leads_to_what_can_be_done(costed, champion, open_page):  # noqa: F811
    key_accounts(costed, champion, "BIG", on=date(2024, 12, 1))
    page = open_tab(open_page)
    assert "1 account loses 500" in page.text
    (row,) = page.tables["Accounts that lose money"]
    assert (row["Account"], row["Key"], row["Contribution, EUR"]) == ("Big [B] *Ltd*", "★", "−500")
    assert any("cost_to_serve?" in link and "account=BIG" in link for link in page.links)
    page = open_tab(open_page, account="BIG")
    assert "It loses 500" in page.text
    proposals = page.tables["Actions in the order in which to try them"]
    assert [row["What could be done"] for row in proposals] == list(value.ACTION_KINDS.values())
    assert proposals[4]["Effect a year, EUR"] == "500"


def test_an_action_is_decided_with_its_owner_day_and_effect(costed, open_page):  # noqa: F811
    page = open_tab(open_page, account="BIG")
    page.field("text_input", "What is done").set_value("Visits by appointment")
    page.field("text_input", "Who does it").set_value("Rosa Quint")
    page.field("date_input", "Due").set_value(date(2025, 3, 31))
    page.field("number_input", "Expected effect a year, EUR").set_value(400.0)
    page.press("Decide this action")
    assert page.errors == ["Say why this is decided."]
    assert page.field("text_input", "What is done").value == "Visits by appointment"
    page.field("text_area", "Reason").set_value("Thirty visits for one order")
    page.press("Decide this action")
    assert not page.errors
    assert "is decided for Big [B] *Ltd*; the 12 months to 31 Dec 2024 are its baseline." in page.text
    (held,) = costed.read("value.action_list", {"as_of": date(2024, 12, 31)}).records()
    assert (held["owner"], held["expected_amount"], held["baseline_amount"]) == (
        "Rosa Quint",
        Decimal("400.00"),
        Decimal("-500.00"),
    )


def test_an_account_that_is_not_there_is_refused_and_the_list_stays(costed, open_page):  # noqa: F811
    page = open_tab(open_page, account="NOBODY")
    assert page.errors == ["There is no account NOBODY: choose one from the list."]
    assert page.tables["Accounts that lose money"]


def test_expected_and_seen_stand_side_by_side_and_a_closing_is_kept(decided, champion, open_page):
    given(
        decided,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\n9 | BIG | 2025-03-01 | 300.00 | 100.00",
    )
    page = open_tab(open_page, "Actions", as_of="2025-04-01")
    (row,) = page.tables["Actions, expected against seen, as of 1 Apr 2025"]
    # 91 of 365 days; the visits of March 2024 have left the window.
    assert (row["Expected a year, EUR"], row["Expected so far, EUR"], row["Seen so far, EUR"]) == (
        "500",
        "125",
        "1,700",
    )
    assert row["Followed"] == "since 31 Dec 2024: 91 days"
    assert "1.7\N{NO-BREAK SPACE}k\N{NO-BREAK SPACE}EUR seen so far" in page.text.replace("1.70", "1.7")
    page.field("radio", "What came of it").set_value("worked")
    page.press("Close the action")
    assert page.errors == ["Say what came of it: the note is kept."]
    page.field("text_area", "Note").set_value("Visits are paid for")
    page.press("Close the action")
    assert not page.errors
    assert "Closed on 1 Apr 2025: Visits are paid for" in page.text
    (row,) = page.tables["Actions, expected against seen, as of 1 Apr 2025"]
    assert row["State"] == "worked"


def test_without_an_action_the_list_says_how_one_comes_about(costed, open_page):  # noqa: F811
    assert "No action has been decided up to this day" in open_tab(open_page, "Actions").text


def test_drivers_are_shown_in_money_down_to_the_lines(costed, open_page):  # noqa: F811
    page = open_tab(open_page, "Drivers", account="BIG")
    (row,) = page.tables["What makes it dear, against its peers"]
    assert (row["Driver"], row["This account"], row["Median of its peers"]) == (
        "visit",
        "30.00\N{NO-BREAK SPACE}per order",
        "2.50\N{NO-BREAK SPACE}per order",
    )
    assert (row["Costs, EUR"], row["Dearer than its peers, EUR"]) == ("1,500", "1,375")
    beneath = page.tables["Order lines and activities of the 12 months"]
    assert [(r["What"], r["Order / line, or activity"]) for r in beneath] == [
        ("order line", "1 / 1"),
        ("activity", "visit"),
    ]


def test_the_cost_of_serving_ties_to_the_ledger_and_names_what_is_not_charged(costed, open_page):  # noqa: F811
    page = open_tab(open_page, "Pools")
    assert (
        "Allocated 1,750.00\N{NO-BREAK SPACE}EUR + direct 0.00\N{NO-BREAK SPACE}EUR + unused "
        "3,250.00\N{NO-BREAK SPACE}EUR + unallocated 0.00\N{NO-BREAK SPACE}EUR = ledger "
        "5,000.00\N{NO-BREAK SPACE}EUR" in page.text
    )
    (pool,) = page.tables["What became of each pool's cost"]
    assert (pool["Pool"], pool["Used, %"], pool["Used, minutes"]) == ("Customer service", "35.0", "2,100")
    (golf,) = page.tables["Recorded, and not charged: the cost model does not name it"]
    assert (golf["Code"], golf["Activities"], golf["Accounts"]) == ("golf", "1", "1")


def test_overtime_and_days_without_a_rate_are_said(earning, champion, open_page):  # noqa: F811
    model = department(100, 300, {"visit": 60}, start=date(2024, 2, 1))
    value.adopt_cost_model(earning, model, reason="Budget", who=champion)
    given(
        earning,
        champion,
        "activities",
        "account_id | activity_code | occurred_on | quantity\nGOOD | visit | 2024-01-31 | 1",
    )
    page = open_tab(open_page, "Pools")
    assert "More was used than supplied: Customer service." in page.text
    (gap,) = page.tables["Work on days without a rate"]
    assert (gap["Activity"], gap["Minutes"], gap["Accounts with an unknown cost"]) == ("visit", "60", "1")


def test_each_activity_shows_its_equation_volume_and_cost(costed, open_page):  # noqa: F811
    (row,) = open_tab(open_page, "Activities").tables["What each kind of work cost, 12 months, as of 31 Dec 2024"]
    assert (row["Minutes of one"], row["How many"], row["Cost, EUR"], row["Accounts"]) == ("60", "35", "1,750", "2")


def test_a_direct_cost_is_recorded_shown_and_withdrawn(costed, open_page):  # noqa: F811
    page = open_tab(open_page, "Direct costs", account="FINE")
    page.press("Record this cost")
    assert page.errors == ["Choose the account, and give an amount."]
    page.field("text_input", "What it is").set_value("Their portal")
    page.field("number_input", "Amount of the whole period, EUR").set_value(120.75)
    page.press("Record this cost")
    assert page.errors == ["Say why these costs are traced to the account."]
    page.field("text_input", "Source").set_value("IT charges")
    page.field("text_input", "Reason").set_value("Theirs alone")
    page.press("Record this cost")
    assert not page.errors
    (row,) = page.tables["Costs traced to accounts"]
    assert (row["Account"], row["What it is"], row["In these 12 months, EUR"]) == ("Fine", "Their portal", "121")
    assert value.reconciliation(costed, date(2024, 12, 31), for_whom=None).direct_amount == Decimal("120.75")
    page.field("text_input", "Why it is withdrawn").set_value("Shared after all")
    page.press("Withdraw this cost")
    assert "Nothing is traced to an account in these 12 months" in page.text


def test_a_file_that_is_not_chosen_is_asked_for(costed, open_page):  # noqa: F811
    page = open_tab(open_page, "Direct costs").press("Bring in the costs")
    assert page.errors == ["Choose a CSV file first."]

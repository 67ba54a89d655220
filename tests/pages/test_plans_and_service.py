"""The pages over all accounts: plans and their actions, opportunities, contracts, stages; service."""

from __future__ import annotations

from datetime import date

import pytest

from kam import plans
from tests.pages.ledgers import admitted, company

BEGIN = date(2025, 1, 2)
PERIOD = {"title": "Plan 2025", "begins_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)}


@pytest.fixture
def ledger(store, champion):
    company(store, champion)
    admitted(store, champion, "A", "B")
    return store


@pytest.fixture
def busy(ledger, champion):
    """A late action with A; a commitment that is overdue and a complaint at the sponsor with B."""
    plan = plans.open_plan(ledger, "A", PERIOD, as_of=BEGIN, who=champion)
    action = {"action": "Visit", "owner": "Bo", "due_on": date(2025, 2, 1)}
    plans.record(ledger, "action", plan, action, as_of=BEGIN, who=champion)
    promise = {
        "commitment": "Meeting",
        "function": "sales",
        "owner": "Bo",
        "begins_on": BEGIN,
        "due_on": date(2025, 3, 1),
    }
    plans.record(ledger, "commitment", "B", promise, as_of=BEGIN, who=champion)
    complaint = {"complaint": "Late", "function": "transport", "severity": "critical", "received_on": date(2025, 6, 1)}
    plans.receive(ledger, "B", complaint, received_by="Cy", as_of=date(2025, 6, 1), who=champion)
    return ledger


def test_before_the_first_plan_the_page_says_where_it_is_made(ledger, open_page):
    page = open_page("plans", as_of="2025-12-31")
    assert "No plan has been made yet: open one on an account's page" in page.text
    assert "2 key accounts without a plan" in page.text
    assert "No action is planned yet" in open_page("plans", as_of="2025-12-31", tab="Actions").text


def test_plans_and_late_actions_are_listed(busy, open_page):
    page = open_page("plans", as_of="2025-12-31")
    assert (page.metrics["Plans that run"], page.metrics["Late actions"]) == ("1", "1")
    assert page.tables["Plans"][0]["Late actions"] == "1"
    actions = open_page("plans", as_of="2025-12-31", tab="Actions").tables["Actions of all plans"]
    assert (actions[0]["State"], actions[0]["Days late"]) == ("overdue", "333")


def test_opportunities_and_contracts_of_all_accounts(busy, open_page):
    assert "No stages are defined" in open_page("plans", as_of="2025-12-31", tab="Opportunities").text
    page = open_page("plans", as_of="2025-12-31", tab="Contracts")
    assert page.tables["Contracts"][0]["Account"] == "Alpha"


def test_stages_are_adopted_from_their_text_or_refused_with_it_kept(busy, open_page):
    page = open_page("plans", as_of="2025-12-31", tab="Stages")
    page.field("text_area", "Definitions (TOML), dated by `from`").set_value("[[")
    page.press("Adopt these stages")
    assert page.errors[0].startswith("This is not TOML")
    assert page.field("text_area", "Definitions (TOML), dated by `from`").value == "[["
    page.field("text_area", "Definitions (TOML), dated by `from`").set_value(plans.starter_stages())
    page.field("text_input", "Why").set_value("Begin")
    page.press("Adopt these stages")
    assert next(row["Stage"] for row in page.tables["Stages"]) == "Identified"


def test_service_says_whether_promises_are_kept(ledger, open_page):
    page = open_page("service", as_of="2025-12-31")
    assert page.metrics["Commitments kept"] == "–"
    assert "Nothing has been promised yet" in page.text
    assert "No function owes anything yet" in open_page("service", as_of="2025-12-31", tab="Functions").text


def test_overdue_promises_complaints_and_functions(busy, open_page):
    page = open_page("service", as_of="2025-12-31")
    assert (page.metrics["Commitments overdue"], page.metrics["Overdue complaints"]) == ("1", "1")
    assert "1 at our executive sponsors" in page.text
    complaint = open_page("service", as_of="2025-12-31", tab="Complaints").tables["Complaints"][0]
    assert (complaint["State"], complaint["Escalation"], complaint["Owner"]) == ("overdue", "3", "Cy")
    functions = {
        r["Function"]: r for r in open_page("service", as_of="2025-12-31", tab="Functions").tables["Functions"]
    }
    assert functions["Transport"]["Overdue complaints"] == "1"
    assert "Nothing has been given" in open_page("service", as_of="2025-12-31", tab="Price and other measures").text


def test_today_names_what_waits_and_leads_there(busy, open_page):
    page = open_page("today", as_of="2025-12-31")
    needs = {row["What needs a decision"] for row in page.tables["What needs a decision"]}
    assert {"1 action of a plan is late", "1 complaint is overdue", "1 commitment is overdue"} <= needs
    assert any(link.startswith("service?") and "complaint_state=overdue" in link for link in page.links)

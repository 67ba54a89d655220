"""Today: what needs a decision, each line with where it is made."""

from __future__ import annotations

from datetime import date

import pytest

from kam import relationships
from tests.drawn import given
from tests.pages.ledgers import HOSTILE, admitted, company


def needs(page):
    return {row["What needs a decision"]: row["Accounts"] for row in page.tables.get("What needs a decision", [])}


@pytest.fixture
def running(store, champion):
    """A programme of two with an executive on record."""
    company(store, champion)
    given(store, champion, "executives", "executive_id | name | title\nE1 | Edda Falk | CFO")
    admitted(store, champion, "A", "B")
    return store


def test_an_empty_workbench_says_what_to_do_first(open_page):
    page = open_page()
    steps = page.tables["First steps"]
    assert steps[0] == {"First steps": "1. Import accounts and order lines", "": "next"}
    assert {row[""] for row in steps[1:]} == {"then"}
    assert page.links[0].startswith("import?")
    assert not page.metrics


def test_a_ledger_without_a_programme_leads_to_the_next_step(store, champion, open_page):
    company(store, champion)
    page = open_page()
    assert [row[""] for row in page.tables["First steps"]] == ["done", "next", "then", "then", "then", "then"]
    assert page.metrics["Key accounts"] == "0"


def test_the_programme_is_counted_against_its_limits_with_the_sum_of_its_revenue(running, open_page):
    page = open_page()
    assert page.metrics["Key accounts"] == "2"
    assert "of 5 to 25" in page.text
    assert page.metrics["Revenue, 12 months"] == "1.50\N{NO-BREAK SPACE}k\N{NO-BREAK SPACE}EUR"
    assert page.metrics["Contribution, 12 months"] == "–"


def test_what_needs_a_decision_names_the_accounts_and_leads_on(running, open_page):
    page = open_page()
    found = needs(page)
    assert found["2 key accounts have no executive sponsor"] == f"{HOSTILE}, Alpha"
    assert found["2 account reviews are overdue"]
    assert found["2 key accounts have an unknown contribution"]
    assert found["The programme holds fewer accounts than it should"] == ""
    assert any(link.startswith("sponsors?as_of=2025-12-31") for link in page.links)


def test_a_key_account_that_stopped_buying_leads_to_the_list_of_those(running, open_page):
    page = open_page("today", as_of="2027-06-30")
    assert needs(page)["1 key account has stopped buying"] == HOSTILE  # the other has a running contract
    (link,) = [link for link in page.links if "dormant" in link]
    assert link.startswith("accounts?") and "accounts=key" in link and "activity_state=dormant" in link


def test_the_day_decides_who_is_in(running, open_page):
    page = open_page("today", as_of="2024-12-31")
    assert page.metrics["Key accounts"] == "0"
    assert not needs(page)


def test_a_day_before_the_ledger_is_refused(running, open_page):
    page = open_page("today", as_of="2020-01-01")
    assert page.errors == ["The ledger begins on 1 Feb 2023, after 1 Jan 2020: choose a later day."]
    assert not page.metrics


def test_a_red_line_and_a_contact_who_left_stand_among_what_needs_a_decision(store, champion, open_page):
    company(store, champion)
    admitted(store, champion, "A")
    day = date(2025, 12, 31)
    relationships.raise_red_line(store, "A", "tender", happened_on=day, evidence="letter", who=champion)
    relationships.raise_red_line(store, "B", "tender", happened_on=day, evidence="no key account", who=champion)
    relationships.observe(
        store, "A", "K1", {"left": day}, status="confirmed", source="mail", observed_on=day, who=champion
    )
    found = needs(open_page("today", as_of=day.isoformat()))
    assert found["1 red line is open"] == "Alpha"
    assert found["1 contact left a key account"] == "Alpha"

"""The page of our sponsors: coverage, proposal, assigning and relieving, and what it says when there is nothing."""

from __future__ import annotations

from datetime import date

import pytest

from kam import sponsorship
from tests.drawn import given
from tests.key_accounts import key_accounts, with_ledger

AS_OF = "2025-06-30"


@pytest.fixture
def programme(store, champion):
    """Three key accounts; Ada (takes two) sponsors A since February, B and C are vacant; Bo is free."""
    key_accounts(store, champion, "A", "B", "C")
    given(
        store,
        champion,
        "executives",
        """
        executive_id | name      | title | max_accounts
        E1           | Ada Nagel | CFO   | 2
        E2           | Bo Lund   | COO   |
        """,
    )
    sponsorship.assign(store, "A", "E1", as_of=date(2025, 2, 1), reason="knows them", who=champion)
    return store


def _sponsors(store):
    rows = store.read("sponsorship.active_sponsors", order_by=[("account_id", False)])
    return [(row["account_id"], row["executive_id"]) for row in rows]


def test_without_key_accounts_it_says_where_to_begin(store, champion, open_page):
    with_ledger(store, champion, "A")

    assert "There is no key account on this day." in open_page("sponsors").text


def test_without_executives_it_asks_for_them(store, champion, open_page):
    key_accounts(store, champion, "A")

    assert "None of our executives is on record." in open_page("sponsors", as_of=AS_OF).text


def test_coverage_vacancies_and_broken_rules_are_told(programme, open_page):
    page = open_page("sponsors", as_of=AS_OF)

    assert page.metrics["Key accounts with a sponsor"] == "1 of 3"
    assert page.metrics["Longest vacancy"].startswith("180")
    rows = {row["Account"]: row for row in page.tables["Our sponsors"]}
    assert rows["A Ltd"]["Our executive sponsor"] == "Ada Nagel"
    assert rows["A Ltd"]["Contact"] == "no visit yet"
    assert rows["B Ltd"]["Contact"] == "unassigned"
    assert [row["What is wrong"] for row in page.tables["What breaks the rules"]] == [
        "B Ltd has no executive sponsor, for 180 days now.",
        "C Ltd has no executive sponsor, for 180 days now.",
    ]


def test_load_stands_beside_the_cap(programme, open_page):
    page = open_page("sponsors", as_of=AS_OF, tab="Load")

    rows = {row["Executive"]: row for row in page.tables["Load of our executives"]}
    assert (rows["Ada Nagel"]["Accounts"], rows["Ada Nagel"]["Cap"]) == ("1", "2")


def test_a_proposal_is_put_in_place_as_a_whole(programme, open_page):
    page = open_page("sponsors", as_of=AS_OF, tab="Proposal")
    assert "2 vacancies would be filled" in page.text

    page.field("text_area", "Reason").set_value("committee of June")
    page.press("Put in place")

    assert not page.errors
    assert "2 sponsors are in place." in page.text
    assert [account_id for account_id, _e in _sponsors(programme)] == ["A", "B", "C"]


def test_a_single_line_of_a_proposal_can_be_taken(programme, open_page):
    page = open_page("sponsors", as_of=AS_OF, tab="Proposal")
    page.field("multiselect", "Accounts to change").set_value(["C"])
    page.field("text_area", "Reason").set_value("one by one")
    page.press("Put in place")

    assert [account_id for account_id, _e in _sponsors(programme)] == ["A", "C"]


def test_a_proposal_without_a_reason_is_refused_beside_the_form(programme, open_page):
    page = open_page("sponsors", as_of=AS_OF, tab="Proposal").press("Put in place")

    assert page.errors == ["Say why the proposal is accepted: the reason is kept with each decision."]
    assert _sponsors(programme) == [("A", "E1")]


def test_a_sponsor_is_assigned_with_its_reason_once(programme, open_page, champion):
    page = open_page("sponsors", as_of=AS_OF, tab="Assign")
    page.field("selectbox", "Key account without a sponsor").set_value("B")
    page.run()
    assert [row["Executive"] for row in page.tables["Who fits this account"]] == ["Bo Lund", "Ada Nagel"]
    page.field("selectbox", "Our executive").set_value("E2")
    page.field("text_area", "Reason").set_value("same industry")
    page.press("Assign the sponsor")

    assert "The sponsor is assigned." in page.text
    assert _sponsors(programme) == [("A", "E1"), ("B", "E2")]
    assert len(sponsorship.history(programme, "B", for_whom=champion)) == 1


def test_assigning_over_the_own_cap_is_done_with_a_warning(programme, open_page, champion):
    sponsorship.assign(programme, "B", "E1", as_of=date(2025, 2, 1), reason="x", who=champion)
    page = open_page("sponsors", as_of=AS_OF, tab="Assign")
    page.field("selectbox", "Key account without a sponsor").set_value("C")
    page.run()
    page.field("selectbox", "Our executive").set_value("E1")
    page.field("text_area", "Reason").set_value("nobody else")
    page.press("Assign the sponsor")

    assert "offered to take 2" in page.text


def test_a_sponsor_taken_meanwhile_is_refused_in_a_sentence(programme, open_page, champion):
    page = open_page("sponsors", as_of=AS_OF, tab="Relieve")
    page.field("selectbox", "Account").set_value("A")
    page.run()
    assert page.tables["Sponsors so far"][0]["Executive"] == "Ada Nagel"
    page.press("Relieve the sponsor")

    assert page.errors == ["Say why this sponsor is relieved: the reason is kept with the decision."]
    page.field("text_area", "Reason").set_value("new role")
    page.press("Relieve the sponsor")
    assert _sponsors(programme) == []


def test_every_account_covered_leaves_nothing_to_assign(programme, open_page, champion):
    for account_id in "BC":
        sponsorship.assign(programme, account_id, "E2", as_of=date(2025, 2, 1), reason="x", who=champion)

    assert "Every key account has a sponsor." in open_page("sponsors", as_of=AS_OF, tab="Assign").text


def test_a_veto_is_declared_shown_and_kept_to(programme, open_page):
    page = open_page("sponsors", as_of=AS_OF, tab="Vetoes")
    assert "No veto is on record" in page.text
    page.field("selectbox", "Executive").set_value("E2")
    page.field("selectbox", "Veto").set_value("conflict_of_interest")
    page.field("text_input", "Declared by").set_value("Legal")
    page.field("text_area", "Reason").set_value("owns shares in it")
    page.press("Declare the veto")
    assert page.errors == ["Choose the account that this veto is about."]
    page.field("selectbox", "Account (conflict of interest, objection)").set_value("B")
    page.press("Declare the veto")

    assert page.tables["Vetoes"][0]["About"] == "B Ltd"
    page = open_page("sponsors", as_of=AS_OF, tab="Assign", account="B")
    rows = page.tables["Who fits this account"]
    assert [(row["Executive"], row["Veto"]) for row in rows] == [
        ("Ada Nagel", "–"),
        ("Bo Lund", "conflict of interest"),
    ]
    assert [o for o in page.field("selectbox", "Our executive").options if "Bo" in o] == []


def test_a_sponsor_is_locked_and_a_deputy_named(programme, open_page):
    page = open_page("sponsors", as_of=AS_OF, tab="Proposal")
    page.field("text_input", "Reason").set_value("promised")
    page.press("Lock or release")
    assert page.tables["Locked sponsors"][0]["Account"] == "A Ltd"

    page = open_page("sponsors", as_of=AS_OF, tab="Deputies")
    page.field("selectbox", "Deputy").set_value("E2")
    page.field("text_input", "Reason").set_value("stands in")
    page.press("Name the deputy")
    assert page.tables["Deputies"][0]["Deputy"] == "Bo Lund"


def test_hours_and_leaving_are_recorded_and_show_in_the_load(programme, open_page):
    page = open_page("sponsors", as_of=AS_OF, tab="Executives")
    assert page.metrics["Over the hours given"] == "–"
    page.field("selectbox", "Executive who gives them").set_value("E1")
    page.field("number_input", "Hours a year").set_value(10.0)
    page.field("text_input", "Agreed by whom, when").set_value("budget")
    page.press("Record the hours")
    assert page.metrics["Over the hours given"] == "1"

    page.field("selectbox", "Executive who leaves or is back").set_value("E1")
    page.field("text_input", "Reason").set_value("retires")
    page.press("Record it")
    assert "Ada Nagel still sponsors 1 account" in page.text
    rows = {
        row["Executive"]: row for row in open_page("sponsors", as_of=AS_OF, tab="Load").tables["Load of our executives"]
    }
    assert (rows["Ada Nagel"]["Hours"], rows["Ada Nagel"]["Left on"]) == ("over the hours given", "30 Jun 2025")


def test_locks_that_cannot_be_kept_are_told_in_a_sentence(programme, open_page, champion):
    sponsorship.lock(programme, "A", as_of=date(2025, 3, 1), reason="x", who=champion)
    sponsorship.give_hours(programme, "E1", 1, as_of=date(2025, 3, 1), reason="x", who=champion)

    page = open_page("sponsors", as_of=AS_OF, tab="Proposal")

    assert page.errors == ["Ada Nagel gives 1 hours a year, and the locked accounts ask 34: release a lock."]
    assert "Locked sponsors" in page.text

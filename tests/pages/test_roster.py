"""The roster page: who is in, as decided and now, and release."""

from __future__ import annotations

import pytest

from kam import parameters, programme, selection
from kam.ledgers import rollup
from tests.pages.candidates_ledger import three_accounts
from tests.selection.conftest import AS_OF

DAY = AS_OF.isoformat()


@pytest.fixture
def roster(store, champion):
    """P is a key account."""
    three_accounts(store, champion)
    selection.admit(store, "P", as_of=AS_OF, reason="fits the charter", who=champion)
    return store


def test_an_empty_roster_leads_to_the_candidates(store, champion, open_page):
    three_accounts(store, champion)
    page = open_page("roster", as_of=DAY)
    assert "No account is in the programme on this day." in page.text
    assert "0 key accounts of 5 to 25" in page.text


def test_the_roster_says_how_many_and_how_each_stands(roster, open_page):
    page = open_page("roster", as_of=DAY)
    assert "1 key account of 5 to 25; 0 fail a gate now." in page.text
    assert "The programme should hold 5 accounts at least" in page.text
    (row,) = page.tables["Key accounts"]
    assert (row["Account"], row["Category"], row["As decided"], row["Now"]) == ("Pass Co", "Star", "pass", "pass")
    assert (row["Admitted on"], row["Reason"]) == ("31 Dec 2025", "fits the charter")


def test_a_corrected_ledger_stands_beside_the_decision(roster, champion, open_page):
    def correct(tx):
        tx.update("ledgers.order_lines", {"account_id": "P"}, {"net_revenue": 500})
        rollup.bring_up_to_date(tx, full=True)

    roster.write(correct, who=champion, action="correct", subject=("test", "lines"))
    page = open_page("roster", as_of=DAY, account="P")
    assert "1 fails a gate now." in page.text
    (row,) = page.tables["Key accounts"]
    assert (row["As decided"], row["Now"]) == ("pass", "fail")
    revenue = page.tables["As decided, and as the ledger says now"][0]
    assert revenue["Value as decided"] == "1,000\N{NO-BREAK SPACE}EUR"
    assert revenue["Value now"] == "500\N{NO-BREAK SPACE}EUR"
    assert (revenue["As decided"], revenue["Now"]) == ("pass", "fail")


def test_a_key_account_is_released_with_a_reason(roster, open_page):
    page = open_page("roster", as_of=DAY, account="P")
    page.field("text_area", "Reason").set_value("plant closed")
    page.press("Release from the programme")
    assert "Pass Co was released from the programme." in page.text
    assert programme.size(roster, AS_OF) == 0
    assert programme.decisions(roster)[0].reason == "plant closed"


def test_a_release_without_a_reason_is_refused_beside_the_control(roster, open_page):
    page = open_page("roster", as_of=DAY, account="P").press("Release from the programme")
    assert "Say why this account is released" in page.errors[0]
    assert programme.size(roster, AS_OF) == 1


def test_a_programme_beyond_its_limit_is_warned(roster, champion, open_page):
    parameters.adopt(roster, "programme.accounts_at_most", 1, valid_from=AS_OF, source="board", who=champion)
    assert "may hold" not in open_page("roster", as_of=DAY).text
    page = open_page("candidates", as_of=DAY, account="P")
    assert "The programme holds 1 of at most 1." in page.text

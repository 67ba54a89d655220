"""The page that asks: How many key accounts can we serve, and which?"""

from __future__ import annotations

from kam import selection
from tests.pages.candidates_ledger import TEXT, three_accounts
from tests.selection.conftest import AS_OF

DAY = AS_OF.isoformat()


def test_an_empty_workbench_leads_to_the_import(open_page):
    assert "There is no ledger yet." in open_page("how_many").text


def test_without_criteria_the_page_leads_to_the_criteria(store, champion, open_page):
    three_accounts(store, champion, with_criteria=False)
    assert "No criteria hold on this day." in open_page("how_many", as_of=DAY).text


def test_where_nobody_passes_the_page_says_so(store, champion, open_page):
    three_accounts(store, champion, with_criteria=False)
    text = TEXT.replace("at_least = 1000", "at_least = 99999999")
    selection.adopt(store, selection.read_criteria(text), reason="decided", who=champion)
    (error,) = open_page("how_many", as_of=DAY).errors
    assert "No account passes every gate of Charter 2025" in error


def test_without_a_lifetime_value_no_set_is_made_up(store, champion, open_page):
    three_accounts(store, champion)
    (error,) = open_page("how_many", as_of=DAY).errors
    assert "Accounts that pass the gates with a known worth: 0" in error

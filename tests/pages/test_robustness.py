"""The page that asks: How firm is the selection?"""

from __future__ import annotations

from kam import selection
from tests.pages.candidates_ledger import TEXT, three_accounts
from tests.selection.conftest import AS_OF

DAY = AS_OF.isoformat()


def test_an_empty_workbench_leads_to_the_import(open_page):
    assert "There is no ledger yet." in open_page("robustness").text


def test_without_criteria_the_page_leads_to_the_criteria(store, champion, open_page):
    three_accounts(store, champion, with_criteria=False)
    assert "No criteria hold on this day." in open_page("robustness", as_of=DAY).text


def test_where_nobody_passes_the_page_says_so(store, champion, open_page):
    three_accounts(store, champion, with_criteria=False)
    text = TEXT.replace("at_least = 1000", "at_least = 99999999")
    selection.adopt(store, selection.read_criteria(text), reason="decided", who=champion)
    (error,) = open_page("robustness", as_of=DAY).errors
    assert "No account passes every gate of Charter 2025" in error


def test_the_only_one_who_passes_is_firm_and_seed_and_draws_are_told(store, champion, open_page):
    three_accounts(store, champion)
    page = open_page("robustness", as_of=DAY)
    (row,) = page.tables["Accounts that pass the gates"]
    assert (row["Account"], row["Class"]) == ("Pass Co", "robust member")
    assert "10,000 random draws, seed 20120713" in page.text


def test_a_lower_threshold_shows_at_once_who_enters(store, champion, open_page):
    three_accounts(store, champion)
    page = open_page("robustness", as_of=DAY)
    page.field("number_input", "Places").set_value(2)
    gate = page.field("select_slider", "Gate: Revenue, 12 months")
    assert gate.value == 1000 and "900\N{NO-BREAK SPACE}EUR" in gate.options, "with unit, and not as a bare number"
    gate.set_value(900.0)
    page.run()
    assert "Enter: Fail Co. Leave: nobody. 2 pass the gates." in page.text

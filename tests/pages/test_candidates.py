"""The candidates page: who passes, what keeps the others out, and admission."""

from __future__ import annotations

import pytest

from kam import programme
from tests.pages.candidates_ledger import three_accounts
from tests.selection.conftest import AS_OF

DAY = AS_OF.isoformat()


@pytest.fixture
def judged(store, champion):
    three_accounts(store, champion)
    return store


def reason_of(page):
    return page.field("text_area", "Reason")


def shown(page, verdicts):
    """The page with these verdicts shown."""
    next(b for b in page.at.get("button_group") if b.label == "Verdicts shown").set_value(verdicts)
    return page.run()


def test_an_empty_workbench_leads_to_the_import(open_page):
    assert "There is no ledger yet." in open_page("candidates").text


def test_without_criteria_the_page_leads_to_the_criteria(store, champion, open_page):
    three_accounts(store, champion, with_criteria=False)
    page = open_page("candidates", as_of=DAY)
    assert "No criteria hold on this day." in page.text
    assert page.tables == {}


def test_the_answer_is_one_sentence_and_every_account_is_listed(judged, open_page):
    page = open_page("candidates", as_of=DAY)
    assert "1 passes, 1 is unknown, 1 fails; 1 near miss. The programme holds 0 of at most 25." in page.text
    assert [row["Account"] for row in page.tables["Candidates"]] == ["Pass Co"]
    rows = {row["Account"]: row for row in shown(page, "all").tables["Candidates"]}
    assert {name: row["Verdict"] for name, row in rows.items()} == {
        "Pass Co": "pass",
        "Fail Co": "fail",
        "Unknown Co": "unknown",
    }
    assert (rows["Pass Co"]["Attractiveness"], rows["Pass Co"]["Strength"], rows["Pass Co"]["Category"]) == (
        "8.0",
        "4.0",
        "Star",
    )


def test_near_misses_can_be_shown_alone(judged, open_page):
    page = open_page("candidates", as_of=DAY)
    assert [row["Account"] for row in shown(page, "near").tables["Candidates"]] == ["Fail Co"]


def test_a_verdict_opens_to_its_gates_with_value_threshold_and_distance(judged, open_page):
    page = open_page("candidates", as_of=DAY, account="F")
    revenue, rate = page.tables["Gates"]
    assert (revenue["This account"], revenue["Must be"], revenue["Distance"], revenue["Verdict"]) == (
        "999.99\N{NO-BREAK SPACE}EUR",
        "at least 1,000.00\N{NO-BREAK SPACE}EUR",
        "0.01\N{NO-BREAK SPACE}EUR short",
        "fail",
    )
    assert rate["Verdict"] == "pass"
    assert page.tables["Scores"][0]["Points of 10"] == "8.0"


def test_an_account_that_passes_is_admitted_with_a_reason(judged, open_page):
    page = open_page("candidates", as_of=DAY, account="P")
    reason_of(page).set_value("fits the charter")
    page.press("Admit to the programme")
    assert "Pass Co is a key account now." in page.text
    (decision,) = programme.decisions(judged)
    assert (decision.account_id, decision.reason, decision.category) == ("P", "fits the charter", "star")
    again = open_page("candidates", as_of=DAY, account="P")
    assert not [b for b in again.at.button if b.label == "Admit to the programme"]


@pytest.mark.parametrize(
    ("account_id", "reason", "said"),
    [
        ("F", "the CEO plays golf with them", "Fail Co does not meet the criteria: Revenue, 12 months: 999.99"),
        ("U", "everybody knows them", "cannot be admitted before its gates are known: Margin rate"),
        ("P", "  ", "Say why this account is admitted"),
    ],
)
def test_a_refusal_stands_beside_the_control_and_nothing_changes(judged, open_page, account_id, reason, said):
    page = open_page("candidates", as_of=DAY, account=account_id)
    reason_of(page).set_value(reason)
    page.press("Admit to the programme")
    (error,) = page.errors
    assert said in error.replace("\N{NO-BREAK SPACE}", " ")
    assert reason_of(page).value == reason
    assert programme.decisions(judged) == []


def test_an_account_that_is_not_there_is_said(judged, open_page):
    page = open_page("candidates", as_of=DAY, account="nobody")
    assert "nobody" in page.errors[0]


def test_a_second_press_of_the_same_form_admits_once(judged, open_page, monkeypatch):
    from kam.ui.forms import Form

    # The page as it stands before the message: the form keeps its key, as it does under a double click.
    monkeypatch.setattr(Form, "done", lambda *_given, **_more: None)
    page = open_page("candidates", as_of=DAY, account="P")
    reason_of(page).set_value("fits")
    page.press("Admit to the programme")
    assert len(programme.decisions(judged)) == 1
    page.run()
    assert len(programme.decisions(judged)) == 1
    assert page.errors == []

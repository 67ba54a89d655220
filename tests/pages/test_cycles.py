"""The page of cycles and decisions: empty, step by step, the record, the register of exceptions; states on the roster."""

from __future__ import annotations

import pytest

from kam import parameters, programme, selection
from tests.selection.cycle_ledger import (
    CHARTER,
    FIRST,
    adopt_charter,
    assessed,
    decided,
    held,
    in_force,
    returned,
    scored,
    states,
)

DAY = FIRST.isoformat()
TABLE = "As decided, and as the ledger says now"


@pytest.fixture
def candidates(store, champion):
    """A 9, B 7 and C 5 reach the entry line; D passes below it; E fails a gate."""
    scored(store, champion, {"A": 9, "B": 7, "C": 5, "D": 4.9}, on=FIRST)
    scored(store, champion, {"E": 9}, on=FIRST, revenue=999)
    adopt_charter(store, champion)
    return store


def cycles(open_page, tab=None, **query):
    return open_page("cycles", as_of=DAY, **({"tab": tab} if tab else {}), **query)


def otherwise(page, cycle, changes):
    """Type into the table of decisions: {row: {column: value}}."""
    key = f"cycle.otherwise.{cycle.cycle_id}.{cycle.version}"
    page.at.session_state[key] = {"edited_rows": changes, "added_rows": [], "deleted_rows": []}


def test_without_a_ledger_and_without_criteria_the_page_says_what_is_missing(store, champion, open_page):
    assert "There is no ledger yet." in open_page("cycles").text
    scored(store, champion, {"A": 9}, on=FIRST)
    page = cycles(open_page)
    assert "No criteria hold on this day." in page.text and "Draft criteria" in page.text


def test_a_cycle_is_opened_assessed_decided_and_put_in_force_on_the_page(candidates, open_page):
    page = cycles(open_page)
    assert "No selection cycle was opened yet." in page.text
    page.press("Open the cycle")
    assert "Selection 2024 is open" in page.text and "Nothing is judged yet" in page.text
    page.press("Assess every account")
    assert "Proposed: 3 enter. People confirm" in page.text
    row = page.tables["Proposals"][0]
    assert (row["Account"], row["Proposed"], row["Because"]) == (
        "A Co",
        "enters",
        "above the entry line with every gate passed",
    )
    page.press("Decide the cycle")
    assert "Name those who were present" in page.errors[0]
    page.field("text_input", "Present").set_value("Ada, Bo")
    otherwise(page, selection.unfinished(candidates), {2: {"decision": "wait", "reason": "no team yet"}})
    page.press("Decide the cycle")
    assert "Decided: 2 enter, 1 waits." in page.text and "present" in page.text
    page.press("Put in force")
    assert "is in force from 31 Dec 2024 on" in page.text
    assert states(candidates, FIRST) == {"A": "member", "B": "member", "C": "nominated"}
    (waiting,) = cycles(open_page, "Waiting list").tables["Waiting list"]
    assert (waiting["Account"], waiting["What was said"]) == ("C Co", "Selection 2024: no team yet")


def test_a_departure_without_a_reason_is_refused_and_what_was_typed_is_kept(candidates, champion, open_page):
    number = assessed(candidates, champion)
    page = cycles(open_page)
    page.field("text_input", "Present").set_value("Ada")
    otherwise(page, selection.cycle_of(candidates, number), {1: {"decision": "wait"}})
    page.press("Decide the cycle")
    assert "Say why B Co is decided otherwise" in page.errors[0]
    assert page.field("text_input", "Present").value == "Ada"
    assert selection.cycle_of(candidates, number).state == "assessed"


def test_a_first_cycle_is_told_to_start_small(candidates, champion, open_page):
    parameters.adopt(
        candidates, "programme.first_cycle_accounts", 2, valid_from=FIRST, source="the committee", who=champion
    )
    assessed(candidates, champion)
    assert "This is the first cycle, and 3 accounts would enter: start small, with 2 at most" in cycles(open_page).text
    decided(candidates, champion, 1)
    in_force(candidates, champion, 1)
    assessed(candidates, champion, name="Second")
    assert "start small" not in cycles(open_page).text


def test_a_corrected_ledger_stands_beside_the_record_which_stays(candidates, champion, open_page):
    number = held(candidates, champion, on=FIRST)
    before = cycles(open_page, "Record").tables["Every account as frozen"]
    assert "Nothing reads differently now." in cycles(open_page, "As decided and now").text
    scored(candidates, champion, {"A": 1}, on=FIRST)
    scored(candidates, champion, {"B": 7}, on=FIRST, revenue=500)
    assert cycles(open_page, "Record").tables["Every account as frozen"] == before
    page = cycles(open_page, "As decided and now")
    assert "2 accounts read differently now; the record stands as it was decided." in page.text
    first, second = page.tables[TABLE][:2]
    assert (first["Account"], first["Attractiveness as decided"], first["Attractiveness now"]) == (
        "A Co",
        "9.00",
        "1.00",
    )
    assert (second["Verdict as decided"], second["Verdict now"], second["Decided"]) == ("pass", "fail", "enters")
    gates = cycles(open_page, account="B", cycle=str(number)).tables["Gates as decided, and as the ledger says now"]
    assert (gates[0]["Value as decided"], gates[0]["Value now"]) == (
        "10,000\N{NO-BREAK SPACE}EUR",
        "500\N{NO-BREAK SPACE}EUR",
    )
    assert [(gate["As decided"], gate["Now"]) for gate in gates] == [("pass", "fail"), ("pass", "pass")]


def test_the_record_says_what_the_cycle_rests_on(candidates, champion, open_page):
    held(candidates, champion, on=FIRST)
    page = cycles(open_page, "Record")
    told = {row["What"]: row["As frozen"] for row in page.tables["What the cycle rests on"]}
    assert told["Criteria"] == "Charter, from 1 Jan 2024"
    assert told["Verdicts"] == "4 pass, 0 unknown, 1 fail; 1 near miss"
    assert "5 lines, net revenue 40,999.00" in told["Ledger"]
    (row,) = cycles(open_page, "All cycles").tables["Selection cycles"]
    assert (row["Cycle"], row["State"], row["Enter"], row["Present"]) == ("Selection 2024", "in force", "3", "Ada, Bo")


def test_a_cycle_is_given_up_with_a_reason(candidates, champion, open_page):
    assessed(candidates, champion)
    page = cycles(open_page).press("Give it up")
    assert "Say why the cycle is given up" in page.errors[0]
    page.field("text_input", "Why it is given up").set_value("the ledger was not complete")
    page.press("Give it up")
    assert "Given up: the ledger was not complete" in page.text
    assert "Open the cycle" in [button.label for button in page.at.button]


def test_a_golf_friend_is_refused_with_the_sentence_and_the_request_is_kept(candidates, open_page):
    page = cycles(open_page, "Exceptions", account="E")
    assert "2024: 0 requests, 0 refused." in page.text and "no override for any role" in page.text
    page.press("Record the request")
    assert "is no ground of the register" in page.errors[0]
    page.field("selectbox", "Ground").set_value("friendship")
    page.field("text_area", "In their words").set_value("We play golf")
    page.field("text_input", "Asked by").set_value("Henrik Ahlgren")
    page.press("Record the request")
    assert "personal friendship is no ground for an exception" in page.errors[0]
    assert "2024: 1 request, 1 refused." in page.text
    (row,) = page.tables["Register of exceptions"]
    assert (row["Account"], row["Outcome"], row["Asked by"]) == ("E Co", "refused: ground", "Henrik Ahlgren")
    assert programme.size(candidates, FIRST) == 0


def test_a_candidate_is_put_forward_from_its_page(candidates, open_page):
    page = open_page("candidates", as_of=DAY, account="D")
    page.field("text_input", "Why it should be looked at").set_value("a new plant")
    page.press("Put forward for the next cycle")
    assert "D Co is put forward" in page.text
    assert states(candidates, FIRST) == {"D": "nominated"}
    assert "put forward since 31 Dec 2024" in open_page("candidates", as_of=DAY, account="D").text


def test_the_roster_shows_the_state_the_suspension_and_the_exit(candidates, champion, open_page):
    held(candidates, champion, on=FIRST)
    rows = open_page("roster", as_of=DAY).tables["Key accounts"]
    first = rows[0]
    assert (first["Account"], first["State"], first["Since"]) == ("A Co", "key account", "31 Dec 2024")
    returned(candidates, champion, "A", 6000, on=FIRST)
    assert open_page("roster", as_of=DAY).tables["Key accounts"][0]["State"] == "suspended", "at once, as a reading"
    page = open_page("roster", as_of=DAY, account="A")
    assert "A gate that suspends fails now: Return share" in page.errors[0]
    page.press("Suspend at once")
    assert "A Co is suspended." in page.text
    assert page.tables["Key accounts"][0]["State"] == "suspended"


def test_a_leaver_goes_by_plan_approval_and_closing_on_the_roster(candidates, champion, open_page):
    held(candidates, champion, on=FIRST)
    page = open_page("roster", as_of=DAY, account="B")
    page.press("Write the transition plan")
    assert "Write how the account is served" in page.errors[0]
    page.field("text_area", "Transition plan").set_value("The area team serves it")
    page.field("text_input", "Step 1").set_value("Hand over")
    page.field("text_input", "Who, step 1").set_value("Bo")
    page.press("Write the transition plan")
    assert page.tables["Transition plan"][0]["Step"] == "Hand over"
    page.field("text_input", "Our executive who approves the exit").set_value("Ada")
    page.field("text_input", "Why the exit is approved").set_value("agreed")
    page.press("Record the approval")
    page.field("text_input", "What the customer said").set_value("price only")
    page.press("The customer withdraws")
    assert "B Co is exiting." in page.text
    page.press("Step is done")
    page.field("text_input", "How the transition ended").set_value("handed over")
    page.press("Close the transition")
    assert "B Co has left; its place is free." in page.text
    assert states(candidates, FIRST)["B"] == "outside"


def test_a_gate_that_suspends_is_marked_in_the_criteria_and_survives_the_editor(candidates, open_page):
    page = open_page("criteria", as_of=DAY)
    gates = next(rows for title, rows in page.tables.items() if title.startswith("Gates"))
    assert [row["Suspends"] for row in gates] == ["", "at once"]
    page = open_page("criteria", as_of=DAY, tab="Draft")
    key = page.field("text_input", "Name of the set").key.removesuffix("name") + "gates"
    page.at.session_state[key] = {"edited_rows": {0: {"threshold": "2000"}}, "added_rows": [], "deleted_rows": []}
    page.run()
    page.field("text_area", "Reason").set_value("tighter")
    page.at.button[[b.label.startswith("Adopt") for b in page.at.button].index(True)].click().run()
    criteria = selection.adopted(candidates, FIRST).criteria
    assert [gate.suspends for gate in criteria.gates] == [False, True]
    assert criteria.gates[0].threshold == 2000 and criteria.text != CHARTER

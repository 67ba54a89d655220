"""Selection cycles: what they freeze, what may be decided, and that the record stands."""

from __future__ import annotations

from datetime import date

import pytest

from kam import parameters, programme, selection, verification
from kam.errors import BadInput, NotFound, RuleBroken, StaleWrite
from kam.store import new_operation
from tests.selection.cycle_ledger import (
    CHARTER,
    FIRST,
    adopt_charter,
    assessed,
    decided,
    held,
    in_force,
    proposals,
    returned,
    scored,
    states,
    version,
)

NEXT = date(2025, 12, 31)
THIRD = date(2026, 12, 31)


@pytest.fixture
def candidates(store, champion):
    """A 9, B 7, C 5 reach the entry line of 5; D 4.9 passes below it; E fails a gate; U has no known cost."""
    scored(store, champion, {"A": 9, "B": 7, "C": 5, "D": 4.9}, on=FIRST)
    scored(store, champion, {"E": 9}, on=FIRST, revenue=999)
    scored(store, champion, {"U": None}, on=FIRST)
    adopt_charter(store, champion)
    return store


def record(store, champion, number):
    """Everything that a cycle froze, as it is read back."""
    cycle = selection.cycle_of(store, number)
    return cycle.frozen, cycle.frozen_hash, selection.cycle_accounts(store, number, for_whom=champion)


def failed(store):
    return [check.check for check in verification.verify(store) if not check.is_ok]


def test_a_cycle_proposes_those_on_the_entry_line_and_freezes_what_it_rests_on(candidates, champion):
    number = assessed(candidates, champion)
    assert proposals(candidates, champion, number) == {"A": "enter", "B": "enter", "C": "enter"}
    frozen, _hash, accounts = record(candidates, champion, number)
    assert frozen["criteria"]["document"] == CHARTER
    assert frozen["counts"] == {"pass": 5, "unknown": 0, "fail": 1, "near_misses": 1}
    assert (frozen["ledger"]["line_count"], frozen["ledger"]["control_total"]) == (6, "50999.00")
    assert (frozen["draws"]["draws"], frozen["draws"]["places"]) == (10_000, 25)
    by_id = {account["account_id"]: account for account in accounts}
    assert [by_id[a]["rank"] for a in "ABCDEU"] == [1, 2, 3, 4, None, None]
    assert (by_id["U"]["attractiveness_low"], by_id["U"]["attractiveness_high"]) == (0, 10)
    assert by_id["E"]["gates"][0]["value"] == "999.00" and by_id["E"]["verdict"] == "fail"
    assert by_id["A"]["gates"][1]["suspends"] is True
    assert [by_id[a]["acceptability"] for a in "ADE"] == [1.0, 1.0, None]


def test_a_cycle_moves_accounts_only_when_it_is_in_force(candidates, champion):
    number = assessed(candidates, champion)
    assert decided(candidates, champion, number, {"C": ("wait", "no team yet")})["enter"] == 2
    assert programme.size(candidates, FIRST) == 0
    assert in_force(candidates, champion, number)["enter"] == 2
    assert states(candidates, FIRST) == {"A": "member", "B": "member", "C": "nominated"}
    (decision,) = programme.decisions(candidates, "A")
    assert (decision.reason, decision.seen["cycle_id"], decision.seen["verdict"]) == (
        "Selection: as proposed",
        number,
        "pass",
    )
    assert {move["cycle_id"] for move in programme.moves(candidates)} == {number}
    assert failed(candidates) == []


def test_the_record_of_a_cycle_is_the_same_after_corrections_new_criteria_and_parameters(candidates, champion):
    number = held(candidates, champion, on=FIRST)
    before = record(candidates, champion, number)
    scored(candidates, champion, {"A": 1, "E": 9}, on=FIRST)
    parameters.adopt(candidates, "selection.attractiveness_cut", 9, valid_from=FIRST, source="x", who=champion)
    parameters.adopt(candidates, "programme.accounts_at_most", 7, valid_from=FIRST, source="x", who=champion)
    adopt_charter(candidates, champion, CHARTER.replace("1000", "20000").replace("2024-01-01", "2024-12-01"))
    assert record(candidates, champion, number) == before
    cycle = selection.cycle_of(candidates, number)
    beside = {row["account_id"]: row for row in selection.decided_and_now(candidates, cycle, for_whom=champion)}
    assert (beside["A"]["attractiveness_low"], beside["A"]["attractiveness_low_now"]) == (9, 1)
    assert (beside["E"]["verdict"], beside["E"]["verdict_now"]) == ("fail", "pass")
    assert {a for a, row in beside.items() if row["has_changed"]} == {"A", "B", "C", "E"}, "the cut moved B and C"
    today = selection.decided_and_now(candidates, cycle, as_of=FIRST, for_whom=champion)
    assert {row["verdict_now"] for row in today} == {"fail"}, "the criteria in force now ask for 20,000"
    account = next(row for row in before[2] if row["account_id"] == "E")
    gate = selection.gates_then_and_now(candidates, cycle, account)[0]
    assert (gate["value_then"], gate["value_now"], gate["verdict_now"]) == ("999.00", "10000.00", "pass")
    assert failed(candidates) == []


@pytest.mark.parametrize(
    "change",
    [
        "update selection.cycle_accounts set verdict = 'pass' where account_id = 'E'",
        "delete from selection.cycle_accounts where account_id = 'E'",
        "update selection.cycles set frozen = replace(frozen, '50999', '50998')",
        "update selection.cycles set frozen_hash = null",
        "update selection.cycle_decisions set decision = 'wait' where account_id = 'C'",
        "update selection.cycles set present = 'nobody'",
    ],
)
def test_a_record_that_was_changed_behind_its_back_is_found(candidates, champion, change):
    held(candidates, champion, on=FIRST)
    assert failed(candidates) == []
    with candidates.cursor() as cursor:
        cursor.execute(change)
    assert failed(candidates) == ["cycles"]


@pytest.mark.parametrize(
    ("otherwise", "kind", "said"),
    [
        ({"E": ("enter", "the golf partner of the chief executive")}, RuleBroken, "E Co did not pass every gate"),
        ({"A": ("stay", "x")}, RuleBroken, "not in the programme"),
        ({"A": ("leave", "x")}, RuleBroken, "not in the programme"),
        ({"A": ("wait", " ")}, BadInput, "Say why A Co is decided otherwise"),
        ({"A": ("befriend", "x")}, BadInput, "befriend is no decision"),
        ({"Z": ("enter", "x")}, NotFound, "Z is not among the accounts"),
    ],
)
def test_what_may_not_be_decided_is_refused_and_nothing_is_decided(candidates, champion, otherwise, kind, said):
    number = assessed(candidates, champion)
    with pytest.raises(kind, match=said):
        decided(candidates, champion, number, otherwise)
    assert selection.cycle_of(candidates, number).state == "assessed"
    assert len(candidates.read("selection.cycle_decisions")) == 0


def test_a_passing_account_below_the_line_may_enter_with_a_reason(candidates, champion):
    held(candidates, champion, on=FIRST, otherwise={"D": ("enter", "a new plant is being built")})
    assert states(candidates, FIRST)["D"] == "member"
    assert [programme.moves(candidates, a)[0]["cause"] for a in "AD"] == ["qualified", "admitted"]


def test_more_than_the_places_cannot_be_decided(candidates, champion):
    parameters.adopt(candidates, "programme.accounts_at_most", 2, valid_from=FIRST, source="board", who=champion)
    number = assessed(candidates, champion)
    assert proposals(candidates, champion, number) == {"A": "enter", "B": "enter", "C": "wait"}
    with pytest.raises(RuleBroken, match="3 would enter, and 0 of 2 places are taken"):
        decided(candidates, champion, number, {"C": ("enter", "please")})


def test_a_place_taken_in_between_refuses_the_whole_and_moves_nobody(candidates, champion):
    parameters.adopt(candidates, "programme.accounts_at_most", 3, valid_from=FIRST, source="board", who=champion)
    number = assessed(candidates, champion)
    decided(candidates, champion, number)
    selection.admit(candidates, "D", as_of=FIRST, reason="in between", who=champion)
    with pytest.raises(RuleBroken, match="The programme is full"):
        in_force(candidates, champion, number)
    assert states(candidates, FIRST) == {"D": "member"}
    assert selection.cycle_of(candidates, number).state == "decided"


def test_an_account_admitted_in_between_is_not_admitted_twice(candidates, champion):
    number = assessed(candidates, champion)
    decided(candidates, champion, number)
    selection.admit(candidates, "A", as_of=FIRST, reason="in between", who=champion)
    assert in_force(candidates, champion, number)["enter"] == 2
    assert len(programme.decisions(candidates, "A")) == 1


def test_one_cycle_at_a_time_in_its_own_order(candidates, champion):
    number = selection.open_cycle(candidates, "First", as_of=FIRST, who=champion)
    with pytest.raises(RuleBroken, match="First is not finished yet"):
        selection.open_cycle(candidates, "Second", as_of=FIRST, who=champion)
    with pytest.raises(RuleBroken, match="assess it first"):
        decided(candidates, champion, number)
    with pytest.raises(RuleBroken, match="assess it first"):
        in_force(candidates, champion, number)
    with pytest.raises(StaleWrite):
        selection.assess_cycle(candidates, number, expected_version=7, who=champion)
    selection.assess_cycle(candidates, number, expected_version=1, who=champion)
    with pytest.raises(RuleBroken, match="decide it first"):
        in_force(candidates, champion, number)
    with pytest.raises(BadInput, match="Name those who were present"):
        decided(candidates, champion, number, present=" ")
    with pytest.raises(BadInput, match="it cannot be decided before"):
        decided(candidates, champion, number, on=date(2024, 12, 30))
    decided(candidates, champion, number)
    with pytest.raises(RuleBroken, match="decided already"):
        selection.assess_cycle(candidates, number, expected_version=version(candidates, number), who=champion)
    in_force(candidates, champion, number)
    with pytest.raises(RuleBroken, match="its record is closed"):
        selection.abandon_cycle(
            candidates, number, reason="x", expected_version=version(candidates, number), who=champion
        )
    assert selection.unfinished(candidates) is None
    with pytest.raises(BadInput, match="Name the cycle"):
        selection.open_cycle(candidates, " ", as_of=NEXT, who=champion)


def test_a_cycle_given_up_makes_room_for_another_and_stays_readable(candidates, champion):
    number = assessed(candidates, champion)
    before = record(candidates, champion, number)
    selection.abandon_cycle(
        candidates,
        number,
        reason="the ledger was not complete",
        expected_version=version(candidates, number),
        who=champion,
    )
    assert record(candidates, champion, number) == before
    assert held(candidates, champion, on=FIRST) == number + 1
    assert failed(candidates) == []


def test_a_double_click_decides_once(candidates, champion):
    op_id, number = new_operation(), assessed(candidates, champion)
    common = {"present": "Ada", "decided_on": FIRST, "who": champion, "op_id": op_id}
    first = selection.decide_cycle(candidates, number, {}, expected_version=version(candidates, number), **common)
    again = selection.decide_cycle(candidates, number, {}, expected_version=version(candidates, number), **common)
    assert (first["enter"], again) == (3, None)


def test_a_leaver_needs_two_reviews_the_stay_a_plan_and_the_approval(candidates, champion):
    parameters.adopt(candidates, "programme.minimum_stay_months", 12, valid_from=FIRST, source="x", who=champion)
    held(candidates, champion, on=FIRST)
    scored(candidates, champion, {"A": 9, "B": 3.9, "C": 4}, on=NEXT)
    second = held(candidates, champion, on=NEXT)
    assert states(candidates, NEXT) == {"A": "member", "B": "at_risk", "C": "member"}, "C lies on the exit line"
    scored(candidates, champion, {"A": 9, "B": 3.9, "C": 4}, on=THIRD)
    number = assessed(candidates, champion, on=THIRD)
    waiting = next(r for r in selection.cycle_accounts(candidates, number, for_whom=champion) if r["account_id"] == "B")
    assert (waiting["proposal"], waiting["proposed"]["waits_for"]) == ("stay", ["transition_plan", "sponsor_approval"])
    with pytest.raises(RuleBroken, match="B Co cannot leave by this cycle"):
        decided(candidates, champion, number, {"B": ("leave", "enough")})
    step = programme.Step("Hand over", "Bo", THIRD)
    programme.plan_transition(candidates, "B", "The area team serves it", [step], as_of=THIRD, who=champion)
    programme.approve_exit(candidates, "B", approved_by="Ada", as_of=THIRD, reason="agreed", who=champion)
    selection.assess_cycle(candidates, number, expected_version=version(candidates, number), who=champion)
    assert proposals(candidates, champion, number)["B"] == "leave"
    decided(candidates, champion, number)
    in_force(candidates, champion, number)
    assert states(candidates, THIRD)["B"] == "exiting" and programme.size(candidates, THIRD) == 3
    with pytest.raises(RuleBroken, match="1 step of the transition plan is still open"):
        programme.close_transition(candidates, "B", as_of=THIRD, reason="done", who=champion)
    (open_step,) = programme.transition(candidates, "B", THIRD)["steps"]
    programme.close_step(candidates, open_step["step_id"], done_on=THIRD, expected_version=1, who=champion)
    programme.close_transition(candidates, "B", as_of=THIRD, reason="handed over", who=champion)
    assert states(candidates, THIRD)["B"] == "outside" and programme.size(candidates, THIRD) == 2
    assert second < number and failed(candidates) == []


def test_a_meeting_may_keep_one_that_could_leave(candidates, champion):
    parameters.adopt(candidates, "programme.minimum_stay_months", 0, valid_from=FIRST, source="x", who=champion)
    parameters.adopt(candidates, "programme.reviews_to_demote", 1, valid_from=FIRST, source="x", who=champion)
    held(candidates, champion, on=FIRST)
    step = programme.Step("Hand over", "Bo", NEXT)
    programme.plan_transition(candidates, "B", "The area team", [step], as_of=NEXT, who=champion)
    programme.approve_exit(candidates, "B", approved_by="Ada", as_of=NEXT, reason="agreed", who=champion)
    scored(candidates, champion, {"A": 9, "B": 1, "C": 5}, on=NEXT)
    held(candidates, champion, on=NEXT, otherwise={"B": ("stay", "one more year")})
    assert states(candidates, NEXT)["B"] == "at_risk"
    assert programme.moves(candidates, "B")[0]["cause"] == "kept"


def test_a_failed_credit_gate_suspends_at_once_and_is_lifted_again(candidates, champion):
    held(candidates, champion, on=FIRST)
    with pytest.raises(RuleBroken, match="No gate that suspends fails for A Co"):
        selection.suspend(candidates, "A", as_of=FIRST, reason="", who=champion)
    scored(candidates, champion, {"A": 9}, on=NEXT)
    returned(candidates, champion, "A", 6000, on=NEXT)
    assert selection.suspend(candidates, "A", as_of=NEXT, reason="credit", who=champion) is True
    row = candidates.one("programme.states", {"as_of": NEXT}, order_by=[("account_id", False)])
    assert (row["state"], row["is_suspended"], row["times_below"]) == ("at_risk", True, 1)
    assert "Return share" in row["reason"]
    with candidates.cursor() as cursor:
        cursor.execute("delete from ledgers.order_lines where order_id = 'A-R'")
        cursor.execute("delete from ledgers.account_month where account_id = 'A'")
    scored(candidates, champion, {"A": 9}, on=NEXT)
    assert selection.suspend(candidates, "A", as_of=NEXT, reason="paid", who=champion) is False
    assert states(candidates, NEXT)["A"] == "member"
    with pytest.raises(RuleBroken, match="not a key account"):
        selection.suspend(candidates, "E", as_of=NEXT, reason="", who=champion)


def test_a_group_is_judged_for_an_account_of_it_that_is_in(candidates, champion):
    scored(candidates, champion, {"A1": 2}, on=FIRST)
    with candidates.cursor() as cursor:
        cursor.execute("update ledgers.accounts set parent_account_id = 'A' where account_id = 'A1'")
    selection.admit(candidates, "A1", as_of=FIRST, reason="by account", who=champion)
    grouped = CHARTER.replace("2024-01-01", "2024-06-01").replace('"Steering committee"\n', '"x"\nlevel = "group"\n', 1)
    adopt_charter(candidates, champion, grouped)
    number = assessed(candidates, champion)
    rows = {r["account_id"]: r for r in selection.cycle_accounts(candidates, number, for_whom=champion)}
    assert (rows["A1"]["judged_as"], rows["A1"]["proposal"], rows["A1"]["attractiveness_low"]) == ("A", "stay", 5.5)
    assert (rows["A"]["proposal"], rows["B"]["proposal"]) == (None, "enter")


def test_criteria_without_a_score_decide_by_their_gates(store, champion):
    scored(store, champion, {"A": 0, "B": 0}, on=FIRST)
    adopt_charter(store, champion, CHARTER[: CHARTER.index("[[score]]")])
    number = assessed(store, champion)
    assert proposals(store, champion, number) == {"A": "enter", "B": "enter"}
    assert selection.cycle_of(store, number).frozen["draws"] is None


def test_without_criteria_no_cycle_can_be_assessed(store, champion):
    scored(store, champion, {"A": 0}, on=FIRST)
    number = selection.open_cycle(store, "First", as_of=FIRST, who=champion)
    with pytest.raises(RuleBroken, match="No criteria hold"):
        selection.assess_cycle(store, number, expected_version=1, who=champion)


def test_being_judged_keeps_no_account_from_being_merged_and_a_decision_does(candidates, champion):
    from kam.ledgers import merging

    number = held(candidates, champion, on=FIRST)
    before = record(candidates, champion, number)
    with pytest.raises(RuleBroken, match="Decisions name A Co"):
        merging.merge_accounts(candidates, "A", "B", reason="one customer", who=champion)
    merging.merge_accounts(candidates, "E", "B", reason="one customer", who=champion)
    assert record(candidates, champion, number) == before
    beside = {
        row["account_id"]: row
        for row in selection.decided_and_now(candidates, selection.cycle_of(candidates, number), for_whom=champion)
    }
    assert beside["E"]["verdict_now"] is None and beside["E"]["has_changed"]
    assert failed(candidates) == []

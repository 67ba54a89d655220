"""Putting forward, exits and their plans, through the programme's one door."""

from __future__ import annotations

from datetime import date

import pytest

from kam import parameters, programme
from kam.errors import BadInput, NotFound, RuleBroken, StaleWrite
from kam.programme import Step
from kam.store import Condition, events, new_operation
from tests.programme.test_decisions import DAY, PASS, admit, refused

LATER = date(2025, 9, 30)
STEP = Step("Hand over to the area team", "Bo Lind", LATER)


def state(store, account_id, on=LATER):
    return store.one("programme.states", {"as_of": on}, where=[Condition("account_id", "=", account_id)])


def test_an_admission_and_a_release_are_moves_too(ledger, champion):
    decision_id = admit(ledger, champion, "A01")
    release_id = programme.release(ledger, "A01", as_of=LATER, reason="moved abroad", who=champion)
    told = [(m["state_before"], m["state_after"], m["cause"], m["decision_id"]) for m in programme.moves(ledger, "A01")]
    assert told == [
        ("member", "outside", "released", release_id),
        ("nominated", "member", "admitted", decision_id),
        ("outside", "nominated", "admitted", None),
    ]
    assert (state(ledger, "A01", DAY)["state"], state(ledger, "A01")["state"]) == ("member", "outside")
    assert ledger.read("programme.unmatched_states").total == 0


def test_a_person_puts_an_account_forward_and_the_door_still_judges_it(ledger, champion):
    programme.nominate(ledger, "A01", as_of=DAY, reason="growing fast", who=champion)
    assert (state(ledger, "A01")["state"], state(ledger, "A01")["reason"]) == ("nominated", "growing fast")
    assert programme.size(ledger, DAY) == 0
    refused(
        ledger,
        RuleBroken,
        lambda: admit(ledger, champion, "A01", verdict=programme.SeenVerdict("fail", because=("too small",))),
        "too small",
    )
    admit(ledger, champion, "A01")
    assert [m["cause"] for m in programme.moves(ledger, "A01")] == ["admitted", "put_forward"]


@pytest.mark.parametrize(
    ("act", "kind", "said"),
    [
        (lambda s, w: programme.nominate(s, "A01", as_of=DAY, reason=" ", who=w), BadInput, "Say why"),
        (lambda s, w: programme.nominate(s, "Z", as_of=DAY, reason="x", who=w), NotFound, "no account Z"),
        (lambda s, w: programme.nominate(s, "A02", as_of=DAY, reason="x", who=w), RuleBroken, "not outside"),
        (lambda s, w: programme.nominate(s, "A02", as_of=DAY, reason="x" * 2001, who=w), BadInput, "longer than 2000"),
        (lambda s, w: programme.withdraw(s, "A01", as_of=DAY, reason="x", who=w), RuleBroken, "nothing to withdraw"),
        (lambda s, w: programme.withdraw(s, "A02", as_of=DAY, reason="", who=w), BadInput, "what the customer said"),
        (
            lambda s, w: programme.withdraw(s, "A02", as_of=date(2025, 1, 1), reason="x", who=w),
            RuleBroken,
            "last decision",
        ),
        (lambda s, w: programme.plan_transition(s, "A02", "p", [], as_of=DAY, who=w), BadInput, "at least one step"),
        (lambda s, w: programme.plan_transition(s, "A02", " ", [STEP], as_of=DAY, who=w), BadInput, "Write how"),
        (
            lambda s, w: programme.plan_transition(s, "A02", "p", [Step("x", " ", LATER)], as_of=DAY, who=w),
            BadInput,
            "who does it",
        ),
        (
            lambda s, w: programme.plan_transition(s, "A02", "p", [Step("x", "y", date(2025, 1, 1))], as_of=DAY, who=w),
            BadInput,
            "before the plan is written",
        ),
        (
            lambda s, w: programme.plan_transition(s, "A01", "p", [STEP], as_of=DAY, who=w),
            RuleBroken,
            "no exit to prepare",
        ),
        (
            lambda s, w: programme.approve_exit(s, "A02", approved_by="", as_of=DAY, reason="x", who=w),
            BadInput,
            "Name our executive",
        ),
        (lambda s, w: programme.close_transition(s, "A02", as_of=DAY, reason="x", who=w), RuleBroken, "not exiting"),
        (lambda s, w: programme.close_step(s, 9, done_on=DAY, expected_version=1, who=w), NotFound, "no longer there"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(ledger, champion, act, kind, said):
    admit(ledger, champion, "A02")
    refused(ledger, kind, lambda: act(ledger, champion), said)
    assert len(programme.moves(ledger)) == 2


def test_a_customer_that_withdraws_keeps_its_place_until_the_transition_is_closed(ledger, champion):
    parameters.adopt(ledger, "programme.accounts_at_most", 1, valid_from=DAY, source="board", who=champion)
    admit(ledger, champion, "A01")
    programme.withdraw(ledger, "A01", as_of=DAY, reason="wants the price only", who=champion)
    assert state(ledger, "A01", DAY)["state"] == "exiting"
    refused(ledger, RuleBroken, lambda: admit(ledger, champion, "A02"), "The programme is full")
    programme.plan_transition(ledger, "A01", "The distributor serves it", [STEP], as_of=DAY, who=champion)
    (step,) = programme.transition(ledger, "A01", DAY)["steps"]
    refused(
        ledger,
        RuleBroken,
        lambda: programme.close_transition(ledger, "A01", as_of=DAY, reason="done", who=champion),
        "1 step of the transition plan is still open",
    )
    programme.close_step(ledger, step["step_id"], done_on=DAY, expected_version=1, who=champion)
    with pytest.raises(StaleWrite):
        programme.close_step(ledger, step["step_id"], done_on=DAY, expected_version=1, who=champion)
    programme.close_transition(ledger, "A01", as_of=DAY, reason="handed over", who=champion)
    assert (programme.size(ledger, DAY), programme.decisions(ledger)[0].decision) == (0, "released")
    admit(ledger, champion, "A02")


def test_a_nominated_account_that_withdraws_is_outside_again(ledger, champion):
    programme.nominate(ledger, "A01", as_of=DAY, reason="growing", who=champion)
    programme.withdraw(ledger, "A01", as_of=DAY, reason="not interested", who=champion)
    assert state(ledger, "A01")["state"] == "outside"
    assert ledger.read("programme.roster_decisions").total == 0


def test_the_plan_written_last_holds_and_that_of_an_earlier_stay_does_not(ledger, champion):
    admit(ledger, champion, "A01")
    programme.plan_transition(ledger, "A01", "first", [STEP], as_of=DAY, who=champion)
    programme.plan_transition(ledger, "A01", "second", [STEP, STEP], as_of=DAY, who=champion)
    found = programme.transition(ledger, "A01", DAY)
    assert (found["plan"], len(found["steps"]), state(ledger, "A01")["open_step_count"]) == ("second", 2, 2)
    programme.release(ledger, "A01", as_of=DAY, reason="x", who=champion)
    programme.admit(ledger, "A01", PASS, as_of=LATER, reason="back", who=champion)
    assert programme.transition(ledger, "A01", LATER) is None


def test_a_double_click_puts_forward_once_and_the_audit_says_who(ledger, champion):
    op_id = new_operation()
    for _click in range(2):
        programme.nominate(ledger, "A01", as_of=DAY, reason="growing", who=champion, op_id=op_id)
    assert len(programme.moves(ledger)) == 1
    event = events(ledger, subject_kind="account", subject_id="A01")[0]
    assert (event.action, event.person_name, event.details["reason"]) == (
        "put account forward",
        champion.name,
        "growing",
    )


def test_lines_that_cross_and_undecided_rules_are_refused(ledger, champion):
    parameters.adopt(ledger, "programme.exit_line", 5, valid_from=DAY, source="x", who=champion)
    with pytest.raises(BadInput, match="must lie below the entry line"):
        programme.rules(ledger, DAY)
    parameters.adopt(ledger, "programme.exit_line", None, valid_from=LATER, source="x", who=champion)
    with pytest.raises(RuleBroken, match="exit_line is undecided"):
        programme.rules(ledger, LATER)
    parameters.adopt(ledger, "programme.exit_line", 1, valid_from=LATER, source="x", who=champion)
    parameters.adopt(ledger, "programme.accounts_at_most", None, valid_from=LATER, source="x", who=champion)
    with pytest.raises(RuleBroken, match="No limit of key accounts"):
        programme.rules(ledger, LATER)


@pytest.mark.parametrize(
    "damage",
    [
        "delete from programme.moves where state_after = 'member'",
        "update programme.moves set state_after = 'exiting' where state_after = 'nominated'",
        "update programme.moves set state_after = 'outside' where state_after = 'member'",
    ],
)
def test_moves_that_do_not_fit_the_roster_or_each_other_are_found(ledger, champion, damage):
    admit(ledger, champion, "A01")
    with ledger.cursor() as cursor:
        cursor.execute(damage)
    assert ledger.read("programme.unmatched_states").column("account_id") == ["A01"]


def test_decisions_of_before_the_moves_were_kept_become_moves(ledger, champion):
    """The migration's own statement, on a roster that has no moves yet."""
    from kam.store import migrations

    admit(ledger, champion, "A01")
    admit(ledger, champion, "A02")
    programme.release(ledger, "A02", as_of=LATER, reason="x", who=champion)
    text = next(file for number, file in migrations.numbered() if number == 100).read_text("utf-8")
    begin = text.index("insert into programme.moves")
    with ledger.cursor() as cursor:
        cursor.execute("delete from programme.moves")
        assert ledger.read("programme.unmatched_states").total == 1
        cursor.execute(text[begin : text.index(";", begin)])
    ledger.ask_afresh()
    assert ledger.read("programme.unmatched_states").total == 0
    assert (state(ledger, "A01")["state"], state(ledger, "A02")["state"]) == ("member", "outside")
    assert state(ledger, "A01")["member_since"] == DAY

"""The demonstration programme is in full operation, and shows the troubles that the workbench exists to show."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from kam import access, benchmarking, managers, parameters, programme, selection, sponsorship, store, verification
from kam.demonstration import inputs
from kam.errors import RuleBroken
from kam.store import Condition
from tests.demonstration.conftest import UNTIL


@pytest.fixture(scope="module")
def who(demo):
    return access.chosen(demo)


@pytest.fixture(scope="module")
def measures(demo):
    """Name -> the account's measures and standing at the end of the ledger."""
    rows = demo.read("programme.account_list", {"as_of": UNTIL, "level": "account"})
    return {row["name"]: row for row in rows}


def one_of_cast(**told):
    found = [m for m in inputs.cast() if all(m.get(key) == value for key, value in told.items())]
    return found[0]["name"]


def test_it_is_sound(demo):
    assert [check for check in verification.verify(demo) if not check.is_ok] == []


def test_it_has_the_size_that_was_asked_for(demo):
    assert demo.read("ledgers.accounts").total == 400
    assert demo.read("ledgers.order_lines", columns=("line_no",), limit=1).total == 120_000
    last = demo.one("ledgers.extent")["last_order_on"]
    assert UNTIL - timedelta(days=4) <= last <= UNTIL


def test_there_are_sixteen_key_accounts_and_two_that_left(demo):
    assert programme.size(demo, UNTIL) == 16
    decided = Counter(decision.decision for decision in programme.decisions(demo))
    assert decided == {"admitted": 18, "released": 2}


def test_every_admission_carries_the_verdicts_seen_that_day_and_all_of_them_passed(demo):
    admitted = [decision for decision in programme.decisions(demo) if decision.decision == "admitted"]
    for decision in admitted:
        assert decision.seen["verdict"] == "pass"
        assert decision.seen["as_of"] == decision.decided_on.isoformat()
        assert all(gate["verdict"] == "pass" for gate in decision.seen["gates"])
    assert len({decision.criteria_set_id for decision in admitted}) == 2


def test_a_big_key_account_loses_money(measures):
    loser = measures["Meridian Process Group"]
    assert loser["is_key_account"] and loser["revenue_rank"] <= 3
    assert loser["contribution_12m"] < -100_000


def test_one_executive_sponsors_six_accounts_against_a_cap_of_five(demo, who):
    active = demo.read("sponsorship.active_sponsors").column("executive_id")
    assert Counter(active).most_common(1)[0][1] == 6
    assert parameters.value_at(demo, "sponsorship.accounts_refused_above", UNTIL).value == 5
    assert any(finding.rule for finding in sponsorship.check(demo, UNTIL, for_whom=who).findings)


def test_one_key_account_has_no_sponsor(demo):
    without = [
        row["name"] for row in demo.read("sponsorship.roster_sponsors", {"as_of": UNTIL}) if not row["executive_id"]
    ]
    assert without == [one_of_cast(vacant=True)]


def test_one_key_account_went_quiet(measures):
    quiet = measures[next(m["name"] for m in inputs.cast() if m.get("stopped_days"))]
    assert quiet["is_key_account"] and quiet["activity_state"] == "dormant"


def test_one_account_misses_the_revenue_gate_by_a_hair(demo, who, measures):
    account_id = measures[one_of_cast(near_miss=True)]["account_id"]
    verdict = selection.assess_account(demo, account_id, UNTIL, for_whom=who)
    failed = [gate for gate in verdict.gates if gate.verdict == "fail"]
    assert [gate.measure for gate in failed] == ["revenue_12m"]
    assert 0.95 * failed[0].threshold < failed[0].value < failed[0].threshold


def test_the_golf_friend_is_visited_and_noted_and_cannot_be_admitted(demo, who, measures):
    friend = measures[one_of_cast(friend_of="EX01")]
    noted = demo.read(
        "ledgers.interactions",
        where=[store.Condition("account_id", "=", friend["account_id"])],
        order_by=[("occurred_on", False)],
    )
    assert noted.column("kind").count("executive_visit") == 7
    assert any("Declined" in summary for summary in noted.column("summary"))
    with pytest.raises(RuleBroken):
        selection.admit(demo, friend["account_id"], as_of=UNTIL, reason="He asked for it", who=who)
    assert programme.size(demo, UNTIL) == 16


def test_reviews_were_held_and_some_actions_are_overdue(demo):
    reviews = Counter(demo.read("reviews.reviews").column("state"))
    assert reviews["held"] >= 20 and reviews["planned"] >= 5
    actions = demo.read("reviews.actions").records()
    assert any(action["state"] == "done" for action in actions)
    assert any(action["state"] == "open" and action["due_on"] < UNTIL for action in actions)


def test_invoices_come_in_several_currencies_with_returns_and_rush_lines(demo):
    lines = demo.read("ledgers.order_lines", columns=("currency", "net_revenue", "is_rush", "order_date"))
    assert {"EUR", "USD", "GBP", "CHF"} <= set(lines.column("currency"))
    returned = sum(amount < 0 for amount in lines.column("net_revenue"))
    assert 0.01 < returned / len(lines) < 0.05
    assert 0.02 < sum(lines.column("is_rush")) / len(lines) < 0.3
    months = Counter(day.month for day in lines.column("order_date"))
    assert months[8] < 0.8 * months[3], "August is quiet, March is not"


def test_accounts_stand_in_groups(demo):
    assert demo.read("ledgers.account_groups", where=[store.Condition("depth", ">", 0)]).total > 20


def test_people_have_names_of_their_own(demo):
    for table in ("ledgers.executives", "ledgers.account_managers", "ledgers.accounts"):
        names = demo.read(table).column("name")
        assert len(set(names)) == len(names)
    assert demo.read("ledgers.executives").total == 9 and demo.read("ledgers.account_managers").total == 12


def test_last_years_benchmark_round_is_closed_and_this_years_is_open(demo):
    rounds = {held.year: held.state for held in benchmarking.rounds(demo)}
    assert rounds == {UNTIL.year - 1: "closed", UNTIL.year: "open"}
    raters = set(benchmarking.ratings(demo, UNTIL.year).column("rater"))
    assert len(raters) == 2


def test_two_selection_cycles_are_in_force_and_one_lies_on_the_table(demo, who):
    latest, second, first = selection.cycles(demo)
    assert [cycle.state for cycle in (first, second, latest)] == ["in_force", "in_force", "assessed"]
    assert all("Marta Lindqvist" in cycle.present for cycle in (first, second))
    assert first.frozen["start_small"] and not second.frozen["start_small"]
    decided = Counter(a["decision"] for a in selection.cycle_accounts(demo, first.cycle_id, for_whom=who))
    assert decided["enter"] == 14 and decided["wait"] == 2
    proposed = Counter(a["proposal"] for a in selection.cycle_accounts(demo, latest.cycle_id, for_whom=who))
    assert proposed["stay"] == 16 and proposed["enter"] and proposed["decline"]


def test_the_loss_maker_is_at_risk_and_an_account_left_by_its_plan(demo, measures):
    states = {row["account_id"]: row for row in demo.read("programme.states", {"as_of": UNTIL})}
    assert states[measures["Meridian Process Group"]["account_id"]]["state"] == "at_risk"
    left = programme.moves(demo, measures["Iberica Foods"]["account_id"])
    assert [move["cause"] for move in left][:2] == ["transition_closed", "customer_withdrew"]


def test_the_golf_friend_and_the_near_miss_stand_in_the_register_refused(demo):
    outcomes = {request.outcome: request for request in selection.exception_requests(demo)}
    assert outcomes.keys() == {"refused_ground", "refused_gate"}
    assert outcomes["refused_ground"].asked_by == "Henrik Ahlgren"


def test_the_champion_has_level_time_and_agenda_and_no_successor_yet(demo):
    assert programme.champion_on(demo, UNTIL)["name"] == inputs.people()["champion"]
    assert [warning.rule for warning in programme.champion_warnings(demo, UNTIL)] == ["no_successor"]
    reached = demo.read("programme.roadshow_reach", {"as_of": UNTIL}).column("function")
    assert {"Operations", "Supply chain"} <= set(reached)


def test_account_managers_have_a_gap_a_bias_trainings_and_a_flagged_scheme(demo, who):
    lacking = managers.lacking(demo, UNTIL, for_whom=who)
    assert any(row["gap_names"] for row in lacking) and any(row["bias_names"] for row in lacking)
    trained = set(demo.read("managers.function_reach", {"as_of": UNTIL}).column("function"))
    assert {"Operations", "Supply chain"} <= trained
    (scheme,) = managers.schemes(demo, UNTIL, for_whom=who)
    assert {finding.finding for finding in scheme.findings} >= {"pays_on_revenue", "pays_on_visits"}


def test_one_account_changed_hands_long_ago_and_one_just_now(demo):
    rows = demo.read("managers.handover_list", {"as_of": UNTIL}, where=[Condition("kind", "=", "manager")])
    assert sorted(row["handover_state"] for row in rows) == ["closed", "open"]


def test_the_plans_are_of_different_maturity_and_one_key_account_has_none(demo):
    rows = demo.read("plans.progress", {"as_of": UNTIL}).records()
    states = Counter(row["plan_state"] for row in rows)
    assert (states["open"], states["continued"]) == (15, 1)
    assert any(row["overdue_count"] for row in rows) and any(row["due_done_count"] for row in rows)
    assert min(row["action_count"] for row in rows) == 1 < max(row["action_count"] for row in rows)


def test_promises_are_kept_and_broken_and_complaints_stand_at_every_level(demo):
    promises = Counter(row["commitment_state"] for row in demo.read("plans.commitment_list", {"as_of": UNTIL}))
    assert {"kept", "broken", "overdue"} <= promises.keys()
    complaints = demo.read("plans.complaint_list", {"as_of": UNTIL}).records()
    assert {row["complaint_state"] for row in complaints} >= {"closed", "overdue", "unanswered", "in_hand"}
    assert {0, 3} <= {row["escalation_level"] for row in complaints}
    assert any(row["offered_to"] for row in complaints)


def test_there_is_white_potential_and_a_funnel_in_every_open_stage(demo):
    groups = {row["account_id"] for row in demo.read("plans.whitespace_notes")}
    assert len(groups) == 2
    funnel = demo.read("plans.funnel", {"as_of": UNTIL, "of_account": None})
    assert min(funnel.column("opportunity_count")) > 0

"""Commitments kept and broken, complaints with owners and clocks, concessions, and the readings over functions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kam import parameters, plans
from kam.errors import BadInput, RuleBroken, StaleWrite
from kam.store import Condition
from tests.plans.conftest import AS_OF

BEGIN = date(2024, 1, 1)
PROMISE = {"commitment": "Priority", "function": "supply_chain", "owner": "Bo", "begins_on": BEGIN}
COMPLAINT = {"complaint": "Late", "function": "transport", "severity": "minor", "received_on": AS_OF}


def promised(store, who, **changed):
    return plans.record(store, "commitment", "A", PROMISE | changed, as_of=BEGIN, who=who)


def received(store, who, on=AS_OF, account="A", **changed):
    values = COMPLAINT | {"received_on": on} | changed
    return plans.receive(store, account, values, received_by="Ada Berg", as_of=on, who=who)


def complaint(store, number, as_of=AS_OF):
    return store.one("plans.complaint_list", {"as_of": as_of}, where=[Condition("complaint_id", "=", number)])


def test_the_template_names_known_functions_only():
    assert {p.function for p in plans.practices().values()} <= plans.functions().keys()
    assert {"supply_priority", "first_trial", "customer_events", "executive_visits", "joint_promotion",
            "feedback_on_people", "incentive_policy", "fast_information", "yearly_meeting"} <= plans.practices().keys()  # fmt: skip


def test_a_commitment_is_what_was_seen_last_and_its_share_is_of_twelve_months(ledger, champion):
    number = promised(ledger, champion)
    observed = [(date(2024, 6, 30), True), (date(2024, 7, 1), False), (date(2025, 1, 1), True), (AS_OF, False)]
    for on, is_kept in observed:
        plans.observe_commitment(ledger, number, observed_on=on, is_kept=is_kept, evidence="report", who=champion)
    row = ledger.one("plans.commitment_list", {"as_of": AS_OF})
    assert (row["kept_count_12m"], row["broken_count_12m"], row["commitment_state"]) == (1, 2, "broken")
    assert row["kept_share_12m"] == pytest.approx(1 / 3)
    before = ledger.one("plans.commitment_list", {"as_of": AS_OF - timedelta(days=1)})
    assert (before["commitment_state"], before["kept_count_12m"], before["broken_count_12m"]) == ("kept", 2, 1)


@pytest.mark.parametrize(
    ("due_on", "seen", "state"),
    [
        (None, None, "not_observed"),
        (AS_OF + timedelta(days=31), None, "not_observed"),
        (AS_OF + timedelta(days=30), None, "due_soon"),
        (AS_OF, None, "due_soon"),
        (AS_OF - timedelta(days=1), None, "overdue"),
        (AS_OF - timedelta(days=1), True, "kept"),
        (AS_OF - timedelta(days=1), False, "overdue"),
        (AS_OF, False, "broken"),
    ],
)
def test_where_a_commitment_stands(ledger, champion, due_on, seen, state):
    number = promised(ledger, champion, due_on=due_on)
    if seen is not None:
        plans.observe_commitment(ledger, number, observed_on=AS_OF, is_kept=seen, evidence="x", who=champion)
    assert ledger.one("plans.commitment_list", {"as_of": AS_OF})["commitment_state"] == state


def test_an_observation_needs_evidence_and_a_day_within_the_promise(ledger, champion):
    number = promised(ledger, champion)
    with pytest.raises(BadInput) as refused:
        plans.observe_commitment(ledger, number, observed_on=AS_OF, is_kept=True, evidence=" ", who=champion)
    assert refused.value.field == "evidence"
    with pytest.raises(RuleBroken):
        plans.observe_commitment(
            ledger, number, observed_on=BEGIN - timedelta(days=1), is_kept=True, evidence="x", who=champion
        )
    assert not len(ledger.read("plans.commitment_checks"))


def test_who_receives_a_complaint_owns_it_until_someone_accepts_it(ledger, champion):
    number = received(ledger, champion)
    plans.offer(ledger, number, to="Bo", reason="Transport", as_of=AS_OF, expected_version=1, who=champion)
    assert (complaint(ledger, number)["owner"], complaint(ledger, number)["offered_to"]) == ("Ada Berg", "Bo")
    with pytest.raises(BadInput):
        plans.decide_offer(ledger, number, is_accepted=False, as_of=AS_OF, expected_version=None, who=champion)
    decided = {"as_of": AS_OF, "expected_version": None, "who": champion}
    plans.decide_offer(ledger, number, is_accepted=False, reason="On leave", **decided)
    assert (complaint(ledger, number)["owner"], complaint(ledger, number)["offered_to"]) == ("Ada Berg", None)
    plans.offer(ledger, number, to="Cy", reason="Quality", as_of=AS_OF, expected_version=None, who=champion)
    later = AS_OF + timedelta(days=1)
    plans.decide_offer(ledger, number, is_accepted=True, **decided | {"as_of": later})
    assert complaint(ledger, number, later)["owner"] == "Cy"
    assert complaint(ledger, number)["owner"] == "Ada Berg"  # the day before, it was not accepted yet
    steps = ledger.read("plans.complaint_owners", order_by=[("recorded_at", False)]).column("step")
    assert steps == ["received", "offered", "declined", "offered", "accepted"]
    with pytest.raises(RuleBroken):
        plans.decide_offer(ledger, number, is_accepted=True, **decided)
    with pytest.raises(RuleBroken, match="owns it already"):
        plans.offer(ledger, number, to="cy", reason="x", as_of=later, expected_version=None, who=champion)


@pytest.mark.parametrize(
    ("days", "severity", "overdue", "level"),
    [
        (3, "minor", 0, 0),  # the first answer is due today
        (4, "minor", 1, 1),
        (10, "minor", 7, 1),
        (11, "minor", 8, 2),
        (24, "minor", 21, 2),
        (25, "minor", 22, 3),
        (0, "critical", 0, 0),
        (1, "critical", 1, 1),
        (2, "serious", 1, 1),
    ],
)
def test_the_clock_and_the_escalation_by_overdue_time(ledger, champion, days, severity, overdue, level):
    number = received(ledger, champion, on=AS_OF - timedelta(days=days), severity=severity)
    row = complaint(ledger, number)
    assert (row["days_overdue"], row["escalation_level"]) == (overdue, level)
    assert row["complaint_state"] == ("overdue" if overdue else "unanswered")


def test_an_answer_stops_the_first_clock_and_not_the_second(ledger, champion):
    on = AS_OF - timedelta(days=30)
    number = received(ledger, champion, on=on)
    plans.answer(
        ledger, number, answered_on=on + timedelta(days=4), first_answer="We look", expected_version=1, who=champion
    )
    row = complaint(ledger, number)
    assert (row["is_answered_in_time"], row["days_overdue"], row["complaint_state"]) == (False, 0, "in_hand")
    assert complaint(ledger, number, AS_OF + timedelta(days=1))["days_overdue"] == 1
    assert complaint(ledger, number, on + timedelta(days=4 - 1))["answered_on"] is None


def test_clocks_are_those_of_the_day_it_was_received(ledger, champion):
    number = received(ledger, champion, on=AS_OF - timedelta(days=2))
    late = received(ledger, champion, on=AS_OF)
    parameters.adopt(ledger, "plans.first_answer_days_minor", 1, valid_from=AS_OF, source="Committee", who=champion)
    assert complaint(ledger, number)["answer_due_on"] == AS_OF + timedelta(days=1)
    assert complaint(ledger, late)["answer_due_on"] == AS_OF + timedelta(days=1)


def test_a_complaint_is_closed_with_outcome_and_cause_only(ledger, champion):
    number = received(ledger, champion)
    closing = {"as_of": AS_OF, "expected_version": 1, "who": champion}
    for outcome, cause, field in (("", "x", "outcome"), ("x", " ", "cause")):
        with pytest.raises(BadInput) as refused:
            plans.close_complaint(ledger, number, outcome=outcome, cause=cause, **closing)
        assert refused.value.field == field
    with pytest.raises(StaleWrite):
        plans.close_complaint(ledger, number, outcome="x", cause="y", **closing | {"expected_version": 5})
    with pytest.raises(RuleBroken):
        plans.close_complaint(ledger, number, outcome="x", cause="y", **closing | {"as_of": AS_OF - timedelta(days=1)})
    plans.close_complaint(ledger, number, outcome="Replaced", cause="Mixed up", **closing)
    row = complaint(ledger, number)
    assert (row["complaint_state"], row["outcome"], row["cause"]) == ("closed", "Replaced", "Mixed up")
    assert (row["answered_on"], row["is_solved_in_time"], row["escalation_level"]) == (AS_OF, True, None)
    with pytest.raises(RuleBroken):
        plans.close_complaint(ledger, number, outcome="x", cause="y", **closing)


def test_a_complaint_from_the_future_or_of_an_unknown_function_is_refused(ledger, champion):
    with pytest.raises(RuleBroken) as refused:
        plans.receive(
            ledger,
            "A",
            COMPLAINT | {"received_on": AS_OF + timedelta(days=1)},
            received_by="A",
            as_of=AS_OF,
            who=champion,
        )
    assert refused.value.field == "received_on"
    with pytest.raises(BadInput) as refused:
        received(ledger, champion, function="magic")
    assert refused.value.reason == "unknown_function"
    with pytest.raises(BadInput) as refused:
        plans.receive(ledger, "A", COMPLAINT, received_by="", as_of=AS_OF, who=champion)
    assert refused.value.field == "received_by"


def test_functions_and_accounts_add_up_to_the_lists(ledger, champion):
    for function, due_on, kept in (("quality", None, True), ("quality", BEGIN, None), ("transport", None, False)):
        number = promised(ledger, champion, function=function, due_on=due_on)
        if kept is not None:
            plans.observe_commitment(ledger, number, observed_on=AS_OF, is_kept=kept, evidence="x", who=champion)
    for days, account in ((0, "A"), (40, "A"), (40, "B")):
        received(ledger, champion, on=AS_OF - timedelta(days=days), account=account)
    solved = received(ledger, champion, on=AS_OF - timedelta(days=5))
    plans.close_complaint(ledger, solved, outcome="x", cause="y", as_of=AS_OF, expected_version=1, who=champion)

    functions = {r["function"]: r for r in ledger.read("plans.function_service", {"as_of": AS_OF})}
    assert set(functions) == {"quality", "transport"}
    assert (functions["quality"]["kept_share_12m"], functions["quality"]["overdue_commitment_count"]) == (1, 1)
    assert functions["quality"]["unobserved_count"] == 1
    assert (functions["transport"]["open_complaint_count"], functions["transport"]["overdue_complaint_count"]) == (3, 2)
    accounts = {r["account_id"]: r for r in ledger.read("plans.account_service", {"as_of": AS_OF})}
    for column in ("open_complaint_count", "overdue_complaint_count", "complaint_count_12m", "commitment_count"):
        assert sum(r[column] for r in accounts.values()) == sum(r[column] for r in functions.values()), column
    assert (accounts["A"]["in_time_share_12m"], accounts["B"]["in_time_share_12m"]) == (1, None)
    assert accounts["A"]["highest_escalation"] == 3


def test_concessions_stand_beside_non_price_measures_and_an_unknown_cost_is_unknown(ledger, champion):
    def give(kind, cost, **changed):
        values = {
            "kind": kind,
            "concession": "x",
            "begins_on": AS_OF,
            "cost_amount": cost,
            "reason": "y",
            "given_by": "Bo",
        }
        return plans.record(ledger, "concession", "A", values | changed, as_of=AS_OF, who=champion)

    give("price", 100)
    give("price", Decimal("0.10"))
    give("non_price", 40)
    give("price", 1000, begins_on=BEGIN, ends_on=AS_OF - timedelta(days=1))
    give("price", 1000, begins_on=AS_OF + timedelta(days=1))
    row = ledger.one("plans.account_service", {"as_of": AS_OF})
    assert (row["price_cost_amount"], row["non_price_cost_amount"]) == (Decimal("100.10"), 40)
    states = ledger.read("plans.concession_list", {"as_of": AS_OF}, order_by=[("concession_id", False)])
    assert states.column("concession_state") == ["runs", "runs", "runs", "ended", "coming"]
    give("non_price", None)
    row = ledger.one("plans.account_service", {"as_of": AS_OF})
    assert (row["price_cost_amount"], row["non_price_cost_amount"]) == (Decimal("100.10"), None)

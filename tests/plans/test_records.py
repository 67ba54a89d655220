"""What records of plans refuse, and that two people who change one lose nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kam import plans, value
from kam.errors import BadInput, Refusal, RuleBroken, StaleWrite
from kam.store import Condition, events
from tests.plans.conftest import AS_OF

ACTION = {"action": "Visit", "owner": "Bo", "starts_on": date(2025, 7, 1), "due_on": date(2025, 9, 1)}
OBJECTIVE = {"objective": "Grow", "target_value": 10.0, "due_on": date(2025, 12, 31)}
COMMITMENT = {"commitment": "Priority", "function": "supply_chain", "owner": "Bo", "begins_on": date(2025, 1, 1)}
CONCESSION = {
    "kind": "price",
    "concession": "5 % off",
    "begins_on": date(2025, 1, 1),
    "cost_amount": 12000.005,
    "reason": "Tender",
    "given_by": "Bo",
}


@pytest.mark.parametrize(
    ("kind", "values", "reason", "field"),
    [
        ("action", ACTION | {"due_on": date(2025, 6, 30)}, "due_before_start", "due_on"),
        ("action", ACTION | {"owner": " "}, "missing", "owner"),
        ("action", ACTION | {"progress_share": 1.01}, "out_of_range", "progress_share"),
        ("action", ACTION | {"swot_id": 99}, "unknown_swot", "swot_id"),
        ("action", ACTION | {"initiative_id": 99}, "unknown_initiative", "initiative_id"),
        ("objective", OBJECTIVE | {"due_on": date(2024, 12, 31)}, "due_before_start", "due_on"),
        ("objective", OBJECTIVE | {"target_value": None}, "missing", "target_value"),
        ("objective", OBJECTIVE | {"measure_id": "luck"}, "unknown_measure_id", "measure_id"),
        ("objective", OBJECTIVE | {"measure_id": "contribution_12m", "is_shown": True}, "not_for_customer", "is_shown"),
        ("risk", {"risk": "x", "owner": "Bo", "likelihood": 6, "severity": 1}, "out_of_range", "likelihood"),
        ("swot", {"kind": "luck", "item": "x"}, "unknown_kind", "kind"),
        ("commitment", COMMITMENT | {"function": "astrology"}, "unknown_function", "function"),
        ("commitment", COMMITMENT | {"due_on": date(2024, 12, 31)}, "due_before_start", "due_on"),
        ("concession", CONCESSION | {"reason": ""}, "missing", "reason"),
        ("concession", CONCESSION | {"ends_on": date(2024, 12, 31)}, "due_before_start", "ends_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(plan, ledger, champion, kind, values, reason, field):
    parent = plan if plans.KINDS[kind].parent == "plan_id" else "A"
    with pytest.raises(Refusal) as refused:
        plans.record(ledger, kind, parent, values, as_of=AS_OF, who=champion)
    assert (refused.value.reason, refused.value.field) == (reason, field)
    assert not len(ledger.read(plans.KINDS[kind].table))


@pytest.mark.parametrize("kind", ["action", "risk", "objective", "swot", "commitment", "concession"])
def test_nothing_ends_without_an_outcome(plan, ledger, champion, kind):
    values = {
        "action": ACTION,
        "objective": OBJECTIVE,
        "commitment": COMMITMENT,
        "concession": CONCESSION,
        "risk": {"risk": "x", "owner": "Bo"},
        "swot": {"kind": "threat", "item": "x"},
    }[kind]
    known = plans.KINDS[kind]
    number = plans.record(ledger, kind, plan if known.parent == "plan_id" else "A", values, as_of=AS_OF, who=champion)
    ending = min(known.closing)
    with pytest.raises(BadInput) as refused:
        plans.change(
            ledger, kind, number, {"state": ending, "outcome": "  "}, as_of=AS_OF, expected_version=1, who=champion
        )
    assert refused.value.field == "outcome"
    plans.change(
        ledger, kind, number, {"state": ending, "outcome": "well"}, as_of=AS_OF, expected_version=1, who=champion
    )
    row = ledger.one(known.table)
    assert (row["state"], row["closed_on"], row["outcome"]) == (ending, AS_OF, "well")


def test_money_is_kept_to_the_cent(ledger, champion):
    plans.record(ledger, "concession", "A", CONCESSION | {"cost_amount": 0.1 + 0.2}, as_of=AS_OF, who=champion)
    assert ledger.one("plans.concessions")["cost_amount"] == Decimal("0.30")


def test_a_record_that_is_opened_again_has_no_closing_day(plan, ledger, champion):
    number = plans.record(ledger, "action", plan, ACTION, as_of=AS_OF, who=champion)
    plans.change(
        ledger, "action", number, {"state": "done", "outcome": "x"}, as_of=AS_OF, expected_version=None, who=champion
    )
    plans.change(ledger, "action", number, {"state": "open"}, as_of=AS_OF, expected_version=None, who=champion)
    row = ledger.one("plans.actions")
    assert (row["state"], row["closed_on"]) == ("open", None)


def test_the_second_of_two_is_shown_both_versions_and_merges_without_loss(plan, ledger, champion):
    number = plans.record(ledger, "action", plan, ACTION, as_of=AS_OF, who=champion)
    plans.change(ledger, "action", number, {"owner": "Ada"}, as_of=AS_OF, expected_version=1, who=champion)
    with pytest.raises(StaleWrite) as stale:
        plans.change(ledger, "action", number, {"progress_share": 0.5}, as_of=AS_OF, expected_version=1, who=champion)
    assert (stale.value.theirs["owner"], stale.value.mine) == ("Ada", {"progress_share": 0.5})
    assert ledger.one("plans.actions")["progress_share"] == 0

    seen = stale.value.theirs["version"]
    plans.change(ledger, "action", number, {"progress_share": 0.5}, as_of=AS_OF, expected_version=seen, who=champion)
    row = ledger.one("plans.actions")
    assert (row["owner"], row["progress_share"]) == ("Ada", 0.5)


def test_an_item_of_another_plan_cannot_be_linked(plan, ledger, champion):
    other = plans.open_plan(
        ledger,
        "B",
        {"title": "x", "begins_on": date(2025, 1, 1), "ends_on": date(2025, 12, 31)},
        as_of=AS_OF,
        who=champion,
    )
    foreign = plans.record(ledger, "swot", other, {"kind": "threat", "item": "x"}, as_of=AS_OF, who=champion)
    with pytest.raises(BadInput, match="in this plan"):
        plans.record(ledger, "action", plan, ACTION | {"swot_id": foreign}, as_of=AS_OF, who=champion)


def test_an_action_serves_an_initiative_of_its_own_account_and_keeps_it_in_the_next_period(plan, ledger, champion):
    def initiative(account: str) -> int:
        stated = value.Initiative(
            account, Decimal(10), Decimal(20), Decimal(30), AS_OF, date(2027, 1, 1), 0.5, "Bo", "Pilot"
        )
        return value.plan_initiative(ledger, account, stated, stated_on=AS_OF, who=champion)

    own, other = initiative("A"), initiative("B")
    with pytest.raises(BadInput, match="of this account"):
        plans.record(ledger, "action", plan, ACTION | {"initiative_id": other}, as_of=AS_OF, who=champion)
    plans.record(ledger, "action", plan, ACTION | {"initiative_id": own}, as_of=AS_OF, who=champion)
    (action,) = ledger.read("plans.action_list", {"as_of": AS_OF}).records()
    assert (action["initiative_id"], action["initiative"]) == (own, "A")


def test_an_objective_in_profit_stays_ours_when_it_is_changed_too(plan, ledger, champion):
    number = plans.record(
        ledger, "objective", plan, OBJECTIVE | {"measure_id": "lifetime_value"}, as_of=AS_OF, who=champion
    )
    with pytest.raises(RuleBroken):
        plans.change(ledger, "objective", number, {"is_shown": True}, as_of=AS_OF, expected_version=1, who=champion)


def test_a_double_click_records_once_and_every_write_leaves_an_event(plan, ledger, champion):
    for _time in range(2):
        plans.record(ledger, "action", plan, ACTION, as_of=AS_OF, who=champion, op_id="same")
    assert len(ledger.read("plans.actions")) == 1
    (event,) = events(ledger, subject_kind="plan", subject_id=str(plan), limit=5)
    assert event.action == "record action"


def test_a_value_is_typed_for_what_the_ledger_does_not_compute(plan, ledger, champion):
    computed = plans.record(
        ledger, "objective", plan, OBJECTIVE | {"measure_id": "orders_12m"}, as_of=AS_OF, who=champion
    )
    typed = plans.record(ledger, "objective", plan, OBJECTIVE, as_of=AS_OF, who=champion)
    with pytest.raises(RuleBroken, match="computed"):
        plans.note_value(ledger, computed, observed_on=AS_OF, value=1, who=champion)
    with pytest.raises(BadInput):
        plans.note_value(ledger, typed, observed_on=AS_OF, value=None, who=champion)
    for day, observed in ((date(2025, 6, 1), 4.0), (date(2025, 5, 1), 3.0), (date(2025, 7, 1), 9.0)):
        plans.note_value(ledger, typed, observed_on=day, value=observed, who=champion)
    found = ledger.one("plans.objective_list", {"as_of": AS_OF}, where=[Condition("objective_id", "=", typed)])
    assert (found["current_value"], found["current_on"]) == (4.0, date(2025, 6, 1))


def test_several_are_recorded_all_or_none_with_links_among_them(plan, ledger, champion):
    swot = ("swot", {"kind": "threat", "item": "x"})
    action = ("action", ACTION | {"swot_id": ("item", 0)})
    with pytest.raises(BadInput):
        plans.record_all(ledger, plan, [swot, ("risk", {"risk": "", "owner": "Bo"})], as_of=AS_OF, who=champion)
    assert not len(ledger.read("plans.swot_items"))
    assert plans.record_all(ledger, plan, [swot, action], as_of=AS_OF, who=champion) == [1, 1]
    assert ledger.one("plans.actions")["swot_id"] == 1

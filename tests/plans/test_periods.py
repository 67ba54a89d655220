"""A plan's period: opened, frozen at closing with what was seen, continued with what is open."""

from __future__ import annotations

import json
from datetime import date

import pytest

from kam import plans
from kam.errors import BadInput, NotFound, RuleBroken, StaleWrite
from kam.store import Condition
from tests.plans.conftest import AS_OF, PERIOD

NEXT = {"title": "Plan 2026", "begins_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}


def _plan(store, number):
    return store.one("plans.plans", where=[Condition("plan_id", "=", number)])


@pytest.mark.parametrize(
    ("changed", "reason", "field"),
    [
        ({"title": "  "}, "missing", "title"),
        ({"ends_on": date(2024, 12, 31)}, "due_before_start", "ends_on"),
        ({"begins_on": None}, "missing", "begins_on"),
        ({"title": "x" * 501}, "too_long", "title"),
    ],
)
def test_a_period_that_cannot_be_is_refused_beside_its_field(ledger, champion, changed, reason, field):
    with pytest.raises(BadInput) as refused:
        plans.open_plan(ledger, "A", PERIOD | changed, as_of=AS_OF, who=champion)
    assert (refused.value.reason, refused.value.field) == (reason, field)
    assert not len(ledger.read("plans.plans"))


def test_a_period_of_one_day_is_a_period(ledger, champion):
    assert plans.open_plan(ledger, "A", PERIOD | {"ends_on": PERIOD["begins_on"]}, as_of=AS_OF, who=champion) == 1


def test_an_account_has_one_open_plan(plan, ledger, champion):
    with pytest.raises(RuleBroken, match="Plan 2025"):
        plans.open_plan(ledger, "A", NEXT, as_of=AS_OF, who=champion)
    assert plans.open_plan(ledger, "B", NEXT, as_of=AS_OF, who=champion) == plan + 1
    with pytest.raises(NotFound):
        plans.open_plan(ledger, "Z", NEXT, as_of=AS_OF, who=champion)


def _filled(store, plan, who):
    day = {"as_of": date(2025, 1, 2), "who": who}
    objective = plans.record(
        store, "objective", plan, {"objective": "Grow", "measure_id": "revenue_12m", "baseline_value": 100, "target_value": 200,
                                   "due_on": date(2025, 12, 31)}, **day
    )  # fmt: skip
    threat = plans.record(store, "swot", plan, {"kind": "threat", "item": "Second source"}, **day)
    kept = plans.record(
        store, "action", plan, {"action": "Visit", "owner": "Bo", "due_on": date(2025, 9, 1), "swot_id": threat,
                                "objective_id": objective}, **day
    )  # fmt: skip
    done = plans.record(store, "action", plan, {"action": "Call", "owner": "Bo", "due_on": date(2025, 3, 1)}, **day)
    plans.change(
        store,
        "action",
        done,
        {"state": "done", "outcome": "Called"},
        as_of=date(2025, 3, 2),
        expected_version=1,
        who=who,
    )
    plans.record(store, "risk", plan, {"risk": "Plant closes", "owner": "Bo", "likelihood": 2, "severity": 5}, **day)
    return kept


def test_closing_freezes_what_the_plan_said_and_the_readings_seen(plan, ledger, champion):
    _filled(ledger, plan, champion)
    plans.close_plan(ledger, plan, as_of=AS_OF, outcome="Half done", expected_version=1, who=champion)

    row = _plan(ledger, plan)
    kept = json.loads(row["kept"])
    assert (row["state"], row["closed_on"], row["outcome"]) == ("closed", AS_OF, "Half done")
    assert kept["objectives"][0]["current_value"] == 150.5
    assert kept["measures"]["revenue_12m"] == "150.50"
    assert kept["progress"]["due_done_count"] == 1
    assert {a["action"] for a in kept["actions"]} == {"Visit", "Call"}
    with pytest.raises(RuleBroken, match="frozen"):
        plans.change_plan(ledger, plan, {"title": "Other"}, expected_version=None, who=champion)
    with pytest.raises(RuleBroken, match="frozen"):
        plans.record(ledger, "risk", plan, {"risk": "x", "owner": "Bo"}, as_of=AS_OF, who=champion)


def test_a_plan_is_not_closed_without_an_outcome_or_twice(plan, ledger, champion):
    with pytest.raises(BadInput) as refused:
        plans.close_plan(ledger, plan, as_of=AS_OF, outcome=" ", expected_version=1, who=champion)
    assert refused.value.field == "outcome"
    with pytest.raises(StaleWrite):
        plans.close_plan(ledger, plan, as_of=AS_OF, outcome="x", expected_version=7, who=champion)
    assert _plan(ledger, plan)["state"] == "open"
    plans.close_plan(ledger, plan, as_of=AS_OF, outcome="x", expected_version=1, who=champion)
    with pytest.raises(RuleBroken):
        plans.close_plan(ledger, plan, as_of=AS_OF, outcome="y", expected_version=None, who=champion)


def test_the_next_period_takes_over_what_is_open_with_its_links(plan, ledger, champion):
    kept = _filled(ledger, plan, champion)
    with pytest.raises(RuleBroken, match="close its period first"):
        plans.continue_plan(ledger, plan, NEXT, as_of=AS_OF, who=champion)
    plans.close_plan(ledger, plan, as_of=AS_OF, outcome="Half", expected_version=1, who=champion)
    number = plans.continue_plan(ledger, plan, NEXT, as_of=AS_OF, who=champion)

    among = [Condition("plan_id", "=", number)]
    (action,) = ledger.read("plans.action_list", {"as_of": AS_OF}, where=among)
    (objective,) = ledger.read("plans.objective_list", {"as_of": AS_OF}, where=among)
    (swot,) = ledger.read("plans.swot_list", {"as_of": AS_OF}, where=among)
    assert (action["objective_id"], action["swot_id"]) == (objective["objective_id"], swot["swot_id"])
    assert objective["due_on"] == NEXT["ends_on"]  # it was due before the new period begins
    states = {r["action_id"]: r["action_state"] for r in ledger.read("plans.action_list", {"as_of": AS_OF})}
    assert states[kept] == "carried"
    progress = {r["plan_id"]: r["plan_state"] for r in ledger.read("plans.progress", {"as_of": AS_OF})}
    assert progress == {plan: "continued", number: "open"}
    with pytest.raises(RuleBroken):
        plans.continue_plan(ledger, plan, NEXT, as_of=AS_OF, who=champion)


def test_readings_of_an_earlier_day_do_not_know_what_came_later(plan, ledger, champion):
    _filled(ledger, plan, champion)
    plans.close_plan(ledger, plan, as_of=AS_OF, outcome="Half", expected_version=1, who=champion)
    before = date(2025, 3, 1)

    states = {r["action"]: r["action_state"] for r in ledger.read("plans.action_list", {"as_of": before})}
    assert states == {"Visit": "open", "Call": "due_soon"}
    assert ledger.one("plans.progress", {"as_of": before})["plan_state"] == "open"
    assert not len(ledger.read("plans.progress", {"as_of": date(2025, 1, 1)}))

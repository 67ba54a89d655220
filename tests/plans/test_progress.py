"""Progress and the course of objectives against a slow, plain second implementation, on items drawn at the boundaries."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from kam import plans, value
from kam.store import Condition
from tests.plans.conftest import AS_OF

BEGIN = date(2025, 1, 1)


def plain_course(baseline, target, current, due_on):
    """The state of an open objective, step by step."""
    if current is None:
        return "unknown"
    falls = baseline is not None and baseline > target
    if (current <= target) if falls else (current >= target):
        return "reached"
    if due_on < AS_OF:
        return "off_track"
    if baseline is None:
        return "unknown"
    whole = max(1, (due_on - BEGIN).days)
    along = min(1.0, max(0.0, (AS_OF - BEGIN).days / whole))
    course = baseline + (target - baseline) * along
    return "on_track" if ((current <= course) if falls else (current >= course)) else "behind"


def test_the_course_of_objectives_is_what_the_plain_reading_says(plan, ledger, champion):
    drawn = []
    for baseline in (None, 0.0, 100.0, 200.0):
        for target in (100.0, 50.0):
            for current in (None, 0.0, 49.0, 50.0, 75.0, 99.9, 100.0, 150.0):
                for due_on in (BEGIN, AS_OF - timedelta(days=1), AS_OF, AS_OF + timedelta(days=180)):
                    if baseline == target:
                        continue
                    drawn.append((baseline, target, current, due_on))
    random.Random(6).shuffle(drawn)
    expected = {}
    for baseline, target, current, due_on in drawn[:90]:
        values = {"objective": "x", "baseline_value": baseline, "target_value": target, "due_on": due_on}
        number = plans.record(ledger, "objective", plan, values, as_of=BEGIN + timedelta(days=1), who=champion)
        if current is not None:
            plans.note_value(ledger, number, observed_on=AS_OF, value=current, who=champion)
        expected[number] = plain_course(baseline, target, current, due_on)
    found = {r["objective_id"]: r["objective_state"] for r in ledger.read("plans.objective_list", {"as_of": AS_OF})}
    assert found == expected
    assert set(expected.values()) == {"unknown", "reached", "off_track", "behind", "on_track"}

    progress = ledger.one("plans.progress", {"as_of": AS_OF})
    known = [state for state in expected.values() if state != "unknown"]
    on_course = sum(state in ("reached", "on_track") for state in known)
    assert (progress["objective_count"], progress["known_objective_count"]) == (len(expected), len(known))
    assert progress["on_course_share"] == pytest.approx(on_course / len(known))


def test_actions_are_counted_as_by_hand(plan, ledger, champion):
    cases = [  # due, state, closed on
        (AS_OF - timedelta(days=1), "open", None),
        (AS_OF, "open", None),
        (AS_OF + timedelta(days=30), "open", None),
        (AS_OF + timedelta(days=31), "open", None),
        (AS_OF, "done", AS_OF),
        (AS_OF - timedelta(days=9), "done", AS_OF),
        (AS_OF - timedelta(days=9), "done", AS_OF + timedelta(days=1)),  # done after the day: still late on it
        (AS_OF - timedelta(days=9), "dropped", AS_OF),
        (AS_OF + timedelta(days=9), "done", AS_OF - timedelta(days=3)),
    ]
    for due_on, state, closed_on in cases:
        number = plans.record(
            ledger,
            "action",
            plan,
            {"action": "x", "owner": "Bo", "due_on": due_on},
            as_of=date(2025, 2, 1),
            who=champion,
        )
        if closed_on:
            ending = {"state": state, "outcome": "x"}
            plans.change(ledger, "action", number, ending, as_of=closed_on, expected_version=1, who=champion)
    rows = ledger.read("plans.action_list", {"as_of": AS_OF}, order_by=[("action_id", False)])
    assert rows.column("action_state") == [
        *("overdue", "due_soon", "due_soon", "open", "done", "done", "overdue", "dropped", "done")
    ]
    assert rows.column("days_late") == [1, 0, 0, 0, 0, 9, 9, 9, 0]
    progress = ledger.one("plans.progress", {"as_of": AS_OF})
    assert (progress["action_count"], progress["done_count"], progress["due_count"], progress["due_done_count"]) == (
        8,
        3,
        5,
        2,
    )
    assert (progress["overdue_count"], progress["next_due_on"]) == (2, AS_OF)


def test_a_plan_without_due_actions_has_no_share(plan, ledger):
    progress = ledger.one("plans.progress", {"as_of": AS_OF})
    assert (progress["due_done_share"], progress["on_course_share"], progress["due_count"]) == (None, None, 0)


@pytest.mark.parametrize("measure_id", plans.OBJECTIVE_MEASURES)
def test_every_measure_of_the_ledger_can_be_an_objective(plan, ledger, champion, measure_id):
    values = {"objective": "x", "measure_id": measure_id, "target_value": 1, "due_on": date(2025, 12, 31)}
    plans.record(ledger, "objective", plan, values, as_of=AS_OF, who=champion)
    found = ledger.one("plans.objective_list", {"as_of": AS_OF})
    among = [Condition("account_id", "=", "A")]
    measured = ledger.one("value.account_measures", {"as_of": AS_OF}, where=among)[measure_id]
    assert found["current_value"] == (None if measured is None else pytest.approx(float(measured)))
    assert found["unit"] == value.MEASURES[measure_id].unit


def test_a_risk_is_high_from_the_threshold_on(plan, ledger, champion):
    for likelihood, severity in ((3, 5), (5, 3), (2, 5), (4, 3), (5, 5)):
        values = {"risk": "x", "owner": "Bo", "likelihood": likelihood, "severity": severity}
        plans.record(ledger, "risk", plan, values, as_of=AS_OF, who=champion)
    found = ledger.read("plans.risk_list", {"as_of": AS_OF}, order_by=[("risk_id", False)])
    assert found.column("is_high") == [True, True, False, False, True]
    assert ledger.one("plans.progress", {"as_of": AS_OF})["high_risk_count"] == 3

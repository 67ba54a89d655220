"""A manager's profile, training plans and the functions' trainings."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kam import managers
from kam.errors import Refusal
from kam.store import Condition
from tests.managers.conftest import DAY


def plan(store, who, **given):
    named = {
        "manager_id": "M1",
        "competency": "finance",
        "method": "mentor: the controller",
        "evidence_expected": "prepares a business case alone",
        "due_on": DAY + timedelta(days=10),
        "rerate_on": DAY + timedelta(days=20),
    } | given
    return managers.plan_training(store, named.pop("manager_id"), named.pop("competency"), **named, as_of=DAY, who=who)


def state(store, days):
    return store.one("managers.training_list", {"as_of": DAY + timedelta(days=days)})["training_state"]


def close(store, who, days, **given):
    named = {"state": "done", "evidence": "case of line 3"} | given
    managers.close_training(store, 1, **named, closed_on=DAY + timedelta(days=days), expected_version=1, who=who)


def test_the_demand_is_that_of_the_accounts_held_and_a_gap_is_pointed_out(company, champion, rated):
    rated("M1", own={"consulting": 5}, finance=(4, 3), consulting=(3, 3))
    found = managers.profile(company, "M1", DAY, for_whom=champion)
    rows = {row["competency"]: row for row in found.competencies}

    assert [account["account_id"] for account in found.accounts] == ["A", "B"]
    assert (rows["consulting"]["required_level"], rows["consulting"]["gap_levels"]) == (5, 2)
    assert (rows["consulting"]["bias_levels"], rows["consulting"]["is_biased"]) == (2, True)
    assert rows["finance"]["gap_levels"] == 0.5
    assert (rows["planning"]["actual_level"], rows["planning"]["gap_levels"]) == (None, None)
    assert found.fit.weighted_gap is None and found.fit.known_count == 2


def test_the_priority_is_unknown_while_the_value_of_an_account_is(company, champion, rated):
    rated("M1", finance=(3, 3), consulting=(5, 5))
    rows = {r["competency"]: r for r in managers.profile(company, "M1", DAY, for_whom=champion).competencies}

    assert rows["finance"]["priority"] is None, "no cost model: lifetime value is unknown"
    assert rows["consulting"]["priority"] == 0


def test_what_is_lacking_stands_by_name_and_without_any_sum(company, champion, rated):
    rated("M2", own={"finance": 1}, finance=(4, 4), consulting=(2, 2))
    found = managers.lacking(company, DAY, for_whom=champion)

    assert [row["name"] for row in found] == ["Ana Reis", "Bo Lund"], "who holds no key account is left out"
    assert found[0]["gap_names"] == [] and len(found[0]["unknown_names"]) == 5
    assert found[1]["gap_names"] == ["Consulting"] and found[1]["bias_names"] == ["Finance"]
    assert found[1]["unknown_names"] == ["Planning", "Interpersonal", "Influence"]
    managers.record_leaving(company, "M2", on=DAY, reason="retires", who=champion)
    assert [row["name"] for row in managers.lacking(company, DAY, for_whom=champion)] == ["Ana Reis"]


def test_somebody_without_key_accounts_has_no_demand(company, champion, rated):
    rated("M3", finance=(2, 2))
    found = managers.profile(company, "M3", DAY, for_whom=champion)

    assert found.accounts == [] and found.value_at_stake is None
    assert {row["required_level"] for row in found.competencies} == {None}


def test_nobody_on_record_is_refused(company, champion):
    with pytest.raises(Refusal):
        managers.profile(company, "M9", DAY, for_whom=champion)


def test_a_training_is_open_overdue_done_and_then_rated_again(company, champion, rated):
    plan(company, champion)
    assert (state(company, 10), state(company, 11)) == ("open", "overdue")
    close(company, champion, 12)
    assert (state(company, 11), state(company, 12), state(company, 20)) == ("overdue", "done", "rerate")
    rated("M1", own={"finance": 5}, on=DAY + timedelta(days=21))
    assert state(company, 21) == "rerate", "one's own rating is no re-rating"
    rated("M1", on=DAY + timedelta(days=22), finance=(4,))
    assert (state(company, 21), state(company, 22)) == ("rerate", "done")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"competency": "golf"}, "competency"),
        ({"method": ""}, "method"),
        ({"evidence_expected": " "}, "evidence_expected"),
        ({"due_on": DAY - timedelta(days=1)}, "due_on"),
        ({"due_on": None}, "due_on"),
        ({"rerate_on": DAY + timedelta(days=9)}, "rerate_on"),
        ({"manager_id": "M9"}, "manager_id"),
    ],
)
def test_a_plan_without_its_parts_is_refused_beside_the_field(company, champion, given, field):
    with pytest.raises(Refusal) as refused:
        plan(company, champion, **given)
    assert refused.value.field == field
    assert len(company.read("managers.trainings")) == 0


def test_a_training_is_closed_once_with_its_evidence(company, champion):
    plan(company, champion)
    with pytest.raises(Refusal) as refused:
        close(company, champion, 1, evidence="")
    assert refused.value.field == "evidence"
    with pytest.raises(Refusal):
        close(company, champion, -1)
    close(company, champion, 1, state="dropped", evidence="changed jobs")
    assert state(company, 5) == "dropped"
    with pytest.raises(Refusal) as refused:
        close(company, champion, 2)
    assert refused.value.reason == "closed_already"


def test_nothing_is_planned_for_somebody_who_left(company, champion):
    managers.record_leaving(company, "M1", on=DAY, reason="retires", who=champion)
    with pytest.raises(Refusal) as refused:
        plan(company, champion)
    assert refused.value.reason == "has_left"


def test_the_functions_that_serve_key_accounts_are_trained_too(company, champion):
    def trained(function, count, topic, days=0):
        managers.record_function_training(
            company,
            function=function,
            topic=topic,
            trained_on=DAY - timedelta(days=days),
            trained_count=count,
            method="course",
            as_of=DAY,
            who=champion,
        )

    trained("Operations", 12, "Cost to serve", days=5)
    trained("operations", 3, "Promises", days=1)
    trained("Supply chain", 7, "Cost to serve")
    found = company.read("managers.function_reach", {"as_of": DAY}, order_by=[("function", False)]).rows
    assert [row[:4] for row in found] == [
        ("Operations", 2, 15, ["Cost to serve", "Promises"]),
        ("Supply chain", 1, 7, ["Cost to serve"]),
    ]
    before = {"as_of": DAY - timedelta(days=5)}
    assert company.read("managers.function_reach", before, where=[Condition("trained_count", "=", 12)]).total == 1
    with pytest.raises(Refusal) as refused:
        trained("Operations", 0, "x")
    assert refused.value.field == "trained_count"
    with pytest.raises(Refusal):
        trained("Operations", 1, "x", days=-1)

"""The seven steps follow the records; a judgement stands in only where none speak."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from kam import benchmarking, change, managers, programme
from kam.change import Statement, state_of
from kam.errors import BadInput
from tests.key_accounts import key_accounts
from tests.rounds import decided

DAY = date(2025, 6, 30)


def steps(store, as_of=DAY):
    return {s.step: s for s in change.step_states(store, as_of)}


def check(store, step, what, as_of=DAY):
    return next(c for c in steps(store, as_of)[step].checks if c.what == what)


def test_the_state_of_a_step_by_every_mix_of_checks():
    for met in itertools.product([True, False, None], repeat=3):
        expected = (
            None if set(met) == {None} else "in_place" if set(met) == {True} else "begun" if True in met else "absent"
        )
        assert state_of(met) == expected, met
    assert state_of([]) is None


def test_an_empty_programme_knows_nothing_but_that_nobody_is_champion(store):
    found = steps(store)
    assert list(found) == list(change.STEPS)
    assert {s.state for name, s in found.items() if name != "champion"} == {None}
    assert found["champion"].state == "absent"


def test_a_judgement_stands_in_where_no_record_speaks_and_beside_them_where_they_do(store, champion):
    for step in ("recognise", "champion"):
        change.judge_step(store, step, verdict="in_place", evidence="Charter", evidence_on=DAY, as_of=DAY, who=champion)
    found = steps(store)
    assert (found["recognise"].state, found["recognise"].basis) == ("in_place", "judgement")
    assert (found["champion"].state, found["champion"].basis) == ("absent", "records")
    assert found["champion"].judgement["verdict"] == "in_place"
    assert steps(store, date(2025, 6, 29))["recognise"].state is None


def test_the_latest_judgement_of_a_day_counts_and_the_earlier_is_kept(store, champion):
    for verdict in ("absent", "begun"):
        change.judge_step(
            store, "recognise", verdict=verdict, evidence="Minutes", evidence_on=DAY, as_of=DAY, who=champion
        )
    assert steps(store)["recognise"].state == "begun"
    assert len(store.read("change.step_judgements")) == 2


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"evidence": " "}, "without evidence"),
        ({"evidence_on": date(2025, 7, 1)}, "after 30 Jun 2025"),
        ({"evidence_on": None}, "of which day"),
        ({"verdict": "perfect"}, "absent, begun or in place"),
        ({"step": "luck"}, "which of the seven"),
    ],
)
def test_what_is_no_judgement_is_refused(store, champion, more, message):
    given = {"step": "support", "verdict": "begun", "evidence": "Minutes", "evidence_on": DAY} | more
    with pytest.raises(BadInput, match=message):
        change.judge_step(store, given.pop("step"), **given, as_of=DAY, who=champion)
    assert len(store.read("change.step_judgements")) == 0


def test_revenue_pay_keeps_the_measures_from_being_in_place_until_a_newer_scheme_is_free_of_it(store, champion):
    def adopt(measure, valid_from):
        managers.adopt_scheme(
            store,
            name=measure,
            measures=[managers.SchemeMeasure(measure, 1.0, "team")],
            period_months=36,
            valid_from=valid_from,
            who=champion,
        )

    what = "Scorecards free of revenue pay"
    assert check(store, "measures", what).is_met is None
    adopt("revenue", date(2025, 1, 1))
    assert (check(store, "measures", what).is_met, check(store, "measures", what).found) == (False, "0 of 1")
    adopt("contribution_12m", DAY)
    assert (check(store, "measures", what).is_met, check(store, "measures", what).found) == (True, "1 of 1")
    assert check(store, "measures", what, date(2025, 6, 29)).is_met is False


def test_sponsors_are_covered_when_every_key_account_has_one(store, champion):
    key_accounts(store, champion, "A", "B")
    assert (check(store, "support", "Our executive sponsors").found, steps(store)["support"].state) == (
        "0 of 2",
        "absent",
    )


def test_a_benchmark_older_than_the_rule_no_longer_counts(store, champion):
    opened = date(2024, 5, 1)
    benchmarking.open_round(store, 2024, opened_on=opened, who=champion)
    item = benchmarking.instrument().dimensions[0].items[0].item_id
    benchmarking.rate(store, 2024, [benchmarking.Rating(item, 2)], rater="Ada", as_of=opened, who=champion)
    decided(store, champion, 2024, on=opened)
    benchmarking.close_round(store, 2024, closed_on=opened, conclusions="", expected_version=1, who=champion)
    what = "Benchmark of the last year"
    assert check(store, "renewal", what, date(2025, 6, 5)).is_met is True  # 400 days after
    assert check(store, "renewal", what, date(2025, 6, 6)).is_met is False
    assert check(store, "renewal", what, date(2024, 4, 30)).is_met is None


def test_functions_are_joined_whatever_a_record_calls_them(store, champion):
    programme.log_roadshow(
        store, held_on=DAY, place="Ulm", function="Supply Chain", held_by="Ada", people_count=3, as_of=DAY, who=champion
    )
    change.state_function(
        store,
        Statement("supply_chain", "Priority when short", "Yes", "Ole", "In full", 0.97, 0.98, "higher", 40, 30),
        as_of=DAY,
        who=champion,
    )
    rows = {row["function_id"]: row for row in change.function_readiness(store, DAY)}
    assert list(rows)[:10] == list(change.FUNCTIONS)
    found = rows["supply_chain"]
    assert (found["heard_on"], found["promised"], found["is_kpi_met"], found["is_capacity_enough"]) == (
        DAY,
        "Yes",
        True,
        False,
    )
    assert rows["legal"]["asked"] is None and rows["legal"]["is_kpi_met"] is None
    assert all(row["asked"] is None for row in change.function_readiness(store, date(2025, 6, 29)))


@pytest.mark.parametrize(
    ("better", "value", "met"), [("higher", 5, True), ("lower", 5, True), ("higher", 4.9, False), ("lower", 5.1, False)]
)
def test_a_kpi_on_its_target_is_met_in_either_direction(store, champion, better, value, met):
    change.state_function(
        store,
        Statement("service", "Answer", kpi="Days", kpi_target=5, kpi_value=value, kpi_better=better),
        as_of=DAY,
        who=champion,
    )
    row = next(r for r in change.function_readiness(store, DAY) if r["function_id"] == "service")
    assert row["is_kpi_met"] is met


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        (Statement("sales", ""), "asks of this function"),
        (Statement("luck", "x"), "Choose one"),
        (Statement("sales", "x", promised="y"), "who promised"),
        (Statement("sales", "x", kpi_target=3), "Name the KPI"),
        (Statement("sales", "x", hours_given=-1), "from 0 on"),
        (Statement("sales", "x", kpi="k", kpi_value=float("nan")), "not a number"),
    ],
)
def test_what_is_no_statement_is_refused(store, champion, stated, message):
    with pytest.raises(BadInput, match=message):
        change.state_function(store, stated, as_of=DAY, who=champion)
    assert len(store.read("change.function_statements")) == 0

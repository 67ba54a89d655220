"""How managers are measured: what a scheme does wrong is said with its source, and the scorecard stays honest."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kam import managers
from kam.errors import Refusal
from kam.managers import SchemeMeasure, scorecard
from kam.managers.scorecard import READINGS, Reading
from kam.store import Condition
from tests.drawn import given
from tests.managers.conftest import DAY

GOOD = (
    SchemeMeasure("lifetime_value", 0.4, "individual"),
    SchemeMeasure("contribution_12m", 0.3, "team"),
    SchemeMeasure("plan_progress", 0.3, "individual"),
)


def adopt(store, who, measures=GOOD, months=36, **more):
    named = {"name": "Scheme", "valid_from": DAY} | more
    return managers.adopt_scheme(store, measures=measures, period_months=months, **named, who=who)


def test_the_proposed_measures_over_years_and_partly_by_team_are_flagged_with_nothing(company, champion):
    assert adopt(company, champion) == (1, [])


@pytest.mark.parametrize(
    ("measure", "finding"),
    [
        ("revenue", "pays_on_revenue"),
        ("Sales target", "pays_on_revenue"),
        ("order_intake", "pays_on_revenue"),
        ("Number of visits", "pays_on_visits"),
        ("visit_count", "pays_on_visits"),
        ("sales calls", "pays_on_visits"),
        ("customer_time", "pays_on_time"),
        ("Hours with the customer", "pays_on_time"),
        ("Customer satisfaction", None),
        ("Development of the account team", None),
    ],
)
def test_revenue_visits_and_time_are_flagged_with_reason_and_source_and_recorded_all_the_same(
    company, champion, measure, finding
):
    number, found = adopt(company, champion, [*GOOD[:2], SchemeMeasure(measure, 0.3, "individual")])

    assert [f.finding for f in found] == ([finding] if finding else [])
    assert all(f.source and f.measure == measure for f in found)
    held = managers.scheme_of(company, "M1", DAY, for_whom=champion)
    assert (held.scheme_id, held.measures[2].measure, len(held.findings)) == (number, measure, len(found))


@pytest.mark.parametrize(("months", "is_flagged"), [(12, True), (23, True), (24, False)])
def test_a_period_below_two_years_is_flagged(company, champion, months, is_flagged):
    _number, found = adopt(company, champion, months=months)
    assert [f.finding for f in found] == (["too_short"] if is_flagged else [])


def test_a_scheme_in_which_nothing_is_shared_is_flagged(company, champion):
    alone = [SchemeMeasure(m.measure, m.weight, "individual") for m in GOOD]
    assert [f.finding for f in adopt(company, champion, alone)[1]] == ["nothing_shared"]


@pytest.mark.parametrize(
    ("measures", "reason"),
    [
        ([], "missing"),
        ([SchemeMeasure("lifetime_value", 0.9, "team")], "out_of_range"),
        ([SchemeMeasure("lifetime_value", 1.1, "team")], "out_of_range"),
        ([SchemeMeasure("lifetime_value", 0.5, "team")] * 2, "duplicate_key"),
        ([SchemeMeasure(" ", 1, "team")], "missing"),
        ([SchemeMeasure("lifetime_value", 1, "family")], "bad_input"),
    ],
)
def test_a_scheme_that_does_not_add_up_is_refused(company, champion, measures, reason):
    with pytest.raises(Refusal) as refused:
        adopt(company, champion, measures)
    assert refused.value.reason == reason
    assert len(company.read("managers.schemes")) == len(company.read("managers.scheme_measures")) == 0


def test_the_latest_scheme_of_ones_own_goes_before_that_for_all(company, champion):
    adopt(company, champion, name="All")
    adopt(company, champion, name="Ana", manager_id="M1", valid_from=DAY + timedelta(days=1))

    assert managers.scheme_of(company, "M1", DAY, for_whom=champion).name == "All"
    assert managers.scheme_of(company, "M1", DAY + timedelta(days=1), for_whom=champion).name == "Ana"
    assert managers.scheme_of(company, "M2", DAY + timedelta(days=1), for_whom=champion).name == "All"
    assert managers.scheme_of(company, "M2", DAY - timedelta(days=1), for_whom=champion) is None


def test_a_value_is_unknown_where_one_account_is_unknown_and_where_no_reading_stands_behind_it(company, champion):
    found = {line.measure_id: line for line in scorecard(company, "M1", DAY, for_whom=champion).lines}

    assert found["lifetime_value"].own == (None, None, None), "no cost model is in force"
    assert found["relationship_stage"].own[0] is None
    assert (found["lifetime_value"].known_count, found["lifetime_value"].account_count) == (0, 2)


def test_a_reading_is_summed_over_the_accounts_held_and_over_all_and_over_years(company, champion, monkeypatch):
    monkeypatch.setitem(
        READINGS, "lifetime_value", Reading("programme.account_list", "revenue_12m", True, {"level": "account"})
    )
    given(
        company,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue
        P1       | A          | 2025-06-30 | 1000.00
        P2       | B          | 2025-06-30 | 200.00
        P3       | C          | 2025-06-30 | 30.00
        P4       | A          | 2024-06-30 | 7.00
        P5       | D          | 2025-06-30 | 4.00
        """,
    )
    found = scorecard(company, "M1", DAY, for_whom=champion)
    line = found.lines[0]

    assert found.days == (DAY, DAY.replace(year=2024), DAY.replace(year=2023))
    assert line.own[0] == 1200 and line.team[0] == 1234
    assert line.own[1] == 7 + 2 * 100, "the same accounts a year before, with their first purchases"
    lifetime = company.read("programme.account_list", {"as_of": DAY}, where=[Condition("is_key_account", "=", True)])
    assert line.team[0] == sum(float(row["revenue_12m"]) for row in lifetime)


def test_a_mean_is_taken_where_values_do_not_add_up(company, champion, monkeypatch):
    monkeypatch.setitem(
        READINGS, "plan_progress", Reading("programme.account_list", "order_days", False, {"level": "account"})
    )
    line = next(of for of in scorecard(company, "M1", DAY, for_whom=champion).lines if of.measure_id == "plan_progress")
    assert line.own[0] == 1 and line.known_count == 2


def test_a_reading_that_does_not_exist_yet_leaves_the_measure_unknown(company, champion, monkeypatch):
    monkeypatch.setitem(READINGS, "plan_progress", Reading("nowhere.progress", "share", False, {}))
    found = scorecard(company, "M1", DAY, for_whom=champion)
    assert {line.own[0] for line in found.lines} == {None}

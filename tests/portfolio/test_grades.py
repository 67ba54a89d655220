"""Grades: written down whole or not at all, proposed without flip-flop, with their effect on the work of a week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kam import parameters, portfolio
from kam.errors import BadInput, NotFound, RuleBroken
from kam.portfolio.regrading import Limits
from tests.portfolio.conftest import AS_OF

LIMITS = Limits((30, 91, 182), 7, 14)


def graded(store, who, accounts, grade, on=date(2025, 12, 1), **classes):
    return portfolio.grade_accounts(store, accounts, grade, reason="as agreed", classes=classes, as_of=on, who=who)


def held(store, account_id, as_of=AS_OF):
    return {r["account_id"]: r for r in store.read("portfolio.grades_held", {"as_of": as_of})}.get(account_id)


def test_the_latest_record_counts_and_the_day_since_when_runs_over_records_that_keep_the_grade(ledger, champion):
    graded(ledger, champion, ["A"], "B", date(2025, 10, 1), importance="high")
    graded(ledger, champion, ["A"], "B", date(2025, 11, 1), urgency="urgent")
    row = held(ledger, "A")
    assert (row["grade"], row["since"], row["graded_on"]) == ("B", date(2025, 10, 1), date(2025, 11, 1))
    assert (row["importance"], row["urgency"]) == ("high", "urgent")
    graded(ledger, champion, ["A"], "C", date(2025, 11, 20))
    graded(ledger, champion, ["A"], "B", date(2025, 12, 20))
    assert held(ledger, "A")["since"] == date(2025, 12, 20)
    assert held(ledger, "A", date(2025, 11, 19))["grade"] == "B"
    assert held(ledger, "A", date(2025, 9, 30)) is None


def test_a_grade_that_changes_nothing_writes_nothing(ledger, champion):
    assert graded(ledger, champion, ["A", "B"], "B") == 2
    assert graded(ledger, champion, ["A", "B"], "B") == 0


@pytest.mark.parametrize(
    ("accounts", "grade", "reason", "classes", "refusal", "field"),
    [
        (["A"], "F", "x", {}, BadInput, "grade"),
        (["A"], "A", "  ", {}, BadInput, "reason"),
        (["A"], "A", "x", {"importance": "huge"}, BadInput, "importance"),
        (["A"], "A", "x", {"colour": "red"}, BadInput, "classes"),
        ([], "A", "x", {}, BadInput, "account_ids"),
        (["A", "Z"], "A", "x", {}, NotFound, "account_id"),
    ],
)
def test_a_refused_grade_changes_nothing(ledger, champion, accounts, grade, reason, classes, refusal, field):
    with pytest.raises(refusal) as refused:
        portfolio.grade_accounts(ledger, accounts, grade, reason=reason, classes=classes, as_of=AS_OF, who=champion)
    assert refused.value.field == field
    assert not ledger.read("portfolio.grades").rows


def test_a_day_before_the_last_record_is_refused(ledger, champion):
    graded(ledger, champion, ["A"], "A", AS_OF)
    with pytest.raises(RuleBroken):
        graded(ledger, champion, ["A"], "B", AS_OF - timedelta(days=1))


@pytest.mark.parametrize(
    ("days", "need", "grade"),
    [(0, None, "A"), (30, None, "A"), (31, None, "B"), (91, None, "B"), (92, None, "C"), (182, None, "C"),
     (183, None, "D"), (None, "latent", "D"), (None, "none", "E"), (None, None, "E")],
)  # fmt: skip
def test_the_plain_grade_changes_exactly_at_its_limits(days, need, grade):
    assert portfolio.plain_grade(days, LIMITS, need) == grade


@pytest.mark.parametrize("limit", LIMITS.close_within)
def test_a_close_that_moves_around_a_limit_by_the_margin_never_moves_the_grade_back_and_forth(limit):
    """Whatever grade of the two is held, no sequence of days within the margin changes it."""
    for start in (limit, limit + 1):
        grade = portfolio.plain_grade(start, LIMITS)
        for days in [limit + step for step in (-7, 7, 0, 1, -3, 7, -6, 5, 1, 0)]:
            assert portfolio.next_grade(days, grade, 999, LIMITS) == grade


def test_beyond_the_margin_the_grade_follows_and_the_shortest_time_in_a_grade_is_kept():
    # The limit of B against C is 91: B holds up to 98, C down to 84.
    assert portfolio.next_grade(98, "B", 14, LIMITS) == "B"
    assert portfolio.next_grade(99, "B", 14, LIMITS) == "C"
    assert portfolio.next_grade(84, "C", 14, LIMITS) == "C"
    assert portfolio.next_grade(83, "C", 14, LIMITS) == "B"
    assert portfolio.next_grade(83, "C", 13, LIMITS) == "C"
    assert portfolio.next_grade(5, None, 0, LIMITS) == "A"
    assert portfolio.next_grade(None, "A", 99, LIMITS) == "E"


def test_proposals_leave_out_accounts_whose_expected_close_has_passed(ledger, champion):
    graded(ledger, champion, ["A", "C", "D"], "D", date(2025, 6, 1))
    found = {p.account_id: (p.before, p.after, p.days_ahead) for p in portfolio.proposals(ledger, AS_OF)}
    assert found == {"A": ("D", "A", 30), "B": (None, "C", 92), "D": ("D", "E", None)}


def test_an_account_with_a_recognised_need_and_no_opportunity_stays_later_or_latent(ledger, champion):
    graded(ledger, champion, ["D"], "D", date(2025, 6, 1), need="latent")
    assert "D" not in {p.account_id for p in portfolio.proposals(ledger, AS_OF)}


def test_the_workload_of_a_week_equals_a_slow_count_over_a_long_horizon(ledger, champion):
    """Each account is followed up on the very day it is due, working day by working day, for 2,100 weeks."""
    graded(ledger, champion, ["A", "B"], "A")
    graded(ledger, champion, ["C"], "C")
    graded(ledger, champion, ["D"], "D")
    load = portfolio.workload(ledger, AS_OF, {"A": "B", "D": "E"})
    days = {"A": 1, "B": 5, "C": 10, "D": 21, "E": 250}
    weeks = 2_100

    def slow(grades):
        return sum(sum(day % days[g] == 0 for day in range(1, weeks * 5 + 1)) for g in grades) / weeks

    assert load.before == pytest.approx(slow("AACD"))
    assert load.after == pytest.approx(slow("BACE"))
    assert load.by_grade == (("A", 2, 1), ("B", 0, 1), ("C", 1, 1), ("D", 1, 0), ("E", 0, 1))


def test_an_adopted_cadence_changes_the_workload_from_its_date_on(ledger, champion):
    graded(ledger, champion, ["A"], "A", date(2025, 1, 1))
    parameters.adopt(
        ledger, "portfolio.cadence_days_a", 2, valid_from=date(2025, 12, 1), source="committee", who=champion
    )
    assert portfolio.workload(ledger, date(2025, 11, 30), {}).before == 5
    assert portfolio.workload(ledger, AS_OF, {}).before == 2.5

"""Follow-ups: due by cadence and by promise, done in one go, and how many were in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kam import portfolio, programme, relationships, sponsorship
from kam.errors import BadInput, NotFound, RuleBroken, StaleWrite
from kam.store import Condition
from tests.drawn import given
from tests.portfolio.conftest import AS_OF


def grade(store, who, account, letter, on):
    portfolio.grade_accounts(store, [account], letter, reason="as agreed", as_of=on, who=who)


def due(store, as_of=AS_OF, person="Ines Brandt"):
    rows = store.read("portfolio.follow_ups", {"as_of": as_of, "of_person": person}, order_by=[("place", False)])
    return {row["follow_up_id"]: row for row in rows}


def slow_working_days_after(day: date, days: int) -> date:
    """One day after another; a weekend counts as its Friday."""
    while day.weekday() > 4:
        day -= timedelta(days=1)
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day


@pytest.mark.parametrize("cadence", [1, 5, 10, 21, 250])
def test_a_cadence_counts_working_days_from_any_day_of_the_week(ledger, champion, cadence):
    letter = {1: "A", 5: "B", 10: "C", 21: "D", 250: "E"}[cadence]
    for step in range(7):
        day = AS_OF + timedelta(days=step)
        grade(ledger, champion, "D", letter, day)
        relationships.capture(ledger, "D", kind="call", occurred_on=day, summary="x", who=champion)
        assert due(ledger, day)["C:D"]["due_on"] == slow_working_days_after(day, cadence)


def test_the_clock_runs_from_the_last_contact_and_a_survey_is_none(ledger, champion):
    grade(ledger, champion, "A", "A", date(2025, 12, 1))
    grade(ledger, champion, "D", "B", date(2025, 12, 17))
    found = due(ledger)
    # A was visited on Monday the 29th and is due the day after; D only answered a survey.
    assert (found["C:A"]["due_on"], found["C:A"]["follow_up_state"], found["C:A"]["days_late"]) == (
        date(2025, 12, 30), "overdue", 1
    )  # fmt: skip
    assert found["C:D"]["due_on"] == date(2025, 12, 24)


def test_promises_are_due_too_and_mine_come_first(ledger, champion):
    grade(ledger, champion, "A", "B", date(2025, 12, 1))
    found = due(ledger)
    assert found["P:I2"]["what"] == "Send offer" and found["P:I2"]["days_late"] == 16
    # Mine comes before another's that is longer overdue.
    assert list(found) == ["C:A", "P:I2"]
    assert list(due(ledger, person="rosa quint ")) == ["P:I2", "C:A"]


def test_doing_one_writes_the_note_the_promise_and_the_grade_in_one_go(ledger, champion):
    grade(ledger, champion, "C", "D", date(2025, 11, 1))
    done = portfolio.follow_up(
        ledger, "C", kind="call", outcome="They want the offer in March", done_on=AS_OF, promise="I2", grade="B",
        next_step="Send the new offer", next_step_due=date(2026, 1, 9), who=champion,
    )  # fmt: skip
    assert done.is_regraded
    found = due(ledger)
    assert "P:I2" not in found and found[f"P:{done.interaction_id}"]["due_on"] == date(2026, 1, 9)
    assert found["C:C"]["due_on"] == slow_working_days_after(AS_OF, 5)
    (row,) = ledger.read("portfolio.grades_held", {"as_of": AS_OF}).records()
    assert (row["grade"], row["reason"]) == ("B", "They want the offer in March")


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"outcome": " \n"}, BadInput, "outcome"),
        ({"grade": "Z"}, BadInput, "grade"),
        ({"kind": "telepathy"}, BadInput, "kind"),
        ({"next_step_due": AS_OF}, BadInput, "next_step"),
        ({"promise": "I1"}, NotFound, "promise"),
        ({"promise_outcome": "perhaps"}, BadInput, "promise_outcome"),
    ],
)
def test_a_refused_follow_up_writes_nothing(ledger, champion, changes, refusal, field):
    given = {"kind": "call", "outcome": "x", "done_on": AS_OF, "promise": "I2", "grade": "A"} | changes
    with pytest.raises(refusal) as refused:
        portfolio.follow_up(ledger, "C", **given, who=champion)
    assert refused.value.field == field
    for table in ("relationships.captured_interactions", "relationships.settled_promises", "portfolio.grades"):
        assert not ledger.read(table).rows


def test_a_grade_that_is_refused_takes_the_note_back_with_it(ledger, champion):
    grade(ledger, champion, "C", "D", AS_OF + timedelta(days=1))
    with pytest.raises(RuleBroken):
        portfolio.follow_up(ledger, "C", kind="call", outcome="x", done_on=AS_OF, grade="A", who=champion)
    assert not ledger.read("relationships.captured_interactions").rows


def test_a_follow_up_sent_twice_is_written_once(ledger, champion):
    for _turn in range(2):
        portfolio.follow_up(ledger, "C", kind="call", outcome="x", done_on=AS_OF, who=champion, op_id="once")
    assert len(ledger.read("relationships.captured_interactions")) == 1


def months(store, owner=None, as_of=AS_OF):
    rows = store.read("portfolio.compliance", {"as_of": as_of, "of_owner": owner}, order_by=[("month", False)])
    return {row["month"]: (row["in_time_count"], row["due_count"]) for row in rows}


def test_compliance_counts_what_fell_due_and_what_was_done_by_its_day(ledger, champion):
    def call(account, on):
        relationships.capture(ledger, account, kind="call", occurred_on=on, summary="x", who=champion)

    grade(ledger, champion, "B", "B", date(2025, 9, 1))  # Monday: due on the 8th
    call("B", date(2025, 9, 8))  # in time; due on the 15th
    call("B", date(2025, 9, 16))  # a day late; due on the 23rd
    grade(ledger, champion, "B", "D", date(2025, 9, 22))  # starts again: due 21 working days later, 21 October
    assert months(ledger, as_of=date(2025, 10, 21)) == {date(2025, 9, 1): (1, 2)}
    assert months(ledger, as_of=date(2025, 10, 22)) == {date(2025, 9, 1): (1, 2), date(2025, 10, 1): (0, 1)}
    assert months(ledger, "Rosa Quint", date(2025, 10, 22)) == {}
    call("B", date(2025, 10, 21))
    assert months(ledger, as_of=date(2025, 10, 22))[date(2025, 10, 1)] == (1, 1)


def test_compliance_counts_kept_promises_and_leaves_out_what_an_import_left_open(ledger, champion):
    assert months(ledger) == {}
    relationships.settle(ledger, "I2", outcome="kept", settled_on=date(2025, 12, 15), who=champion)
    assert months(ledger) == {date(2025, 12, 1): (1, 1)}
    relationships.capture(
        ledger, "A", kind="call", occurred_on=date(2025, 12, 1), summary="x", next_step="y",
        next_step_due=date(2025, 12, 30), who=champion,
    )  # fmt: skip
    assert months(ledger) == {date(2025, 12, 1): (1, 2)}


def test_the_next_date_of_an_account_is_the_earliest_to_come_and_late_ones_are_counted(ledger, champion):
    grade(ledger, champion, "C", "D", date(2025, 12, 20))
    (row,) = ledger.read("portfolio.next_dates", {"as_of": AS_OF}, where=[Condition("account_id", "=", "C")]).records()
    assert (row["next_date_on"], row["next_date_is"], row["late_count"]) == (
        slow_working_days_after(date(2025, 12, 20), 21), "follow_up", 1
    )  # fmt: skip


@pytest.fixture
def promised(ledger, champion):
    """A, a key account whose sponsor promised something for the day before."""
    given(ledger, champion, "executives", "executive_id | name | title\nE1 | Edda Falk | CFO")
    programme.admit(
        ledger,
        "A",
        programme.SeenVerdict("pass"),
        as_of=date(2025, 4, 1),
        reason="drawn",
        category="star",
        who=champion,
    )
    sponsorship.assign(ledger, "A", "E1", as_of=date(2025, 5, 1), reason="knows them", who=champion)
    promise = sponsorship.Promise("Free the test bench", "Ole Berg", AS_OF - timedelta(days=1))
    return sponsorship.make_promise(ledger, "A", promise, as_of=date(2025, 12, 1), who=champion)


@pytest.mark.parametrize("outcome", ["kept", "dropped"])
def test_doing_a_sponsors_promise_closes_it_with_the_outcome_and_leaves_the_list(ledger, champion, promised, outcome):
    at = f"S:{promised}"
    assert at in due(ledger)
    portfolio.follow_up(
        ledger, "A", kind="call", outcome="The bench is free from Monday", done_on=AS_OF, promise_outcome=outcome,
        sponsor_promise=(promised, 1), who=champion,
    )  # fmt: skip
    (held,) = ledger.read("sponsorship.promise_list", {"as_of": AS_OF})
    assert (held["promise_state"], held["closed_on"], held["note"]) == (
        f"{outcome}_late" if outcome == "kept" else outcome, AS_OF, "The bench is free from Monday"
    )  # fmt: skip
    assert at not in due(ledger)
    assert ledger.read("relationships.captured_interactions").total == 1


@pytest.mark.parametrize(("account", "version", "refusal"), [("B", 1, NotFound), ("A", 2, StaleWrite)])
def test_a_sponsors_promise_of_another_account_or_changed_since_writes_nothing(
    ledger, champion, promised, account, version, refusal
):
    with pytest.raises(refusal):
        portfolio.follow_up(
            ledger,
            account,
            kind="call",
            outcome="done",
            done_on=AS_OF,
            sponsor_promise=(promised, version),
            who=champion,
        )
    assert not ledger.read("relationships.captured_interactions").rows
    assert ledger.read("sponsorship.promises").column("state") == ["open"]

"""Complaints that an import brought: waiting for an owner within their days, taken over once, or called settled."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kam import access, plans
from kam.errors import BadInput, NotFound, RuleBroken
from tests.drawn import given

AS_OF = date(2025, 12, 31)
ROSA = access.Person("rosa-quint", "Rosa Quint", "account_manager")


@pytest.fixture
def ledger(store, champion):
    """Complaints on the first and last day of the 90, before and after them, and a visit."""
    given(store, champion, "accounts", "account_id | name | owner\nA | Alpha | Rosa Quint\nB | Beta |")
    given(
        store,
        champion,
        "interactions",
        f"""
        interaction_id | account_id | occurred_on                     | kind      | summary         | by
        I1             | A          | {AS_OF - timedelta(days=90)}    | complaint | Late twice      | Ole Berg
        I2             | A          | {AS_OF - timedelta(days=91)}    | complaint | Long ago        | Ole Berg
        I3             | B          | {AS_OF}                         | complaint | Wrong seals     |
        I4             | B          | {AS_OF + timedelta(days=1)}     | complaint | Not yet         |
        I5             | A          | {AS_OF}                         | visit     | A visit         |
        """,
    )
    return store


def waiting(store, as_of=AS_OF):
    return {row["interaction_id"]: row for row in store.read("plans.unowned_complaints", {"as_of": as_of})}


def taken(store, who, number="I1", **values):
    given_ = {"function": "operations", "severity": "serious"} | values
    return plans.take_over(store, number, given_, owner="Rosa Quint", as_of=AS_OF, who=who)


def test_only_complaints_of_the_last_days_wait_and_say_who_heard_them(ledger):
    found = waiting(ledger)
    assert set(found) == {"I1", "I3"}
    assert (found["I1"]["heard_by"], found["I1"]["complaint"], found["I3"]["heard_by"]) == (
        "Ole Berg",
        "Late twice",
        None,
    )


def test_one_that_is_taken_over_is_owned_and_its_clock_runs_from_the_day_it_was_received(ledger, champion):
    number = taken(ledger, champion)
    (row,) = ledger.read("plans.complaint_list", {"as_of": AS_OF})
    assert (row["complaint_id"], row["owner"], row["complaint"]) == (number, "Rosa Quint", "Late twice")
    assert row["received_on"] == AS_OF - timedelta(days=90) and row["complaint_state"] == "overdue"
    assert set(waiting(ledger)) == {"I3"}
    # As of the day before, nobody had decided.
    assert "I1" in waiting(ledger, AS_OF - timedelta(days=1))


def test_one_that_was_settled_leaves_the_list_and_makes_no_complaint(ledger, champion):
    plans.was_settled(ledger, "I3", reason="credit note sent", as_of=AS_OF, who=champion)
    assert set(waiting(ledger)) == {"I1"}
    assert not ledger.read("plans.complaint_list", {"as_of": AS_OF}).rows
    assert ledger.read("plans.imported_complaints").column("reason") == ["credit note sent"]


def test_two_people_cannot_take_the_same_one(ledger, champion):
    taken(ledger, ROSA)
    with pytest.raises(RuleBroken, match="Rosa Quint has decided"):
        taken(ledger, champion)
    assert ledger.read("plans.complaints").total == 1


@pytest.mark.parametrize(
    ("number", "values", "refusal"),
    [
        ("I5", {}, NotFound),
        ("none", {}, NotFound),
        ("I1", {"severity": "odd"}, BadInput),
        ("I1", {"function": None}, BadInput),
    ],
)
def test_what_is_no_complaint_or_lacks_a_field_is_refused_and_nothing_is_written(
    ledger, champion, number, values, refusal
):
    with pytest.raises(refusal):
        taken(ledger, champion, number, **values)
    assert set(waiting(ledger)) == {"I1", "I3"} and not ledger.read("plans.complaints").rows


def test_without_a_word_on_how_it_was_settled_it_keeps_waiting(ledger, champion):
    with pytest.raises(BadInput) as refused:
        plans.was_settled(ledger, "I3", reason=" ", as_of=AS_OF, who=champion)
    assert refused.value.field == "reason" and "I3" in waiting(ledger)

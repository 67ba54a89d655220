"""Adopting criteria: dated, in order, with a reason, and never changed afterwards."""

from __future__ import annotations

from datetime import date

import pytest

from kam import selection
from kam.errors import BadInput, RuleBroken
from kam.store import events, new_operation
from tests.selection.conftest import HEAD, gate

RECENT = gate("recency_days", "days", at_most=90)


def charter(valid_from="2025-01-01", name="Charter", **bounds):
    head = HEAD.replace("2025-01-01", valid_from).replace("Charter 2025", name)
    return selection.read_criteria(head + gate(**(bounds or {"at_least": 1000})) + RECENT)


def adopt(store, champion, criteria, reason="decided on 12 December", **more):
    return selection.adopt(store, criteria, reason=reason, who=champion, **more)


def refused(store, kind, action, *said, reason):
    before = (store.read("selection.criteria_sets").rows, len(events(store)), store.version())
    with pytest.raises(kind) as refusal:
        action()
    assert refusal.value.reason == reason
    for words in said:
        assert words in refusal.value.message
    assert (store.read("selection.criteria_sets").rows, len(events(store)), store.version()) == before


def test_the_set_that_holds_on_a_day_is_the_latest_that_began(store, champion):
    first = adopt(store, champion, charter("2025-01-01", "First"))
    second = adopt(store, champion, charter("2026-01-01", "Second"))
    held = {
        day: found.criteria_set_id if (found := selection.adopted(store, day)) else None
        for day in (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2030, 1, 1))
    }
    assert list(held.values()) == [None, first, first, second, second]


def test_of_two_sets_from_one_day_the_later_decision_holds_and_the_earlier_stays_readable(store, champion):
    first = adopt(store, champion, charter(at_least=1000))
    second = adopt(store, champion, charter(at_least=2000))
    assert selection.adopted(store, date(2025, 6, 1)).criteria_set_id == second
    old = selection.adopted_set(store, first)
    assert (old.criteria.gates[0].threshold, old.adopted_by, old.reason) == (
        1000,
        champion.name,
        "decided on 12 December",
    )
    assert selection.adoptions(store).column("criteria_set_id") == [second, first]
    assert selection.adopted_set(store, 99) is None


def test_an_adopted_set_judges_by_the_words_it_was_adopted_in(store, champion):
    criteria = charter()
    adopt(store, champion, criteria)
    assert selection.adopted(store, date(2025, 1, 1)).criteria == criteria


def test_a_set_from_before_the_last_adopted_one_is_refused(store, champion):
    adopt(store, champion, charter("2026-01-01", "Second"))
    refused(
        store,
        RuleBroken,
        lambda: adopt(store, champion, charter("2025-12-31", "Late")),
        "Late",
        "31 Dec 2025",
        "1 Jan 2026",
        reason="before_last_adoption",
    )
    with pytest.raises(RuleBroken):
        selection.check_adoptable(store, charter("2025-12-31", "Late"))
    assert adopt(store, champion, charter("2026-01-01", "Same day"))


def test_the_same_words_are_not_adopted_twice(store, champion):
    adopt(store, champion, charter())
    refused(store, RuleBroken, lambda: adopt(store, champion, charter()), "word for word", reason="unchanged")


def test_an_adoption_without_a_reason_is_refused(store, champion):
    refused(store, BadInput, lambda: adopt(store, champion, charter(), reason="  "), reason="missing")


def test_a_set_that_did_not_come_through_the_reader_is_held_to_the_same_rules(store, champion):
    from dataclasses import replace

    smuggled = replace(charter(), text=charter().text.replace("recency_days", "golf_friend"))
    refused(store, RuleBroken, lambda: adopt(store, champion, smuggled), "friendship", reason="forbidden_ground")


def test_a_double_click_adopts_once_and_leaves_one_event(store, champion):
    once = new_operation()
    assert adopt(store, champion, charter(), op_id=once) == 1
    assert adopt(store, champion, charter(), op_id=once) is None
    assert len(events(store, subject_kind="criteria")) == 1
    assert events(store, subject_kind="criteria")[0].details["reason"] == "decided on 12 December"

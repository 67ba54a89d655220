"""Survey answers as they count: whose, until when, for whom, and what becomes of a concern."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from kam import benchmarking, plans
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Condition, events
from tests.drawn import given
from tests.key_accounts import key_accounts
from tests.plans.conftest import PERIOD

DAY = date(2025, 6, 30)
HEAD = "account_id | answered_on | attribute | importance | performance | scale_points | contact_id\n"


def asked(store, who, rows):
    given(store, who, "survey_responses", HEAD + rows)


def found_by(store, who, as_of=DAY, **more):
    return benchmarking.priorities(store, as_of, for_whom=who, **more)


def marks(found):
    return sorted((a["account_id"], a["contact_id"], a["attribute"], a["importance"]) for a in found.answers)


def eight(store, who):
    """Two accounts, six people; delivery matters and is done badly."""
    key_accounts(store, who, "A")
    key_accounts(store, who, "B")
    rows = [
        f"{'AB'[n % 2]} | 2025-06-01 | {name} | {i} | {p} | 5 | c{n}"
        for n in range(6)
        for name, i, p in (("Delivery", 5, 1), ("Quality", 5, 5), ("Colour", 1, 5), ("Manual", 1, 1))
    ]
    asked(store, who, "\n".join(rows))


def test_the_latest_answer_of_a_person_counts_for_24_months_and_never_before_it_was_given(store, champion):
    key_accounts(store, champion, "A")
    asked(store, champion, "A | 2023-07-01 | Delivery | 2 | 2 | 5 | c1\nA | 2025-06-30 | Delivery | 4 | 4 | 5 | c1")
    assert marks(found_by(store, champion)) == [("A", "c1", "Delivery", 4)]
    assert marks(found_by(store, champion, DAY - timedelta(days=1))) == [("A", "c1", "Delivery", 2)]
    assert marks(found_by(store, champion, date(2023, 6, 30))) == []


def test_an_answer_falls_out_on_the_day_that_is_24_months_after_it(store, champion):
    key_accounts(store, champion, "A")
    asked(store, champion, "A | 2023-06-30 | Delivery | 2 | 2 | 5 | c1")
    assert marks(found_by(store, champion, date(2025, 6, 29))) == [("A", "c1", "Delivery", 2)]
    assert marks(found_by(store, champion, DAY)) == []


def test_answers_without_a_name_count_each_and_people_are_counted_once(store, champion):
    key_accounts(store, champion, "A")
    asked(
        store,
        champion,
        "A | 2025-06-01 | Delivery | 5 | 1 | 5 |\nA | 2025-06-01 | Delivery | 4 | 1 | 5 |\n"
        "A | 2025-06-01 | Price | 4 | 1 | 5 |\nA | 2025-06-01 | Price | 3 | 1 | 5 | c1\nA | 2025-06-01 | Delivery | 3 | 1 | 5 | c1",
    )
    found = found_by(store, champion)
    assert (len(found.answers), found.respondent_count, found.account_count) == (5, 3, 1)


def test_few_answers_are_not_placed_as_a_whole_but_shown_raw(store, champion):
    eight(store, champion)
    assert not found_by(store, champion).is_small
    one = found_by(store, champion, account_id="A")
    assert (one.is_small, one.respondent_count, len(one.answers)) == (True, 3, 12)


def test_the_account_filter_narrows_and_the_accounts_add_up_to_all(store, champion):
    eight(store, champion)
    parts = [found_by(store, champion, account_id=a) for a in "AB"]
    assert sorted(marks(parts[0]) + marks(parts[1])) == marks(found_by(store, champion))
    assert not found_by(store, champion, where=[Condition("is_key_account", "=", False)]).answers.rows


def test_the_lines_are_chosen_with_a_reason_and_the_day_before_keeps_its_own(store, champion):
    assert benchmarking.crosshair_at(store, DAY).crosshair == "means"
    benchmarking.choose_crosshair(store, "midpoint", reason="Everything matters to them", as_of=DAY, who=champion)
    assert benchmarking.crosshair_at(store, DAY).crosshair == "midpoint"
    assert benchmarking.crosshair_at(store, DAY - timedelta(days=1)).crosshair == "means"
    for crosshair, reason, message in (("luck", "x", "means, the medians"), ("means", " ", "Say why")):
        with pytest.raises(BadInput, match=message):
            benchmarking.choose_crosshair(store, crosshair, reason=reason, as_of=DAY, who=champion)
    assert len(store.read("benchmarking.crosshairs")) == 1


def test_a_concern_of_all_becomes_a_milestone_with_what_was_seen(store, champion):
    eight(store, champion)
    due = date(2025, 12, 31)
    benchmarking.act_on_priority(
        store, "Delivery", action="Second warehouse", owner="Ole", due_on=due, as_of=DAY, who=champion
    )
    row = store.one("change.milestones")
    seen = json.loads(row["seen"])
    assert (row["origin"], row["origin_key"], row["owner"], row["due_on"]) == ("priorities", "Delivery", "Ole", due)
    assert (seen["crosshair"], seen["importance"]["value"], seen["performance_line"]) == ("means", 5.0, 3.0)
    assert [(a["attribute"], a["seen"]) for a in benchmarking.acted(store, DAY)] == [("Delivery", seen)]


def test_what_is_no_concern_or_was_not_asked_becomes_none(store, champion):
    eight(store, champion)
    before = len(events(store, limit=1000))

    def act(attribute, **more):
        benchmarking.act_on_priority(
            store, attribute, action="x", owner="Ole", due_on=DAY, as_of=DAY, who=champion, **more
        )

    with pytest.raises(RuleBroken, match="not where customers ask us"):
        act("Quality")
    with pytest.raises(NotFound, match="answered about Weather"):
        act("Weather")
    with pytest.raises(RuleBroken, match="no open plan"):
        act("Delivery", account_id="A")
    assert len(events(store, limit=1000)) == before


def test_a_concern_of_an_account_goes_into_its_open_plan(store, champion):
    eight(store, champion)
    plan_id = plans.open_plan(
        store,
        "A",
        PERIOD,
        as_of=DAY,
        who=champion,
    )
    benchmarking.act_on_priority(
        store, "Delivery", action="Buffer", owner="Ole", due_on=DAY, account_id="A", as_of=DAY, who=champion
    )
    row = store.one("plans.action_list", {"as_of": DAY})
    assert (row["plan_id"], row["action"], row["owner"]) == (plan_id, "Buffer", "Ole")
    (kept,) = benchmarking.acted(store, DAY, account_id="A")
    assert (kept["attribute"], kept["action"], kept["seen"]["importance"]["value"]) == ("Delivery", "Buffer", 5.0)
    # What was seen stays when customers answer anew, and the day before knows of no action.
    asked(store, champion, "A | 2025-06-30 | Delivery | 1 | 5 | 5 | c0")
    assert benchmarking.acted(store, DAY, account_id="A") == [kept]
    assert benchmarking.acted(store, DAY - timedelta(days=1), account_id="A") == []
    assert benchmarking.acted(store, DAY) == []

"""Best practices: what is refused, what a decision makes, and what a day before knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from kam import benchmarking
from kam.benchmarking import Practice, PracticeVerdict
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import events

DAY = date(2025, 6, 30)
LATER = date(2026, 6, 30)
SEEN = Practice(
    "Plan with the customer", "outside", "Valves Ltd", "Long contracts", "Share of wallet +9 points", "Managers", DAY
)
ADOPT = PracticeVerdict("adopt", "It fits", "Ada", date(2025, 12, 31), LATER)


def recorded(store, who, given=SEEN):
    return benchmarking.record_practice(store, given, as_of=DAY, who=who)


def decide(store, who, given=ADOPT, as_of=DAY, number=1):
    return benchmarking.decide_practice(store, number, given, as_of=as_of, who=who)


def row(store, as_of=DAY):
    return store.one("benchmarking.practice_list", {"as_of": as_of})


def refused(store, kind, message, action):
    def state():
        tables = (
            "benchmarking.practices",
            "benchmarking.practice_decisions",
            "benchmarking.practice_follow_ups",
            "change.milestones",
        )
        return [store.read(table).rows for table in tables], len(events(store, limit=1000))

    before = state()
    with pytest.raises(kind, match=message):
        action()
    assert state() == before


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"evidence": " "}, "it is a rumour"),
        ({"source": ""}, "who does it so"),
        ({"context": ""}, "where it works"),
        ({"users": ""}, "who here could use it"),
        ({"kind": "hearsay"}, "inside or outside"),
        ({"seen_on": date(2025, 7, 1)}, "still ahead"),
        ({"practice": "x" * 501}, "longer than 500"),
    ],
)
def test_a_practice_needs_source_context_evidence_and_users(store, champion, changed, message):
    refused(store, BadInput, message, lambda: recorded(store, champion, replace(SEEN, **changed)))


def test_an_adoption_becomes_a_milestone_in_the_same_write_and_a_rejection_does_not(store, champion):
    recorded(store, champion)
    assert row(store)["practice_state"] == "undecided"
    decide(store, champion, PracticeVerdict("reject", "No long contracts here"))
    assert (row(store)["practice_state"], len(store.read("change.milestones"))) == ("rejected", 0)
    decide(store, champion)
    found = row(store)
    assert (found["practice_state"], found["milestone"], found["milestone_state"]) == (
        "running",
        "Adopted: Plan with the customer",
        "open",
    )
    assert store.one("change.milestones")["origin"] == "practice"
    assert len(store.read("benchmarking.practice_decisions")) == 2  # the rejection is kept
    assert row(store, DAY - timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("given", "kind", "message"),
    [
        (PracticeVerdict("adopt", " ", "Ada", LATER, LATER), BadInput, "Say why"),
        (PracticeVerdict("adopt", "x", "Ada", LATER, DAY), BadInput, "looks again, after 30 Jun 2025"),
        (PracticeVerdict("try", "x", "", LATER, LATER), BadInput, "has an owner"),
        (PracticeVerdict("praise", "x"), BadInput, "adopted, tried or rejected"),
    ],
)
def test_what_is_no_decision_is_refused_whole(store, champion, given, kind, message):
    recorded(store, champion)
    refused(store, kind, message, lambda: decide(store, champion, given))
    refused(store, NotFound, "no practice 9", lambda: decide(store, champion, number=9))


def test_it_is_due_on_the_day_and_followed_once_somebody_looked(store, champion):
    recorded(store, champion)

    def follow(as_of=LATER, **more):
        given = {"result": "partly", "finding": "Two of three accounts"} | more
        benchmarking.follow_practice(store, 1, **given, as_of=as_of, who=champion)

    refused(store, RuleBroken, "decide on it first", follow)
    decide(store, champion)
    assert row(store, LATER - timedelta(days=1))["practice_state"] == "running"
    assert row(store, LATER)["practice_state"] == "follow_up_due"
    refused(store, BadInput, "what was found", lambda: follow(finding=""))
    refused(store, BadInput, "worked in part", lambda: follow(result="great"))
    follow()
    found = row(store, LATER)
    assert (found["practice_state"], found["result"]) == ("followed", "partly")
    assert row(store, LATER - timedelta(days=1))["result"] is None
    # A new decision begins anew: what was found of the old one says nothing of it.
    decide(store, champion, replace(ADOPT, due_on=date(2027, 1, 1), follow_up_on=date(2027, 6, 1)), LATER)
    assert (row(store, LATER)["practice_state"], row(store, LATER)["result"]) == ("running", None)

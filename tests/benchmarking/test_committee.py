"""The committee's way through a round: in order, with minutes, decisions that flow into the roadmap, figures that stay."""

from __future__ import annotations

from datetime import date

import pytest

from kam import benchmarking, parameters
from kam.benchmarking import Rating
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import events
from tests.drawn import given
from tests.key_accounts import key_accounts
from tests.rounds import decided

DAY = date(2025, 11, 1)
ITEMS = [item.item_id for dimension in benchmarking.instrument().dimensions for item in dimension.items]


def opened(store, who, year=2025):
    benchmarking.open_round(store, year, opened_on=DAY, who=who)


def rate(store, who, rater="Ada", score=2, year=2025, seen_version=None):
    marks = [Rating(item, score, seen_version=seen_version) for item in ITEMS]
    benchmarking.rate(store, year, marks, rater=rater, as_of=DAY, who=who)


def enter(store, who, phase, minutes="Said so", as_of=DAY, year=2025):
    benchmarking.enter_phase(store, year, phase, minutes=minutes, present="Ada, Ole", as_of=as_of, who=who)


def decide(store, who, year=2025, **more):
    plan = {"step": "managers", "decision": "Train operations", "owner": "Ole", "due_on": date(2026, 3, 1)} | more
    return benchmarking.decide_in_round(store, year, **plan, as_of=DAY, who=who)


def close(store, who, year=2025):
    return benchmarking.close_round(store, year, closed_on=DAY, conclusions="x", expected_version=1, who=who)


def phase(store, year=2025):
    return benchmarking.phase_of(store, benchmarking.round_of(store, year))


def refused(store, kind, message, action):
    before = (
        len(events(store, limit=1000)),
        store.read("benchmarking.round_phases").rows,
        store.read("change.milestones").rows,
    )
    with pytest.raises(kind, match=message):
        action()
    assert before == (
        len(events(store, limit=1000)),
        store.read("benchmarking.round_phases").rows,
        store.read("change.milestones").rows,
    )


def test_a_round_goes_through_its_steps_in_order_and_each_once(store, champion):
    refused(store, NotFound, "no benchmark round of 2025", lambda: enter(store, champion, "rated"))
    opened(store, champion)
    assert phase(store) == "open"
    refused(store, RuleBroken, "0 took part and 1 are needed", lambda: enter(store, champion, "rated"))
    rate(store, champion)
    refused(store, RuleBroken, "another comes first", lambda: enter(store, champion, "compared"))
    refused(store, BadInput, "Write the minutes", lambda: enter(store, champion, "rated", " "))
    refused(
        store, RuleBroken, "on or after that day", lambda: enter(store, champion, "rated", as_of=date(2025, 10, 31))
    )
    for following in ("rated", "compared"):
        enter(store, champion, following)
        assert phase(store) == following
        refused(store, RuleBroken, "has taken this step", lambda following=following: enter(store, champion, following))
    refused(store, RuleBroken, "Nothing has been decided yet", lambda: enter(store, champion, "decided"))
    decide(store, champion)
    enter(store, champion, "decided")
    close(store, champion)
    assert phase(store) == "closed"
    assert [row["phase"] for row in benchmarking.phases(store, benchmarking.round_of(store, 2025))] == [
        "rated",
        "compared",
        "decided",
    ]


def test_ratings_taken_as_they_are_are_not_changed_and_none_comes_in(store, champion):
    opened(store, champion)
    rate(store, champion)
    enter(store, champion, "rated")
    refused(store, RuleBroken, "taken as they are on 1 Nov 2025", lambda: rate(store, champion, "Ole"))
    refused(store, RuleBroken, "taken as they are", lambda: rate(store, champion, score=3, seen_version=1))


def test_a_decision_flows_into_the_roadmap_and_a_closed_round_takes_none(store, champion):
    opened(store, champion)
    refused(store, BadInput, "has an owner", lambda: decide(store, champion, owner=""))
    decide(store, champion)
    row = store.one("change.milestone_list", {"as_of": DAY})
    assert (row["origin"], row["origin_key"], row["owner"], row["due_on"]) == ("round", "2025", "Ole", date(2026, 3, 1))
    rate(store, champion)
    decided(store, champion, 2025, on=DAY)
    close(store, champion)
    refused(store, RuleBroken, "closed on 1 Nov 2025", lambda: decide(store, champion))
    refused(store, RuleBroken, "closed on 1 Nov 2025", lambda: enter(store, champion, "rated"))


def test_a_decision_of_another_year_does_not_stand_for_this_one(store, champion):
    opened(store, champion)
    opened(store, champion, 2026)
    rate(store, champion, year=2026)
    decide(store, champion)
    enter(store, champion, "rated", year=2026)
    enter(store, champion, "compared", year=2026)
    refused(store, RuleBroken, "Nothing has been decided", lambda: enter(store, champion, "decided", year=2026))


def test_a_closed_round_keeps_its_figures_and_what_changed_beneath_is_a_restatement(store, champion):
    key_accounts(store, champion, "A")
    opened(store, champion)
    for rater, score in (("Ada", 2), ("Ole", 3), ("Eva", 2)):
        rate(store, champion, rater, score)
    decided(store, champion, 2025, on=DAY)
    frozen = close(store, champion)
    assert benchmarking.restatements(store, frozen.facts, for_whom=champion) == {}

    given(
        store,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\nX1 | A | 2025-10-30 | 900000.00 | 1.00",
    )
    key_accounts(store, champion, "B")
    parameters.adopt(
        store, "benchmarking.agreement_at_least", 1.0, valid_from=date(2020, 1, 1), source="stricter", who=champion
    )
    again = benchmarking.results(store, 2025, date(2026, 6, 1), for_whom=champion)
    assert again == frozen
    now = benchmarking.restatements(store, frozen.facts, for_whom=champion)
    assert (now["key_accounts"].value, {f.fact_id: f.value for f in frozen.facts}["key_accounts"]) == (2, 1)


def test_every_figure_has_its_reviewed_definition_and_every_definition_its_figure(store, champion):
    facts = benchmarking.programme_facts(store, DAY, for_whom=champion)
    assert all(fact.why and fact.numerator_says and fact.owner and fact.next_review for fact in facts)
    from kam.benchmarking.definitions import definitions

    assert {fact.fact_id for fact in facts} == set(definitions())
    # What is divided says by what, and what is not divided does not.
    assert {f.fact_id for f in facts if f.denominator_says} == {
        f.fact_id for f in facts if f.unit in ("share", "days", "times") or f.fact_id == "exceptions_refused"
    }

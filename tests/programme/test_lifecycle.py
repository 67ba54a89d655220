"""How an account enters, stays in and leaves the programme."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.errors import BadInput, RuleBroken
from kam.programme import lifecycle
from kam.programme.lifecycle import Membership, Reading, Rules, close_transition, count_of_places, nominate, review

RULES = Rules(entry_line=6.5, exit_line=5, places=3)
DAY = date(2026, 1, 31)
LONG_AGO = date(2020, 1, 1)
READY = {"has_transition_plan": True, "is_exit_approved": True}


def scored(score, **more):
    return Reading(score, score, **more)


def a_member(**more):
    return Membership(lifecycle.MEMBER, since=LONG_AGO, member_since=LONG_AGO, **more)


def reviewed(membership, reading, *, on=DAY, rules=RULES):
    """One account's review: its membership and the causes of its moves."""
    found = review({"A": membership}, {"A": reading}, rules, on=on)
    return found.memberships["A"], [move.cause for move in found.moves]


def in_years(years, day=DAY):
    return date(day.year + years, day.month, day.day)


def test_one_review_on_the_entry_line_makes_a_member():
    found = review({}, {"A": scored(6.5)}, RULES, on=DAY)
    assert found.memberships["A"] == Membership(lifecycle.MEMBER, since=DAY, member_since=DAY)
    assert [(m.before, m.after) for m in found.moves] == [("outside", "nominated"), ("nominated", "member")]


@pytest.mark.parametrize(
    "reading",
    [
        scored(6.49),
        Reading(6.4, 9.0),
        Reading(None, None),
        scored(9, gates="unknown"),
        scored(9, gates="fail"),
        scored(9, fails_legal_or_credit=True),
        scored(9, withdraws=True),
    ],
)
def test_what_is_below_the_entry_line_or_not_known_makes_no_member(reading):
    membership, causes = reviewed(Membership(), reading)
    assert membership.state == lifecycle.OUTSIDE
    assert causes == []


def test_the_best_take_the_places_and_the_others_wait_nominated():
    readings = {name: scored(score) for name, score in (("A", 7), ("B", 9), ("C", 8), ("D", 7), ("E", 6.6))}
    found = review({}, readings, RULES, on=DAY)
    assert {name: m.state for name, m in found.memberships.items()} == {
        "B": "member", "C": "member", "A": "member", "D": "nominated", "E": "nominated"
    }  # fmt: skip
    assert [m.cause for m in found.moves if m.account_id == "D"] == ["no_free_place"]


def test_a_nominated_account_becomes_a_member_when_a_place_is_free():
    nominated, move = nominate("A", Membership(), on=LONG_AGO)
    assert (move.before, move.after, move.cause) == ("outside", "nominated", "put_forward")
    full = {"B": a_member(), "C": a_member(), "D": a_member(), "A": nominated}
    assert review(full, {"A": scored(8)}, RULES, on=DAY).moves == ()
    leaving = replace(full["D"], state=lifecycle.EXITING)
    outside, _ = close_transition("D", leaving, on=DAY)
    found = review({**full, "D": outside}, {"A": scored(8)}, RULES, on=DAY)
    assert found.memberships["A"].state == "member"


@pytest.mark.parametrize(
    ("reading", "state"),
    [
        (scored(5), "nominated"),
        (scored(6.4), "nominated"),
        (scored(4.9), "outside"),
        (scored(9, gates="fail"), "outside"),
    ],
)
def test_a_nominated_account_waits_between_the_lines_and_goes_below_them(reading, state):
    membership, _ = reviewed(Membership(lifecycle.NOMINATED, since=LONG_AGO), reading)
    assert membership.state == state


def test_two_consecutive_reviews_below_are_needed_to_leave():
    first, causes = reviewed(a_member(), scored(4.9, **READY))
    assert (first.state, first.times_below, causes) == ("at_risk", 1, ["below_exit_line"])
    second, causes = reviewed(first, scored(4.9, **READY), on=in_years(1))
    assert (second.state, causes) == ("exiting", ["demoted"])
    outside, move = close_transition("A", second, on=in_years(2))
    assert (outside.state, move.cause) == ("outside", "transition_closed")


def test_a_review_above_the_exit_line_in_between_starts_the_count_again():
    first, _ = reviewed(a_member(), scored(4.9, **READY))
    between, causes = reviewed(first, scored(5), on=in_years(1))
    assert (between.state, between.times_below, causes) == ("member", 0, ["recovered"])
    assert between.member_since == LONG_AGO
    third, _ = reviewed(between, scored(4.9, **READY), on=in_years(2))
    assert (third.state, third.times_below) == ("at_risk", 1)


@pytest.mark.parametrize(("on", "state"), [(date(2026, 7, 30), "at_risk"), (date(2026, 7, 31), "exiting")])
def test_reviews_within_half_a_year_count_once(on, state):
    first, _ = reviewed(a_member(), scored(4, **READY))
    assert reviewed(first, scored(4, **READY), on=on)[0].state == state


@pytest.mark.parametrize(
    ("reading", "waits"),
    [
        (scored(4), ("transition_plan", "sponsor_approval")),
        (scored(4, has_transition_plan=True), ("sponsor_approval",)),
        (scored(4, is_exit_approved=True), ("transition_plan",)),
    ],
)
def test_nobody_leaves_without_a_plan_and_the_sponsors_approval(reading, waits):
    at_risk, _ = reviewed(a_member(), reading)
    waiting, causes = reviewed(at_risk, reading, on=in_years(1))
    assert (waiting.state, waiting.waits_for, causes) == ("at_risk", waits, [])
    assert reviewed(waiting, scored(4, **READY), on=in_years(1))[0].state == "exiting"


@pytest.mark.parametrize(("on", "state"), [(date(2027, 12, 31), "at_risk"), (date(2028, 1, 1), "exiting")])
def test_nobody_is_put_out_before_the_minimum_stay_is_over(on, state):
    joined = date(2026, 1, 1)
    young = Membership("at_risk", joined, joined, times_below=1, last_below=joined)
    membership, _ = reviewed(young, scored(4, **READY), on=on)
    assert membership.state == state
    assert membership.waits_for == (("minimum_stay",) if state == "at_risk" else ())


def test_a_failed_legal_gate_suspends_at_once_and_no_minimum_stay_holds_it():
    joined = date(2025, 12, 1)
    member = Membership(lifecycle.MEMBER, joined, joined)
    broken = scored(9, gates="fail", fails_legal_or_credit=True, **READY)
    first, causes = reviewed(member, broken)
    assert (first.state, first.is_suspended, causes) == ("at_risk", True, ["suspended"])
    again, _ = reviewed(first, scored(9), on=in_years(1))
    assert (again.state, again.is_suspended) == ("member", False)
    gone, _ = reviewed(first, broken, on=date(2026, 12, 1))
    assert gone.state == "exiting"


def test_a_suspension_lasts_until_the_gate_is_known_to_pass():
    suspended = a_member(is_suspended=True, times_below=1, last_below=LONG_AGO)
    suspended = replace(suspended, state=lifecycle.AT_RISK)
    assert reviewed(suspended, scored(9, gates="unknown")) == (suspended, [])
    assert not reviewed(suspended, scored(9))[0].is_suspended


def test_a_customer_that_withdraws_exits_at_once():
    membership, causes = reviewed(a_member(), scored(9, withdraws=True))
    assert (membership.state, causes) == ("exiting", ["customer_withdrew"])


def test_a_failed_gate_counts_against_a_member_and_an_unknown_one_does_not():
    assert reviewed(a_member(), scored(9, gates="fail"))[1] == ["gate_failed"]
    for unknown in (scored(9, gates="unknown"), Reading(None, None), Reading(2.0, 5.0)):
        assert reviewed(a_member(), unknown) == (a_member(), [])


def test_what_is_unknown_neither_counts_against_an_account_at_risk_nor_clears_it():
    at_risk, _ = reviewed(a_member(), scored(4))
    for unknown in (scored(9, gates="unknown"), Reading(None, None), Reading(2.0, 9.0)):
        assert reviewed(at_risk, unknown, on=in_years(1)) == (at_risk, [])


def test_an_account_that_no_reading_names_stays_as_it_is():
    held = {"A": a_member(), "B": Membership(lifecycle.EXITING, LONG_AGO, LONG_AGO)}
    found = review(held, {}, RULES, on=DAY)
    assert (found.memberships, found.moves) == (held, ())


def scores(low=0, high=100):
    return st.integers(low, high).map(lambda n: n / 10)


def readings():
    return st.builds(
        lambda low, width, gates, legal, plan, approved, withdraws: Reading(
            low, min(10.0, low + width), gates, legal and gates == "fail", withdraws, plan, approved
        ),
        scores(),
        st.sampled_from([0, 0, 2.0]),
        st.sampled_from(["pass", "pass", "pass", "fail", "unknown"]),
        st.booleans(),
        st.booleans(),
        st.booleans(),
        st.sampled_from([False] * 9 + [True]),
    )


def programmes():
    """A few years of reviews: for each, the days since the one before and every account's reading."""
    names = [f"A{n}" for n in range(6)]
    one = st.tuples(st.integers(0, 500), st.fixed_dictionaries({}, optional={name: readings() for name in names}))
    rules = st.builds(
        Rules,
        st.just(6.5),
        st.just(5.0),
        places=st.integers(0, 4),
        reviews_to_demote=st.integers(1, 3),
        minimum_stay_months=st.sampled_from([0, 24]),
        months_apart=st.sampled_from([0, 6]),
    )
    return st.tuples(rules, st.lists(one, min_size=1, max_size=6))


def run_through(rules, reviews):
    memberships, day = {}, LONG_AGO
    for days, found in reviews:
        day += timedelta(days)
        memberships = review(memberships, found, rules, on=day).memberships
    return memberships, day


@settings(deadline=None)
@given(programmes())
def test_the_count_never_passes_the_limit(programme):
    rules, reviews = programme
    memberships, day = {}, LONG_AGO
    for days, found in reviews:
        day += timedelta(days)
        memberships = review(memberships, found, rules, on=day).memberships
        assert count_of_places(memberships.values()) <= rules.places
        for account_id, membership in memberships.items():
            if membership.state == lifecycle.EXITING and day.day % 2:
                memberships[account_id], _ = close_transition(account_id, membership, on=day)


@settings(deadline=None)
@given(programmes())
def test_a_review_repeated_with_the_same_figures_changes_nothing(programme):
    rules, reviews = programme
    memberships, day = run_through(rules, reviews)
    figures = reviews[-1][1]
    again = review(memberships, figures, rules, on=day)
    assert (again.memberships, again.moves) == (memberships, ())


@settings(deadline=None)
@given(programmes(), st.lists(st.integers(1, 700), max_size=4))
def test_constant_figures_move_only_those_already_on_their_way_out(programme, gaps):
    rules, reviews = programme
    memberships, day = run_through(rules, reviews)
    figures = reviews[-1][1]
    on_their_way = {name for name, held in memberships.items() if held.state == lifecycle.AT_RISK}
    for gap in gaps:
        day += timedelta(gap)
        later = review(memberships, figures, rules, on=day)
        assert {move.account_id for move in later.moves} <= on_their_way
        assert all(move.after == lifecycle.EXITING for move in later.moves)
        memberships = later.memberships


@settings(deadline=None)
@given(programmes(), st.lists(st.tuples(scores(50, 64), st.integers(1, 700)), min_size=2, max_size=6))
def test_no_account_oscillates_between_the_lines(programme, walk):
    memberships, day = run_through(*programme)
    states = {name: [held.state] for name, held in memberships.items()}
    for score, gap in walk:
        day += timedelta(gap)
        inside = {name: scored(score, **READY) for name in memberships}
        memberships = review(memberships, inside, programme[0], on=day).memberships
        for name, held in memberships.items():
            states[name].append(held.state)
    for passed in states.values():
        changes = [(a, b) for a, b in pairwise(passed) if a != b]
        # Being between the lines brings back an account at risk, once, and moves nobody else.
        assert changes in ([], [("at_risk", "member")])


@settings(deadline=None)
@given(programmes(), st.randoms(use_true_random=False))
def test_the_order_in_which_accounts_are_read_changes_nothing(programme, random):
    rules, reviews = programme
    shuffled = []
    for days, found in reviews:
        items = list(found.items())
        random.shuffle(items)
        shuffled.append((days, dict(items)))
    assert run_through(rules, shuffled) == run_through(rules, reviews)


@settings(deadline=None)
@given(programmes())
def test_states_follow_each_other_only_as_the_programme_allows(programme):
    rules, reviews = programme
    allowed = {
        ("outside", "nominated"), ("nominated", "member"), ("nominated", "outside"), ("member", "at_risk"),
        ("at_risk", "member"), ("at_risk", "exiting"), ("member", "exiting"),
    }  # fmt: skip
    memberships, day = {}, LONG_AGO
    for days, found in reviews:
        day += timedelta(days)
        outcome = review(memberships, found, rules, on=day)
        for move in outcome.moves:
            assert (move.before, move.after) in allowed
            assert move.cause in lifecycle.CAUSES
        assert all(set(held.waits_for) <= set(lifecycle.WAITS_FOR) for held in outcome.memberships.values())
        memberships = outcome.memberships


@pytest.mark.parametrize(
    "rules",
    [
        {"entry_line": 5, "exit_line": 5},
        {"entry_line": 4, "exit_line": 5},
        {"entry_line": 11},
        {"exit_line": -1},
        {"places": -1},
        {"reviews_to_demote": 0},
        {"minimum_stay_months": -1},
        {"months_apart": -1},
    ],
)
def test_lines_that_cross_and_counts_that_mean_nothing_are_refused(rules):
    with pytest.raises(BadInput):
        replace(RULES, **rules)


@pytest.mark.parametrize(
    ("membership", "reading", "said"),
    [
        (Membership("friend"), scored(5), "does not exist"),
        (Membership(), scored(5, gates="maybe"), "does not exist"),
        (Membership(), Reading(6, 5), "lowest and a highest"),
        (Membership(), Reading(6, None), "lowest and a highest"),
        (Membership(), scored(10.1), "lowest and a highest"),
        (Membership(), scored(float("nan")), "lowest and a highest"),
        (a_member(last_below=date(2026, 2, 1)), scored(5), "last judged on 2026-02-01"),
    ],
)
def test_readings_that_contradict_themselves_are_refused(membership, reading, said):
    with pytest.raises(BadInput, match=said):
        review({"A": membership}, {"A": reading}, RULES, on=DAY)


def test_only_an_account_in_transition_is_closed_and_only_one_outside_is_put_forward():
    with pytest.raises(RuleBroken, match="not exiting"):
        close_transition("A", a_member(), on=DAY)
    with pytest.raises(RuleBroken, match="not outside"):
        nominate("A", a_member(), on=DAY)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 12, 15), 24, date(2027, 12, 15)),
        (date(2025, 5, 31), 1, date(2025, 6, 30)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_months_last(day, months, later):
    assert lifecycle._months_later(day, months) == later

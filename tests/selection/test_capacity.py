"""The set of key accounts worth most within what the programme can serve."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kam.errors import BadInput, RuleBroken
from kam.selection.capacity import Candidate, Limits, best_set, by_ranking, compare


def drawn(drawing):
    """Candidates drawn as a small table: id, worth, hours, score, and optional words (fails, stays, sponsors=n)."""
    candidates = []
    for line in drawing.strip().splitlines():
        account_id, worth, hours, score, *words = line.split()
        candidates.append(
            Candidate(
                account_id,
                None if worth == "?" else float(worth),
                float(hours),
                None if score == "?" else float(score),
                passes_gates="fails" not in words,
                must_stay="stays" in words,
                sponsors=next((int(w.split("=")[1]) for w in words if w.startswith("sponsors=")), 1),
            )
        )
    return candidates


def allowed(chosen, limits, given_):
    """By hand: is this set within the limits, with everyone who must stay?"""
    return (
        limits.at_least <= len(chosen) <= limits.at_most
        and all(c.passes_gates and c.worth_amount is not None for c in chosen)
        and (limits.hours is None or sum(round(c.hours * 100) for c in chosen) <= round(limits.hours * 100))
        and (limits.sponsor_slots is None or sum(c.sponsors for c in chosen) <= limits.sponsor_slots)
        and all(c in chosen for c in given_ if c.must_stay)
    )


def best_by_trying(given_, limits):
    """Greatest worth over every subset; None where none is allowed."""
    subsets = (s for n in range(len(given_) + 1) for s in combinations(given_, n))
    return max((sum(c.worth_amount for c in s) for s in subsets if allowed(s, limits, given_)), default=None)


def candidate_lists():
    """Up to eight accounts; hours and limits in tenths so that sums fall exactly on a limit."""

    def named(rows):
        return [
            Candidate(
                f"A{number}",
                worth,
                hours / 10,
                score,
                passes_gates=passes or stays,
                sponsors=sponsors,
                must_stay=stays and worth is not None,
            )
            for number, (worth, hours, score, passes, sponsors, stays) in enumerate(rows)
        ]

    row = st.tuples(
        st.none() | st.integers(-300, 900),
        st.integers(0, 30),
        st.none() | st.integers(0, 10),
        st.sampled_from([True, True, True, False]),
        st.integers(0, 2),
        st.sampled_from([False] * 7 + [True]),
    )
    return st.lists(row, max_size=8).map(named)


def limit_sets():
    return st.tuples(
        st.integers(0, 3), st.integers(0, 4), st.none() | st.integers(0, 80), st.none() | st.integers(0, 8)
    ).map(lambda n: Limits(n[0], n[0] + n[1], None if n[2] is None else n[2] / 10, n[3]))


@settings(max_examples=150, deadline=None)
@given(candidate_lists(), limit_sets())
def test_the_best_set_is_the_best_of_all_sets_tried(given_, limits):
    expected = best_by_trying(given_, limits)
    if expected is None:
        with pytest.raises(RuleBroken):
            best_set(given_, limits)
        return
    found = best_set(given_, limits)
    assert found.worth_amount == pytest.approx(expected)
    by_id = {candidate.account_id: candidate for candidate in given_}
    assert allowed([by_id[a] for a in found.account_ids], limits, given_)
    assert found.is_allowed


@settings(max_examples=60, deadline=None)
@given(candidate_lists(), limit_sets(), st.randoms(use_true_random=False))
def test_the_comparison_holds_whatever_the_order_of_the_candidates(given_, limits, random):
    if best_by_trying(given_, limits) is None:
        return
    found = compare(given_, limits)
    shuffled = list(given_)
    random.shuffle(shuffled)
    assert compare(shuffled, limits) == found
    if found.ranking.is_allowed:
        assert found.difference_amount >= -1e-9
    for count, worth in found.worth_at.items():
        exactly = Limits(count, count, limits.hours, limits.sponsor_slots)
        expected = best_by_trying(given_, exactly)
        assert worth == (None if expected is None else pytest.approx(expected))
    assert set(found.only_in_best) | set(found.only_in_ranking) == (
        set(found.best.account_ids) ^ set(found.ranking.account_ids)
    )
    assert not set(found.waiting) & set(found.best.account_ids)


HOURS_DIFFER = """
    big    100 10 9
    small1  60  5 8
    small2  60  5 7
"""


def test_two_small_accounts_can_be_worth_more_than_the_one_ranked_first():
    found = compare(drawn(HOURS_DIFFER), Limits(1, 3, hours=10))
    assert found.best.account_ids == ("small1", "small2")
    assert found.ranking.account_ids == ("big",)
    assert found.difference_amount == 20
    assert (found.only_in_best, found.only_in_ranking) == (("small1", "small2"), ("big",))
    assert found.worth_at == {1: 100, 2: 120, 3: None}
    assert found.waiting == ("big",)


def test_the_plain_ranking_is_best_where_worth_follows_the_score_and_hours_are_equal():
    accounts = [Candidate(f"A{n:02d}", 100 - n, 10, 10 - n / 10) for n in range(20)]
    found = compare(accounts, Limits(5, 12, hours=100))
    assert found.best == found.ranking
    assert found.best.count == 10
    assert found.waiting == tuple(f"A{n:02d}" for n in range(10, 20))
    assert found.worth_at == {9: 9 * 100 - 36, 10: 10 * 100 - 45, 11: None}


def test_an_account_that_costs_more_than_it_brings_is_taken_only_to_reach_the_least_number():
    accounts = drawn("""
        good 50 1 5
        bad -10 1 9
        sad -90 1 8
    """)
    assert best_set(accounts, Limits(0, 3)).account_ids == ("good",)
    assert best_set(accounts, Limits(2, 3)).account_ids == ("bad", "good")


def test_a_failing_gate_keeps_out_whatever_the_account_is_worth():
    accounts = drawn("""
        rich 900 1 10 fails
        poor   1 1  1
    """)
    found = compare(accounts, Limits(1, 2))
    assert found.best.account_ids == ("poor",)
    assert found.waiting == ()


def test_an_unknown_worth_is_told_and_is_not_nothing():
    accounts = drawn("""
        known -5 1 5
        open   ? 1 9
    """)
    found = compare(accounts, Limits(1, 2))
    assert found.best.account_ids == ("known",)
    assert found.unknown == ("open",)


def test_an_account_within_its_minimum_stay_is_kept():
    accounts = drawn("""
        old 1  9 1 stays
        new 50 5 9
    """)
    found = compare(accounts, Limits(1, 2, hours=10))
    assert found.best.account_ids == found.ranking.account_ids == ("old",)


def test_sponsor_slots_bind_like_hours():
    accounts = drawn("""
        a 10 1 9 sponsors=1
        b 10 1 8 sponsors=1
        c  9 1 7 sponsors=0
    """)
    found = best_set(accounts, Limits(1, 3, sponsor_slots=1))
    assert (found.worth_amount, found.sponsors, found.count) == (19, 1, 2)
    assert "c" in found.account_ids


def test_hours_that_meet_the_limit_exactly_fit_and_a_hundredth_more_does_not():
    accounts = [Candidate(f"A{n}", 1, 0.1, 5) for n in range(10)]
    assert best_set(accounts, Limits(0, 10, hours=0.3)).count == 3
    assert best_set(accounts, Limits(0, 10, hours=0.29)).count == 2


def test_the_best_of_many_is_found_and_proven():
    rng = np.random.default_rng(1)
    accounts = [
        Candidate(f"A{n:03d}", float(w), float(h), float(s))
        for n, (w, h, s) in enumerate(
            zip(rng.integers(1, 10**6, 300), rng.integers(20, 400, 300), rng.random(300) * 10, strict=True)
        )
    ]
    limits = Limits(5, 25, hours=2_000)
    # The same knapsack by dynamic programming over hours and count, in whole numbers.
    worth = np.full((26, 2_001), -np.inf)
    worth[0] = 0
    for account in accounts:
        hours = int(account.hours)
        worth[1:, hours:] = np.maximum(worth[1:, hours:], worth[:-1, : 2_001 - hours] + account.worth_amount)
    assert best_set(accounts, limits).worth_amount == worth[5:, 2_000].max()


@pytest.mark.parametrize(
    ("drawing", "limits", "said"),
    [
        ("a 1 1 1\nb 1 1 1 fails", Limits(2, 3), "known worth: 1, fewer than the 2"),
        ("a 1 4 1\nb 1 6.5 1\nc 1 9 1", Limits(2, 3, hours=10), r"The 10 hours hold 1 of.*10\.5 hours would do"),
        ("a 1 4 1\nb 1 6 1", Limits(2, 3, sponsor_slots=1), "The 1 sponsor slots hold 1 of"),
        ("a 1 4 1 stays\nb 1 6 1 stays", Limits(0, 3, hours=9), "minimum stay .accounts: 2, hours: 10"),
        ("a 1 1 1 stays\nb 1 1 1 stays", Limits(0, 1), "minimum stay"),
        ("", Limits(1, 2), "known worth: 0"),
    ],
)
def test_where_no_set_is_allowed_the_sentence_says_why_and_what_would_do(drawing, limits, said):
    with pytest.raises(RuleBroken, match=said) as refusal:
        best_set(drawn(drawing), limits)
    assert refusal.value.message.count(". ") == 0


@pytest.mark.parametrize(
    ("drawing", "limits", "said"),
    [
        ("a 1 1 1\na 2 1 1", Limits(0, 1), "a stands twice"),
        ("a nan 1 1", Limits(0, 1), "not usable figures"),
        ("a 1 -1 1", Limits(0, 1), "not usable figures"),
        ("a 1 1 1 sponsors=-1", Limits(0, 1), "not usable figures"),
        ("a ? 1 1 stays", Limits(0, 1), "cannot be kept"),
        ("a 1 1 1 stays fails", Limits(0, 1), "cannot be kept"),
        ("a 1 1 1", Limits(3, 2), "at least 3 and at most 2"),
        ("a 1 1 1", Limits(-1, 2), "at least -1"),
        ("a 1 1 1", Limits(0, 2, hours=-1), "0 or more"),
        ("a 1 1 1", Limits(0, 2, hours=float("nan")), "0 or more"),
        ("a 1 1 1", Limits(0, 2, sponsor_slots=-1), "0 or more"),
    ],
)
def test_figures_that_mean_nothing_are_refused(drawing, limits, said):
    for function in (best_set, by_ranking, compare):
        with pytest.raises(BadInput, match=said):
            function(drawn(drawing), limits)


def test_nobody_is_a_set_where_nobody_is_needed():
    found = compare([], Limits(0, 5))
    assert (found.best.count, found.ranking.count, found.worth_at) == (0, 0, {0: 0, 1: None})

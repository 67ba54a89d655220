"""Entering and leaving by rank."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kam.errors import BadInput
from kam.selection.buffer import buffer_ranks, buffer_review


@pytest.mark.parametrize(("places", "enters", "leaves"), [(100, 90, 111), (10, 9, 12), (20, 18, 23), (25, 22, 29)])
def test_the_buffer_is_the_published_one(places, enters, leaves):
    ranks = buffer_ranks(places)
    assert (ranks.enters_at, ranks.leaves_at) == (enters, leaves)


@given(st.integers(1, 2_000))
def test_the_buffer_lies_around_the_places(places):
    ranks = buffer_ranks(places)
    assert ranks.enters_at <= places < ranks.leaves_at
    assert 10 * ranks.enters_at <= 9 * places < 10 * (ranks.enters_at + 1)
    assert 10 * (ranks.leaves_at - 2) < 11 * places <= 10 * (ranks.leaves_at - 1)


RANKING = [f"R{rank:02d}" for rank in range(1, 21)]


def test_a_member_just_outside_stays_and_a_candidate_just_inside_waits():
    members = [*RANKING[:9], "R11"]
    reviewed = buffer_review(RANKING, members, 10)
    assert reviewed.members == tuple(members)
    assert (reviewed.entered, reviewed.left) == ((), ())


def test_a_candidate_well_inside_enters_and_the_worst_member_makes_room():
    reviewed = buffer_review(RANKING, [*RANKING[:8], "R10", "R11"], 10)
    assert reviewed.entered == ("R09",)
    assert reviewed.left == ("R11",)


def test_a_member_well_outside_leaves_and_the_next_best_fills_the_place():
    reviewed = buffer_review(RANKING, [*RANKING[:9], "R12"], 10)
    assert reviewed.entered == ("R10",)
    assert reviewed.left == ("R12",)


def test_a_member_that_is_no_longer_ranked_leaves():
    reviewed = buffer_review(RANKING, [*RANKING[:9], "gone"], 10)
    assert reviewed.left == ("gone",)
    assert reviewed.entered == ("R10",)


def reviews():
    names = st.integers(0, 60).map(lambda n: [f"A{i:02d}" for i in range(n)])
    return names.flatmap(
        lambda ids: st.tuples(st.permutations(ids), st.sets(st.sampled_from(ids or ["none"])), st.integers(1, 40))
    )


@given(reviews())
def test_the_count_is_kept_and_never_exceeds_the_places(drawn):
    ranking, members, places = drawn
    assert len(buffer_review(ranking, members, places).members) == min(places, len(ranking))


@given(reviews())
def test_a_second_review_of_the_same_ranking_changes_nothing(drawn):
    ranking, members, places = drawn
    first = buffer_review(ranking, members, places)
    second = buffer_review(ranking, first.members, places)
    assert second.members == first.members
    assert (second.entered, second.left) == ((), ())


@given(reviews(), st.randoms(use_true_random=False))
def test_shuffling_ranks_inside_the_buffer_moves_nobody(drawn, random):
    ranking, members, places = drawn
    settled = buffer_review(ranking, members, places)
    ranks = buffer_ranks(places)
    inside = ranking[ranks.enters_at : ranks.leaves_at - 1]
    random.shuffle(inside)
    moved = [*ranking[: ranks.enters_at], *inside, *ranking[ranks.leaves_at - 1 :]]
    assert set(buffer_review(moved, settled.members, places).members) == set(settled.members)


def test_no_places_and_a_double_name_are_refused():
    with pytest.raises(BadInput, match="at least one place"):
        buffer_ranks(0)
    with pytest.raises(BadInput, match="stands twice"):
        buffer_review(["A", "A"], [], 3)

"""Names at bubbles: none covers another, however the bubbles crowd."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kam.ui.point_labels import Bubble, label_box, label_places, overlap

unit = st.floats(0, 1)
BUBBLES = st.lists(
    st.builds(Bubble, st.text("abcdefg ", min_size=1, max_size=26), unit, unit, st.floats(3, 23)), max_size=30
)


@given(BUBBLES)
def test_no_name_covers_another(bubbles):
    placed = [
        label_box(bubble, place)
        for bubble, place in zip(bubbles, label_places(bubbles), strict=True)
        if place is not None
    ]
    assert not any(overlap(one, other) for one, other in combinations(placed, 2))


def test_the_first_has_its_name_and_of_a_heap_in_one_point_no_more_than_have_room():
    heap = [Bubble(f"Account {n}", 0.5, 0.5, 10) for n in range(9)]
    places = label_places(heap)
    assert places[0] is not None
    assert sorted(place for place in places if place) == ["bottom center", "middle left", "middle right", "top center"]


def test_a_name_does_not_stand_on_another_bubble_where_it_need_not():
    below, above = Bubble("Below", 0.5, 0.5, 10), Bubble("Above", 0.5, 0.54, 10)
    assert label_places([below, above])[0] == "bottom center"

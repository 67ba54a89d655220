"""What prepares a review: the agenda by what is material, what moved contribution, what changed, the draft, the round."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest

from kam import parameters, relationships, reviews
from kam.errors import BadInput, RuleBroken
from kam.reviews import Point
from tests.drawn import given
from tests.key_accounts import key_accounts

DAY = date(2025, 6, 30)


@pytest.fixture
def held(store, champion):
    """Key account A with a review held on 31 March, then an order, a contact whose mind changed, and a late promise."""
    key_accounts(store, champion, "A", category="star")
    given(
        store, champion, "contacts",
        "contact_id | account_id | name | title | influence | attitude\nC1 | A | Mara Voss | Buyer | 5 | 1",
    )  # fmt: skip
    relationships.capture(
        store, "A", occurred_on=date(2025, 3, 2), kind="call", summary="x", next_step="Send drawings",
        next_step_due=date(2025, 5, 20), who=champion,
    )  # fmt: skip
    review_id = reviews.plan(store, "A", date(2025, 3, 31), who=champion)
    reviews.hold(store, review_id, held_on=date(2025, 3, 31), notes="", rating=None, expected_version=1, who=champion)
    given(
        store, champion, "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\nR1 | A | 2025-05-31 | 900.00 | 550.00",
    )  # fmt: skip
    relationships.observe(
        store,
        "A",
        "C1",
        {"attitude": -1},
        observed_on=date(2025, 6, 1),
        source="call",
        status="confirmed",
        who=champion,
    )
    return review_id


def test_the_difference_tells_figures_people_and_promises(store, champion, held):
    found = reviews.since_last(store, "A", DAY, for_whom=champion)
    figures = {row["measure_id"]: row for row in found.figures}
    assert figures["revenue_12m"]["change"] == figures["revenue_12m"]["after"] - figures["revenue_12m"]["before"] == 900
    told = [(change.topic, change.text, change.tone) for change in found.changes]
    assert ("people", "Mara Voss (Buyer) is less for us: attitude 1 to -1.", "bad") in told
    assert ("promises", "Now late: Send drawings, due 20 May 2025.", "bad") in told
    assert found.unrecorded == []


def test_nothing_changed_is_an_empty_difference(store, champion, held):
    seen = reviews.what_is_seen(store, "A", DAY, for_whom=champion)
    assert reviews.difference(seen, seen).is_empty


def test_an_older_record_without_people_says_so_and_invents_no_change(store, champion, held):
    seen = reviews.what_is_seen(store, "A", DAY, for_whom=champion)
    old = {name: value for name, value in seen.items() if name not in ("people", "promises")}
    found = reviews.difference(old, seen)
    assert set(found.unrecorded) == {"people", "promises"} and found.changes == []


def test_two_reviews_compare_in_the_order_of_their_days(store, champion, held):
    later = reviews.plan(store, "A", DAY, who=champion)
    with pytest.raises(BadInput, match="Only reviews that were held can be compared"):
        reviews.between(store, held, later, for_whom=champion)
    reviews.hold(store, later, held_on=DAY, notes="", rating=None, expected_version=1, who=champion)
    forth, back = (reviews.between(store, *pair, for_whom=champion) for pair in ((held, later), (later, held)))
    assert forth == back and (forth.since, forth.until) == (date(2025, 3, 31), DAY)


def test_the_parts_of_a_move_add_up_to_the_change():
    draw = random.Random(7)
    for _ in range(300):
        before, now = ({}, {})
        for row in (before, now):
            revenue, margin, serving = (Decimal(draw.randint(-500, 100_000)) / 100 for _ in range(3))
            row |= {"revenue_12m": revenue, "margin_12m": margin, "cost_to_serve_12m": serving}
            row["contribution_12m"] = margin - serving
        found = reviews.moved(before, now)
        if before["revenue_12m"] <= 0:
            assert found.change is None
        else:
            assert sum(found.drivers.values()) == found.change == now["contribution_12m"] - before["contribution_12m"]
            assert (found.largest[1] >= 0) == (found.change >= 0) or found.largest[1] == 0


def test_what_is_unknown_moves_nothing():
    row = {"revenue_12m": Decimal(5), "margin_12m": Decimal(2), "cost_to_serve_12m": None, "contribution_12m": None}
    assert reviews.moved(row, row).change is None


def test_the_agenda_begins_with_what_is_out_of_order(store, champion, held):
    points = reviews.agenda(store, "A", DAY, for_whom=champion)
    tones = [point.tone for point in points]
    assert tones == sorted(tones, key=("bad", "soon", "open", "none", "good").index)
    late = next(point for point in points if point.topic == "promise")
    assert (late.text, late.page, late.tab) == (
        "Promise late since 20 May 2025: Send drawings (Ines Brandt)", "account", "timeline",
    )  # fmt: skip
    assert len({point.key for point in points}) == len(points)


def test_the_chairs_order_stands_and_what_is_new_follows():
    a, b, new = (Point(key, "plan", key, "soon", "account", None) for key in "abn")
    kept = [{"key": "b", "is_dropped": True}, {"key": "gone"}, {"key": "own:1", "text": "Mine"}, {"key": "a"}]
    found = reviews.arranged([a, b, new], kept)
    assert [(point.key, dropped) for point, dropped in found] == [
        ("b", True), ("own:1", False), ("a", False), ("n", False),
    ]  # fmt: skip


def test_a_draft_keeps_what_others_typed_elsewhere_and_ends_with_the_review(store, champion, held):
    review_id = reviews.plan(store, "A", DAY, who=champion)
    assert reviews.draft_of(store, review_id).version == 0
    reviews.save_draft(store, review_id, {"notes": "one"}, who=champion)
    reviews.save_draft(store, review_id, {"decisions": "two"}, who=champion)
    draft = reviews.draft_of(store, review_id)
    assert (draft.content["notes"], draft.content["decisions"], draft.version) == ("one", "two", 2)
    for wrong in ({"colour": "x"}, {"notes": "x" * 100_000}):
        with pytest.raises(BadInput, match="more than a draft holds"):
            reviews.save_draft(store, review_id, wrong, who=champion)
    reviews.hold(store, review_id, held_on=DAY, notes="", rating=None, expected_version=1, who=champion)
    assert reviews.draft_of(store, review_id).version == 0
    with pytest.raises(RuleBroken, match="is closed"):
        reviews.save_draft(store, review_id, {"notes": "late"}, who=champion)


def test_each_category_has_its_own_cycle_and_the_round_counts(store, champion, held):
    key_accounts(store, champion, "S", category="status")
    due = {row["account_id"]: row["due_on"] for row in store.read("reviews.calendar", {"as_of": DAY})}
    assert (due["A"] - date(2025, 3, 31)).days == 91 and (due["S"] - date(2025, 1, 1)).days == 182
    parameters.adopt(
        store, "reviews.due_after_days_status", 100, valid_from=date(2025, 1, 1), source="tighter", who=champion
    )
    due = {row["account_id"]: row["due_on"] for row in store.read("reviews.calendar", {"as_of": DAY})}
    assert (due["S"] - date(2025, 1, 1)).days == 100
    assert reviews.round_of(store, DAY).told == "0 of 2 reviews held in the quarter to 30 Jun 2025"
    number = reviews.plan(store, "S", DAY, who=champion)
    reviews.hold(store, number, held_on=DAY, notes="", rating=None, expected_version=1, who=champion)
    found = reviews.round_of(store, DAY)
    assert found.told == "1 of 2 reviews held in the quarter to 30 Jun 2025"
    assert [row["round_state"] for row in found.rows if row["account_id"] == "S"] == ["held"]

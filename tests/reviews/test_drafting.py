"""What is typed while a review runs: every pause keeps it, and the audit trail tells of a sitting once."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from kam import access, reviews
from kam.reviews import drafting
from kam.store import Condition, audit
from tests.key_accounts import key_accounts

DAY = date(2025, 6, 30)


@pytest.fixture
def planned(store, champion):
    key_accounts(store, champion, "A", category="star")
    return reviews.plan(store, "A", DAY, who=champion)


@pytest.fixture
def second():
    return access.person_named("Otto Berg", "executive")


def told(store, action: str) -> list[tuple[str, dict]]:
    """(who, details) of the events of an action, the oldest first."""
    rows = store.read(
        "store.audit_events", where=[Condition("action", "=", action)], order_by=[("event_id", False)]
    ).records()
    return [(row["person_name"], json.loads(row["details"])) for row in rows]


def types(store, review_id: int, who, part: str, text: str) -> None:
    for end in range(1, len(text) + 1):
        reviews.save_draft(store, review_id, {part: text[:end]}, who=who)


def test_a_sitting_leaves_one_event_a_person_and_part_and_the_last_text(store, champion, second, planned):
    types(store, planned, champion, "notes", "They want more")
    types(store, planned, second, "notes", "They want more, says Otto")
    types(store, planned, champion, "notes", "They want more, says Otto too")
    types(store, planned, champion, "decisions", "Yes")
    assert told(store, "save review draft") == [
        (champion.name, {"changed": ["notes"]}),
        (second.name, {"changed": ["notes"]}),
        (champion.name, {"changed": ["decisions"]}),
    ]
    draft = reviews.draft_of(store, planned)
    assert draft.content["notes"] == "They want more, says Otto too" and draft.content["decisions"] == "Yes"
    assert {part: sorted(people) for part, people in draft.written.items()} == {
        "notes": sorted([champion.name, second.name]), "decisions": [champion.name],
    }  # fmt: skip
    assert audit.broken_links(store) == []


def test_who_comes_back_after_the_sitting_is_told_again(store, champion, planned, monkeypatch):
    types(store, planned, champion, "notes", "abc")
    monkeypatch.setattr(drafting, "SITTING", timedelta(0))
    types(store, planned, champion, "notes", "d")
    assert len(told(store, "save review draft")) == 2


def test_closing_tells_the_words_and_who_wrote_in_which_part(store, champion, second, planned):
    types(store, planned, champion, "notes", "One")
    types(store, planned, second, "decisions", "Two")
    reviews.hold(
        store, planned, held_on=DAY, notes="One", rating=None, decisions=["Two"], expected_version=1, who=champion
    )
    ((_who, details),) = told(store, "hold review")
    assert details["written_by"] == {"notes": [champion.name], "decisions": [second.name]}
    assert (details["notes"], details["decisions"]) == ("One", ["Two"])


def test_a_sentence_said_twice_is_kept_once_where_the_form_names_its_operation(store, champion, planned):
    """A press sent twice stays one write, also where the write tells no event of its own."""
    reviews.save_draft(store, planned, {"notes": "a"}, who=champion)
    for _again in range(2):
        reviews.save_draft(store, planned, {"notes": "b"}, who=champion, op_id="once")
    assert reviews.draft_of(store, planned).version == 2


def test_each_pause_moves_the_data_version(store, champion, planned):
    """Whoever keeps a reading of reviews reads again, whether an event was told or not."""
    before = store.version("reviews")
    types(store, planned, champion, "notes", "abc")
    assert store.version("reviews") == before + 3

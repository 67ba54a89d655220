"""The guided profile: sections with source and date, complete to a share that is no part of health."""

from __future__ import annotations

import pytest

from kam import relationships
from kam.errors import BadInput, StaleWrite
from tests.drawn import given
from tests.relationships.conftest import AS_OF


def note(store, champion, text="Grow by a third", *, section="objectives", on=AS_OF, status="assumed", version=None):
    return relationships.note_need(
        store, "A", section, text, source="visit", status=status, noted_on=on, expected_version=version, who=champion
    )


def test_an_empty_profile_asks_every_question_and_is_complete_to_nothing(ledger):
    held = relationships.profile(ledger, "A", AS_OF)
    assert [section.section for section in held.sections] == list(relationships.SECTIONS)
    assert all(section.question.endswith("?") and section.text is None for section in held.sections)
    assert (held.completeness, held.confirmed_count) == (0, 0)


def test_a_section_counts_from_its_day_and_the_latest_text_stands(ledger, champion):
    note(ledger, champion, "first", on=AS_OF.replace(month=6, day=30))
    note(ledger, champion, "second", status="confirmed")
    note(ledger, champion, "rivals", section="competitors")
    held = relationships.profile(ledger, "A", AS_OF)
    assert held.sections[0].text == "second"
    assert (held.known_count, held.confirmed_count) == (2, 1)
    assert held.completeness == pytest.approx(2 / 7)
    assert relationships.profile(ledger, "A", AS_OF.replace(month=7)).sections[0].text == "first"
    assert relationships.profile(ledger, "A", AS_OF.replace(month=5)).known_count == 0
    assert relationships.profile(ledger, "B", AS_OF).known_count == 0


def test_filling_in_the_profile_heals_nothing(ledger, champion):
    before = relationships.course(ledger, "A", AS_OF, steps=1).now
    for section in relationships.SECTIONS:
        note(ledger, champion, section=section)
    after = relationships.course(ledger, "A", AS_OF, steps=1).now
    assert (after.index, after.confidence) == (before.index, before.confidence)


def test_two_who_write_a_section_are_shown_both_versions(ledger, champion):
    note(ledger, champion, "theirs", version=0)
    with pytest.raises(StaleWrite) as stale:
        note(ledger, champion, "mine", version=0)
    assert (stale.value.theirs["text"], stale.value.mine["text"]) == ("theirs", "mine")
    note(ledger, champion, "both", version=stale.value.theirs["version"])
    assert [row["text"] for row in ledger.read("relationships.need_notes", order_by=[("note_id", False)])] == [
        "theirs", "both"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("objectives", " ", "visit", "assumed"), "Write what is known"),
        (("objectives", "x", " ", "assumed"), "Say how you know it"),
        (("gossip", "x", "visit", "assumed"), "The section must be one of"),
        (("objectives", "x", "visit", "sure"), "The status must be one of"),
        (("objectives", "x" * 20_001, "visit", "assumed"), "longer than 20,000 characters"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(ledger, champion, arguments, sentence):
    section, text, source, status = arguments
    with pytest.raises(BadInput) as refused:
        relationships.note_need(ledger, "A", section, text, source=source, status=status, noted_on=AS_OF, who=champion)
    assert sentence in refused.value.message
    assert ledger.read("relationships.need_notes").total == 0


def test_the_survey_is_told_by_attribute_and_person_on_one_scale(ledger, champion):
    given(
        ledger,
        champion,
        "survey_responses",
        """
        account_id | answered_on | attribute | importance | performance | scale_points | contact_id
        A          | 2025-11-01  | Delivery  | 5          | 3           | 5            | K1
        A          | 2024-11-01  | Delivery  | 1          | 1           | 5            | K1
        A          | 2025-11-01  | Delivery  | 7          | 1           | 7            | K3
        A          | 2023-12-31  | Price     | 5          | 5           | 5            | K1
        A          | 2026-01-01  | Price     | 5          | 5           | 5            | K1
        """,
    )
    (row,) = ledger.read("relationships.survey_summary", {"as_of": AS_OF, "of_account": "A"}).records()
    assert (row["attribute"], row["importance"], row["performance"], row["gap"]) == ("Delivery", 100, 25, -75)
    assert row["respondent_count"] == 2
    marks = ledger.read("relationships.survey_marks", {"as_of": AS_OF, "of_account": "A"}).records()
    assert {(mark["respondent"], mark["role"], mark["performance"]) for mark in marks} == {
        ("Mara Voss", "decision maker", 50), ("Ute Rahn", "user", 0)
    }  # fmt: skip

"""The stage of a relationship: bands, what the records support, both sides and the gap."""

from __future__ import annotations

import pytest

from kam import relationships
from kam.errors import BadInput, NotFound
from tests.relationships.conftest import AS_OF

EVIDENCE = {
    "has_bought": True, "active_months_12m": 12, "contact_count": 8, "active_count": 6, "service_count_12m": 5,
    "running_contracts": 1,
}  # fmt: skip


def supported(threads, is_single, **change):
    return relationships.supported_stage(
        EVIDENCE | change, threads_count=threads, is_single_thread=is_single, diamond_threads=3, regular_months=6
    ).stage


def marks_of(total):
    """Six marks 1–4 with this sum."""
    marks = [1] * 6
    for at in range(total - 6):
        marks[at % 6] += 1
    return marks


def test_rel_02_the_bands_of_six_marks(oracle):
    example = oracle("REL-02")
    found = [relationships.stage_of_marks(marks_of(total)) for total in example["inputs"]["sums"]]
    assert found == [stage.lower() for stage in example["expected"]["stage"]]


@pytest.mark.parametrize("marks", [[1] * 5, [1] * 7, [0, 1, 1, 1, 1, 1], [5, 4, 4, 4, 4, 4], [None] + [1] * 5])
def test_incomplete_marks_are_no_stage(marks):
    with pytest.raises(BadInput, match="Mark all six items from 1 to 4"):
        relationships.stage_of_marks(marks)


def test_every_stage_has_the_name_that_millman_and_wilson_gave_it():
    assert [other for _name, other, _looks in relationships.STAGES.values()] == [
        "pre-KAM", "early KAM", "mid-KAM", "partnership KAM", "synergistic KAM", "uncoupling KAM"
    ]  # fmt: skip


def test_a_bow_tie_supports_at_most_cooperative_and_a_diamond_interdependent():
    assert supported(1.0, True) == "cooperative"
    assert supported(2.9, False) == "cooperative"
    assert supported(3.0, False) == "interdependent"
    assert supported(3.0, False, service_count_12m=0) == "cooperative"
    assert supported(3.0, False, running_contracts=0) == "cooperative"
    assert supported(3.0, False, active_count=2) == "cooperative"
    assert supported(None, None) == "cooperative"


def test_without_regular_business_no_contact_lifts_the_stage():
    assert supported(5.0, False, has_bought=False) == "exploratory"
    assert supported(5.0, False, active_months_12m=0) == "basic"
    assert supported(5.0, False, active_months_12m=5) == "basic"
    assert supported(5.0, False, active_months_12m=6) == "interdependent"


def test_both_sides_are_kept_and_their_gap_is_told(ledger, champion):
    def rate(side, stage, by=None):
        relationships.rate_stage(
            ledger, "A", side, stage=stage, evidence="talk", rated_on=AS_OF, rated_by=by, who=champion
        )

    rate("ours", "integrated")
    rate("customers", "cooperative", "Mara Voss")
    rate("target", "interdependent")
    people = relationships.stakeholders(ledger, "A", AS_OF)
    standing = relationships.standing(ledger, people, "A", AS_OF)
    assert {side: row["stage"] for side, row in standing.rated.items()} == {
        "ours": "integrated", "customers": "cooperative", "target": "interdependent"
    }  # fmt: skip
    assert standing.supported.stage == "basic"  # two months with a purchase
    assert standing.gaps == (
        "We see it as integrated, the customer as cooperative: talk about it before planning on it.",
        "We rate it integrated, contacts and service support basic.",
        "It is meant to become interdependent and is cooperative.",
    )
    assert standing.rated["customers"]["rated_by"] == "Mara Voss"


def test_the_latest_rating_of_a_side_stands_and_the_earlier_stays_on_file(ledger, champion):
    for stage, on in (("cooperative", AS_OF.replace(month=6, day=30)), ("basic", AS_OF.replace(month=3))):
        relationships.rate_stage(ledger, "A", "ours", stage=stage, evidence="x", rated_on=on, who=champion)
    stages = ledger.read("relationships.standing_stages", {"as_of": AS_OF}).records()
    assert [row["stage"] for row in stages] == ["cooperative"]
    assert ledger.read("relationships.stage_ratings").total == 2


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"side": "ours"}, BadInput, "Choose a stage, or mark the six items"),
        ({"side": "ours", "stage": "basic", "marks": [1] * 6}, BadInput, "one of the two"),
        ({"side": "ours", "stage": "married"}, BadInput, "The stage must be one of"),
        ({"side": "bank", "stage": "basic"}, BadInput, "The side must be one of"),
        ({"side": "target", "marks": [1] * 6}, BadInput, "A target is chosen, not marked"),
        ({"side": "customers", "stage": "basic"}, BadInput, "Say who of the customer sees it so."),
        ({"side": "ours", "stage": "basic", "evidence": ""}, BadInput, "Say what it rests on"),
        ({"side": "target", "stage": "basic", "evidence": ""}, BadInput, "Say why this target"),
        ({"side": "ours", "stage": "basic", "account": "Z"}, NotFound, "There is no account Z"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(ledger, champion, arguments, error, sentence):
    given = {"evidence": "talk"} | arguments
    with pytest.raises(error) as refused:
        relationships.rate_stage(
            ledger, given.pop("account", "A"), given.pop("side"), **given, rated_on=AS_OF, who=champion
        )
    assert sentence in refused.value.message
    assert ledger.read("relationships.stage_ratings").total == 0

"""From ratings to scores: evidence, agreement, enough items, overall, core and stage."""

from __future__ import annotations

import math
import random

import pytest

from kam.benchmarking.instrument import instrument
from kam.benchmarking.scoring import Rated, Rules, agreement, counted, score, stage

RULES = Rules(
    agreement_at_least=0.7,
    introducing_from=25,
    embedding_from=50,
    optimising_from=75,
    optimising_dimension_at_least=50,
)
ITEMS = [item.item_id for dimension in instrument().dimensions for item in dimension.items]


def _rated(scores: dict[str, int], rater: str = "Ada", has_evidence: bool = True) -> list[Rated]:
    return [Rated(item_id=i, rater=rater, score=s, has_evidence=has_evidence) for i, s in scores.items()]


def _all(given: int, **changed: int) -> dict[str, int]:
    return {item: changed.get(item.split(".")[0], given) for item in ITEMS}


def test_the_instrument_has_ten_dimensions_of_four_items_with_ids_of_their_own():
    dimensions = instrument().dimensions

    assert [len(d.items) for d in dimensions] == [4] * 10
    assert len(set(ITEMS)) == 40
    assert [n for n, d in enumerate(dimensions, 1) if d.is_core] == [1, 6, 7, 8]
    assert len(instrument().scale.anchors) == instrument().scale.points == 5


def test_agreement_of_the_published_formula(oracle):
    example = oracle("BMK-01")

    found = agreement(example["inputs"]["ratings"], example["inputs"]["scale_points"])

    assert found == pytest.approx(example["expected"]["rwg"], abs=example["tolerance"])


@pytest.mark.parametrize(("given", "expected"), [([3], None), ([], None), ([2, 2], 1.0), ([0, 4], 0.0), ([1, 3], 0.0)])
def test_agreement_needs_two_raters_and_is_never_negative(given, expected):
    assert agreement(given, 5) == expected


@pytest.mark.parametrize(("given", "counts"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 2)])
def test_three_and_four_without_evidence_count_two(given, counts):
    assert counted(given, False, instrument().scale) == counts
    assert counted(given, True, instrument().scale) == given


def test_a_dimension_is_25_times_the_mean_of_its_answered_items():
    found = score(instrument(), _rated({"team.named": 4, "team.goals": 3, "team.functions": 1}), RULES)

    team = next(d for d in found.dimensions if d.dimension_id == "team")
    assert (team.score, team.answered) == (pytest.approx(25 * 8 / 3), 3)


def test_two_answered_items_make_no_score_and_no_overall():
    found = score(instrument(), _rated({"team.named": 4, "team.goals": 3}), RULES)

    assert all(d.score is None for d in found.dimensions)
    assert (found.overall, found.core, found.minimum, found.stage) == (None, None, None, None)


def test_disagreeing_raters_leave_the_item_without_a_mean_and_say_so():
    given = _rated({"team.named": 3}, "Ada") + _rated({"team.named": 1}, "Bo")
    item = next(i for d in score(instrument(), given, RULES).dimensions for i in d.items if i.item_id == "team.named")

    assert (item.mean, item.is_disputed, item.agreement) == (None, True, 0.0)
    assert (item.lowest, item.highest, item.rating_count) == (1, 3, 2)


def test_agreeing_raters_are_averaged_with_capped_ratings_counted_as_two():
    given = _rated({"team.named": 4}, "Ada") + _rated({"team.named": 3}, "Bo", has_evidence=False)
    item = next(i for d in score(instrument(), given, RULES).dimensions for i in d.items if i.item_id == "team.named")

    assert (item.agreement, item.mean, item.capped) == (0.75, 3.0, 1)


def test_agreement_at_the_rule_itself_is_enough():
    given = _rated({"team.named": 2}, "Ada") + _rated({"team.named": 3}, "Bo")

    def item(rule):
        found = score(instrument(), given, RULES.model_copy(update={"agreement_at_least": rule}))
        return next(i for d in found.dimensions for i in d.items if i.item_id == "team.named")

    assert (item(0.75).mean, item(0.75).is_disputed) == (2.5, False)
    assert item(0.76).is_disputed


def test_without_an_agreed_cut_off_every_mean_stands():
    rules = RULES.model_copy(update={"agreement_at_least": None})
    given = _rated({"team.named": 4}, "Ada") + _rated({"team.named": 0}, "Bo")
    item = next(i for d in score(instrument(), given, rules).dimensions for i in d.items if i.item_id == "team.named")

    assert (item.mean, item.is_disputed) == (2.0, False)


def test_overall_core_and_minimum_of_a_whole_round():
    found = score(instrument(), _rated(_all(3, strategy=4, people=1)), RULES)

    assert found.overall == pytest.approx((8 * 75 + 100 + 25) / 10)
    assert found.core == pytest.approx((100 + 3 * 75) / 4)
    assert (found.minimum.dimension_id, found.minimum.score) == ("people", 25)
    assert found.raters == ("Ada",)


@pytest.mark.parametrize(
    ("overall", "lowest", "expected"),
    [
        (24.99, 0, "scoping"),
        (25, 0, "introducing"),
        (49.99, 0, "introducing"),
        (50, 0, "embedding"),
        (75, 49.99, "embedding"),
        (74.99, 74, "embedding"),
        (75, 50, "optimising"),
        (None, 50, None),
    ],
)
def test_stages_begin_at_their_bounds_and_the_last_needs_every_dimension(overall, lowest, expected):
    assert stage(overall, [lowest, 100.0], RULES) == expected


def test_a_stage_is_unknown_without_adopted_bounds():
    assert stage(80, [80.0], RULES.model_copy(update={"embedding_from": None})) is None


@pytest.mark.parametrize("seed", range(20))
def test_scores_are_those_of_a_slow_second_implementation(seed):
    draw = random.Random(seed)
    given = [
        Rated(item_id=item, rater=rater, score=draw.randint(0, 4), has_evidence=draw.random() < 0.5)
        for item in ITEMS
        for rater in ("Ada", "Bo", "Cara")
        if draw.random() < 0.6
    ]
    found = score(instrument(), given, RULES)
    for dimension in found.dimensions:
        means = []
        for item in dimension.items:
            raw = [r.score for r in given if r.item_id == item.item_id]
            if not raw:
                continue
            if len(raw) > 1:
                middle = sum(raw) / len(raw)
                spread = sum((s - middle) ** 2 for s in raw) / (len(raw) - 1)
                if max(0, 1 - spread / 2) < 0.7:
                    continue
            counts = [r.score if r.score < 3 or r.has_evidence else 2 for r in given if r.item_id == item.item_id]
            means.append(sum(counts) / len(counts))
        expected = 25 * sum(means) / len(means) if len(means) >= 3 else None
        assert dimension.score is expected or math.isclose(dimension.score, expected)

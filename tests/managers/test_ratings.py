"""Ratings: the median of the latest others, at least two of them, bias, and what is refused."""

from __future__ import annotations

import random
import statistics
from datetime import date, timedelta

import pytest

from kam import managers
from kam.errors import Refusal
from kam.store import Condition
from tests.managers.conftest import DAY


def rate(store, who, kind="peer", rater="Eva", level=3, on=DAY, evidence="seen", manager="M1", competency="finance"):
    return managers.rate(
        store,
        manager,
        {competency: managers.Seen(level, evidence)},
        rater_kind=kind,
        rater=rater,
        rated_on=on,
        as_of=DAY,
        who=who,
    )


def finance(store, on=DAY):
    return store.one("managers.competency_levels", {"as_of": on}, where=[Condition("manager_id", "=", "M1")])


def test_one_other_rater_is_not_enough_and_a_second_is(company, champion):
    rate(company, champion, kind="manager", level=4)
    assert (finance(company)["actual_level"], finance(company)["others_median"]) == (None, 4)
    rate(company, champion, kind="customer", rater="Kay", level=3)

    assert finance(company)["actual_level"] == 3.5


def test_the_same_person_counts_once_whatever_part_they_rate_in(company, champion):
    rate(company, champion, kind="peer", rater="Eva", level=2, on=DAY - timedelta(days=1))
    rate(company, champion, kind="manager", rater=" EVA ", level=4)

    assert (finance(company)["other_count"], finance(company)["actual_level"]) == (1, None)
    assert finance(company)["others_median"] == 4


def test_ones_own_rating_never_enters_the_actual_level_and_shows_as_bias(company, champion):
    rate(company, champion, kind="self", level=5)
    assert finance(company)["bias_levels"] is None
    rate(company, champion, rater="Eva", level=3)
    rate(company, champion, rater="Kay", level=3)

    assert (finance(company)["actual_level"], finance(company)["bias_levels"]) == (3, 2)


def test_a_slow_second_implementation_of_the_median_agrees_on_drawn_ratings(company, champion):
    draw = random.Random(11)
    latest: dict[str, tuple[date, int]] = {}
    for number in range(60):
        rater, level, on = f"R{draw.randint(0, 8)}", draw.randint(1, 5), DAY - timedelta(days=number)
        rate(company, champion, rater=rater, level=level, on=on)
        latest.setdefault(rater, (on, level))
    for day in (DAY, DAY - timedelta(days=30), DAY - timedelta(days=59)):
        expected: dict[str, int] = {}
        rows = company.read("managers.ratings", order_by=[("rated_on", False)]).records()
        for row in rows:
            if row["rated_on"] <= day:
                expected[row["rater"]] = row["level"]
        found = finance(company, day)
        assert found["other_count"] == len(expected)
        median = statistics.median(expected.values())
        assert found["actual_level"] == (median if len(expected) >= 2 else None)


@pytest.mark.parametrize(
    ("given", "reason", "field"),
    [
        ({"level": 0}, "out_of_range", "level"),
        ({"level": 6}, "out_of_range", "level"),
        ({"level": 3.5}, "out_of_range", "level"),
        ({"level": True}, "out_of_range", "level"),
        ({"evidence": " "}, "missing", "evidence"),
        ({"rater": ""}, "missing", "rater"),
        ({"kind": "friend"}, "bad_input", "rater_kind"),
        ({"competency": "golf"}, "unknown_competency", "competency"),
        ({"on": DAY + timedelta(days=1)}, "future_date", "rated_on"),
        ({"manager": "M9"}, "unknown_manager", "manager_id"),
        ({"rater": "ana reis"}, "own_rating", "rater"),
    ],
)
def test_a_rating_that_cannot_be_is_refused_beside_its_field_and_nothing_is_written(
    company, champion, given, reason, field
):
    with pytest.raises(Refusal) as refused:
        rate(company, champion, **given)
    assert (refused.value.reason, refused.value.field) == (reason, field)
    assert len(company.read("managers.ratings")) == 0


def test_rating_twice_on_a_day_is_refused_and_on_the_next_is_a_new_rating(company, champion):
    rate(company, champion, level=3, on=DAY - timedelta(days=1))
    with pytest.raises(Refusal) as refused:
        rate(company, champion, level=4, on=DAY - timedelta(days=1), rater="eva")
    assert refused.value.reason == "rated_twice"
    assert "Eva" in refused.value.message or "eva" in refused.value.message
    rate(company, champion, level=4)

    assert len(company.read("managers.ratings")) == 2
    assert finance(company)["others_median"] == 4


def test_a_wrong_rating_among_several_saves_none_of_them(company, champion):
    with pytest.raises(Refusal):
        managers.rate(
            company,
            "M1",
            {"finance": managers.Seen(3, "a"), "planning": managers.Seen(9, "b")},
            rater_kind="self",
            rated_on=DAY,
            as_of=DAY,
            who=champion,
        )
    assert len(company.read("managers.ratings")) == 0

"""Whether gaps close: levels lacked a year before and now, as rated by enough others on both days."""

from __future__ import annotations

from datetime import date

import pytest

from kam import benchmarking, managers
from kam.managers import Seen

THEN, DAY = date(2024, 6, 1), date(2025, 6, 30)


def _rate(store, who, manager_id, levels, on, raters=("Ole", "Eva")):
    for rater in raters:
        managers.rate(
            store,
            manager_id,
            {name: Seen(level, "seen at the customer's") for name, level in levels.items()},
            rater_kind="peer",
            rater=rater,
            rated_on=on,
            as_of=on,
            who=who,
        )


def _fact(store, who):
    facts = benchmarking.programme_facts(store, DAY, for_whom=who)
    return next(fact for fact in facts if fact.fact_id == "competency_gap_closed")


def test_what_was_lacked_a_year_ago_and_is_lacked_less_now_is_closed(company, champion):
    required = {name: r.level for name, r in managers.competency_model().demand(["strategic", "status"]).items()}
    finance, planning = required["finance"], required["planning"]
    _rate(company, champion, "M1", {"finance": finance - 2, "planning": planning - 1, "influence": 5}, THEN)
    _rate(company, champion, "M1", {"finance": finance - 1, "planning": planning, "influence": 1}, date(2025, 3, 1))

    found = managers.gap_change(company, DAY)

    lost = required["influence"] - 1
    assert (found.compared_count, found.levels_before) == (3, 3)
    # One level of finance and one of planning closed; influence, which lacked nothing, opened.
    assert found.levels_closed == 2 - lost
    assert _fact(company, champion).value == pytest.approx((2 - lost) / 3)


def test_a_level_that_is_known_on_one_day_only_says_nothing_and_without_any_the_measure_is_unknown(company, champion):
    _rate(company, champion, "M1", {"finance": 2}, THEN, raters=("Ole",))
    _rate(company, champion, "M1", {"finance": 4}, date(2025, 3, 1))

    assert managers.gap_change(company, DAY).compared_count == 0
    fact = _fact(company, champion)
    assert (fact.value, fact.unknown_because) == (
        None,
        "no manager of a key account was rated by enough others both now and a year before",
    )


def test_who_lacked_nothing_a_year_ago_has_no_gap_to_close(company, champion):
    _rate(company, champion, "M1", {"finance": 5}, THEN)
    _rate(company, champion, "M1", {"finance": 5}, date(2025, 3, 1))
    assert _fact(company, champion).unknown_because == "no gap was known a year before"

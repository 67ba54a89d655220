"""Other programmes of the company: what is taken in, what is refused, and when they make a norm."""

from __future__ import annotations

from datetime import date
from statistics import mean, stdev

import pytest

from kam import benchmarking, parameters
from kam.benchmarking.summaries import latest
from kam.errors import BadInput, NotFound
from kam.store import events

DAY = date(2025, 11, 1)
HEAD = "programme,year,measure,value,n,source\n"


def _take(store, who, *lines, **more):
    return benchmarking.import_summaries(store, (HEAD + "\n".join(lines)).encode(), who=who, **more)


def test_a_summary_is_taken_in_by_dimension_name_number_or_measure_and_again_changes_nothing(store, champion):
    first = benchmarking.instrument().dimensions[0]
    lines = [
        f"North,2025,{first.name},61,5,Paper",
        "North,2025,2,40,,Paper",
        "North,2025,Overall,55.5,5,Paper",
        "North,2025,sponsor_coverage,0.8,11,Paper",
        "North,2025,handover_days,34,3,Paper",
    ]
    done = _take(store, champion, *lines, op_id="click")
    assert (done.read, done.inserted) == (5, 5)
    assert _take(store, champion, *lines, op_id="click") is None
    assert _take(store, champion, *lines).unchanged == 5

    second = benchmarking.instrument().dimensions[1].dimension_id
    held = {s.measure: (s.value, s.sample_size) for s in benchmarking.summaries(store)}
    assert held == {
        first.dimension_id: (61, 5),
        second: (40, None),
        "overall": (55.5, 5),
        "sponsor_coverage": (0.8, 11),
        "handover_days": (34, 3),
    }
    changed = _take(store, champion, "north,2025,overall,57,5,Corrected paper")
    assert (changed.inserted, changed.updated) == (0, 1)
    assert [(s.programme, s.value) for s in benchmarking.summaries(store) if s.measure == "overall"] == [("north", 57)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("North,2025,overall,55,5,", "Line 2 has no source"),
        (",2025,overall,55,5,Paper", "Line 2 has no programme"),
        ("North,2025,overall,,5,Paper", "Line 2 has no value"),
        ("North,,overall,55,5,Paper", "Line 2 has no year"),
        ("North,2025,overall,101,5,Paper", "value is 101; it has to be a number from 0 to 100"),
        ("North,2025,sponsor_coverage,82,5,Paper", "value is 82; it has to be a number from 0 to 1"),
        ("North,2025,handover_days,-1,5,Paper", "from 0 to"),
        ("North,2025,overall,many,5,Paper", "value is many"),
        ("North,25,overall,55,5,Paper", "from 1950 to 2100"),
        ("North,2025,overall,55,0,Paper", "sample_size is 0"),
        ("North,2025,happiness,55,5,Paper", "happiness is neither a dimension nor a measure"),
        (
            "North,2025,overall,55,5,Paper\nNORTH,2025,overall,56,5,Other",
            "Line 3: overall of NORTH, 2025, stands twice",
        ),
    ],
)
def test_a_row_that_cannot_be_held_beside_ours_refuses_the_file_with_its_line(store, champion, line, said):
    before = len(events(store, limit=1000))
    with pytest.raises(BadInput, match=said):
        _take(store, champion, line)
    assert (benchmarking.summaries(store), len(events(store, limit=1000))) == ((), before)


def test_a_programme_is_taken_out_as_a_whole(store, champion):
    _take(store, champion, "North,2024,overall,50,5,P", "North,2025,overall,55,5,P", "South,2025,overall,45,5,P")
    benchmarking.remove_programme(store, "North", who=champion)
    assert [s.programme for s in benchmarking.summaries(store)] == ["South"]
    with pytest.raises(NotFound, match="no other programme called North"):
        benchmarking.remove_programme(store, "North", who=champion)


def test_a_round_is_held_beside_the_latest_figures_up_to_its_year(store, champion):
    _take(store, champion, *(f"North,{year},overall,{year - 1970},5,P" for year in (2023, 2025, 2026)))
    benchmarking.open_round(store, 2025, opened_on=DAY, who=champion)
    found = benchmarking.results(store, 2025, DAY, for_whom=champion)
    assert [s.year for s in found.summaries] == [2025]
    assert [s.year for s in latest(benchmarking.summaries(store), 2024)] == [2023]
    assert latest(benchmarking.summaries(store), 2022) == ()


def test_ten_values_make_a_norm_and_nine_do_not(store, champion):
    values = [40, 42, 45, 50, 51, 55, 60, 61, 64]
    _take(store, champion, *(f"P{at},2025,overall,{value},5,Paper" for at, value in enumerate(values)))
    held = benchmarking.summaries(store)
    ours = {"overall": 70.0, "core": 50.0}

    (nine,) = benchmarking.own_norms(store, DAY, ours, [{"overall": None}], held)
    assert (nine.count, nine.mean, nine.z) == (9, None, None)
    (ten,) = benchmarking.own_norms(store, DAY, ours, [{"overall": 30.0}], held)
    everything = [*values, 30]
    assert (ten.count, ten.mean, ten.sd) == (10, mean(everything), stdev(everything))
    assert ten.z == pytest.approx((70 - mean(everything)) / stdev(everything))
    (unknown,) = benchmarking.own_norms(store, DAY, {"overall": None}, [{"overall": 30.0}], held)
    assert (unknown.mean, unknown.z) == (ten.mean, None)

    parameters.adopt(store, "benchmarking.own_norm_at_least", None, valid_from=DAY, source="x", who=champion)
    (undecided,) = benchmarking.own_norms(store, DAY, ours, [{"overall": 30.0}], held)
    assert undecided.mean is None

"""Reference values: what a file has to hold, what it is compared with, and what is not claimed."""

from __future__ import annotations

import random
from datetime import date
from statistics import NormalDist

import pytest

from kam import benchmarking
from kam.benchmarking import Rating
from kam.errors import BadInput, NotFound

DAY = date(2025, 11, 1)
HEADER = "dimension,mean,sd,n,population,year,citation"
ITEMS = [item.item_id for dimension in benchmarking.instrument().dimensions for item in dimension.items]


def _file(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows]).encode()


def _import(store, who, *rows, **more):
    return benchmarking.import_references(store, _file(*rows), who=who, **more)


def test_references_come_in_once_are_replaced_and_stay_by_identity(store, champion):
    first = _import(store, champion, 'team,50,10,40,EU firms,2020,"Doe, 2020"', "Overall,40,,,EU firms,2020,Doe 2020")
    again = _import(store, champion, 'team,50,10,40,EU firms,2020,"Doe, 2020"', "6,60,12,40,EU firms,2020,Doe 2020")
    changed = _import(store, champion, 'TEAM,55,10,40,EU firms,2020,"Doe, 2020"')

    assert (first.read, first.inserted) == (2, 2)
    assert (again.inserted, again.updated, again.unchanged) == (1, 0, 1)
    assert changed.updated == 1
    held = benchmarking.references(store)
    assert [(r.dimension, r.mean, r.sd) for r in held] == [("team", 60, 12), ("team", 55, 10), ("overall", 40, None)]


def test_a_semicolon_file_with_decimal_commas_and_long_headings_is_read(store, champion):
    content = (
        "\ufeffDimension;Mean;Standard deviation;Sample size;Population;Year;Citation\nteam;50,5;9,5;31;EU;2020;Doe\n"
    )

    benchmarking.import_references(store, content.encode(), who=champion)

    (held,) = benchmarking.references(store)
    assert (held.mean, held.sd, held.sample_size) == (50.5, 9.5, 31)


@pytest.mark.parametrize(
    ("content", "reason", "line", "message"),
    [
        (_file("team,50,10,40,EU,2020,"), "missing", 2, "Line 2 has no citation"),
        (_file("team,50,10,40,EU,2020,Doe", "team,,10,40,US,2020,Doe"), "missing", 3, "Line 3 has no mean"),
        (_file("teamwork,50,10,40,EU,2020,Doe"), "bad_value", 2, "teamwork is not a dimension"),
        (_file("team,101,10,40,EU,2020,Doe"), "out_of_range", 2, "mean is 101"),
        (_file("team,nan,10,40,EU,2020,Doe"), "bad_number", 2, "mean is nan"),
        (_file("team,many,10,40,EU,2020,Doe"), "bad_number", 2, "mean is many"),
        (_file("team,50,-1,40,EU,2020,Doe"), "out_of_range", 2, "sd is -1"),
        (_file("team,50,10,40.5,EU,2020,Doe"), "bad_integer", 2, "whole number"),
        (_file("team,50,10,0,EU,2020,Doe"), "out_of_range", 2, "sample_size is 0"),
        (_file("team,50,10,40,EU,20,Doe"), "out_of_range", 2, "year is 20"),
        (_file("team,50,10,40,EU,2020,Doe, 2020"), "ragged", 2, "8 cells"),
        (_file('team,50,10,40,EU,2020,"Doe'), "quote", 2, "quotation mark"),
        (_file("team,50,10,40,EU,2020,Doe", "team,51,10,40,EU,2020,Doe"), "duplicate_key", None, "stands twice"),
        (_file("x", header="dimension,mean"), "missing", 1, "lacks the column population"),
        (_file("x", header=HEADER + ",Mean"), "header_row", 1, "names a column twice"),
        (_file(), "missing", None, "no rows"),
        (b"", "missing", None, "no rows"),
        (b"\xff\xfe\x00", "encoding", None, "UTF-8"),
    ],
)
def test_the_first_fault_refuses_the_whole_file_with_its_line(store, champion, content, reason, line, message):
    with pytest.raises(BadInput, match=message) as caught:
        benchmarking.import_references(store, content, who=champion)

    assert (caught.value.reason, caught.value.line) == (reason, line)
    assert benchmarking.references(store) == ()


def _results(store, who, score=3):
    benchmarking.open_round(store, 2025, opened_on=DAY, who=who)
    given = [Rating(item, score, "minutes", DAY) for item in ITEMS]
    benchmarking.rate(store, 2025, given, rater="Ada", as_of=DAY, who=who)
    return benchmarking.results(store, 2025, DAY, for_whom=who)


def test_z_and_percentile_from_thirty_programmes_on(store, champion):
    _import(
        store,
        champion,
        "overall,60,10,30,large,2020,Doe",
        "overall,60,10,29,small,2020,Doe",
        "overall,60,10,,unknown size,2020,Doe",
        "overall,60,0,90,no spread,2020,Doe",
        "overall,60,,90,unknown spread,2020,Doe",
    )
    found = {c.reference.population: c for c in _results(store, champion).comparisons}

    assert {name: c.z for name, c in found.items()} == {
        "large": 1.5,
        "small": 1.5,
        "unknown size": 1.5,
        "no spread": None,
        "unknown spread": None,
    }
    assert found["large"].percentile == pytest.approx(100 * NormalDist().cdf(1.5))
    assert [c.percentile for name, c in found.items() if name != "large"] == [None] * 4


def test_the_percentile_is_the_normal_one(store, champion):
    draw = random.Random(3)
    rows = [f"overall,{draw.uniform(20, 90):.2f},{draw.uniform(3, 20):.2f},50,P{n},2020,Doe" for n in range(8)]
    _import(store, champion, *rows)

    for c in _results(store, champion).comparisons:
        expected = NormalDist(c.reference.mean, c.reference.sd).cdf(75) * 100
        assert c.percentile == pytest.approx(expected)


def test_no_norm_is_shipped(store):
    assert benchmarking.references(store) == ()


def test_a_reference_can_be_taken_out_and_only_once(store, champion):
    _import(store, champion, "team,50,10,40,EU,2020,Doe")
    benchmarking.remove_reference(store, 1, who=champion)

    with pytest.raises(NotFound, match="no reference 1"):
        benchmarking.remove_reference(store, 1, who=champion)


def test_ratings_can_come_as_a_file():
    content = b"item,score,evidence,evidence on\nteam.named,3,minutes,2025-05-01\nteam.goals,,,\nteam.functions,1,,\n"

    assert benchmarking.read_ratings(content) == [
        Rating("team.named", 3, "minutes", date(2025, 5, 1)),
        Rating("team.functions", 1, "", None),
    ]
    for faulty, message in [
        (b"item,score\nteam.named,5", "from 0 to 4"),
        (b"item,score\nteam.nobody,1", "team.nobody is not an item"),
        (b"item,score,evidence_on\nteam.named,3,1 May", "not a date"),
    ]:
        with pytest.raises(BadInput, match=message):
            benchmarking.read_ratings(faulty)

"""The generator is deterministic, scales, and leaves nothing half-made."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from kam import demonstration
from kam.demonstration import decisions, facts
from kam.errors import BadInput, StoreUnavailable


def drawn(**changed):
    return facts.draw_facts(
        **({"accounts": 120, "order_lines": 20_000, "seed": 3, "until": date(2026, 10, 31)} | changed)
    )


def same(one, other):
    return all(
        np.array_equal(np.ma.filled(a, 0) if a.dtype != object else a, np.ma.filled(b, 0) if b.dtype != object else b)
        for (_t, _l, left), (_t2, _l2, right) in zip(one.tables, other.tables, strict=True)
        for a, b in zip(left.values(), right.values(), strict=True)
        if len(a) and not isinstance(a[0], list)
    )


def test_the_same_seed_and_day_give_the_same_facts():
    assert same(drawn(), drawn())


@pytest.mark.parametrize("changed", [{"seed": 4}, {"until": date(2026, 9, 30)}])
def test_another_seed_or_day_gives_other_facts(changed):
    other = drawn(**changed)
    assert not np.array_equal(drawn().lines.net, other.lines.net)


@pytest.mark.parametrize("count", [20_000, 33_333, 50_001])
def test_there_are_exactly_as_many_lines_as_asked_for_and_none_outside_the_period(count):
    made = drawn(order_lines=count)
    assert len(made.lines) == count
    assert made.lines.order_date.min() >= np.datetime64("2023-11-01")
    assert made.lines.order_date.max() <= np.datetime64("2026-10-31")


def test_keys_of_order_lines_are_unique_and_lines_count_from_one():
    lines = drawn().lines
    keys = set(zip(lines.order_id.tolist(), lines.line_no.tolist(), strict=True))
    assert len(keys) == len(lines)
    assert lines.line_no.min() == 1


def test_the_facts_of_an_account_are_not_older_than_the_account():
    made = drawn()
    since = made.base.customer_since[made.lines.account]
    assert (made.lines.order_date >= since).all()


def test_the_cast_earns_what_the_story_says():
    made = drawn(order_lines=40_000)
    recent = made.lines.order_date > np.datetime64("2025-10-31")
    revenue = np.bincount(
        made.lines.account[recent], (made.lines.net * made.lines.rate)[recent], minlength=len(made.base)
    )
    for at, member in enumerate(made.base.cast):
        if not member.get("returns", 0) > 0.1:
            assert revenue[at] == pytest.approx(member["revenue"], rel=0.06), member["name"]


@pytest.mark.parametrize(
    ("today", "end"),
    [
        (date(2026, 11, 23), date(2026, 10, 31)),
        (date(2026, 3, 1), date(2026, 2, 28)),
        (date(2027, 1, 31), date(2026, 12, 31)),
    ],
)
def test_the_ledger_ends_with_the_last_full_month(today, end):
    assert demonstration.last_month_end(today) == end


@pytest.mark.parametrize("size", [{"order_lines": 100}, {"accounts": 5}, {"accounts": 5_000, "order_lines": 30_000}])
def test_a_size_that_cannot_tell_the_story_is_refused(tmp_path, size):
    with pytest.raises(BadInput):
        demonstration.make(tmp_path / "demo.duckdb", until=date(2026, 10, 31), **size)
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_left_alone(tmp_path):
    mine = tmp_path / "demo.duckdb"
    mine.write_text("mine")
    with pytest.raises(StoreUnavailable):
        demonstration.make(mine, until=date(2026, 10, 31))
    assert mine.read_text() == "mine"


def test_what_breaks_off_half_way_leaves_nothing_behind(tmp_path, monkeypatch):
    def break_off(*_arguments, **_named):
        raise KeyboardInterrupt

    monkeypatch.setattr(decisions, "decide", break_off)
    with pytest.raises(KeyboardInterrupt):
        demonstration.make(tmp_path / "demo.duckdb", until=date(2026, 10, 31), accounts=100, order_lines=20_000)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 10, 31), 10, date(2025, 12, 31)),
        (date(2026, 10, 31), 20, date(2025, 2, 28)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2026, 1, 31), 23, date(2024, 2, 29)),
    ],
)
def test_months_before_a_month_end_are_month_ends(day, months, expected):
    assert decisions.months_before(day, months) == expected

"""Readings that others build on are kept once: the text that reads them in place of a call, and when it is made anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kam import relations, value
from kam.relations import Relation
from tests.drawn import given

DAY = date(2026, 6, 30)


def a_macro(
    name: str, query: str, *, is_shared: bool = False, parameters: str = "as_of DATE, level VARCHAR := 'account'"
):
    stated = [part.split(":=")[0].split() for part in parameters.split(", ")]
    header = f"{name}({parameters})\nOne row: a thing." + ("\nShared: kept." if is_shared else "")
    defaults = {"level": "'account'"} if "level" in parameters else {}
    text = f"create or replace macro {name}({parameters}) as table\n{query};"
    return Relation(name, "macro", tuple((n, kind) for n, kind in stated), header, text, Path("x.sql"), defaults)


@pytest.fixture
def catalogue(monkeypatch):
    """What relations.catalogue gives, to be filled by a test."""
    held: dict[str, Relation] = {}
    monkeypatch.setattr(relations, "catalogue", lambda: held)
    relations.stands_on_shared.cache_clear()
    yield held
    relations.stands_on_shared.cache_clear()


def over(name: str, **passed: str) -> tuple[str, list]:
    """(text, what was asked of the shared relations)."""
    asked = []

    def kept(shared, meant):
        asked.append((shared, dict(meant)))
        return f"held_{len(asked)}"

    return relations.query_over(name, passed, kept), asked


def test_a_call_with_the_same_day_and_level_becomes_the_table(catalogue):
    catalogue["a.base"] = a_macro("a.base", "select 1 as x", is_shared=True)
    catalogue["a.top"] = a_macro(
        "a.top",
        "select base.x, 'as_of level' as said -- as_of, a.base(as_of)\n"
        "from a.base(as_of, level := level) as base, a.base(as_of), a.base(as_of - interval 12 month, level := level)\n"
        "where base.as_of <= as_of and base.level = level",
    )
    text, asked = over("a.top", as_of="$as_of", level="$level")
    assert text == (
        "select base.x, 'as_of level' as said -- as_of, a.base(as_of)\n"
        "from held_1 as base, held_2, a.base($as_of - interval 12 month, level := $level)\n"
        "where base.as_of <= $as_of and base.level = $level"
    )
    assert asked == [("a.base", {"as_of": "$as_of", "level": "$level"}), ("a.base", {"as_of": "$as_of"})]


def test_what_lies_between_is_read_in_place_and_keeps_its_own_level(catalogue):
    catalogue["a.base"] = a_macro("a.base", "select 1 as x", is_shared=True)
    catalogue["a.plain"] = a_macro("a.plain", "select 2 as y")
    catalogue["a.between"] = a_macro("a.between", "select x, level from a.base(as_of, level := level)")
    catalogue["a.top"] = a_macro("a.top", "select * from a.between(as_of) as between, a.plain(as_of, level := level)")
    text, asked = over("a.top", as_of="$as_of", level="$level")
    assert text == ("select * from (select x, 'account' from held_1) as between, a.plain($as_of, level := $level)")
    assert asked == [("a.base", {"as_of": "$as_of", "level": "'account'"})]
    assert relations.stands_on_shared("a.top") and not relations.stands_on_shared("a.plain")


@pytest.fixture
def trading(store, champion):
    given(store, champion, "accounts", "account_id | name | parent_account_id\nA | Alpha | \nB | Beta | A")
    lines(store, champion, "O1 | A | 2026-05-04 | 100\nO2 | B | 2026-05-04 | 50")
    return store


def lines(store, champion, rows: str) -> None:
    given(store, champion, "order_lines", "order_id | account_id | order_date | net_revenue\n" + rows)


def revenue(store, level: str) -> dict:
    rows = store.page("programme.account_list", {"as_of": DAY, "level": level})
    return {row["account_id"]: int(row["revenue_12m"]) for row in rows}


def test_each_level_stands_on_its_own_reading(trading):
    assert revenue(trading, "account") == {"A": 100, "B": 50}
    assert revenue(trading, "group") == {"A": 150}
    assert revenue(trading, "account") == {"A": 100, "B": 50}


def test_a_write_beneath_a_shared_reading_is_seen_in_all_that_build_on_it(trading, champion):
    assert revenue(trading, "account")["A"] == 100
    lines(trading, champion, "O3 | A | 2026-06-01 | 7")
    assert revenue(trading, "account")["A"] == 107
    assert {one["revenue_12m"] for one in value.account_values(trading, DAY, for_whom=champion)} == {107, 50}


def test_a_level_that_is_meant_anyway_is_not_kept_twice(trading):
    trading.page("value.whale_curve", {"as_of": DAY})
    kept = len(trading._kept._tables)
    trading.page("value.whale_curve", {"as_of": DAY, "level": "account"})
    trading.page("value.account_measures", {"as_of": DAY, "level": "account"})
    assert len(trading._kept._tables) == kept


def test_a_reading_that_fails_leaves_nothing_half_kept(trading, monkeypatch):
    real = relations.query_over
    broken = lambda name, *more: "select no_such" if name == "value.whale_curve" else real(name, *more)  # noqa: E731
    monkeypatch.setattr(relations, "query_over", broken)
    with pytest.raises(Exception, match="no_such"):
        trading.page("value.whale_curve", {"as_of": DAY})
    assert not trading._kept._tables
    monkeypatch.undo()
    assert trading.page("value.account_measures", {"as_of": DAY}).total == 2

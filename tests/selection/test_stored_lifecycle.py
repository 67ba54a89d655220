"""Cycle after cycle in the store: as the state machine says, without oscillation, never beyond the limit."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kam import access, parameters, programme, selection, verification
from tests.fresh import fresh_workbench
from tests.selection.cycle_ledger import adopt_charter, assessed, decided, held, in_force, scored, version

YEARS = [date(year, 12, 31) for year in (2024, 2025, 2026, 2027)]
ACCOUNTS = "ABCDE"
WHO = access.Person("ines-brandt", "Ines Brandt", "champion")
# On, beside and between the lines of 5 and 4.
SCORES = st.sampled_from([0, 3.9, 4, 4.5, 4.9, 5, 5.1, 8])


def walks():
    """(places, for each year each account's score; None: its cost is unknown)."""
    year = st.fixed_dictionaries({account: st.one_of(SCORES, SCORES, st.none()) for account in ACCOUNTS})
    return st.tuples(st.integers(1, 4), st.lists(year, min_size=2, max_size=4))


def reading(points):
    return programme.Reading(*((0.0, 10.0) if points is None else (float(points), float(points))))


@settings(deadline=None, max_examples=6)
@given(walk=walks())
def test_cycles_follow_the_state_machine_and_keep_the_limit(walk):
    places, years = walk
    with tempfile.TemporaryDirectory() as folder, fresh_workbench(Path(folder) / "w.duckdb", person=WHO) as store:
        parameters.adopt(store, "programme.accounts_at_most", places, valid_from=YEARS[0], source="drawn", who=WHO)
        adopt_charter(store, WHO)
        expected: dict[str, programme.Membership] = {}
        for day, points in zip(YEARS, years, strict=False):
            scored(store, WHO, points, on=day)
            readings = {a: reading(p) for a, p in points.items()}
            rules = programme.rules(store, day)
            expected = programme.reviewed(expected, readings, rules, on=day).memberships
            held(store, WHO, on=day)
            stored = programme.memberships(store, day)
            # Who never moved has no row: it is outside.
            assert {a: m for a, m in expected.items() if m.since} == stored
            assert programme.size(store, day) <= places
            moves = len(programme.moves(store))
            held(store, WHO, on=day)
            assert len(programme.moves(store)) == moves, "a second review with the same figures changes nothing"
        assert [c.message for c in verification.verify(store) if not c.is_ok] == []


@settings(deadline=None, max_examples=4)
@given(walk=st.lists(st.sampled_from([4, 4.1, 4.5, 4.9, 4.999]), min_size=2, max_size=3), starts_in=st.booleans())
def test_between_the_lines_nobody_moves(walk, starts_in):
    with tempfile.TemporaryDirectory() as folder, fresh_workbench(Path(folder) / "w.duckdb", person=WHO) as store:
        adopt_charter(store, WHO)
        scored(store, WHO, {"A": 5 if starts_in else 4.9}, on=YEARS[0])
        held(store, WHO, on=YEARS[0])
        moves = programme.moves(store)
        assert bool(moves) is starts_in
        for day, points in zip(YEARS[1:], walk, strict=False):
            scored(store, WHO, {"A": points}, on=day)
            held(store, WHO, on=day)
        assert programme.moves(store) == moves


def test_a_cycle_put_in_force_later_dates_its_moves_on_that_day(store, champion):
    scored(store, champion, {"A": 8}, on=YEARS[0])
    adopt_charter(store, champion)
    number = assessed(store, champion, on=YEARS[0])
    decided(store, champion, number, on=date(2025, 1, 20))
    in_force(store, champion, number, on=date(2025, 2, 1))
    assert {move["moved_on"] for move in programme.moves(store)} == {date(2025, 2, 1)}
    assert programme.size(store, date(2025, 1, 31)) == 0
    assert version(store, number) > 1 and selection.unfinished(store) is None

"""A round from open to closed: what is refused, and what stays as it was seen."""

from __future__ import annotations

from datetime import date

import pytest

from kam import benchmarking, change, parameters
from kam.benchmarking import Rating
from kam.errors import BadInput, NotFound, RuleBroken, StaleWrite
from kam.store import events
from tests.drawn import given
from tests.key_accounts import key_accounts
from tests.rounds import decided

DAY = date(2025, 11, 1)
ADMITTED = date(2025, 1, 1)
ITEMS = [item.item_id for dimension in benchmarking.instrument().dimensions for item in dimension.items]


def _open(store, who, year=2025, on=DAY, **more):
    return benchmarking.open_round(store, year, opened_on=on, who=who, **more)


def _rate(store, who, given_ratings=None, rater="Ada", year=2025, **more):
    given_ratings = given_ratings or [Rating(item, 2) for item in ITEMS]
    return benchmarking.rate(store, year, given_ratings, rater=rater, as_of=DAY, who=who, **more)


def _close(store, who, year=2025, **more):
    settings = {"closed_on": DAY, "conclusions": "Train operations.", "expected_version": 1, "who": who}
    return benchmarking.close_round(store, year, **(settings | more))


def _refused(store, kind, message, action):
    def state():
        tables = [store.read(f"benchmarking.{t}").rows for t in ("rounds", "ratings", "reference_values")]
        return tables, len(events(store, limit=1000))

    before = state()
    with pytest.raises(kind, match=message) as caught:
        action()
    assert state() == before
    return caught.value


def test_a_year_has_one_round_open_or_closed(store, champion):
    _open(store, champion)
    _refused(store, RuleBroken, "2025 is open already", lambda: _open(store, champion))
    _rate(store, champion)
    decided(store, champion, 2025, on=DAY)
    _close(store, champion)
    _refused(store, RuleBroken, "2025 is closed", lambda: _open(store, champion))
    assert _open(store, champion, year=2026) == 2


@pytest.mark.parametrize("year", [1989, 2027, 0])
def test_a_round_is_opened_for_a_year_that_is_near(store, champion, year):
    _refused(store, BadInput, "from 1990 to 2026", lambda: _open(store, champion, year=year))


@pytest.mark.parametrize("score", [-1, 5, 2.5, True, "3", None])
def test_a_rating_is_a_whole_number_from_0_to_4(store, champion, score):
    _open(store, champion)
    _refused(store, BadInput, "whole number from 0 to 4", lambda: _rate(store, champion, [Rating(ITEMS[0], score)]))


@pytest.mark.parametrize(
    ("rating", "message"),
    [
        (Rating("team.nonsense", 2), "not an item"),
        (Rating(ITEMS[0], 3, "minutes", date(2025, 11, 2)), "after 1 Nov 2025"),
        (Rating(ITEMS[0], 3, " ", DAY), "Say what the evidence"),
    ],
)
def test_what_cannot_be_evidence_is_refused_with_all_ratings_beside_it(store, champion, rating, message):
    _open(store, champion)
    _refused(store, BadInput, message, lambda: _rate(store, champion, [Rating(ITEMS[1], 2), rating]))


def test_a_rater_rates_an_item_once_and_changes_that_rating_afterwards(store, champion):
    _open(store, champion)
    _rate(store, champion, [Rating(ITEMS[0], 2)])
    _refused(
        store, RuleBroken, "Ada has rated this item already", lambda: _rate(store, champion, [Rating(ITEMS[0], 3)])
    )
    _refused(
        store,
        BadInput,
        "rated twice in one go",
        lambda: _rate(store, champion, [Rating(ITEMS[1], 2), Rating(ITEMS[1], 3)]),
    )

    _rate(store, champion, [Rating(ITEMS[0], 3, "minutes", DAY, seen_version=1)])
    (row,) = benchmarking.ratings(store, 2025, "Ada")
    assert (row["score"], row["evidence"], row["version"]) == (3, "minutes", 2)
    _refused(store, StaleWrite, "Someone else", lambda: _rate(store, champion, [Rating(ITEMS[0], 1, seen_version=1)]))


def test_a_double_click_rates_once(store, champion):
    _open(store, champion)
    assert _rate(store, champion, op_id="click") == 40
    assert _rate(store, champion, op_id="click") is None
    assert len(benchmarking.ratings(store, 2025)) == 40


def test_without_a_round_there_is_nothing_to_rate_close_or_show(store, champion):
    _refused(store, NotFound, "no benchmark round of 2025", lambda: _rate(store, champion))
    _refused(store, NotFound, "no benchmark round of 2025", lambda: _close(store, champion))
    with pytest.raises(NotFound):
        benchmarking.results(store, 2025, DAY, for_whom=champion)


def test_a_round_is_closed_with_enough_raters_on_the_day_of_closing(store, champion):
    _open(store, champion)
    _rate(store, champion)
    _rate(store, champion, rater="Bo")
    decided(store, champion, 2025, on=DAY)
    needed = "benchmarking.raters_at_least"
    parameters.adopt(store, needed, 3, valid_from=DAY, source="Charter", who=champion)
    _refused(store, RuleBroken, "2 raters took part and 3 are needed \\(Charter\\)", lambda: _close(store, champion))
    parameters.adopt(store, needed, 2, valid_from=date(2025, 11, 2), source="Charter", who=champion)
    assert _close(store, champion, closed_on=date(2025, 11, 3)).scores.raters == ("Ada", "Bo")


def test_a_round_is_closed_only_after_it_was_rated_compared_and_decided(store, champion):
    def refuses(said):
        _refused(store, RuleBroken, f"rated, compared and decided: {said} yet", lambda: _close(store, champion))

    def enters(phase):
        benchmarking.enter_phase(store, 2025, phase, minutes="x", as_of=DAY, who=champion)

    _open(store, champion)
    refuses("its ratings were not taken as they are")
    _rate(store, champion)
    refuses("its ratings were not taken as they are")
    enters("rated")
    refuses("its comparison was not discussed")
    enters("compared")
    benchmarking.decide_in_round(
        store, 2025, step="managers", decision="Train", owner="Ole", due_on=date(2026, 5, 1), as_of=DAY, who=champion
    )
    refuses("its decisions were not taken")
    benchmarking.enter_phase(store, 2025, "decided", minutes="x", as_of=date(2025, 11, 5), who=champion)
    _refused(store, RuleBroken, "decided on 5 Nov 2025", lambda: _close(store, champion))
    assert _close(store, champion, closed_on=date(2025, 11, 5)).is_closed


def test_a_round_is_not_closed_before_it_was_opened(store, champion):
    _open(store, champion)
    _rate(store, champion)
    _refused(store, RuleBroken, "opened on 1 Nov 2025", lambda: _close(store, champion, closed_on=date(2025, 10, 31)))


def test_a_closed_round_keeps_its_figures_when_ledger_and_parameters_change(store, champion):
    key_accounts(store, champion, "A", "B")
    _open(store, champion)
    _rate(store, champion, [Rating(item, 3, "minutes", DAY) for item in ITEMS])
    benchmarking.import_references(
        store, b"dimension,mean,sd,n,population,year,citation\noverall,50,10,30,EU,2020,Someone 2020", who=champion
    )
    benchmarking.import_summaries(
        store, b"programme,year,measure,value,n,source\nNorth,2025,overall,60,4,Board paper", who=champion
    )
    decided(store, champion, 2025, on=DAY)
    closed = _close(store, champion)
    assert (closed.scores.overall, closed.scores.stage) == (75, "optimising")

    key_accounts(store, champion, "C", on=date(2025, 2, 1))
    given(
        store,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\nN | A | 2025-05-05 | 9 | 4",
    )
    parameters.adopt(store, "benchmarking.stage_optimising_from", 90, valid_from=DAY, source="x", who=champion)
    parameters.adopt(store, "selection.manager_hour_cost", 80, valid_from=ADMITTED, source="x", who=champion)
    benchmarking.remove_reference(store, 1, who=champion)
    benchmarking.remove_programme(store, "North", who=champion)

    assert benchmarking.results(store, 2025, date(2026, 6, 1), for_whom=champion) == closed
    assert [c.z for c in closed.comparisons] == [2.5]
    assert [s.value for s in closed.summaries] == [60]
    assert closed.case.managers is None
    (case,) = change.programme_case(store, DAY, for_whom=champion)
    assert (closed.case.account_count, case.account_count, case.managers is None) == (2, 3, False)


def test_nothing_of_a_closed_round_can_be_edited(store, champion):
    _open(store, champion)
    _rate(store, champion, [Rating(item, 2) for item in ITEMS[1:]])
    decided(store, champion, 2025, on=DAY)
    _close(store, champion)

    _refused(store, RuleBroken, "closed on 1 Nov 2025", lambda: _rate(store, champion, [Rating(ITEMS[0], 2)]))
    _refused(
        store, RuleBroken, "closed on 1 Nov 2025", lambda: _rate(store, champion, [Rating(ITEMS[1], 4, seen_version=1)])
    )
    _refused(store, RuleBroken, "closed on 1 Nov 2025", lambda: _close(store, champion, expected_version=3))


def test_a_stale_closing_is_refused(store, champion):
    _open(store, champion)
    _rate(store, champion)
    decided(store, champion, 2025, on=DAY)
    _refused(store, StaleWrite, "Someone else", lambda: _close(store, champion, expected_version=7))


def test_the_year_before_is_the_latest_closed_one(store, champion):
    for year in (2023, 2024, 2025):
        _open(store, champion, year=year)
        _rate(store, champion, year=year)
    decided(store, champion, 2023, on=DAY)
    _close(store, champion, year=2023)

    assert benchmarking.year_before(store, 2025, for_whom=champion).year == 2023
    assert benchmarking.year_before(store, 2023, for_whom=champion) is None

"""The portfolio of a store: who is in question, where they lie, how surely; held against slow loops."""

from __future__ import annotations

import random
from datetime import date

import pytest

from kam import parameters, selection
from kam.errors import RuleBroken
from tests.selection.conftest import AS_OF, HEAD, gate, score

TEXT = (
    HEAD
    + gate(at_least=500)
    + gate("orders_12m", "orders", at_least=2)
    + score("revenue_12m", "attractiveness", 0.5, "[[0, 0], [2000, 10]]")
    + score("margin_rate_12m", "attractiveness", 0.5, "[[0.2, 0], [0.9, 10]]", "share")
    + score("orders_12m", "strength", 0.7, "[[0, 0], [4, 5], [8, 10]]", "orders")
    + score("product_count_12m", "strength", 0.3, "[[0, 0], [6, 10]]", "products")
)


def found_in(store, champion, text=TEXT, **more):
    return selection.portfolio(store, AS_OF, selection.read_criteria(text), for_whom=champion, **more)


def test_everyone_who_passes_is_unknown_near_or_in_the_programme_is_in_question(read_only_ledger, champion):
    found = found_in(read_only_ledger, champion)
    verdicts = selection.assess(read_only_ledger, AS_OF, selection.read_criteria(TEXT), for_whom=champion).accounts
    wanted = {v.account_id for v in verdicts if v.verdict != "fail" or v.is_near_miss or v.is_key_account}
    assert {a.verdict.account_id for a in found.accounts} == wanted
    assert found.in_question == len(wanted)
    contributions = [float(a.contribution_amount or 0) for a in found.accounts]
    assert contributions == sorted(contributions, reverse=True)


def test_cells_and_distances_agree_with_plain_arithmetic(read_only_ledger, champion):
    found = found_in(read_only_ledger, champion)
    assert found.placed
    for account in found.placed:
        a, s = account.verdict.attractiveness, account.verdict.strength
        name = ("strategic" if s >= 5 else "star") if a >= 5 else ("status" if s >= 5 else "streamline")
        assert account.placement.category == name == account.verdict.category
        assert account.placement.distance == pytest.approx(min(abs(a - 5), abs(s - 5)))


def test_a_missing_score_is_named_and_the_account_is_not_placed(read_only_ledger, champion):
    found = found_in(read_only_ledger, champion)
    assert found.unplaced
    for account in found.unplaced:
        assert account.missing == ("margin_rate_12m",)
        low, high = account.verdict.attractiveness_range
        assert high - low == pytest.approx(5), "half of the weight is open, and open is not zero"


def test_the_chance_of_a_cell_agrees_with_a_slow_loop_over_the_same_noise(read_only_ledger, champion):
    found = found_in(read_only_ledger, champion)
    drawn = random.Random(1)
    noise = found.score_noise.value

    def varied(points):
        while True:
            x = drawn.gauss(points, noise)
            if 0 <= x <= 10:
                return x

    for account in found.placed[:4]:
        hits = dict.fromkeys(selection.CATEGORIES, 0)
        for _draw in range(2_000):
            axes = {
                axis: sum(s.weight * varied(s.points) for s in account.verdict.scores if s.axis == axis)
                for axis in selection.AXES
            }
            high = axes["attractiveness"] >= 5, axes["strength"] >= 5
            hits[
                {(True, True): "strategic", (True, False): "star", (False, True): "status"}.get(high, "streamline")
            ] += 1
        assert sum(account.probability.values()) == pytest.approx(1)
        for cell, count in hits.items():
            assert account.probability[cell] == pytest.approx(count / 2_000, abs=0.06)


def test_without_noise_the_cell_is_certain_and_the_lines_move_with_the_parameters(ledger, champion):
    for name, value in (("selection.score_noise", 0), ("selection.attractiveness_cut", 10)):
        parameters.adopt(ledger, name, value, valid_from=date(2025, 6, 1), source="decided", who=champion)
    found = found_in(ledger, champion)
    assert found.cuts.attractiveness == 10
    assert (found.cuts.valid_from, found.cuts.source) == (date(2025, 6, 1), "decided")
    for account in found.placed:
        assert account.probability[account.placement.category] == 1


def test_criteria_that_score_one_axis_place_nobody(read_only_ledger, champion):
    text = (
        HEAD
        + gate("orders_12m", "orders", at_least=2)
        + score("margin_rate_12m", "attractiveness", 1, "[[0, 0], [0.9, 10]]", "share")
    )
    found = found_in(read_only_ledger, champion, text)
    assert found.accounts
    assert found.placed == ()
    assert found.unscored_axes == ("strength",)
    assert all(account.probability == {} for account in found.accounts)


def test_without_criteria_the_portfolio_is_refused(read_only_ledger, champion):
    with pytest.raises(RuleBroken) as refused:
        selection.portfolio(read_only_ledger, AS_OF, for_whom=champion)
    assert refused.value.reason == "no_criteria"

"""How firm the selection of a store is, and how many: held against slow loops over plain dicts."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from kam import parameters, selection
from kam.errors import RuleBroken
from tests.selection.conftest import AS_OF, HEAD, gate, score
from tests.selection.test_portfolio import TEXT


@pytest.fixture
def field(read_only_ledger, champion):
    return selection.field(read_only_ledger, AS_OF, selection.read_criteria(TEXT), for_whom=champion)


def slow_best(field, weights, thresholds, places):
    """The best, by a loop: (score, id) of every account that passes and has all its points."""
    total, found = sum(weights), []
    for row, account_id in enumerate(field.account_ids):
        bounds = [thresholds.get(k, gate.threshold) for k, gate in enumerate(field.gates)]
        if not all(field.values[row][k] >= bound for k, bound in enumerate(bounds)):
            continue
        points = field.points[row].tolist()
        if np.isnan(points).any():
            continue
        found.append((-round(sum(w * p for w, p in zip(weights, points, strict=True)) / total, 9), account_id))
    return [account_id for _score, account_id in sorted(found)[:places]]


def test_who_passes_is_what_the_verdicts_say(field, read_only_ledger, champion):
    judged = selection.assess(read_only_ledger, AS_OF, selection.read_criteria(TEXT), for_whom=champion).accounts
    assert field.of(field.passing()).account_ids == tuple(v.account_id for v in judged if v.verdict == "pass")


def test_what_if_agrees_with_a_slow_loop_for_drawn_weights_and_thresholds(field):
    drawn = random.Random(4)
    moved = 0
    for _try in range(40):
        weights = [drawn.random(), drawn.random()]
        thresholds = {0: drawn.choice([-500, 0, 250, 500, 1000, 2000])}
        places = drawn.randint(1, 8)
        found = selection.what_if(field, places=places, weights=weights, thresholds=thresholds)
        before, after = slow_best(field, field.weights, {}, places), slow_best(field, weights, thresholds, places)
        assert (list(found.before), list(found.after)) == (before, after)
        assert set(found.entering) == set(after) - set(before)
        assert set(found.leaving) == set(before) - set(after)
        moved += bool(found.entering or found.leaving)
    assert moved > 5


def test_the_shares_agree_with_a_slow_loop_over_the_allowed_weights(field):
    found = selection.firmness(field, places=3, known="nothing", draws=5_000)
    drawn = random.Random(2)
    complete = [a for a in found.field.account_ids if a not in found.unranked]
    hits = dict.fromkeys(complete, 0)
    some = field.of(np.isin(field.account_ids, complete))
    for _draw in range(2_000):
        w = drawn.random()
        for account_id in slow_best(some, [w, 1 - w], {}, 3):
            hits[account_id] += 1
    alone = selection.firmness(some, places=3, known="nothing", draws=5_000)
    for account_id, top in zip(alone.field.account_ids, alone.acceptability.top, strict=True):
        assert top == pytest.approx(hits[account_id] / 2_000, abs=0.04)
    assert alone.acceptability.top.sum() == pytest.approx(min(3, len(complete)))


def test_the_same_seed_gives_the_same_shares(field):
    one, other = (selection.firmness(field, places=3, score_noise=0.5, draws=500) for _run in range(2))
    assert (one.acceptability.top == other.acceptability.top).all()


def test_what_is_known_of_the_weights_narrows_them():
    weights = (0.5, 0.2, 0.3)
    assert selection.preference(weights, "order").order == (0, 2, 1)
    within = selection.preference(weights, "range", 0.25)
    assert (within.at_least, within.at_most) == ((0.25, 0.0, pytest.approx(0.05)), (0.75, 0.45, 0.55))


def test_nobody_passing_and_nothing_scored_are_refused(read_only_ledger, champion):
    nobody = selection.read_criteria(TEXT.replace("at_least = 500", "at_least = 99999999"))
    with pytest.raises(RuleBroken) as refused:
        selection.firmness(selection.field(read_only_ledger, AS_OF, nobody, for_whom=champion), places=3)
    assert refused.value.reason == "nobody_passes"
    unscored = selection.read_criteria(HEAD + gate("orders_12m", "orders", at_least=2))
    with pytest.raises(RuleBroken) as refused:
        selection.field(read_only_ledger, AS_OF, unscored, for_whom=champion)
    assert refused.value.reason == "no_scores"


LINES = [("A", 900, 1), ("B", 800, 6), ("C", 700, 6), ("D", 600, 6), ("E", 300, 1)]


@pytest.fixture
def priced(store, champion):
    """Five accounts of falling margin and differing breadth, with a margin without cost to serve."""
    from kam import value
    from tests.drawn import given

    given(store, champion, "accounts", "account_id | name\n" + "\n".join(f"{a} | {a} Co" for a, _m, _o in LINES))
    rows = ["order_id | account_id | order_date | net_revenue | cogs"]
    for account_id, margin, orders in LINES:
        rows += [f"{account_id}{n} | {account_id} | {AS_OF} | {margin * 2} | {margin}" for n in range(orders)]
    given(store, champion, "order_lines", "\n".join(rows))
    text = HEAD + gate("orders_12m", "orders", at_least=1)
    text += score("margin_12m", "attractiveness", 1, "[[0, 0], [6000, 10]]")
    text += score("orders_12m", "strength", 1, "[[0, 0], [6, 10]]", "orders")
    selection.adopt(store, selection.read_criteria(text), reason="decided", who=champion)
    assert value.MEASURES
    return store


def test_an_unknown_lifetime_value_is_left_out_and_named(priced, champion):
    with pytest.raises(RuleBroken) as refused:
        selection.how_many(priced, AS_OF, for_whom=champion)
    assert refused.value.reason == "no_allowed_set"
    parameters.adopt(priced, "programme.accounts_at_least", 0, valid_from=AS_OF, source="a first cycle", who=champion)
    found = selection.how_many(priced, AS_OF, for_whom=champion)
    assert found.comparison.unknown == ("A", "B", "C", "D", "E")
    assert all(account.worth_amount is None for account in found.accounts.values())


def test_the_best_set_agrees_with_trying_every_set(monkeypatch, priced, champion):
    """Lifetime values drawn in place of a cost model, which these accounts do not have."""
    worth = dict(zip("ABCDE", [1000.0, 5000.0, 2500.0, 4800.0, 200.0], strict=True))
    real = type(priced).page

    def page(store, relation, *given, **named):
        found = real(store, relation, *given, **named)
        if relation != "selection.verdicts":
            return found
        at = found.columns.index("lifetime_value")
        ids = found.columns.index("account_id")
        rows = [tuple(worth[r[ids]] if k == at else v for k, v in enumerate(r)) for r in found.rows]
        return type(found)(found.columns, rows, found.total)

    monkeypatch.setattr(type(priced), "page", page)
    parameters.adopt(priced, "programme.accounts_at_least", 0, valid_from=AS_OF, source="decided", who=champion)
    for hours, slots, most in [(800, None, 25), (1000, 2, 25), (10_000, 4, 3), (300, None, 25)]:
        found = selection.how_many(priced, AS_OF, hours=hours, sponsor_slots=slots, at_most=most, for_whom=champion)
        best = max(
            sum(found.accounts[a].worth_amount for a in chosen)
            for size in range(6)
            for chosen in itertools.combinations("ABCDE", size)
            if size <= most
            and (slots is None or size <= slots)
            and sum(found.accounts[a].hours for a in chosen) <= hours
        )
        assert found.comparison.best.worth_amount == pytest.approx(best)
        assert found.comparison.difference_amount >= -1e-6


def test_the_managers_cost_is_subtracted_over_the_same_lifetime_as_the_value(monkeypatch, priced, champion):
    """120 EUR for an hour: the cost of a year × r / (1 + i − r) = 0.85 / 0.25 = 3.4 years."""
    real = type(priced).page

    def page(store, relation, *given, **named):
        found = real(store, relation, *given, **named)
        if relation != "selection.verdicts":
            return found
        at = found.columns.index("lifetime_value")
        rows = [tuple(1_000_000.0 if k == at else v for k, v in enumerate(r)) for r in found.rows]
        return type(found)(found.columns, rows, found.total)

    monkeypatch.setattr(type(priced), "page", page)
    before = selection.how_many(priced, AS_OF, for_whom=champion)
    assert not before.is_cost_subtracted
    assert all(a.cost_amount is None and a.worth_amount == a.gain_amount == 100_000 for a in before.accounts.values())
    parameters.adopt(priced, "selection.manager_hour_cost", 120, valid_from=AS_OF, source="Finance", who=champion)
    after = selection.how_many(priced, AS_OF, for_whom=champion)
    assert after.is_cost_subtracted and after.lifetime_years == pytest.approx(3.4)
    for account in after.accounts.values():
        assert account.cost_amount == pytest.approx(account.hours * 120 * 3.4)
        assert account.worth_amount == pytest.approx(100_000 - account.cost_amount)
    strategic = [a for a in after.accounts.values() if a.hours == 480]
    assert strategic and all(a.worth_amount < 0 for a in strategic), "480 hours cost more than they bring"

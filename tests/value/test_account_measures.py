"""Margin, cost to serve, contribution and lifetime value against loops over every line and activity."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kam import parameters, value
from kam.store import Condition
from tests.drawn import given
from tests.ledgers import boundary_ledger
from tests.value import slow_value

# r / (1 + i − r) with the shipped rates: retention 0.85, discount 0.10
MULTIPLE = Decimal("3.4")


def prepare(store, champion, seed, as_of, *, has_gap, assumed_rate=None):
    ledger = boundary_ledger.draw(seed, as_of)
    work = slow_value.draw_work(seed, as_of, list(ledger.parents))
    model = slow_value.draw_model(seed, as_of, has_gap=has_gap)
    boundary_ledger.fill(store, champion, ledger)
    slow_value.fill_work(store, champion, work)
    value.adopt_cost_model(store, model, reason="drawn", who=champion)
    if assumed_rate is not None:
        parameters.adopt(
            store,
            "value.assumed_margin_rate",
            float(assumed_rate),
            valid_from=date(2010, 1, 1),
            source="drawn",
            who=champion,
        )
    return ledger, work, model


@pytest.mark.parametrize(
    ("seed", "as_of", "has_gap", "assumed_rate"),
    [
        (seed, as_of, seed % 2 == 0, (Decimal("0.335"), None, Decimal("0.2"))[seed % 3])
        for seed, as_of in enumerate(boundary_ledger.AS_OF_DAYS)
    ],
    ids=str,
)
def test_measures_equal_loops_over_every_line_and_activity(store, champion, as_of, seed, has_gap, assumed_rate):
    ledger, work, model = prepare(store, champion, seed, as_of, has_gap=has_gap, assumed_rate=assumed_rate)
    for day, level in ((as_of, "account"), (as_of, "group"), (as_of - timedelta(days=1), "account")):
        slow = slow_value.measures(ledger, work, model, day, level, assumed_rate=assumed_rate, multiple=MULTIPLE)
        read = {r["account_id"]: r for r in store.read("value.account_measures", {"as_of": day, "level": level})}
        assert {unit: {key: read[unit][key] for key in row} for unit, row in slow.items()} == slow


@pytest.mark.parametrize("as_of", boundary_ledger.AS_OF_DAYS[::2], ids=str)
def test_cost_to_serve_by_activity_equals_loops_over_every_event(store, champion, as_of):
    ledger, work, model = prepare(store, champion, 4, as_of, has_gap=True)
    read = {
        (row["account_id"], row["activity_code"]): row["cost_amount"]
        for row in store.read("value.cost_to_serve", {"as_of": as_of})
    }
    slow = slow_value.costs(model, ledger, work, as_of)
    assert read == slow
    assert any(cost is None for cost in slow.values())
    assert any(cost for cost in slow.values())


@pytest.mark.parametrize("as_of", boundary_ledger.AS_OF_DAYS[1::2], ids=str)
def test_allocated_unused_and_unallocated_make_the_ledger_to_the_cent(store, champion, as_of):
    ledger, work, model = prepare(store, champion, 5, as_of, has_gap=False)
    result = value.reconciliation(store, as_of, for_whom=champion)
    assert {pool.pool_id: pool.cost_amount for pool in result.pools} == slow_value.pool_costs(model, as_of)
    for pool in result.pools:
        assert pool.allocated_amount + pool.unused_amount + pool.unallocated_amount == pool.cost_amount
    assert result.allocated_amount + result.unused_amount + result.unallocated_amount == result.ledger_amount
    charged = sum(cost for cost in slow_value.costs(model, ledger, work, as_of).values())
    assert result.allocated_amount == charged > 0
    assert result.unallocated_amount > 0


def test_rates_of_a_ledger_are_recomputed_for_a_group(store, champion):
    given(store, champion, "accounts", "account_id | name | parent_account_id\nTOP | Top | \nSUB | Sub | TOP")
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | cogs
        1        | TOP        | 2024-05-01 | 100.00      | 90.00
        2        | SUB        | 2024-05-02 | 300.00      | 150.00
        """,
    )
    group = store.one("value.account_measures", {"as_of": date(2024, 5, 31), "level": "group"})
    assert (group["account_id"], group["margin_12m"], group["margin_rate_12m"]) == ("TOP", Decimal("160.00"), 0.4)


def test_an_account_that_only_returned_goods_has_no_margin_rate(store, champion):
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    given(
        store,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\n1 | A | 2024-05-01 | -80.00 | -50.00",
    )
    row = store.one("value.account_measures", {"as_of": date(2024, 5, 31)})
    assert row["margin_12m"] == Decimal("-30.00")
    assert row["margin_rate_12m"] is row["contribution_rate_12m"] is None


def test_an_account_without_lines_is_unknown_even_where_work_was_done_for_it(store, champion):
    as_of = date(2024, 6, 30)
    _ledger, work, _model = prepare(store, champion, 1, as_of, has_gap=False)
    never_bought = {"A09", "A10", "A11"}
    assert any(one.account_id in never_bought and one.activity_code == "activities-4" for one in work)
    rows = store.read(
        "value.account_measures", {"as_of": as_of}, where=[Condition("account_id", "one_of", never_bought)]
    )
    for row in rows:
        known = {name for name in value.MEASURES if row[name] is not None}
        assert known == {"orders_12m", "active_months_12m", "order_days", "product_count_12m"}
        assert all(row[name] == 0 for name in known)
    charged = store.read(
        "value.cost_to_serve", {"as_of": as_of}, where=[Condition("account_id", "one_of", never_bought)]
    )
    assert len(charged) > 0


def test_without_a_cost_model_nothing_beyond_the_margin_is_known(store, champion):
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    given(
        store,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue | cogs\n1 | A | 2024-05-01 | 80.00 | 50.00",
    )
    row = store.one("value.account_measures", {"as_of": date(2024, 5, 31)})
    assert row["margin_12m"] == Decimal("30.00")
    assert row["cost_to_serve_12m"] is row["contribution_12m"] is row["lifetime_value"] is None


def test_a_cost_model_holds_from_its_date(store, champion):
    as_of = date(2024, 6, 30)
    prepare(store, champion, 1, as_of, has_gap=False)
    known = [Condition("contribution_12m", "is_known")]
    late = slow_value.draw_model(9, as_of, has_gap=False)
    late = late.model_copy(update={"head": value.Head(name="Later", valid_from=date(2024, 6, 30), source="drawn")})
    before = store.read("value.account_measures", {"as_of": date(2024, 6, 29)}, order_by=[("account_id", False)])
    value.adopt_cost_model(store, late, reason="a new year", who=champion)
    assert (
        store.read("value.account_measures", {"as_of": date(2024, 6, 29)}, order_by=[("account_id", False)]) == before
    )
    assert value.adopted_cost_model(store, date(2024, 6, 29)).model.name == "Drawn"
    assert value.adopted_cost_model(store, date(2024, 6, 30)).model.name == "Later"
    assert store.read("value.account_measures", {"as_of": date(2009, 12, 31)}, where=known).total == 0


def test_ranks_show_who_looks_big_and_is_not_worth_it(store, champion):
    given(store, champion, "accounts", "account_id | name\nBIG | Big\nFINE | Fine\nSAME | Same\nNONE | None")
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue | cogs
        1        | BIG        | 2024-05-01 | 900.00      | 899.00
        2        | FINE       | 2024-05-01 | 500.00      | 100.00
        3        | SAME       | 2024-05-01 | 500.00      | 100.00
        """,
    )
    model = slow_value.draw_model(1, date(2024, 5, 31), has_gap=False)
    free = [activity.model_copy(update={"unit_minutes": Decimal(0)}) for activity in model.activities]
    value.adopt_cost_model(store, model.model_copy(update={"activities": tuple(free)}), reason="free", who=champion)
    ranks = {
        row["account_id"]: (row["revenue_rank"], row["value_rank"], row["rank_gain"])
        for row in store.read("value.account_measures", {"as_of": date(2024, 5, 31)})
    }
    assert ranks == {"BIG": (1, 3, -2), "FINE": (2, 1, 1), "SAME": (2, 1, 1), "NONE": (None, None, None)}


def test_every_measure_is_a_column_of_the_reading_and_has_a_known_unit(store):
    from kam.units import UNITS

    assert set(value.MEASURES) <= set(store.columns("value.account_measures"))
    assert {measure.unit for measure in value.MEASURES.values()} <= set(UNITS)
    assert all(name == measure.measure_id for name, measure in value.MEASURES.items())

"""Drivers against peers: medians and money against plain loops, and who is compared with whom."""

from datetime import date
from decimal import Decimal
from statistics import median

import pytest

from kam import parameters, value
from tests.drawn import given
from tests.value.test_cost_to_serve import AS_OF

MODEL = """
[model]
name = "Drawn"
from = 2024-01-01
source = "Drawn"
[[pool]]
id = "desk"
name = "Desk"
source = "Drawn"
[[pool.period]]
from = 2024-01-01
to = 2024-12-31
cost = 100000
practical_capacity_minutes = 100000
[[activity]]
code = "entry"
name = "Order entry"
pool = "desk"
driver = "orders"
unit_minutes = 10
source = "Drawn"
[[activity.term]]
kind = "count"
of = "lines"
minutes = 2
name = "typing"
[[activity]]
code = "rush"
name = "Rush"
pool = "desk"
driver = "rush_lines"
unit_minutes = 30
source = "Drawn"
[[activity]]
code = "back"
name = "Returns"
pool = "desk"
driver = "return_lines"
unit_minutes = 20
source = "Drawn"
[[activity]]
code = "visit"
name = "Visit"
pool = "desk"
driver = "activities"
unit_minutes = 60
source = "Drawn"
"""
# account: (orders, lines each, rush lines, return lines, visits)
BOOK = {
    "A": (4, 2, 3, 0, 2),
    "B": (2, 1, 0, 0, 0),
    "C": (1, 5, 1, 1, 0),
    "D": (8, 1, 0, 2, 1),
    "E": (2, 3, 2, 0, 3),
}


@pytest.fixture
def served(store, champion):
    """Five accounts of one industry, every line of 100; a minute costs 1.00."""
    given(store, champion, "accounts", "account_id | name | industry\n" + "\n".join(f"{a} | {a} | Steel" for a in BOOK))
    rows, work = "order_id | account_id | order_date | net_revenue | is_rush\n", ""
    for account, (orders, lines, rush, back, visits) in BOOK.items():
        number = 0
        for order in range(orders):
            for _line in range(lines):
                rows += f"{account}{order} | {account} | 2024-03-01 | 100.00 | {number < rush}\n"
                number += 1
        rows += f"{account}X | {account} | 2024-04-01 | -10.00 | False\n" * back
        work += f"{account} | visit | 2024-05-01 | {visits}\n" if visits else ""
    given(store, champion, "order_lines", rows)
    given(store, champion, "activities", "account_id | activity_code | occurred_on | quantity\n" + work)
    value.adopt_cost_model(store, value.read_cost_model(MODEL), reason="drawn", who=champion)
    return store


def slow():
    """(account, driver) -> (own, median, cost, excess), by the rule in words; a minute costs 1.00."""
    own, cost, base = {}, {}, {}
    for account, (orders, each, rush, back, visits) in BOOK.items():
        bought, lines = orders * each, orders * each + back
        own |= {
            (account, "drop_size"): 100 * bought / orders,
            (account, "lines_per_order"): lines / orders,
            (account, "rush_share"): rush / lines,
            (account, "return_share"): back / lines,
            (account, "activity:visit"): visits / orders,
        }
        cost |= {
            (account, "drop_size"): 10 * orders,
            (account, "lines_per_order"): 2 * lines,
            (account, "rush_share"): 30 * rush,
            (account, "return_share"): 20 * back,
            (account, "activity:visit"): 60 * visits,
        }
        base |= {
            (account, "drop_size"): 100 * bought,
            (account, "lines_per_order"): orders,
            (account, "rush_share"): lines,
            (account, "return_share"): lines,
            (account, "activity:visit"): orders,
        }
    unit = {"drop_size": 10, "lines_per_order": 2, "rush_share": 30, "return_share": 20, "activity:visit": 60}
    found = {}
    for (account, driver), mine in own.items():
        usual = median(known for (_account, of), known in own.items() if of == driver)
        events = base[account, driver] / usual if driver == "drop_size" else base[account, driver] * usual
        found[account, driver] = (mine, usual, cost[account, driver], cost[account, driver] - unit[driver] * events)
    return found


def test_values_medians_and_money_equal_plain_loops(served):
    read = {(row["account_id"], row["driver"]): row for row in served.read("value.serving_drivers", {"as_of": AS_OF})}
    expected = slow()
    assert read.keys() == expected.keys()
    for key, (own, usual, cost, excess) in expected.items():
        row = read[key]
        assert row["own_value"] == pytest.approx(own)
        assert row["median_value"] == pytest.approx(usual)
        assert float(row["cost_amount"]) == pytest.approx(cost)
        assert float(row["excess_amount"]) == pytest.approx(excess, abs=0.011)
        assert row["cost_amount"] - row["at_median_amount"] == pytest.approx(row["excess_amount"], abs=Decimal("0.01"))


def test_the_costs_of_an_accounts_drivers_add_up_to_its_activities(served):
    spent = {}
    for row in served.read("value.serving_drivers", {"as_of": AS_OF}):
        spent[row["account_id"]] = spent.get(row["account_id"], 0) + row["cost_amount"]
    for row in served.read("value.account_measures", {"as_of": AS_OF}):
        assert spent[row["account_id"]] == row["cost_to_serve_12m"]


def test_drivers_are_told_dearest_first_in_their_units(served, champion):
    found = value.serving_drivers(served, AS_OF, "E", for_whom=champion)
    assert [driver.excess_amount for driver in found] == sorted((d.excess_amount for d in found), reverse=True)
    assert found[0].name == "Visit"
    told = {driver.driver: driver.told(driver.own, "EUR") for driver in found}
    assert told["drop_size"] == "300\N{NO-BREAK SPACE}EUR"
    assert told["rush_share"] == "33.3\N{NO-BREAK SPACE}%"
    assert told["activity:visit"] == "1.50\N{NO-BREAK SPACE}per order"
    assert value.serving_drivers(served, date(2022, 1, 1), "E", for_whom=champion) == []


def test_a_small_industry_is_compared_with_all_accounts(served, champion):
    (row,) = [
        r
        for r in served.read("value.serving_drivers", {"as_of": AS_OF})
        if (r["account_id"], r["driver"]) == ("A", "rush_share")
    ]
    assert (row["peers"], row["peer_count"]) == (None, 5)  # eight are asked for
    parameters.adopt(served, "value.peers_at_least", 5, valid_from=date(2024, 1, 1), source="x", who=champion)
    (row,) = [
        r
        for r in served.read("value.serving_drivers", {"as_of": AS_OF})
        if (r["account_id"], r["driver"]) == ("A", "rush_share")
    ]
    assert (row["peers"], row["peer_count"]) == ("Steel", 5)


def test_an_account_at_the_median_in_everything_is_neither_dear_nor_cheap(served):
    for row in served.read("value.serving_drivers", {"as_of": AS_OF}):
        if row["own_value"] == pytest.approx(row["median_value"], abs=1e-12):
            assert abs(row["excess_amount"]) <= Decimal("0.01")

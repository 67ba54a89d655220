"""Account facts against a slow second implementation, on ledgers drawn at the edges of their windows."""

import calendar
from datetime import date, timedelta

import pytest

from kam import store as stores
from kam.store import Condition
from tests.drawn import given
from tests.ledgers import boundary_ledger


def differences(store, ledger, as_of, level):
    """(account, column, ours, theirs) wherever the reading and the slow implementation differ."""
    read = {row["account_id"]: row for row in store.read("ledgers.account_facts", {"as_of": as_of, "level": level})}
    slow = boundary_ledger.facts(ledger, as_of, level)
    assert read.keys() == slow.keys()
    return [
        (unit, column, read[unit][column], value)
        for unit, row in slow.items()
        for column, value in row.items()
        if read[unit][column] != value
    ]


@pytest.mark.parametrize("as_of", boundary_ledger.AS_OF_DAYS, ids=str)
@pytest.mark.parametrize("seed", [1, 2])
def test_account_facts_equal_a_walk_over_all_lines_on_any_day(store, champion, as_of, seed):
    ledger = boundary_ledger.draw(seed, as_of)
    boundary_ledger.fill(store, champion, ledger)
    for day in (as_of, as_of - timedelta(days=1), as_of + timedelta(days=1)):
        for level in ("account", "group"):
            assert differences(store, ledger, day, level) == []


def test_every_column_of_the_reading_is_held_against_the_slow_implementation(store):
    slow = boundary_ledger.facts(boundary_ledger.draw(1, date(2024, 6, 30)), date(2024, 6, 30), "account")
    assert set(store.columns("ledgers.account_facts")) == set(next(iter(slow.values())))


def test_the_slow_implementation_notices_a_window_that_is_a_day_off(store, champion):
    as_of = date(2024, 6, 30)
    ledger = boundary_ledger.draw(1, as_of)
    boundary_ledger.fill(store, champion, ledger)
    late = boundary_ledger.facts(ledger, as_of + timedelta(days=1), "account")
    read = store.read("ledgers.account_facts", {"as_of": as_of})
    assert any(row["revenue_12m"] != late[row["account_id"]]["revenue_12m"] for row in read)


def test_an_account_that_only_returned_goods_has_revenue_but_no_purchase(store, champion):
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    given(
        store, champion, "order_lines", "order_id | account_id | order_date | net_revenue\n1 | A | 2024-05-01 | -80.00"
    )
    row = store.one("ledgers.account_facts", {"as_of": date(2024, 5, 31)})
    assert float(row["revenue_12m"]) == -80
    assert (row["orders_12m"], row["order_days"], row["line_count"]) == (0, 0, 1)
    assert row["last_order_on"] is row["recency_days"] is row["return_share_12m"] is None


def test_an_account_without_a_line_up_to_the_day_is_unknown_in_all_but_counts(store, champion):
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    given(
        store, champion, "order_lines", "order_id | account_id | order_date | net_revenue\n1 | A | 2024-06-01 | 80.00"
    )
    row = store.one("ledgers.account_facts", {"as_of": date(2024, 5, 31)}, where=[Condition("account_id", "=", "A")])
    unknown = {name for name, value in row.items() if value is None}
    counts = {name for name, value in row.items() if value == 0}
    assert unknown | counts | {"account_id"} == set(row)
    assert counts == {"orders_12m", "active_months_12m", "order_days"} | {name for name in row if "_count" in name}


def test_the_months_of_two_windows_that_meet_add_up_to_the_whole(store, champion):
    as_of = date(2024, 3, 15)
    ledger = boundary_ledger.draw(3, as_of)
    boundary_ledger.fill(store, champion, ledger)

    def total(first_day, after_day):
        rows = store.read("ledgers.months_between", {"first_day": first_day, "after_day": after_day})
        return sum(rows.column("net_revenue")), sum(rows.column("line_count"))

    first, after = date(2022, 1, 1), date(2024, 12, 31)
    whole = total(first, after)
    assert whole[1] > 20
    for cut in boundary_ledger.edge_days(as_of):
        parts = [total(first, cut), total(cut, after)] if first < cut < after else [whole]
        assert tuple(map(sum, zip(*parts, strict=True))) == whole


def test_an_order_that_spans_months_counts_once(store, champion):
    given(store, champion, "accounts", "account_id | name\nA | Alpha\nB | Beta")
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue
        1        | A          | 2024-01-31 | 10.00
        1        | A          | 2024-02-01 | 10.00
        1        | A          | 2024-04-15 | 10.00
        1        | B          | 2024-02-10 | 10.00
        """,
    )

    def orders(as_of):
        return {row["account_id"]: row["orders_12m"] for row in store.read("ledgers.account_facts", {"as_of": as_of})}

    assert orders(date(2024, 4, 14)) == {"A": 1, "B": 1}
    assert orders(date(2024, 4, 15)) == {"A": 1, "B": 1}
    assert orders(date(2025, 1, 31)) == {"A": 1, "B": 1}
    assert orders(date(2025, 4, 14)) == {"A": 1, "B": 0}
    assert orders(date(2025, 4, 15)) == {"A": 0, "B": 0}


def test_drawn_ledgers_hold_what_makes_facts_hard():
    ledgers = [boundary_ledger.draw(seed, day) for seed in (1, 2) for day in boundary_ledger.AS_OF_DAYS]
    lines = [line for ledger in ledgers for line in ledger.lines]
    assert any(line.net_revenue < 0 for line in lines)
    assert any(line.cogs is None and line.product_id is None for line in lines)
    assert any(calendar.monthrange(d.year, d.month)[1] == d.day for d in (line.order_date for line in lines))
    months = {}
    for number, ledger in enumerate(ledgers):
        for line in ledger.lines:
            if line.net_revenue > 0:
                months.setdefault((number, line.account_id, line.order_id), set()).add(line.order_date.replace(day=1))
    assert sum(len(found) > 1 for found in months.values()) > 20
    circles = [a for led in ledgers for a in led.parents if led.parents[a] and led.parents.get(led.parents[a]) == a]
    assert circles


def test_a_store_reopened_reads_the_same_facts(store, champion):
    as_of = date(2024, 6, 30)
    boundary_ledger.fill(store, champion, boundary_ledger.draw(1, as_of))
    before = sorted(store.read("ledgers.account_facts", {"as_of": as_of}).rows, key=str)
    store.close()
    with stores.open_store(store.path) as reopened:
        assert sorted(reopened.read("ledgers.account_facts", {"as_of": as_of}).rows, key=str) == before

"""Recency, frequency, money and silence by account: the relation against loops and against the published functions."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from kam.segments import rfm, silence
from kam.store import Condition
from tests.drawn import given

AS_OF = date(2024, 6, 30)


def buy(store, champion, purchases):
    """purchases: account -> [(day, amount)]; each is an order of one line."""
    given(store, champion, "accounts", "account_id | name\n" + "\n".join(f"{a} | {a}" for a in purchases))
    rows = [
        f"{account}-{number} | {account} | {day} | {amount}.00"
        for account, lines in purchases.items()
        for number, (day, amount) in enumerate(lines)
    ]
    given(store, champion, "order_lines", "order_id | account_id | order_date | net_revenue\n" + "\n".join(rows))


def buying(store, as_of=AS_OF, **how):
    return {row["account_id"]: row for row in store.read("segments.buying", {"as_of": as_of, **how}).records()}


@pytest.mark.parametrize("seed", range(3))
def test_every_reading_equals_loops_over_purchases_and_the_functions_of_the_literature(store, champion, seed):
    rng = random.Random(seed)
    purchases = {}
    for number in range(45):
        count = rng.choice([1, 1, 2, 3, 5, 6, 7, 12])
        days = [AS_OF - timedelta(days=rng.choice([0, 1, 30, 365, rng.randint(0, 900)])) for _ in range(count)]
        purchases[f"A{number:02}"] = [(day, rng.choice([10, 10, 20, rng.randint(1, 999)])) for day in days]
        if number % 5 == 0:
            purchases[f"A{number:02}"].append((max(days), -5))
    buy(store, champion, purchases)
    found = buying(store)

    slow = {}
    for account, lines in purchases.items():
        days = sorted({day for day, amount in lines if amount > 0})
        gaps = [(later - earlier).days for earlier, later in pairwise(days)]
        first_day = sum(amount for day, amount in lines if day == days[0])
        slow[account] = {
            "days": days,
            "gaps": gaps,
            "orders": sum(amount > 0 for _day, amount in lines),
            "revenue": sum(amount for _day, amount in lines),
            "repeat_mean": (sum(a for _d, a in lines) - first_day) / len(gaps) if gaps else None,
        }
    names = list(purchases)
    recency = rfm.quantile_scores([(AS_OF - slow[a]["days"][-1]).days for a in names], lower_is_better=True).score
    frequency = rfm.quantile_scores([slow[a]["orders"] for a in names]).score
    money = rfm.quantile_scores([slow[a]["revenue"] for a in names]).score
    segments = rfm.segments_of(recency, frequency, money)
    means = sorted(sum(s["gaps"]) / len(s["gaps"]) for s in slow.values() if s["gaps"])
    middle = (means[(len(means) - 1) // 2] + means[len(means) // 2]) / 2
    for at, account in enumerate(names):
        row, plain = found[account], slow[account]
        assert (row["first_purchase_on"], row["last_purchase_on"]) == (plain["days"][0], plain["days"][-1])
        assert (row["order_count"], row["repeat_count"]) == (plain["orders"], len(plain["gaps"]))
        assert row["age_days"] == row["span_days"] + row["recency_days"]
        assert float(row["revenue_amount"]) == plain["revenue"]
        if plain["repeat_mean"] is not None:
            assert float(row["repeat_mean_amount"]) == pytest.approx(plain["repeat_mean"], abs=0.005)
        assert (row["recency_score"], row["frequency_score"], row["money_score"]) == (
            recency[at],
            frequency[at],
            money[at],
        )
        assert row["segment"] == segments[at]
        if not plain["gaps"]:
            continue
        few = len(plain["gaps"]) < 5
        mean = silence.mean_gap(plain["gaps"], middle, 2 if few else 0)
        assert row["expected_gap_days"] == pytest.approx(mean)
        assert row["silence_chance"] == pytest.approx(
            silence.silence_probability(row["recency_days"], mean, silence.regularity(plain["gaps"])), abs=1e-9
        )


def test_a_single_purchase_leans_on_the_base_and_none_has_no_score(store, champion):
    buy(store, champion, {"A": [(date(2024, 1, 1), 5), (date(2024, 1, 31), 5)], "B": [(date(2024, 6, 1), 5)]})
    given(store, champion, "accounts", "account_id | name\nNONE | None")
    found = buying(store)
    assert found["B"]["repeat_count"] == 0 and found["B"]["expected_gap_days"] is None
    assert found["NONE"]["segment"] is None and found["NONE"]["order_count"] == 0
    assert found["NONE"]["activity_state"] == "unknown"


def test_equal_values_share_a_score_and_few_values_make_few_scores(store, champion):
    buy(store, champion, {a: [(date(2024, 6, 1), 5 if a < "F" else 9)] for a in "ABCDEFGH"})
    found = buying(store)
    assert {row["money_score"] for row in found.values()} == {1, 2}
    assert {row["recency_score"] for row in found.values()} == {1}


def test_an_order_over_two_months_counts_once_and_only_what_lies_before_the_day(store, champion):
    given(store, champion, "accounts", "account_id | name\nA | A")
    given(
        store,
        champion,
        "order_lines",
        "order_id | line_no | account_id | order_date | net_revenue\n"
        "1 | 1 | A | 2024-01-30 | 5\n1 | 2 | A | 2024-02-20 | 5\n2 | 1 | A | 2024-02-05 | 5",
    )
    assert buying(store)["A"]["order_count"] == 2
    assert buying(store, date(2024, 2, 10))["A"]["order_count"] == 2
    assert buying(store, date(2024, 2, 1))["A"]["order_count"] == 1


def season(store, champion):
    """SEASON buys weekly from March to May of each year, STEADY weekly without a break until May."""
    weeks = [date(2022, 1, 3) + timedelta(weeks=week) for week in range(126)]
    buy(
        store,
        champion,
        {
            "SEASON": [(day, 10) for day in weeks if day.month in (3, 4, 5)],
            "STEADY": [(day, 10) for day in weeks if day < date(2024, 5, 1)],
        },
    )


def test_a_season_is_no_alarm_where_last_year_was_as_silent(store, champion):
    season(store, champion)
    found = buying(store, date(2024, 10, 1))
    assert found["SEASON"]["activity_state"] in ("slowing", "dormant") and found["SEASON"]["silent_last_year"]
    assert not found["SEASON"]["is_alarming"]
    assert found["STEADY"]["activity_state"] == "dormant" and found["STEADY"]["is_alarming"]


def test_the_same_window_is_unknown_where_the_account_was_not_yet_there(store, champion):
    buy(store, champion, {"NEW": [(date(2024, 1, 1) + timedelta(days=7 * n), 10) for n in range(8)]})
    row = buying(store)["NEW"]
    assert row["silent_last_year"] is None and row["is_alarming"]


def test_a_group_buys_on_the_days_of_all_its_accounts(store, champion):
    given(store, champion, "accounts", "account_id | name | parent_account_id\nTOP | Top |\nSUB | Sub | TOP")
    given(
        store,
        champion,
        "order_lines",
        "order_id | account_id | order_date | net_revenue\n1 | TOP | 2024-01-01 | 5\n1 | SUB | 2024-02-01 | 7",
    )
    row = buying(store, level="group")["TOP"]
    assert (row["order_count"], row["repeat_count"], float(row["revenue_amount"])) == (2, 1, 12.0)


def test_segment_sizes_add_up_to_the_master(store, champion):
    season(store, champion)
    given(store, champion, "accounts", "account_id | name\nNONE | None")
    rows = store.read("programme.segment_sizes", {"as_of": AS_OF}).records()
    assert sum(row["account_count"] for row in rows) == 3
    quiet = store.read("programme.buying_list", {"as_of": AS_OF}, where=[Condition("is_alarming", "=", True)]).records()
    assert sum(row["alarming_count"] for row in rows) == len(quiet)


def test_recency_and_repeats_come_from_raw_orders_as_published(store, champion, shared_ledgers):
    """RFM-03: customer 1 of CDNOW has x = 2, t_x = 30.43 and T = 38.86 weeks, and a mean repeat of 22.35 (METHOD 5)."""
    lines = (shared_ledgers / "cdnow" / "CDNOW_sample.txt").read_text().splitlines()
    orders = [line.split() for line in lines if line.split()[1] == "0001"]
    given(store, champion, "accounts", "account_id | name\n1 | First")
    rows = [f"{n} | 1 | {day[:4]}-{day[4:6]}-{day[6:]} | {money}" for n, (_m, _c, day, _q, money) in enumerate(orders)]
    given(store, champion, "order_lines", "order_id | account_id | order_date | net_revenue\n" + "\n".join(rows))
    row = buying(store, date(1997, 9, 30))["1"]
    assert row["repeat_count"] == 2 and row["order_count"] == 3
    assert row["span_days"] / 7 == pytest.approx(30.43, abs=0.005)
    assert row["age_days"] / 7 == pytest.approx(38.86, abs=0.005)
    assert float(row["repeat_mean_amount"]) == pytest.approx(22.35, abs=0.01)

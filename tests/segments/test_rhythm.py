"""Active, slowing, dormant: by the account's own rhythm, against loops over its purchase days."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest

from tests.drawn import given

AS_OF = date(2024, 6, 30)


def quantile(ordered, share):
    """Type 7: linear between neighbours."""
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return round(ordered[low] + (ordered[high] - ordered[low]) * (place - low), 6)


def slow_state(days, as_of, limit=365):
    """METHOD 5 in its simple form, from a list of purchase days."""
    days = sorted({day for day in days if day <= as_of})
    if not days:
        return "unknown", "no_purchase"
    gaps = sorted((later - earlier).days for earlier, later in pairwise(days))
    silence = (as_of - days[-1]).days
    if len(gaps) >= 5:
        if silence > max(quantile(gaps, 0.95), 2 * quantile(gaps, 0.5)):
            return "dormant", "own_rhythm"
        return ("slowing" if silence > quantile(gaps, 0.8) else "active"), "own_rhythm"
    if silence > limit:
        return "dormant", "days"
    return ("active" if len(gaps) >= 2 else "unknown"), "days"


def buy(store, champion, purchases):
    accounts = "\n".join(f"{account} | {account}" for account in purchases)
    given(store, champion, "accounts", "account_id | name\n" + accounts)
    rows = [
        f"{account}-{number} | {account} | {day} | 10.00"
        for account, days in purchases.items()
        for number, day in enumerate(days)
    ]
    given(store, champion, "order_lines", "order_id | account_id | order_date | net_revenue\n" + "\n".join(rows))


def states(store, as_of=AS_OF, level="account"):
    rows = store.read("segments.rhythm", {"as_of": as_of, "level": level})
    return {row["account_id"]: (row["activity_state"], row["basis"]) for row in rows}


@pytest.mark.parametrize("seed", range(3))
def test_states_equal_loops_over_purchase_days_with_silence_drawn_at_the_limits(store, champion, seed):
    rng = random.Random(seed)
    purchases = {}
    for number in range(40):
        gaps = [rng.choice([1, 7, 30, rng.randint(1, 90)]) for _ in range(rng.randint(0, 9))]
        limits = [365]
        if len(gaps) >= 5:
            limits = [quantile(sorted(gaps), 0.8), max(quantile(sorted(gaps), 0.95), 2 * quantile(sorted(gaps), 0.5))]
        silence = max(0, int(rng.choice(limits)) + rng.choice([-1, 0, 1, 2]))
        day = AS_OF - timedelta(days=silence)
        days = [day]
        for gap in gaps:
            day -= timedelta(days=gap)
            days.append(day)
        purchases[f"A{number:02d}"] = [*days, AS_OF + timedelta(days=1)] if rng.random() < 0.3 else days
    buy(store, champion, purchases)
    assert states(store) == {account: slow_state(days, AS_OF) for account, days in purchases.items()}
    assert {state for state, _basis in states(store).values()} == {"active", "slowing", "dormant", "unknown"}


def test_two_purchases_on_one_day_make_no_gap(store, champion):
    buy(store, champion, {"A": ["2024-01-01", "2024-01-01", "2024-02-01"]})
    (row,) = store.read("segments.rhythm", {"as_of": AS_OF})
    assert (row["gap_count"], row["median_gap_days"], row["silence_days"]) == (1, 31.0, 150)


def test_a_running_contract_overrides_silence(store, champion):
    buy(store, champion, {"OLD": ["2020-01-01"], "OPEN": ["2020-01-01"], "LEFT": ["2020-01-01"]})
    given(
        store,
        champion,
        "contracts",
        """
        contract_id | account_id | name  | start_date | end_date
        1           | OPEN       | frame | 2024-06-30 |
        2           | LEFT       | frame | 2020-01-01 | 2024-06-29
        """,
    )
    assert states(store) == {"OLD": ("dormant", "days"), "OPEN": ("active", "contract"), "LEFT": ("dormant", "days")}
    assert states(store, date(2024, 6, 29))["LEFT"] == ("active", "contract")


def test_the_days_below_the_evidence_are_the_adopted_parameter(store, champion):
    from kam import parameters

    buy(store, champion, {"A": ["2024-01-01", "2024-02-01", "2024-03-01"]})
    assert states(store)["A"] == ("active", "days")
    parameters.adopt(store, "segments.dormant_after_days", 120, valid_from=AS_OF, source="Sales board", who=champion)
    assert states(store)["A"] == ("dormant", "days")
    assert states(store, AS_OF - timedelta(days=1))["A"] == ("active", "days")


def test_a_groups_rhythm_is_that_of_all_its_purchase_days(store, champion):
    days = [AS_OF - timedelta(days=10 * number) for number in range(7)]
    buy(store, champion, {"TOP": days[::2], "SUB": days[1::2]})
    store.write(
        lambda tx: tx.update("ledgers.accounts", {"account_id": "SUB"}, {"parent_account_id": "TOP"}),
        who=champion,
        action="draw",
        subject=("test", "accounts"),
    )
    (row,) = store.read("segments.rhythm", {"as_of": AS_OF, "level": "group"})
    assert (row["account_id"], row["gap_count"], row["median_gap_days"]) == ("TOP", 6, 10.0)

"""Look-alikes: who began as a new account does, and what became of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kam import everyday
from tests.drawn import given

AS_OF = date(2025, 12, 31)


def months_on(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, day.day)


@pytest.fixture
def ledger(store, champion):
    """N is new; O opens the ledger; T … Z began on both sides of every limit."""
    given(
        store,
        champion,
        "accounts",
        """
        account_id | name | industry | region | country | channel
        N          | New  | Steel    | North  | DE      |
        O          | Old  | Steel    | North  | DE      | direct
        H          | Head | Steel    | North  | DE      | direct
        T          | Twin | Steel    | North  | DE      | direct
        U          | Up   | Steel    | North  | DE      | direct
        V          | Void | Paper    | South  | FR      | direct
        W          | Wee  |          |        | DE      | direct
        Y          | Young| Steel    | North  | DE      | direct
        """,
    )
    given(
        store,
        champion,
        "order_lines",
        """
        order_id | account_id | order_date | net_revenue
        N1       | N          | 2025-11-01 | 100.00
        N2       | N          | 2025-12-01 | 100.00
        O1       | O          | 2022-01-01 | 200.00
        H1       | H          | 2022-06-29 | 200.00
        T1       | T          | 2022-06-30 | 150.00
        T2       | T          | 2022-07-30 | 250.00
        T3       | T          | 2022-08-30 | 999.00
        T4       | T          | 2023-06-29 | 1.00
        T5       | T          | 2023-06-30 | 7.00
        T6       | T          | 2024-06-30 | 5.00
        U1       | U          | 2024-12-31 | 401.00
        V1       | V          | 2023-01-01 | 100.00
        V2       | V          | 2023-01-02 | 100.00
        W1       | W          | 2023-01-01 | 100.00
        W2       | W          | 2023-01-02 | -30.00
        Y1       | Y          | 2025-01-01 | 200.00
        """,
    )
    return store


def slow(store, of_account):
    """The same, one account after another in plain Python."""
    lines = store.read("ledgers.order_lines").records()
    accounts = {row["account_id"]: row for row in store.read("ledgers.accounts")}
    firsts = {}
    for line in lines:
        if line["net_revenue"] > 0 and line["order_date"] <= AS_OF:
            at = line["account_id"]
            firsts[at] = min(firsts.get(at, line["order_date"]), line["order_date"])
    days = min(91, (AS_OF - firsts[of_account]).days + 1)

    def began(at):
        own = [
            line for line in lines
            if line["account_id"] == at and firsts[at] <= line["order_date"] < firsts[at] + timedelta(days=days)
        ]  # fmt: skip
        return len({line["order_id"] for line in own}), sum(line["net_revenue"] for line in own)

    found = {}
    for at, first in firsts.items():
        if at == of_account or first < min(firsts.values()) + timedelta(days=180) or months_on(first, 12) > AS_OF:
            continue
        facts = [
            accounts[at][name] == accounts[of_account][name]
            for name in ("industry", "region", "country", "channel")
            if accounts[at][name] is not None and accounts[of_account][name] is not None
        ]
        for mine, theirs in zip(began(of_account), began(at), strict=True):
            facts.append(max(mine, theirs) <= 2 * min(mine, theirs))
        if sum(facts) / len(facts) >= 0.6:

            def year(start, first=first, at=at):
                return sum(
                    line["net_revenue"] for line in lines
                    if line["account_id"] == at and months_on(first, start) <= line["order_date"] < months_on(first, start + 12)
                )  # fmt: skip

            found[at] = (sum(facts), len(facts), year(0), year(12) if months_on(first, 24) <= AS_OF else None)
    return found


def test_the_relation_agrees_with_counting_by_hand(ledger):
    found = everyday.look_alikes(ledger, "N", AS_OF)
    told = {
        row["account_id"]: (row["alike_count"], row["known_count"], row["revenue_year_1"], row["revenue_year_2"])
        for row in found.rows
    }
    assert told == slow(ledger, "N")
    # T is a day inside the ledger's head and alike in all five; H is a day too early; Y is a day too young; V is another trade; U
    # began at 401, a cent's breadth beyond twice 200.
    assert set(told) == {"T", "U", "W"}
    assert told["T"][:2] == (5, 5)
    assert (told["U"][0], told["U"][3]) == (4, None)
    assert found.rows[0]["account_id"] == "T"


def test_too_few_are_not_summed_up(ledger):
    found = everyday.look_alikes(ledger, "N", AS_OF)
    assert (found.is_thin, found.spreads["revenue_year_1"], found.at_least) == (True, everyday.Spread(3), 5)


def test_a_middle_is_told_of_enough(store, champion):
    accounts = ["account_id | name | country", "N | New | DE", "O | Old | DE"] + [
        f"P{n} | Peer {n} | DE" for n in range(5)
    ]
    given(store, champion, "accounts", "\n".join(accounts))
    lines = [
        "order_id | account_id | order_date | net_revenue",
        "O1 | O | 2020-01-01 | 1.00",
        "N1 | N | 2025-12-31 | 10.00",
    ]
    for n in range(5):
        lines += [f"P{n}a | P{n} | 2023-03-0{n + 1} | 10.00", f"P{n}b | P{n} | 2024-06-01 | {n}.00"]
    given(store, champion, "order_lines", "\n".join(lines))
    found = everyday.look_alikes(store, "N", AS_OF)
    # Quartiles of 0 to 4 are 1, 2 and 3; without product cost and cost model no contribution is known.
    assert found.of_days == 1
    assert found.spreads["revenue_year_1"] == everyday.Spread(5, 10, 10, 10)
    assert found.spreads["revenue_year_2"] == everyday.Spread(5, 1, 2, 3)
    assert found.spreads["contribution_year_1"] == found.spreads["contribution_year_2"] == everyday.Spread(0)
    assert found.count("activity_state", "dormant") == 5


def test_who_is_not_new_or_has_not_bought_has_none(ledger, champion):
    given(ledger, champion, "accounts", "account_id | name\nZ | Zero")
    assert everyday.look_alikes(ledger, "Z", AS_OF) is None
    assert everyday.look_alikes(ledger, "T", AS_OF) is None
    # Y is new for 365 days: on the last of them, and no longer the day after.
    assert everyday.look_alikes(ledger, "Y", date(2025, 12, 31)) is not None
    assert everyday.look_alikes(ledger, "Y", date(2026, 1, 1)) is None


def test_nothing_of_a_later_day_counts(ledger):
    assert everyday.look_alikes(ledger, "N", date(2025, 10, 31)) is None
    early = everyday.look_alikes(ledger, "N", date(2025, 11, 1))
    assert early.of_days == 1
    assert next(row for row in early.rows if row["account_id"] == "T")["order_count"] == 1

"""What look-alikes brought in their first and second year: as the value of an account says for the windows' last days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kam import everyday, value
from kam.everyday.alike import spread
from kam.store import Condition
from tests.drawn import given
from tests.everyday.test_look_alikes import months_on
from tests.value.test_cost_to_serve import department

AS_OF = date(2025, 12, 31)
# One began before the cost model held for a whole year, one on the last day of February, the last a year before the day.
FIRST = {
    "P": date(2022, 3, 1),
    "Q": date(2024, 2, 29),
    "R": date(2023, 12, 31),
    "S": date(2024, 1, 1),
    "T": date(2024, 12, 31),
}


@pytest.fixture
def ledger(store, champion):
    names = "\n".join(f"{a} | {a} Ltd | DE" for a in ("N", "O", *FIRST))
    given(store, champion, "accounts", f"account_id | name | country\n{names}")
    lines = ["O1 | O | 2020-01-01 | 1.00 | 1.00", "N1 | N | 2025-12-30 | 100.00 | 50.00"]
    for number, (account, first) in enumerate(FIRST.items(), 1):
        for at, days in enumerate((0, 200, 365, 500, 731)):
            on = first + timedelta(days=days)
            cost = "" if (account, at) == ("S", 1) else f"{number * 7 + at}.10"
            lines.append(f"{account}{at} | {account} | {on} | {100 + number * 10 + at}.00 | {cost}")
    given(
        store, champion, "order_lines", "\n".join(["order_id | account_id | order_date | net_revenue | cogs", *lines])
    )
    visits = []
    for account, first in FIRST.items():
        for days in (0, 1, 364, 366, 400, 730):
            on = first + timedelta(days=days)
            if date(2024, 1, 1) <= on <= AS_OF:
                visits.append(f"{account} | {on} | visit | 1")
    given(
        store,
        champion,
        "activities",
        "\n".join(["account_id | occurred_on | activity_code | quantity", *visits]),
    )
    value.adopt_cost_model(store, department(6000, 6000, {"visit": 7}, end=AS_OF), reason="Budget", who=champion)
    return store


def brought(store):
    given = {"as_of": AS_OF, "of_account": "N", "of_days": 2, "most": 20}
    return {(row["account_id"], row["year"]): row for row in store.read("everyday.became", given)}


def test_each_year_is_what_the_account_was_worth_on_the_year_s_last_day(ledger):
    found = brought(ledger)
    for (account, year), row in found.items():
        assert row["ends_on"] == months_of(FIRST[account], 12 * year) - timedelta(days=1)
        where = [Condition("account_id", "=", account)]
        worth = ledger.one("value.account_measures", {"as_of": row["ends_on"]}, where=where)
        for mine, theirs in (
            ("margin", "margin_12m"),
            ("cost", "cost_to_serve_12m"),
            ("contribution", "contribution_12m"),
        ):
            assert row[mine] == worth[theirs], (account, year, mine)
    assert any(row["contribution"] is not None for row in found.values())


def months_of(day, months):
    """As DuckDB adds months: the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        return months_on(date(day.year, day.month, 1), months + 1) - timedelta(days=1)


def test_a_year_counts_once_it_is_over_and_is_unknown_without_a_model_or_a_cost(ledger):
    found = brought(ledger)
    # S began a day too late for its second year to be over; T's first year ended the day before.
    assert set(found) == {("P", 1), ("P", 2), ("Q", 1), ("R", 1), ("R", 2), ("S", 1), ("T", 1)}
    # Before the cost model's first day no cost is known; S has a line without product cost in its first year.
    assert found["P", 1]["cost"] is None and found["P", 1]["margin"] is not None
    assert found["S", 1]["margin"] is None and found["S", 1]["cost"] is not None
    assert found["R", 2]["contribution"] == found["R", 2]["margin"] - found["R", 2]["cost"]
    rows = {row["account_id"]: row for row in everyday.look_alikes(ledger, "N", AS_OF).rows}
    assert rows["R"]["contribution_year_2"] == found["R", 2]["contribution"]
    assert rows["P"]["contribution_year_1"] is None and rows["T"]["contribution_year_2"] is None


@pytest.mark.parametrize(
    ("values", "at_least", "expected"),
    [
        ([], 1, everyday.Spread(0)),
        ([Decimal(3)], 1, everyday.Spread(1)),
        ([Decimal(3), None, None], 1, everyday.Spread(1)),
        ([Decimal(1), Decimal(2), Decimal(3), None], 4, everyday.Spread(3)),
        ([Decimal(3), Decimal(1), Decimal(2)], 3, everyday.Spread(3, Decimal("1.5"), 2, Decimal("2.5"))),
        (
            [Decimal(n) for n in (7, 15, 36, 39, 40, 41)],
            5,
            everyday.Spread(6, Decimal("20.25"), Decimal("37.5"), Decimal("39.75")),
        ),
    ],
)
def test_the_middle_half_is_told_of_enough_known_values_only(values, at_least, expected):
    assert spread(values, at_least) == expected

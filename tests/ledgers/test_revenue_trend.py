"""The months of one account beside the year before, against a slow count over the lines."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.drawn import given


def month_of(day: date, back: int = 0) -> date:
    number = day.year * 12 + day.month - 1 - back
    return date(number // 12, number % 12 + 1, 1)


def year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def counted(lines, as_of, members):
    """month → (revenue up to as_of, revenue of the month a year before up to the same day)."""
    first = min(day for _account, day, _amount in lines)
    own = [(day, amount) for account, day, amount in lines if account in members]

    def revenue(month, until):
        return sum((amount for day, amount in own if month_of(day) == month and day <= until), Decimal(0))

    found = {}
    for back in range(23, -1, -1):
        month, earlier = month_of(as_of, back), month_of(as_of, back + 12)
        if month >= month_of(first):
            before = revenue(earlier, year_before(as_of)) if earlier >= month_of(first) else None
            found[month] = (revenue(month, as_of), before)
    return found


@pytest.mark.parametrize("seed", range(8))
def test_each_month_is_the_sum_of_its_lines_up_to_the_day(store, champion, seed):
    draw = random.Random(seed)
    as_of = draw.choice([date(2025, 12, 31), date(2025, 6, 15), date(2024, 2, 29), date(2025, 3, 1)])
    edges = [as_of, year_before(as_of), month_of(as_of, 23), month_of(as_of, 35), month_of(as_of), month_of(as_of, 12)]
    days = [edge + timedelta(days=draw.choice([-1, 0, 1])) for edge in edges for _each in range(3)]
    lines = [(draw.choice("ABC"), day, Decimal(draw.randint(-500, 2000))) for day in days]
    given(
        store,
        champion,
        "accounts",
        "account_id | name | parent_account_id\nA | Alpha | \nB | Beta | A\nC | Gamma | ",
    )
    drawn = [f"O{n} | {a} | {day} | {amount}.00" for n, (a, day, amount) in enumerate(lines)]
    given(store, champion, "order_lines", "\n".join(["order_id | account_id | order_date | net_revenue", *drawn]))
    for account, level, members in (("A", "account", "A"), ("A", "group", "AB"), ("C", "account", "C")):
        found = store.read(
            "ledgers.revenue_trend",
            {"as_of": as_of, "of_account": account, "level": level},
            order_by=[("month", False)],
        )
        assert {month: (now, before) for month, now, before in found.rows} == counted(lines, as_of, members)


def test_an_account_that_is_not_in_the_master_has_no_months(store, champion):
    given(store, champion, "accounts", "account_id | name\nA | Alpha")
    given(store, champion, "order_lines", "order_id | account_id | order_date | net_revenue\n1 | A | 2025-01-01 | 1.00")
    arguments = {"as_of": date(2025, 1, 31), "of_account": "nobody", "level": "account"}
    assert not store.read("ledgers.revenue_trend", arguments).rows

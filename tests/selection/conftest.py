"""Criteria files drawn in the test that needs them, and a ledger at whose values they can be aimed."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from kam import access, selection
from tests.drawn import given
from tests.fresh import fresh_workbench

AS_OF = date(2025, 12, 31)
HEAD = """
[set]
name = "Charter 2025"
from = 2025-01-01
source = "Steering committee"
"""


def gate(measure="revenue_12m", unit="reporting currency", source="Charter 3.1", **bounds) -> str:
    """One [[gate]]; a bound as it stands in the file."""
    lines = [f"{key} = {value}" for key, value in bounds.items()]
    return "\n".join(["[[gate]]", f'measure = "{measure}"', *lines, f'unit = "{unit}"', f'source = "{source}"', ""])


def score(measure, axis, weight, anchors, unit="reporting currency") -> str:
    """One [[score]]."""
    return "\n".join(
        [
            "[[score]]",
            f'measure = "{measure}"',
            f'axis = "{axis}"',
            f"weight = {weight}",
            f"anchors = {anchors}",
            f'unit = "{unit}"',
            'source = "Charter 3.2"',
            "",
        ]
    )


@pytest.fixture
def ledger(store, champion):
    """`twenty_accounts` in a workbench of the test's own."""
    twenty_accounts(store, champion)
    return store


@pytest.fixture(scope="module")
def read_only_ledger(tmp_path_factory):
    """`twenty_accounts` in a workbench that the module's tests only read."""
    person = access.Person("ines-brandt", "Ines Brandt", "champion")
    with fresh_workbench(tmp_path_factory.mktemp("ledger") / "workbench.duckdb", person=person) as made:
        twenty_accounts(made, person)
        yield made


def twenty_accounts(store, champion):
    """Twenty accounts in groups with orders at and beside the edges of the windows; two never bought, one has
    only returns, some lines have no cost."""
    drawn = random.Random(5)
    accounts = [f"A{n:02d}" for n in range(1, 21)]
    rows = [f"{a} | Name {a} | {'A01' if n in (2, 3) else 'A04' if n == 5 else ''}" for n, a in enumerate(accounts, 1)]
    given(store, champion, "accounts", "account_id | name | parent_account_id\n" + "\n".join(rows))
    edges = [AS_OF, date(2024, 12, 31), date(2023, 12, 31)]
    days = [
        edge + timedelta(days=beside) for edge in edges for beside in (-40, -1, 0, 1) if edge < AS_OF or beside <= 0
    ]
    lines = ["order_id | account_id | order_date | product_id | net_revenue | cogs"]
    for number in range(160):
        account_id = drawn.choice(accounts[:17])
        revenue = drawn.choice([100, 250, 1000, -100, 333.33])
        cost = drawn.choice([40, 0, 99.99, "" if account_id in ("A06", "A07") else 10])
        lines.append(f"O{number} | {account_id} | {drawn.choice(days)} | P{drawn.randint(1, 6)} | {revenue} | {cost}")
    lines.append(f"R1 | A18 | {AS_OF} | P1 | -50 | 10")
    given(store, champion, "order_lines", "\n".join(lines))
    given(
        store,
        champion,
        "payments",
        "payment_id | account_id | paid_on | amount\n"
        + "\n".join(
            f"P{n} | {drawn.choice(accounts[:9])} | {drawn.choice(days)} | {drawn.choice([100, 250, 333.33])}"
            for n in range(40)
        ),
    )
    given(
        store,
        champion,
        "contracts",
        "contract_id | account_id | name | start_date | end_date | annual_value\n"
        + "\n".join(
            f"K{n} | {drawn.choice(accounts)} | Frame | {drawn.choice(days)} | {drawn.choice(['', AS_OF, date(2026, 6, 30)])} "
            f"| {drawn.choice([1000, 5000, ''])}"
            for n in range(15)
        ),
    )
    given(
        store,
        champion,
        "opportunities",
        "opportunity_id | account_id | name | stage | amount | probability | expected_close\n"
        + "\n".join(
            f"D{n} | {drawn.choice(accounts)} | Deal | {drawn.choice(['Proposal', 'Closed Won', 'lost'])} "
            f"| {drawn.choice([1000, ''])} | {drawn.choice([0.5, 0.25])} | {drawn.choice([AS_OF, date(2026, 1, 1), date(2026, 12, 31)])}"
            for n in range(25)
        ),
    )
    assess_twenty(store, champion, accounts, drawn)


def assess_twenty(store, champion, accounts, drawn):
    """Assessments at and beside the edges: on the day, the day after, stale on the day and the day before."""
    limits = {"reporting currency": [0, 1e6, 2.5e6], "share": [0, 0.25, 1], "points": [0, 4.5, 5, 10]}
    for _number in range(90):
        measure = drawn.choice(selection.ENTERED)
        assessed_on = AS_OF + timedelta(days=drawn.choice([-400, -30, -1, 0, 0, 1]))
        selection.record_assessment(
            store,
            drawn.choice(accounts),
            measure,
            drawn.choice(limits[selection.MEASURES[measure].unit]),
            evidence="drawn",
            assessed_on=assessed_on,
            stale_on=max(AS_OF + timedelta(days=drawn.choice([-1, 0, 1, 300])), assessed_on + timedelta(days=1)),
            who=champion,
        )
    for account_id in accounts[:12]:
        # Weights that make ten together: the weighted scores have few decimals, and nothing hangs on rounding.
        weights = [drawn.choice([0, 1, 2.5]) for _n in range(3)]
        factors = [
            selection.SuccessFactor(f"F{n}", weight, drawn.choice([None, 3, 8, 10]), drawn.choice([0, 5, 9]))
            for n, weight in enumerate(weights)
        ]
        factors.append(selection.SuccessFactor("price", 10 - sum(weights), 6, 7))
        selection.record_strength(
            store,
            account_id,
            factors,
            competitor="Rival",
            said_by="their buyer",
            evidence="drawn",
            assessed_on=AS_OF - timedelta(days=drawn.choice([0, 1, 200, 400])),
            who=champion,
        )

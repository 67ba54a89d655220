"""Contracts in force and the open pipeline, against plain loops over records drawn at boundaries."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.drawn import given

AS_OF = date(2025, 12, 31)
# Every closed stage that the drawing below knows.
CLOSED_STAGES = ("won", "lost", "closed won", "closed lost")
PARENT = {"A": None, "B": "A", "C": None, "D": None}
COLUMNS = ("contract_value", "contract_months_left", "weighted_pipeline_12m")


@pytest.fixture
def accounts(store, champion):
    rows = "\n".join(f"{a} | {a} | {parent or ''}" for a, parent in PARENT.items())
    given(store, champion, "accounts", "account_id | name | parent_account_id\n" + rows)
    return store


def read(store, as_of=AS_OF, level="account"):
    rows = store.read("value.commitments", {"as_of": as_of, "level": level})
    return {row["account_id"]: tuple(row[name] for name in COLUMNS) for row in rows}


def slow(contracts, deals, as_of, level):
    """The same in loops; contracts: (account, start, end, value), deals: (account, stage, amount, chance, close)."""
    unit = {a: PARENT[a] or a if level == "group" else a for a in PARENT}
    ahead = date(as_of.year + 1, as_of.month, min(as_of.day, 28) if as_of.month == 2 else as_of.day)
    found = {}
    for who in set(unit.values()):
        running = [c for c in contracts if unit[c[0]] == who and c[1] <= as_of and (c[2] is None or c[2] >= as_of)]
        value = None
        if contracts and all(c[3] is not None for c in running):
            value = sum((c[3] for c in running), Decimal(0))
        ends = [c[2] for c in running if c[2] is not None]
        left = None
        if ends:
            left = 0
            while month_after(as_of, left + 1) <= min(ends):
                left += 1
        in_sight = [
            d
            for d in deals
            if unit[d[0]] == who
            and d[1].casefold() not in CLOSED_STAGES
            and (d[4] is None or as_of < d[4] <= ahead)
        ]  # fmt: skip
        pipeline = None
        if deals and all(None not in (d[2], d[3], d[4]) for d in in_sight):
            pipeline = sum((d[2] * d[3] for d in in_sight), Decimal(0))
        found[who] = (value, left, pipeline)
    return found


def month_after(day, months):
    """The day `months` later; the last of a shorter month counts as its whole."""
    counted = day.year * 12 + day.month - 1 + months
    first = date(counted // 12, counted % 12 + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


def test_without_any_contract_or_opportunity_nothing_is_known(accounts):
    assert set(read(accounts).values()) == {(None, None, None)}


def test_where_others_have_them_an_account_without_has_none(accounts, champion):
    given(
        accounts,
        champion,
        "contracts",
        "contract_id | account_id | name | start_date | annual_value\nK | A | F | 2025-01-01 | 7",
    )
    given(
        accounts, champion, "opportunities",
        "opportunity_id | account_id | name | stage | amount | probability | expected_close\nO | A | x | Open | 10 | 0.5 | 2026-03-01",
    )  # fmt: skip
    assert read(accounts)["A"] == (Decimal(7), None, Decimal(5))
    assert read(accounts)["D"] == (Decimal(0), None, Decimal(0))


@pytest.mark.parametrize("stage", ["Won", "closed lost", "Closed Won", "CLOSED", "Lost - price"])
def test_what_is_won_lost_or_closed_is_no_pipeline(accounts, champion, stage):
    given(
        accounts, champion, "opportunities",
        f"opportunity_id | account_id | name | stage | amount | probability | expected_close\nO | A | x | {stage} | 10 | 1 | 2026-03-01",
    )  # fmt: skip
    assert read(accounts)["A"][2] == 0


@pytest.mark.parametrize("stage", ["Proposal", "Disclosed", "Wonder", "Negotiation"])
def test_words_that_only_look_like_it_are_open(accounts, champion, stage):
    given(
        accounts, champion, "opportunities",
        f"opportunity_id | account_id | name | stage | amount | probability | expected_close\nO | A | x | {stage} | 10 | 1 | 2026-03-01",
    )  # fmt: skip
    assert read(accounts)["A"][2] == 10


@pytest.mark.parametrize("seed", range(4))
def test_commitments_agree_with_plain_loops(accounts, champion, seed):
    draw = random.Random(seed)
    days = [AS_OF + timedelta(days=n) for n in (-400, -1, 0, 1, 30, 31, 59, 364, 365, 366)]
    contracts = [
        (draw.choice("ABC"), draw.choice(days), draw.choice([None, *days]), draw.choice([None, Decimal(5), Decimal(7)]))
        for _n in range(8)
    ]
    deals = [
        (
            draw.choice("ABC"),
            draw.choice(["Proposal", "Won", "closed lost"]),
            draw.choice([Decimal(10), Decimal("33.30"), *([None] if draw.random() < 0.2 else [])]),
            draw.choice([Decimal("0.5"), Decimal("0.1")]),
            draw.choice([*days, *([None] if draw.random() < 0.2 else [])]),
        )
        for _n in range(12)
    ]

    def change(tx):
        tx.insert_many(
            "ledgers.contracts",
            ("contract_id", "name", "account_id", "start_date", "end_date", "annual_value"),
            [(f"K{n}", "Frame", *contract) for n, contract in enumerate(contracts)],
        )
        tx.insert_many(
            "ledgers.opportunities",
            ("opportunity_id", "name", "account_id", "stage", "amount", "probability", "expected_close"),
            [(f"O{n}", "Deal", *deal) for n, deal in enumerate(deals)],
        )

    accounts.write(change, who=champion, action="fill", subject=("test", "commitments"))
    for as_of in (AS_OF, AS_OF + timedelta(days=31), date(2025, 11, 30)):
        for level in ("account", "group"):
            assert read(accounts, as_of, level) == slow(contracts, deals, as_of, level)

"""A ledger for selection cycles, in which each account's margin rate is its score: 0.05 of margin is a point of ten.

scored(store, who, {"A": 8, "B": 4}, on=day) writes one order of 10,000 for each account; again for a later year, or
over it to correct it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kam import selection
from kam.ledgers import rollup
from tests.selection.conftest import gate, score

FIRST = date(2024, 12, 31)
CHARTER = (
    '[set]\nname = "Charter"\nfrom = 2024-01-01\nsource = "Steering committee"\n'
    + gate(at_least=1000)
    + "\n"
    + gate("return_share_12m", "share", at_most=0.5, suspends="true")
    + "\n"
    + score("margin_rate_12m", "attractiveness", 1, "[[0, 0], [0.5, 10]]", "share")
    + "\n"
    + score("orders_12m", "strength", 1, "[[0, 0], [1, 4], [2, 10]]", "orders")
)
COLUMNS = ["order_id", "line_no", "account_id", "order_date", "quantity", "currency"]
AMOUNTS = ["net_revenue", "cogs", "original_net_revenue", "original_cogs"]


def adopt_charter(store, who, text=CHARTER):
    """The charter of these tests."""
    return selection.adopt(store, selection.read_criteria(text), reason="decided", who=who)


def scored(store, who, points, *, on, revenue=10_000):
    """One order on a day for each account, in place of what it ordered in that year; points None: cost unknown."""

    def change(tx):
        known = set(tx.read("ledgers.accounts", columns=("account_id",)).column("account_id"))
        new = [account_id for account_id in points if account_id not in known]
        tx.insert_many("ledgers.accounts", ["account_id", "name"], [(a, f"{a} Co") for a in new])
        rows = []
        for account_id, earned in points.items():
            order_id = f"{account_id}-{on.year}"
            tx.delete("ledgers.order_lines", {"order_id": order_id})
            cost = None if earned is None else Decimal(str(revenue)) * (1 - Decimal(str(earned)) / 20)
            rows.append((order_id, 1, account_id, on, 1, "EUR", revenue, cost, revenue, cost))
        tx.insert_many("ledgers.order_lines", COLUMNS + AMOUNTS, rows)
        rollup.bring_up_to_date(tx, full=True)

    store.write(change, who=who, action="draw", subject=("test", "lines"))


def returned(store, who, account_id, amount, *, on):
    """Goods of this worth come back."""

    def change(tx):
        row = (f"{account_id}-R", 1, account_id, on, -1, "EUR", -amount, -amount, -amount, -amount)
        tx.insert_many("ledgers.order_lines", COLUMNS + AMOUNTS, [row])
        rollup.bring_up_to_date(tx, full=True)

    store.write(change, who=who, action="draw", subject=("test", "returns"))


def assessed(store, who, *, on=FIRST, name="Selection"):
    """A cycle opened and assessed: its number."""
    number = selection.open_cycle(store, name, as_of=on, who=who)
    selection.assess_cycle(store, number, expected_version=1, who=who)
    return number


def version(store, number):
    """What a visitor has seen of it."""
    return selection.cycle_of(store, number).version


def decided(store, who, number, otherwise=None, *, on=None, present="Ada, Bo"):
    """Decide the cycle: {account: (decision, reason)} otherwise than proposed."""
    wanted = {a: selection.Decided(*choice) for a, choice in (otherwise or {}).items()}
    return selection.decide_cycle(
        store,
        number,
        wanted,
        present=present,
        decided_on=on or selection.cycle_of(store, number).as_of,
        expected_version=version(store, number),
        who=who,
    )


def in_force(store, who, number, *, on=None):
    """Put it in force on the day that it judges, or another."""
    on = on or selection.cycle_of(store, number).as_of
    return selection.put_in_force(store, number, on=on, expected_version=version(store, number), who=who)


def held(store, who, *, on, otherwise=None):
    """A whole cycle: its number."""
    number = assessed(store, who, on=on, name=f"Selection {on.year}")
    decided(store, who, number, otherwise)
    in_force(store, who, number)
    return number


def proposals(store, who, number):
    """{account: proposal} of those with something to decide."""
    rows = selection.cycle_accounts(store, number, for_whom=who)
    return {row["account_id"]: row["proposal"] for row in rows if row["proposal"]}


def states(store, on):
    """{account: state} of everyone who ever moved."""
    rows = store.read("programme.states", {"as_of": on})
    return {row["account_id"]: row["state"] for row in rows}

"""The roll-up: account × calendar month, kept, and brought up to date for what changed only.

Everything heavy starts from `ledgers.account_month`. Its definition is the relation `ledgers.month_facts`;
`ledgers.spanning_orders` holds the few orders whose purchases lie in several months, so that distinct orders
of a window can be counted exactly from months.
"""

from __future__ import annotations

from datetime import date

from kam import relations
from kam.store import Store, Transaction
from kam.store.writing import Actor

_ROLLED_UP = ("ledgers.account_month", "ledgers.spanning_orders", "ledgers.touched_months")
_FIRST_DAY = date.min
_AFTER_LAST_DAY = date.max


def bring_up_to_date(tx: Transaction, *, full: bool = False) -> None:
    """Count the touched account-months again, inside the transaction that changed the lines.

    Reads the pairs of `ledgers.touched_months` (account, month; old and new places of every changed line, and
    the lines of a product whose standard cost changed), and empties it. full: counts everything again.
    The result of either is the same to the row.
    """
    if full:
        _run(tx, "forget_account_months")
        _run(tx, "forget_spanning_orders")
        _run(tx, "count_account_months", first_day=_FIRST_DAY, after_day=_AFTER_LAST_DAY, only_touched=False)
        _run(tx, "find_spanning_orders")
        _run(tx, "forget_touched_months")
        return
    days = next(iter(tx.read("ledgers.touched_range")))
    if days["first_day"] is None:
        return
    _run(tx, "drop_touched_account_months")
    _run(tx, "count_account_months", **days, only_touched=True)
    _run(tx, "drop_touched_spanning_orders")
    _run(tx, "find_touched_spanning_orders", **days)
    _run(tx, "drop_single_month_orders")
    _run(tx, "forget_touched_months")


def refresh(store: Store, *, full: bool = False, who: Actor, op_id: str | None = None) -> int:
    """Bring the account months up to date in a transaction of its own; returns how many there are."""

    def change(tx: Transaction) -> int:
        bring_up_to_date(tx, full=full)
        count = tx.read("ledgers.account_month", limit=1).total
        tx.note(full=full, account_months=count)
        return count

    return store.write(change, who=who, action="refresh", subject=("ledger", "account_month"), op_id=op_id)


def _run(tx: Transaction, step: str, **parameters: object) -> None:
    tx.run(relations.step(f"ledgers.{step}"), parameters, touches=_ROLLED_UP)

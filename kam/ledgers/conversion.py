"""Amounts in other currencies: converted anew where a rate changed."""

from __future__ import annotations

from kam import relations
from kam.store import Transaction


def reconvert(tx: Transaction, reporting: str) -> None:
    """Convert the lines in other currencies anew where a rate changed, and mark their account months.

    The rate of a line is that of its currency with the latest valid_from on or before its order date.
    """
    tx.run(
        relations.step("ledgers.find_reconverted_lines"),
        {"reporting": reporting},
        touches=["ledgers.order_lines", "ledgers.touched_months"],
    )
    tx.run(relations.step("ledgers.touch_reconverted_lines"))
    tx.run(relations.step("ledgers.write_reconverted_lines"))

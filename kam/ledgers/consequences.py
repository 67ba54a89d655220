"""What follows from imported facts: amounts converted again, and the account months."""

from __future__ import annotations

from kam import relations
from kam.ledgers import rollup
from kam.ledgers.conversion import reconvert
from kam.store import Transaction


def drawn(tx: Transaction, table: str, import_id: int, reporting: str, *, has_cost: bool, is_first: bool) -> None:
    """Draw the consequences inside the transaction that wrote the rows.

    table: the one written. has_cost: products came with a standard cost. is_first: all account months are counted.
    """
    if table == "products" and has_cost:
        tx.run(
            relations.step("ledgers.touch_lines_of_products"),
            {"import_id": import_id},
            touches=["ledgers.touched_months"],
        )
    if table == "exchange_rates":
        reconvert(tx, reporting)
    if table in ("order_lines", "products", "exchange_rates"):
        rollup.bring_up_to_date(tx, full=is_first)

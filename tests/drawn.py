"""Small ledgers drawn in the test that needs them.

given(store, who, "accounts", '''
    account_id | name
    A          | Alpha
''') puts rows into a fact table as an import would have left them; an empty cell is null.
"""

from __future__ import annotations

from kam.store import Store, Transaction
from kam.store.writing import Actor

# Columns that the table needs and a drawing would only repeat.
_FILLED = {
    "order_lines": {"quantity": "1", "currency": "EUR"},
    "payments": {"currency": "EUR"},
}


def given(store: Store, who: Actor, table: str, drawing: str) -> None:
    """Insert a drawn table into ledgers.<table> and bring the account months up to date."""
    lines = [line.strip() for line in drawing.strip().splitlines() if line.strip()]
    columns = [cell.strip() for cell in lines[0].split("|")]
    rows = [[cell.strip() or None for cell in line.split("|")] for line in lines[1:]]
    for name, value in _FILLED.get(table, {}).items():
        if name not in columns:
            columns.append(name)
            rows = [[*row, value] for row in rows]
    if table == "order_lines":
        if "line_no" not in columns:
            columns.append("line_no")
            rows = [[*row, number] for number, row in enumerate(rows, 1)]
        for name in ("net_revenue", "list_revenue", "cogs"):
            if name in columns:
                at = columns.index(name)
                columns.append(f"original_{name}")
                rows = [[*row, row[at]] for row in rows]

    def change(tx: Transaction) -> None:
        from kam.ledgers import rollup

        tx.insert_many(f"ledgers.{table}", columns, rows)
        if table in ("order_lines", "products"):
            rollup.bring_up_to_date(tx, full=True)

    store.write(change, who=who, action="draw", subject=("test", table))

"""Taking an import back: its rows go, what they replaced returns. Runs inside a write's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from kam.store.names import qualified, quoted
from kam.store.soundness import base_tables
from kam.store.staging import from_text
from kam.store.writing import Transaction

# What a cycle judged, and whom a play was meant for, is frozen with the accounts' names of then: no decision about an account.
FROZEN = frozenset({"selection.cycle_accounts", "plays.run_accounts", "plays.run_reasons"})
# Tables that follow from others, or only say how accounts relate; a row there is no reason to keep an account.
_DERIVED = frozenset(
    {
        "ledgers.account_month",
        "ledgers.spanning_orders",
        "ledgers.touched_months",
        "ledgers.accounts",
        "ledgers.account_merges",
        "quality.distinct_pairs",
        *FROZEN,
    }
)


def remove_rows(tx: Transaction, relation: str, import_id: int) -> int:
    """Delete the rows that an import wrote, new and changed alike; returns how many."""
    return len(
        tx.run(
            f"delete from {qualified(relation)} where import_id = $import_id returning 1",
            {"import_id": import_id},
            touches=[relation],
        )
    )


def return_rows(tx: Transaction, relation: str, stored: Sequence[tuple[str, str]], import_id: int) -> int:
    """Insert what an import's changed rows held before it; returns how many. stored: (column, type) pairs."""
    names = ", ".join(quoted(name) for name, _kind in stored)
    values = ", ".join(from_text(f"json_extract_string(row_image, '$.{name}')", kind) for name, kind in stored)
    return len(
        tx.run(
            f"insert into {qualified(relation)} ({names}, import_id) select {values}, previous_import_id "
            "from ledgers.before_images where import_id = $import_id and table_name = $table returning 1",
            {"import_id": import_id, "table": relation.split(".")[1]},
            touches=[relation],
        )
    )


def user_of_a_vanishing_account(tx: Transaction, import_id: int) -> tuple[str, str] | None:
    """(account_id, table) of a row, not of this import, that names an account which only this import knows.

    None where the accounts can go without leaving anything behind.
    """
    parameters = {"import_id": import_id}
    vanishing = (
        "select account_id from ledgers.accounts where import_id = $import_id and account_id not in "
        "(select json_extract_string(row_image, '$.account_id') from ledgers.before_images "
        "where import_id = $import_id and table_name = 'accounts')"
    )
    if not tx.run(f"{vanishing} limit 1", parameters):
        return None
    held = set(base_tables(tx.store))
    for relation in tx.store.tables():
        columns = tx.store.columns(relation)
        if relation in _DERIVED or relation not in held or "account_id" not in columns:
            continue
        own = " and import_id is distinct from $import_id" if "import_id" in columns else ""
        found = tx.run(
            f"select account_id from {qualified(relation)} where account_id in ({vanishing}){own} limit 1", parameters
        )
        if found:
            return found[0][0], relation
    children = tx.run(
        f"select parent_account_id from ledgers.accounts where parent_account_id in ({vanishing}) "
        "and import_id is distinct from $import_id limit 1",
        parameters,
    )
    return (children[0][0], "ledgers.accounts") if children else None

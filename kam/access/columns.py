"""Which columns a person keeps in a list beside those that everybody sees."""

from __future__ import annotations

from collections.abc import Sequence

from kam.access.people import Person
from kam.store import Condition, Store, Transaction


def keep_columns(
    store: Store, person: Person, list_key: str, columns: Sequence[str], *, op_id: str | None = None
) -> None:
    """Keep the added columns (names of the list's relation) of a list for a person; an empty choice keeps none."""
    chosen = list(dict.fromkeys(columns))

    def change(tx: Transaction) -> None:
        tx.insert(
            "access.kept_columns",
            entry_id=tx.next_number("access.kept_columns", "entry_id"),
            person_id=person.person_id,
            list_key=list_key,
            columns=chosen,
            kept_at=tx.now,
        )

    store.write(
        change,
        who=person,
        action="keep columns",
        subject=("list", list_key),
        op_id=op_id,
        details={"columns": chosen},
    )


def kept_columns(store: Store, person: Person, list_key: str) -> list[str]:
    """The columns that a person kept last for a list; none where they never did."""
    found = store.read(
        "access.kept_columns",
        columns=("columns",),
        where=[Condition("person_id", "=", person.person_id), Condition("list_key", "=", list_key)],
        order_by=[("entry_id", True)],
        limit=1,
    )
    return list(found.rows[0][0]) if found.rows else []

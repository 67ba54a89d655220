"""Where words stand in the texts of the database: which table, which column, which text."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from kam.store.names import qualified, quoted
from kam.store.soundness import base_tables
from kam.store.store import Store
from kam.store.writing import Transaction


def texts_with(
    store: Store, words: Sequence[str], *, outside: Collection[str] = (), schemas_outside: Collection[str] = ()
) -> list[tuple[str, str, str, int]]:
    """(relation, column, text, rows) of every text that holds one of the words, whatever their case.

    outside: relations, schemas_outside: schemas that are not looked at.
    """
    wanted = [word.casefold() for word in words if word]
    found: list[tuple[str, str, str, int]] = []
    if not wanted:
        return found
    with store.cursor() as cursor:
        for relation in base_tables(store):
            if relation in outside or relation.split(".")[0] in schemas_outside:
                continue
            for column, kind in store.described(relation, cursor):
                if kind != "VARCHAR":
                    continue
                name = quoted(column)
                rows = cursor.execute(
                    f"select {name}, count(*) from {qualified(relation)} where len(list_filter($words, "
                    f"lambda word: contains(lower({name}), word))) > 0 group by 1 order by 1",
                    {"words": wanted},
                ).fetchall()
                found += [(relation, column, text, count) for text, count in rows]
    return found


def text_by_hash(store: Store, relation: str, column: str, text_hash: str) -> str | None:
    """The text of a column whose SHA-256 is this; None where it is gone."""
    with store.cursor() as cursor:
        rows = cursor.execute(
            f"select {quoted(column)} from {qualified(relation)} where sha256({quoted(column)}) = $text_hash limit 1",
            {"text_hash": text_hash},
        ).fetchall()
    return rows[0][0] if rows else None


def replace_text(tx: Transaction, relation: str, column: str, text_hash: str, by: str) -> int:
    """Put another text where the one with this SHA-256 stands; returns in how many rows."""
    return len(
        tx.run(
            f"update {qualified(relation)} set {quoted(column)} = $by where sha256({quoted(column)}) = $text_hash returning 1",
            {"text_hash": text_hash, "by": by},
            touches=[relation],
        )
    )

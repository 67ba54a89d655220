"""Writing: one short transaction under a process-wide lock, with its audit event and data versions.

Any error rolls the whole transaction back and is raised again: DuckDB discards an aborted transaction
silently at commit, so nothing may be committed after a caught error. The function that is given to
`Store.write` must not call Streamlit: a rerun would stop it in the middle.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from kam.errors import NotFound, StaleWrite
from kam.store import audit
from kam.store.names import checked, qualified, quoted
from kam.store.reading import Rows
from kam.words import _

if TYPE_CHECKING:
    import duckdb

    from kam.store.store import Store


# The schema of a table that a statement writes.
_WRITTEN = re.compile(
    r"^\s*(?:insert(?:\s+or\s+\w+)?\s+into|update|delete\s+from)\s+\"?(?!temp\b)(\w+)\"?\.",
    re.IGNORECASE | re.MULTILINE,
)


class Actor(Protocol):
    """Who acts: anything with a person_id and a name (kam.access.Person)."""

    person_id: str
    name: str


def new_operation() -> str:
    """An idempotency key: made when a form is first shown, used once."""
    return uuid.uuid4().hex


def as_json(value: Any) -> str:
    """JSON with dates as ISO text and money as text with its decimals."""

    def plain(item: Any) -> str:
        if isinstance(item, date | datetime):
            return item.isoformat()
        if isinstance(item, Decimal):
            return str(item)
        raise TypeError(f"not a plain value: {item!r}")

    return json.dumps(value, default=plain, ensure_ascii=False, sort_keys=True)


class Transaction:
    """What a writing function may do. Tables it touches have their data version bumped at commit."""

    def __init__(self, store: Store, cursor: duckdb.DuckDBPyConnection, who: Actor) -> None:
        self.store = store
        self.who = who
        self.cursor = cursor
        self.touched: set[str] = set()
        self.details: dict[str, Any] = {}
        self.is_told = False
        self.now = datetime.now(UTC).replace(tzinfo=None)

    def note(self, **details: Any) -> None:
        """Put facts into the audit event of this write."""
        self.details |= details

    def goes_on(self) -> None:
        """This write goes on with what an audit event has told already, and leaves none of its own: a text as it is typed."""
        self.is_told = True

    def insert(self, table: str, **values: Any) -> None:
        """Insert one row."""
        self.insert_many(table, list(values), [tuple(values.values())])

    def insert_many(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Insert rows; returns how many."""
        rows = [tuple(row) for row in rows]
        names = checked(list(columns), self.store.columns(table))
        self._touch(table)
        if rows:
            marks = ", ".join("?" * len(names))
            text = f"insert into {qualified(table)} ({', '.join(names)}) values ({marks})"
            self.cursor.executemany(text, rows)
        return len(rows)

    def insert_columns(self, table: str, columns: Mapping[str, Any]) -> int:
        """Insert rows given as equally long numpy arrays, one per column, in one statement; returns how many.

        Dates as datetime64[us], unknown as a masked value or None. For facts by the thousand.
        """
        names = ", ".join(checked(list(columns), self.store.columns(table)))
        self._touch(table)
        self.cursor.register("incoming_columns", dict(columns))
        try:
            text = f"insert into {qualified(table)} ({names}) select {names} from incoming_columns"
            return self.cursor.execute(text).fetchall()[0][0]
        finally:
            self.cursor.unregister("incoming_columns")

    def update(
        self, table: str, key: Mapping[str, Any], changes: Mapping[str, Any], *, expected_version: int | None = None
    ) -> None:
        """Change the one row with this key; `version` is counted up where the table has one.

        Raises NotFound where there is no such row, StaleWrite where its version is not the one seen.
        """
        known = self.store.columns(table)
        sets = [f"{name} = $s{n}" for n, name in enumerate(checked(list(changes), known))]
        parameters = {f"s{n}": value for n, value in enumerate(changes.values())}
        tests = [f"{name} = $k{n}" for n, name in enumerate(checked(list(key), known))]
        parameters |= {f"k{n}": value for n, value in enumerate(key.values())}
        if "version" in known:
            sets.append("version = version + 1")
        if expected_version is not None:
            tests.append("version = $expected_version")
            parameters["expected_version"] = expected_version
        self._touch(table)
        text = f"update {qualified(table)} set {', '.join(sets)} where {' and '.join(tests)} returning 1"
        if self.cursor.execute(text, parameters).fetchall():
            return
        current = self.one(table, key)
        if current is None:
            raise NotFound(_("This record is no longer there: reload the page."))
        raise StaleWrite(
            _("Someone else changed this record after you opened it: compare both versions, then save again."),
            theirs=current,
            mine=dict(changes),
        )

    def delete(self, table: str, key: Mapping[str, Any]) -> int:
        """Delete the rows with this key; returns how many."""
        tests = [f"{name} = $k{n}" for n, name in enumerate(checked(list(key), self.store.columns(table)))]
        parameters = {f"k{n}": value for n, value in enumerate(key.values())}
        self._touch(table)
        text = f"delete from {qualified(table)} where {' and '.join(tests)} returning 1"
        return len(self.cursor.execute(text, parameters).fetchall())

    def one(self, table: str, key: Mapping[str, Any]) -> dict[str, Any] | None:
        """The row with this key as a dict, seen from inside the transaction; None where there is none."""
        from kam.store.reading import Condition

        found = self.read(table, where=[Condition(c, "=", v) for c, v in key.items()], limit=1)
        return next(iter(found), None)

    def read(self, relation: str, **narrowing: Any) -> Rows:
        """As `Store.read`, seen from inside the transaction."""
        return self.store._read(self.cursor, relation, **narrowing)

    def run(
        self, statement: str, parameters: Mapping[str, Any] | None = None, *, touches: Sequence[str] = ()
    ) -> list[tuple]:
        """Run a step's text (kam.relations.step) and return its rows. touches: the tables it writes beside those it names."""
        for table in (*touches, *_WRITTEN.findall(statement)):
            self._touch(table)
        return self.cursor.execute(statement, dict(parameters or {})).fetchall()

    def next_number(self, table: str, column: str) -> int:
        """One more than the largest number in use; safe because writes hold the lock."""
        (name,) = checked([column], self.store.columns(table))
        return self.cursor.execute(f"select coalesce(max({name}), 0) + 1 from {qualified(table)}").fetchall()[0][0]

    def _touch(self, table: str) -> None:
        self.touched.add(table.split(".", maxsplit=1)[0])

    def _finish(self, *, action: str, subject: tuple[str, str], op_id: str | None) -> None:
        if op_id is not None:
            self.cursor.execute("insert into store.applied_operations values (?, ?)", [op_id, self.now])
        if not self.is_told:
            self._tell(action, subject)
        self._count_versions()

    def _tell(self, action: str, subject: tuple[str, str]) -> None:
        """The audit event, linked to the one before."""
        last, head = self.cursor.execute(
            "select max(event_id), arg_max(hash, event_id) from store.audit_events"
        ).fetchall()[0]
        number, previous = (1, audit.GENESIS) if last is None else (last + 1, head)
        event = (
            number,
            self.now,
            self.who.person_id,
            self.who.name,
            action,
            subject[0],
            str(subject[1]),
            as_json(self.details),
        )
        self.cursor.execute(
            "insert into store.audit_events values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [*event, previous, audit.link(previous, event)],
        )

    def _count_versions(self) -> None:
        # An update and the rare insert are a third of the price of one `on conflict do update` for each scope.
        counted = self.cursor.execute(
            "update store.data_versions set version = version + 1 where list_contains(?, scope) returning scope",
            [sorted(self.touched)],
        ).fetchall()
        if first := self.touched - {scope for (scope,) in counted}:
            self.cursor.executemany(
                "insert into store.data_versions values (?, 1)", [[scope] for scope in sorted(first)]
            )


__all__ = ["Actor", "Transaction", "as_json", "new_operation", "quoted"]

"""The store: one open workbench database in this process."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from kam import relations
from kam.errors import StoreUnavailable
from kam.store import answers, connection, kept, migrations
from kam.store.full_disk import unwritable
from kam.store.names import checked
from kam.store.reading import Condition, Rows, call, narrowed, summed, with_sources
from kam.store.staging import Staging
from kam.store.writing import Actor, Transaction, new_operation
from kam.words import _

ALREADY_DONE = None
Result = TypeVar("Result")


class Store:
    """An open database. Make one with `open_store` or `create`; close it, or use it as a context."""

    def __init__(self, path: Path, opened: duckdb.DuckDBPyConnection) -> None:
        self.path = path
        self._connection = opened
        self._writing = threading.RLock()
        self._counting = threading.Lock()
        self._writes = 0
        self._versions: dict[str, int] | None = None
        self._columns: dict[str, tuple[str, ...]] = {}
        self._kept = kept.KeptReadings()
        self._answers = answers.Answers(self)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and release the file."""
        self._connection.close()

    # -- reading ---------------------------------------------------------------------------------

    def read(
        self,
        relation: str,
        arguments: Mapping[str, Any] | None = None,
        *,
        columns: Sequence[str] | None = None,
        where: Sequence[Condition] = (),
        search: tuple[str, Sequence[str]] | None = None,
        order_by: Sequence[tuple[str, bool]] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> Rows:
        """Rows of a relation or table. order_by: (column, descending) pairs; unknown values come last.

        Raises ValueError for a relation, argument or column that the catalogue does not know.
        """
        narrowing = {
            "columns": columns,
            "where": where,
            "search": search,
            "order_by": order_by,
            "limit": limit,
            "offset": offset,
        }

        def ask() -> Rows:
            with self._cursor() as cursor:
                return self._read(cursor, relation, arguments, **narrowing)

        return self._answers.get("read", relation, arguments, narrowing, ask)

    def arrays(self, relation: str, arguments: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Column to a numpy array of a whole relation, decimals as floats, days as datetime64; masked where unknown."""
        arguments = dict(arguments or {})
        with self._cursor() as cursor:
            return cursor.execute(f"select * from {self._call(relation, arguments)}", arguments).fetchnumpy()

    def page(self, relation: str, arguments: Mapping[str, Any] | None = None, **narrowing: Any) -> Rows:
        """As `read`, from a copy of the relation kept in memory until the data beneath it changes.

        For readings that are dear to compute and looked at page by page.
        """

        def ask() -> Rows:
            source, known = self._kept.source(self, relation, dict(arguments or {}))
            with self._cursor() as cursor:
                return self._narrow(cursor, source, known, **narrowing)

        return self._answers.get("page", relation, arguments, narrowing, ask)

    def sums(
        self,
        relation: str,
        arguments: Mapping[str, Any] | None,
        columns: Sequence[str],
        *,
        where: Sequence[Condition] = (),
        search: tuple[str, Sequence[str]] | None = None,
    ) -> dict[str, tuple[Any, int]]:
        """Column to (sum, how many values are known) over all rows that meet the conditions of a `page`."""

        def ask() -> dict[str, tuple[Any, int]]:
            source, known = self._kept.source(self, relation, dict(arguments or {}))
            with self._cursor() as cursor:
                inner, _counting, parameters = narrowed(
                    source,
                    known,
                    columns=None,
                    where=self._with_sources(where),
                    search=search,
                    order_by=(),
                    limit=None,
                    offset=0,
                )
                (row,) = cursor.execute(summed(inner, columns, known), parameters).fetchall()
            return {name: (row[2 * at], row[2 * at + 1]) for at, name in enumerate(columns)}

        return self._answers.get("sums", relation, arguments, [columns, where, search], ask)

    def choices(
        self,
        relation: str,
        arguments: Mapping[str, Any] | None,
        column: str,
        *,
        where: Sequence[Condition] = (),
        limit: int = 500,
    ) -> list[Any]:
        """The distinct known values of a column among the rows of a `page`, in order; at most `limit`."""

        def ask() -> list[Any]:
            source, known = self._kept.source(self, relation, dict(arguments or {}))
            with self._cursor() as cursor:
                (name,) = checked([column], known)
                inner, _counting, parameters = narrowed(
                    source,
                    known,
                    columns=[column],
                    where=self._with_sources(where),
                    search=None,
                    order_by=(),
                    limit=None,
                    offset=0,
                )
                text = f"select distinct {name} from ({inner}) where {name} is not null order by 1 limit $most"
                found = cursor.execute(text, parameters | {"most": limit}).fetchall()
            return [row[0] for row in found]

        return self._answers.get("choices", relation, arguments, [column, where, limit], ask)

    def one(self, relation: str, arguments: Mapping[str, Any] | None = None, **narrowing: Any) -> dict[str, Any] | None:
        """The first row as a dict, or None."""
        return next(iter(self.read(relation, arguments, limit=1, **narrowing)), None)

    def columns(self, relation: str) -> tuple[str, ...]:
        """The column names of a table or relation. Raises ValueError where there is none of that name."""
        known = relations.catalogue().get(relation)
        if known and known.kind != "function":
            # As its header says, which a test holds to: asking the database would plan the whole relation.
            return known.columns
        if relation not in self._columns:
            with self._cursor() as cursor:
                self._columns[relation] = tuple(name for name, _type in self.described(relation, cursor))
        return self._columns[relation]

    def described(self, relation: str, cursor: duckdb.DuckDBPyConnection | None = None) -> list[tuple[str, str]]:
        """(column, type) pairs of a table or relation."""
        known = relations.catalogue().get(relation)
        arguments = {name: None for name, _ in known.parameters} if known else {}
        source = self._call(relation, arguments)
        own = cursor or self._connection.cursor()
        try:
            found = own.execute(f"describe select * from {source}", arguments).fetchall()
        except duckdb.CatalogException as error:
            raise ValueError(f"no such relation: {relation}") from error
        finally:
            if cursor is None:
                own.close()
        return [(row[0], row[1]) for row in found]

    def tables(self) -> list[str]:
        """Every table and view, as `schema.name`."""
        with self._cursor() as cursor:
            return [
                f"{schema}.{name}"
                for schema, name in cursor.execute(
                    "select table_schema, table_name from information_schema.tables"
                    " where table_catalog = current_database() order by 1, 2"
                ).fetchall()
            ]

    def version(self, *scopes: str) -> int:
        """The data version of these schemas together (of all where none is named)."""
        versions = self._versions
        if versions is None:
            before = self._writes
            versions = dict(self.read("store.data_versions", columns=("scope", "version")).rows)
            # Kept in memory where no write came between: this process is the only one that writes.
            with self._counting:
                if self._writes == before:
                    self._versions = versions
        return sum(versions.get(scope, 0) for scope in scopes or versions)

    def ask_afresh(self) -> None:
        """Let go of the answers kept so far: what follows is read from the file, however that came to be as it is."""
        self._answers.forget()

    def setting(self, key: str) -> str | None:
        """A fact about this workbench: currency, fiscal_year_start, product, schema."""
        found = self.one("store.workbench", where=[Condition("key", "=", key)])
        return found["value"] if found else None

    # -- writing ---------------------------------------------------------------------------------

    def write(
        self,
        change: Callable[[Transaction], Result],
        *,
        who: Actor,
        action: str,
        subject: tuple[str, str],
        op_id: str | None = None,
        details: Mapping[str, Any] | None = None,
        staging: Staging | None = None,
    ) -> Result | None:
        """Do a change in one transaction with its audit event; returns what `change` returns.

        staging: run it on that staging's cursor, which sees its temporary tables.

        A second call with the same op_id (a double click) does nothing and returns None.
        Whatever `change` raises is raised again after the roll-back.
        """
        operation = op_id or new_operation()
        with self._writing, contextlib.nullcontext(staging.cursor) if staging else self._cursor() as cursor:
            cursor.execute("begin")
            try:
                if cursor.execute("select 1 from store.applied_operations where op_id = ?", [operation]).fetchall():
                    cursor.execute("rollback")
                    return ALREADY_DONE
                transaction = Transaction(self, cursor, who)
                transaction.note(**(details or {}))
                result = change(transaction)
                is_named = op_id is not None or not transaction.is_told
                transaction._finish(action=action, subject=subject, op_id=operation if is_named else None)
                cursor.execute("commit")
                return result
            except BaseException as error:
                with contextlib.suppress(duckdb.Error):  # already gone after a failed commit; `error` is raised below
                    cursor.execute("rollback")
                if isinstance(error, duckdb.FatalException):
                    self._reopen()
                if sentence := unwritable(error):
                    raise StoreUnavailable(sentence, reason="unwritable") from error
                raise
            finally:
                with self._counting:
                    self._writes += 1
                    self._versions = None

    def cursor(self):
        """A cursor for the store's own room (backups, checks); close it after use."""
        return self._cursor()

    def staging(self) -> Staging:
        """Temporary tables beside the database, for what is checked before it is written."""
        return Staging(self)

    # -- beneath ---------------------------------------------------------------------------------

    def _cursor(self) -> _Cursor:
        return _Cursor(self._connection)

    def _reopen(self) -> None:
        """After a fatal error (a full disk during a checkpoint) every statement fails until reopening."""
        self._connection.close()
        self._open_anew()

    def _open_anew(self) -> None:
        """Connect to the file as it is now; nothing that was read from it before is held any longer."""
        self._kept = kept.KeptReadings()
        self._answers.forget()
        self._connection = connection.connect(self.path)

    def _call(self, relation: str, arguments: Mapping[str, Any]) -> str:
        known = relations.catalogue().get(relation)
        is_macro = known is not None and known.kind == "macro"
        return call(relation, arguments, known.parameters if known else (), is_macro)

    def _read(self, cursor, relation: str, arguments: Mapping[str, Any] | None = None, **narrowing: Any) -> Rows:
        arguments = dict(arguments or {})
        return self._narrow(cursor, self._call(relation, arguments), self.columns(relation), arguments, **narrowing)

    def _narrow(
        self,
        cursor,
        source: str,
        known: tuple[str, ...],
        arguments: Mapping[str, Any] | None = None,
        *,
        columns: Sequence[str] | None = None,
        where: Sequence[Condition] = (),
        search: tuple[str, Sequence[str]] | None = None,
        order_by: Sequence[tuple[str, bool]] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> Rows:
        where = self._with_sources(where)
        text, counting, parameters = narrowed(
            source, known, columns=columns, where=where, search=search, order_by=order_by, limit=limit, offset=offset
        )
        given = dict(arguments or {})
        rows = cursor.execute(text, parameters | given).fetchall()
        total = len(rows) + offset
        if limit is not None and (len(rows) == limit or (offset and not rows)):
            unpaged = {k: v for k, v in parameters.items() if not k.startswith("page_")}
            total = cursor.execute(counting, unpaged | given).fetchall()[0][0]
        return Rows(tuple(columns or known), rows, total)

    def _with_sources(self, where: Sequence[Condition]) -> list[Condition]:
        def source_of(relation: str, arguments: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
            return self._kept.source(self, relation, arguments)

        return with_sources(where, source_of)


class _Cursor:
    """A cursor that is always closed: an unfinished result would keep its transaction open."""

    def __init__(self, opened: duckdb.DuckDBPyConnection) -> None:
        self._cursor = opened.cursor()

    def __enter__(self) -> duckdb.DuckDBPyConnection:
        return self._cursor

    def __exit__(self, *_exception: object) -> None:
        self._cursor.close()


def create(path: Path | str, *, currency: str = "EUR", fiscal_year_start: int = 1) -> Store:
    """A new, empty workbench database. Raises StoreUnavailable where the file exists already."""
    path = Path(path)
    if path.exists():
        raise StoreUnavailable(
            _("{file} exists already: name another file, or open this one.").format(file=path.name), reason="exists"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    opened = connection.connect(path)
    try:
        migrations.begin(opened, currency=currency, fiscal_year_start=fiscal_year_start)
        migrations.install_relations(opened)
    except BaseException:
        opened.close()
        path.unlink(missing_ok=True)
        path.with_name(path.name + ".wal").unlink(missing_ok=True)
        raise
    return Store(path, opened)


def open_store(path: Path | str) -> Store:
    """Open an existing workbench database, migrating it forward where it is older.

    Raises StoreUnavailable with one sentence where there is none, or it is held, damaged, newer or not ours.
    """
    path = Path(path)
    if not path.exists():
        raise StoreUnavailable(
            _("There is no database {file}: make one with `python -m kam init` or `python -m kam demo`.").format(
                file=path.name
            ),
            reason="no_database",
        )
    opened = connection.connect(path)
    try:
        migrations.bring_forward(opened, path)
        migrations.install_relations(opened)
    except BaseException:
        opened.close()
        raise
    return Store(path, opened)

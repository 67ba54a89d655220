"""Reading: a relation with its arguments, cut to a page of rows by the database.

A page of a screen never holds a whole relation: search, conditions, order and limit go to DuckDB.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kam.store.names import checked, quoted

if TYPE_CHECKING:
    import pandas as pd

# What a condition may compare with, and how it reads in SQL.
_COMPARISONS = {"=": "=", "!=": "is distinct from", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


@dataclass(frozen=True)
class Condition:
    """A condition on one column. comparison: = != < <= > >= one_of contains is_missing is_known among not_among.

    among, not_among: value is an `Among`.
    """

    column: str
    comparison: str
    value: Any = None


@dataclass(frozen=True)
class Among:
    """The values of a column of another relation, where it meets conditions: a semi-join, however many rows it has.

    arguments: (name, value) pairs. label: what a reader calls these rows. The relation is kept in memory as by
    `Store.page`; its conditions may be `among` others.
    """

    relation: str
    arguments: tuple[tuple[str, Any], ...] = ()
    where: tuple[Condition, ...] = ()
    column: str = "account_id"
    label: str = ""


@dataclass(frozen=True)
class _Held:
    """An `Among` whose relation is a table in memory: its name for SQL and its columns."""

    source: str
    known: tuple[str, ...]
    where: tuple[Condition, ...]
    column: str


def with_sources(where: Sequence[Condition], source_of: Any) -> list[Condition]:
    """The conditions with each `Among` replaced by the table that holds it. source_of(relation, arguments)."""
    held = []
    for condition in where:
        if isinstance(among := condition.value, Among):
            source, known = source_of(among.relation, dict(among.arguments))
            inner = tuple(with_sources(among.where, source_of))
            held.append(Condition(condition.column, condition.comparison, _Held(source, known, inner, among.column)))
        else:
            held.append(condition)
    return held


@dataclass(frozen=True)
class Rows:
    """Rows of a relation. total: how many there are under the same conditions, before the limit."""

    columns: tuple[str, ...]
    rows: list[tuple]
    total: int

    def __iter__(self):
        return iter(self.records())

    def __len__(self) -> int:
        return len(self.rows)

    def records(self) -> list[dict[str, Any]]:
        """One dict per row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def column(self, name: str) -> list[Any]:
        """The values of one column."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def frame(self) -> pd.DataFrame:
        """A frame of the rows, decimals as floats (for charts and tables, not for identities)."""
        from decimal import Decimal

        import pandas as pd

        rows = [tuple(float(v) if isinstance(v, Decimal) else v for v in row) for row in self.rows]
        return pd.DataFrame(rows, columns=list(self.columns))


def narrowed(
    source: str,
    known: tuple[str, ...],
    *,
    columns: Sequence[str] | None,
    where: Sequence[Condition],
    search: tuple[str, Sequence[str]] | None,
    order_by: Sequence[tuple[str, bool]],
    limit: int | None,
    offset: int,
) -> tuple[str, str, dict[str, Any]]:
    """(select text, count text, parameters) for a source relation under conditions."""
    parameters: dict[str, Any] = {}
    tests: list[str] = []
    for number, condition in enumerate(where):
        (column,) = checked([condition.column], known)
        tests.append(_test(column, condition, f"w{number}", parameters))
    if search and search[0].strip():
        parameters["sought"] = search[0].strip()
        sought = [f"contains(lower({c}::varchar), lower($sought))" for c in checked(tuple(search[1]), known)]
        tests.append("(" + " or ".join(sought) + ")")
    condition_text = f" where {' and '.join(tests)}" if tests else ""
    chosen = ", ".join(checked(tuple(columns), known)) if columns else "*"
    order = ", ".join(
        f"{checked([column], known)[0]} {'desc' if descending else 'asc'} nulls last" for column, descending in order_by
    )
    text = f"select {chosen} from {source}{condition_text}"
    if order:
        text += f" order by {order}"
    if limit is not None:
        text += " limit $page_limit offset $page_offset"
        parameters |= {"page_limit": limit, "page_offset": offset}
    return text, f"select count(*) from {source}{condition_text}", parameters


def summed(inner: str, columns: Sequence[str], known: tuple[str, ...]) -> str:
    """Sum and count of the known values of each column, over the rows that `inner` (of `narrowed`) selects."""
    parts = ", ".join(f"sum({name}), count({name})" for name in checked(tuple(columns), known))
    return f"select {parts} from ({inner})"


def _test(column: str, condition: Condition, name: str, parameters: dict[str, Any]) -> str:
    if condition.comparison == "is_missing":
        return f"{column} is null"
    if condition.comparison == "is_known":
        return f"{column} is not null"
    if condition.comparison in ("among", "not_among"):
        return _among(column, condition, name, parameters)
    parameters[name] = condition.value
    if condition.comparison == "one_of":
        parameters[name] = list(condition.value)
        return f"list_contains(${name}, {column})"
    if condition.comparison == "contains":
        return f"contains(lower({column}::varchar), lower(${name}))"
    return f"{column} {_COMPARISONS[condition.comparison]} ${name}"


def _among(column: str, condition: Condition, name: str, parameters: dict[str, Any]) -> str:
    held: _Held = condition.value
    (wanted,) = checked([held.column], held.known)
    tests = [f"{wanted} is not null"]
    for number, inner in enumerate(held.where):
        (of,) = checked([inner.column], held.known)
        tests.append(_test(of, inner, f"{name}_{number}", parameters))
    negation = "not " if condition.comparison == "not_among" else ""
    return f"{column} {negation}in (select {wanted} from {held.source} where {' and '.join(tests)})"


def call(name: str, arguments: Mapping[str, Any], parameters: tuple[tuple[str, str], ...], is_macro: bool) -> str:
    """`schema.relation(argument := $argument, …)` for a macro, the bare name for a table or view."""
    from kam.store.names import qualified

    if not is_macro:
        if arguments:
            raise ValueError(f"{name} takes no arguments")
        return qualified(name)
    known = {parameter for parameter, _ in parameters}
    if unknown := arguments.keys() - known:
        raise ValueError(f"{name} has no parameter {', '.join(sorted(unknown))}")
    passed = ", ".join(f"{quoted(a)} := ${a}" for a in arguments)
    return f"{qualified(name)}({passed})"

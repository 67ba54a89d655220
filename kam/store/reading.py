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
    """A condition on one column. comparison: = != < <= > >= one_of contains is_missing is_known."""

    column: str
    comparison: str
    value: Any = None


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
    parameters[name] = condition.value
    if condition.comparison == "one_of":
        parameters[name] = list(condition.value)
        return f"list_contains(${name}, {column})"
    if condition.comparison == "contains":
        return f"contains(lower({column}::varchar), lower(${name}))"
    return f"{column} {_COMPARISONS[condition.comparison]} ${name}"


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

"""Expressions that may stand in a staging statement: columns, bound values, and calls of named functions.

What a mapping composes (a product of two columns of a file, a choice among words) becomes a tree of these.
Nothing of it becomes SQL text but quoted column names and the names of functions that our own SQL files define;
every value is a bound parameter.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from kam.store.names import quoted

_FUNCTION = re.compile(r"[a-z][a-z_0-9]*\Z")


@dataclass(frozen=True)
class Column:
    """A column of the scanned file or of the staged table."""

    name: str


@dataclass(frozen=True)
class Bound:
    """A value, passed as a parameter."""

    value: Any


@dataclass(frozen=True)
class Call:
    """A function over expressions. function: the name of one of our macros (lower case, plain)."""

    function: str
    arguments: tuple[Expression, ...]


Expression = Column | Bound | Call


def call(function: str, *arguments: Expression | Any) -> Call:
    """A call; an argument that is no expression is bound as a value."""
    return Call(function, tuple(a if isinstance(a, Column | Bound | Call) else Bound(a) for a in arguments))


def any_of(tests: list[Expression]) -> Expression:
    """True where one of the tests is true (false for none, and where none is known)."""
    if not tests:
        return Bound(False)
    combined = tests[0]
    for test in tests[1:]:
        combined = call("either", combined, test)
    return call("surely", combined) if len(tests) > 1 else combined


def columns_of(expression: Expression) -> set[str]:
    """The names of the columns that an expression reads."""
    if isinstance(expression, Column):
        return {expression.name}
    if isinstance(expression, Call):
        return set().union(*map(columns_of, expression.arguments))
    return set()


def rendered(expression: Expression, parameters: dict[str, Any]) -> str:
    """The SQL text of an expression; its bound values are added to `parameters`.

    Raises ValueError for a function name that is not a plain word.
    """
    if isinstance(expression, Column):
        return quoted(expression.name)
    if isinstance(expression, Bound):
        name = f"b{len(parameters)}"
        parameters[name] = expression.value
        return f"${name}"
    if not _FUNCTION.match(expression.function):
        raise ValueError(f"not a function name: {expression.function!r}")
    arguments = ", ".join(rendered(argument, parameters) for argument in expression.arguments)
    return f"{expression.function}({arguments})"

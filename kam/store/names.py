"""Names that may stand in SQL text: only those the catalogue or the database itself knows.

What a user composes (a filter, a sort, a column of a file) picks from these; it never becomes SQL text.
"""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z_0-9]*\Z")


def quoted(identifier: str) -> str:
    """The identifier in double quotes, safe to stand in SQL text."""
    return '"' + identifier.replace('"', '""') + '"'


def qualified(name: str) -> str:
    """`schema.relation` with each part quoted; ValueError where it is anything else."""
    parts = name.split(".")
    if len(parts) != 2 or not all(_PLAIN.match(part) for part in parts):
        raise ValueError(f"not a relation name: {name!r}")
    return ".".join(quoted(part) for part in parts)


def checked(columns: list[str] | tuple[str, ...], known: tuple[str, ...]) -> list[str]:
    """The columns quoted; ValueError for one that the relation lacks."""
    unknown = [column for column in columns if column not in known]
    if unknown:
        raise ValueError(f"no such column: {', '.join(unknown)} (of {', '.join(known)})")
    return [quoted(column) for column in columns]

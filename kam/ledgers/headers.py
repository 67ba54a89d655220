"""Which column of a file is which: the contract's names and the known headings of other systems.

The headings are data (data/headers/*.toml); another system is another file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kam.ledgers.contract import TABLES, Table

FOLDER = Path(__file__).resolve().parents[2] / "data" / "headers"


def plain(header: str) -> str:
    """A heading without regard to case, spaces, _ and -."""
    return re.sub(r"[\s_\-]+", "", header).casefold()


@cache
def known() -> dict[str, dict[str, tuple[str, ...]]]:
    """table -> column -> headings in plain form, the contract's own name first. ValueError for an unknown column."""
    found: dict[str, dict[str, list[str]]] = {
        table.name: {field.name: [plain(field.name)] for field in table.fields} for table in TABLES.values()
    }
    # The generic headings come first: a system's own are looked at where those do not fit.
    for path in sorted(FOLDER.glob("*.toml"), key=lambda path: (path.stem != "generic", path.stem)):
        for table, columns in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for column, headings in columns.items():
                if column not in found.get(table, {}):
                    raise ValueError(f"{path.name}: {table} has no column {column}")
                found[table][column] += [plain(heading) for heading in headings]
    return {table: {c: tuple(dict.fromkeys(h)) for c, h in columns.items()} for table, columns in found.items()}


@dataclass(frozen=True)
class Matched:
    """Which heading of a file each column of a table was found under."""

    columns: dict[str, str]

    def missing(self, table: Table) -> list[str]:
        """The required columns without a heading; net_revenue may be worked out of unit_price."""
        return [
            field.name
            for field in table.fields
            if field.is_required
            and field.name not in self.columns
            and not (field.name == "net_revenue" and "unit_price" in self.columns)
        ]


def matched(table: Table, headings: list[str]) -> Matched:
    """The table's columns found among the headings of a file; each heading serves one column.

    The contract's own names are given out first, then the other headings in the order of their list.
    """
    by_plain: dict[str, str] = {}
    for heading in headings:
        by_plain.setdefault(plain(heading), heading)
    columns: dict[str, str] = {}
    own = {plain(field.name) for field in table.fields}
    for field in table.fields:
        if plain(field.name) in by_plain:
            columns[field.name] = by_plain[plain(field.name)]
    taken = set(columns.values())
    for field in table.fields:
        if field.name in columns:
            continue
        for heading in known()[table.name][field.name]:
            candidate = by_plain.get(heading)
            if candidate is not None and candidate not in taken and plain(candidate) not in own:
                columns[field.name] = candidate
                taken.add(candidate)
                break
    return Matched(columns)


def likeliest(headings: list[str]) -> Table | None:
    """The table that a file with these headings most probably holds; None where none has all it requires."""
    best: tuple[int, int] | None = None
    chosen = None
    for table in TABLES.values():
        found = matched(table, headings)
        if found.missing(table):
            continue
        required = sum(field.is_required for field in table.fields)
        score = (len(found.columns), required)
        if best is None or score > best:
            best, chosen = score, table
    return chosen


def similar(table: Table, headings: list[str], taken: Iterable[str], *, at_least: float = 82.0) -> dict[str, str]:
    """For columns that no heading names, the free heading that is likest one of its names: column -> heading.

    A suggestion for a person to take or leave, never taken by itself. taken: columns and headings that are given
    out. at_least: 0..100, the likeness by RapidFuzz's `ratio` of the plain forms.
    """
    from rapidfuzz import fuzz, process

    given = set(taken)
    free = {plain(heading): heading for heading in headings if heading not in given}
    likest = []
    for field in table.fields:
        if field.name in given:
            continue
        for name in known()[table.name][field.name]:
            best = process.extractOne(name, list(free), scorer=fuzz.ratio, score_cutoff=at_least) if free else None
            if best is not None:
                likest.append((best[1], field.name, free[best[0]]))
    found: dict[str, str] = {}
    for _likeness, column, heading in sorted(likest, key=lambda one: -one[0]):
        if column not in found and heading not in found.values():
            found[column] = heading
    return found

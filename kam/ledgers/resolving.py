"""A mapping (or the known headings) held against the columns that a file really has."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any

from kam.errors import BadInput
from kam.ledgers import arithmetic, headers
from kam.ledgers.contract import NUMERIC, Table
from kam.ledgers.mapping import Classify, LeaveOut, Mapping, Negate
from kam.ledgers.reading.survey import MARKS
from kam.words import _


@dataclass(frozen=True)
class Source:
    """The columns of one file (of two, where headers are joined): heading -> the column of the scan.

    is_sheet: cells may be marked as typed. carried: what the scan columns whose values carry their type (Parquet)
    hold: exact (whole numbers and decimals), day, truth (yes or no) or other.
    is_guarded: text may stand behind an apostrophe of ours. marks: what cells may hold (reading.survey.MARKS).
    """

    label: str
    columns: Map[str, str]
    is_sheet: bool = False
    is_guarded: bool = True
    carried: Map[str, str] = field(default_factory=dict)
    has_control: bool = False
    marks: frozenset[str] = MARKS

    def heading(self, name: str) -> str | None:
        """The heading that a mapping means by a name: the same, or the same but for case, spaces, _ and -."""
        if name in self.columns:
            return name
        wanted = headers.plain(name)
        return next((heading for heading in self.columns if headers.plain(heading) == wanted), None)


@dataclass(frozen=True)
class Uses:
    """Which headings a plan reads as dates, as numbers and as ids: their way of writing has to be known."""

    dates: tuple[str, ...]
    numbers: tuple[str, ...]
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Resolved:
    """A mapping held against a file: target -> heading, arithmetic, or constant."""

    table: Table
    terms: dict[str, arithmetic.Term]
    constants: dict[str, str]
    account: dict[str, str]
    leave_out: tuple[LeaveOut, ...]
    negate: tuple[Negate, ...] = ()
    classify: tuple[Classify, ...] = ()
    takes_first_id: bool = False

    def uses(self) -> Uses:
        dates, numbers, ids = [], [], []
        for target, term in self.terms.items():
            kind = self.table.field(target).kind
            if kind == "date":
                dates += arithmetic.names(term)
            elif kind in NUMERIC:
                numbers += arithmetic.names(term)
            elif kind == "id":
                ids += arithmetic.names(term)
        return Uses(tuple(dict.fromkeys(dates)), tuple(dict.fromkeys(numbers)), tuple(dict.fromkeys(ids)))


def resolved(table: Table, source: Source, mapping: Mapping | None, *, line: int | None = None) -> Resolved:
    """Hold a mapping (or the known headings) against a file's columns.

    Raises BadInput naming a required column that is missing, or a column of the mapping that the file lacks.
    """
    found = headers.matched(table, list(source.columns))
    terms: dict[str, arithmetic.Term] = {}
    constants: dict[str, str] = {}
    if mapping is not None:
        constants = {target: as_cell(value) for target, value in mapping.constants.items()}
    if mapping is None or not mapping.columns:
        terms = {t: arithmetic.Name(heading) for t, heading in found.columns.items() if t not in constants}
    else:
        for target, text in mapping.columns.items():
            terms[target] = _term(table, target, text, source)
        # What a mapping leaves unsaid is taken by its known heading only where the table cannot do without it,
        # and the line number, which our own rejects files add.
        for entry in table.fields:
            said = entry.name in terms or entry.name in constants
            is_wanted = entry.is_required and not (entry.name == "net_revenue" and "unit_price" in terms)
            by_own_name = entry.name == "line_no" and "line_no" in source.columns
            if not said and entry.name in found.columns and (is_wanted or by_own_name):
                terms[entry.name] = arithmetic.Name(found.columns[entry.name])
    missing = [
        entry.name
        for entry in table.fields
        if entry.is_required
        and entry.name not in terms
        and entry.name not in constants
        and not (entry.name == "net_revenue" and "unit_price" in terms)
    ]
    if not found.columns and not terms:
        raise BadInput(
            _("{file} has no header row with columns of {table}: its first row has to name them ({wanted} …).").format(
                file=source.label, table=table.name, wanted=", ".join(missing)
            ),
            reason="no_header",
            line=line,
        )
    if missing:
        raise BadInput(
            _(
                "{file} has no column for {missing} of {table}: give it that heading, or name the column in a mapping."
            ).format(file=source.label, missing=", ".join(missing), table=table.name),
            reason="missing_column",
            line=line,
            column=missing[0],
        )
    account = {}
    for target, name in (mapping.account if mapping else {}).items():
        account[target] = _known(source, name)
    if mapping is None:
        return Resolved(table, terms, constants, account, ())
    for test in (*mapping.leave_out, *mapping.negate, *mapping.classify):
        _known(source, test.column)
    rules = (tuple(mapping.leave_out), tuple(mapping.negate), tuple(mapping.classify))
    return Resolved(table, terms, constants, account, *rules, takes_first_id=mapping.account_by == "first_id")


def as_cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _known(source: Source, name: str) -> str:
    heading = source.heading(name)
    if heading is None:
        raise BadInput(
            _("{file} has no column {column}: its columns are {columns}.").format(
                file=source.label, column=name, columns=", ".join(list(source.columns)[:40])
            ),
            reason="unknown_column",
            column=name,
        )
    return heading


def _term(table: Table, target: str, text: str, source: Source) -> arithmetic.Term:
    heading = source.heading(text)
    if heading is not None:
        return arithmetic.Name(heading)
    if table.field(target).kind not in NUMERIC:
        return arithmetic.Name(_known(source, text.strip().removeprefix('"').removesuffix('"')))
    return _with_known_names(arithmetic.parsed(text), source)


def _with_known_names(term: arithmetic.Term, source: Source) -> arithmetic.Term:
    if isinstance(term, arithmetic.Name):
        return arithmetic.Name(_known(source, term.name))
    if isinstance(term, arithmetic.Operation):
        return arithmetic.Operation(
            term.operator, _with_known_names(term.left, source), _with_known_names(term.right, source)
        )
    return term

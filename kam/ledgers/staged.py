"""Staging one file: the quick reading first, the careful one where a line or a way of writing does not fit it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kam import relations
from kam.errors import BadInput
from kam.ledgers import styles
from kam.ledgers.contract import Table
from kam.ledgers.file_plan import FilePlan
from kam.ledgers.mapping import Mapping
from kam.ledgers.options import ReadOptions
from kam.ledgers.plan import planned
from kam.ledgers.resolving import Resolved, resolved
from kam.ledgers.sources import OpenedSource
from kam.ledgers.styles import NotDecided, NumberStyle, Styles
from kam.store.expressions import Column, call
from kam.store.scans import Scan
from kam.store.staging import FEW, ScanFailed, Staging
from kam.words import _

_SAMPLE = 5_000


def stage_file(
    staging: Staging,
    number: int,
    source: OpenedSource,
    table: Table,
    mapping: Mapping | None,
    options: ReadOptions,
    *,
    today: date | None,
    makes_accounts: bool,
) -> tuple[OpenedSource, FilePlan]:
    """Put a file's rows into temp.staged and their faults into temp.problems.

    The way of writing is taken from the first rows; rows that do not fit it are looked at too, and the file is read again
    where they are written in another. Returns the source as it was read in the end, and its plan.
    """
    wanted = resolved(table, source.source, mapping, line=source.opened.header_row)
    look = _Look(staging, source, wanted, options)

    def plan_with(style: Styles) -> FilePlan:
        return planned(wanted, source.source, style, today=today, makes_accounts=makes_accounts)

    try:
        plan = plan_with(look.at_first_rows())
        _stage(staging, number, source, plan)
    except ScanFailed as failure:
        careful = source.carefully()
        if careful is None:
            raise BadInput(
                _("{file} cannot be read to its end: check that it is complete.").format(file=source.opened.label),
                reason="unreadable",
            ) from failure
        return stage_file(staging, number, careful, table, mapping, options, today=today, makes_accounts=makes_accounts)
    staging.run(relations.step("ledgers.find_suspects"))
    cells, count = None, staging.count("suspects", number)
    if count:
        cells = staging.bring_cells(source.scan, number, "suspects") if count <= FEW else None
        better = plan_with(look.at_suspects(cells))
        if not better.reads_as(plan):
            staging.forget_file(number)
            _stage(staging, number, source, better)
            staging.run(relations.step("ledgers.find_suspects"))
            cells = None
        plan = better
    _collect_problems(staging, number, source, plan, cells)
    return source, plan


class _Look:
    """How the columns of a file are written, as far as it was looked at."""

    def __init__(self, staging: Staging, source: OpenedSource, wanted: Resolved, options: ReadOptions) -> None:
        self.staging, self.source, self.options = staging, source, options
        uses, self.columns, self.carried = wanted.uses(), source.source.columns, source.source.carried
        days = {column for column, what in self.carried.items() if what == "day"}
        self.headings = {
            "date": [h for h in uses.dates if self.columns[h] not in days],
            "number": [h for h in uses.numbers if self.columns[h] not in self.carried],
            "id": list(uses.ids),
        }
        # What Parquet types as a number is one, whatever it looks like as text.
        self.plain = {h: NumberStyle() for h in uses.numbers if self.columns[h] in self.carried}
        self.ways: dict[tuple[str, str], dict[str, int]] = {}

    def at_first_rows(self) -> Styles:
        """The styles by the first rows; a column that these do not tell is looked at from its first row to its last."""
        self._add(source=self.source.scan, sample=_SAMPLE)
        whole: set[str] = set()
        while True:
            try:
                return self._decided(whole.__contains__)
            except NotDecided as undecided:
                whole.add(undecided.heading)
                self._add(source=self.source.scan, only=undecided.heading)

    def at_suspects(self, cells: str | None) -> Styles:
        """The styles by the rows that did not fit as well: their cells table, or None for the whole file where they are many."""
        self._add(source=cells or self.source.scan)
        return self._decided(lambda _heading: True)

    def _add(self, *, source: Scan | str, sample: int | None = None, only: str | None = None) -> None:
        asked = {
            (kind, heading): (self.columns[heading], call(f"{kind}_way", Column(self.columns[heading])))
            for kind, headings in self.headings.items()
            for heading in headings
            if only in (None, heading)
        }
        for name, found in self.staging.ways(source, asked, trimmed="cell", sample=sample).items():
            known = self.ways.setdefault(name, {})
            for way, count in found.items():
                known[way] = known.get(way, 0) + count

    def _decided(self, is_whole: Callable[[str], bool]) -> Styles:
        ways = {
            kind: {heading: self.ways[kind, heading] for heading in headings}
            for kind, headings in self.headings.items()
        }
        found = styles.decided(
            dates=ways["date"],
            numbers=ways["number"],
            ids=ways["id"],
            options=self.options,
            epoch=self.source.opened.epoch,
            label=self.source.opened.label,
            is_whole=is_whole,
        )
        return Styles(found.dates, {**found.numbers, **self.plain}, found.float_ids)


def _stage(staging: Staging, number: int, source: OpenedSource, plan: FilePlan) -> None:
    staging.stage(source.scan, number, plan.values, plan.helpers)
    expected = source.opened.row_count
    if expected is not None and staging.count("staged", number) != expected:
        # A blank line, or a quoted line break: the lines have to be counted one by one.
        staging.forget_file(number)
        raise ScanFailed(f"{expected} lines expected")


def _collect_problems(
    staging: Staging, number: int, source: OpenedSource, plan: FilePlan, suspects: str | None
) -> None:
    """What is wrong with the rows of a file, into temp.problems. suspects: their cells table, where it is there already."""
    staging.run(
        relations.step("ledgers.fault_problems"),
        {
            "headings": list(source.opened.headings),
            "delimiter": _between(source.opened.delimiter),
            "file_number": number,
        },
    )
    if not staging.count("suspects", number):
        return
    cells = staging.work_out(suspects or staging.bring_cells(source.scan, number, "suspects"), plan.helpers)
    for ordinal, check in enumerate(plan.checks, 1):
        staging.add_problems(cells, ordinal, check.column, check.text, check.reason)
    staging.drop_blank_rows(cells, number, len(source.opened.headings))
    staging.run(relations.step("ledgers.keep_row_faults_only"))
    for name in plan.required:
        staging.add_absent(number, 800, name, plan.column_of.get(name, name))


def _between(delimiter: str | None) -> str:
    """What stands between the cells of a line that is shown."""
    return delimiter if delimiter is not None and len(delimiter) == 1 else " "

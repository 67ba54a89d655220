"""Staging one file: the quick reading first, the careful one where a line or a way of writing does not fit it."""

from __future__ import annotations

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
from kam.store.staging import ScanFailed, Staging
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

    The way of writing is taken from the first rows; where a row does not fit it, from the whole file, and the
    rows are read again. Returns the source as it was read in the end, and its plan.
    """
    wanted = resolved(table, source.source, mapping, line=source.opened.header_row)

    def plan_with(style: Styles) -> FilePlan:
        return planned(wanted, source.source, style, today=today, makes_accounts=makes_accounts)

    try:
        style, is_whole = _sampled(staging, source, wanted, options)
        plan = plan_with(style)
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
    if not is_whole and staging.count("suspects", number):
        whole = _decided(staging, source, wanted, options, sample=None)
        if whole != style:
            plan = plan_with(whole)
            staging.forget_file(number)
            _stage(staging, number, source, plan)
            staging.run(relations.step("ledgers.find_suspects"))
    _collect_problems(staging, number, source, plan)
    return source, plan


def _sampled(staging: Staging, source: OpenedSource, wanted: Resolved, options: ReadOptions) -> tuple[Styles, bool]:
    """The styles by the first rows, or by the whole file where those do not tell. (styles, of the whole file)"""
    try:
        return _decided(staging, source, wanted, options, sample=_SAMPLE), False
    except NotDecided:
        return _decided(staging, source, wanted, options, sample=None), True


def _decided(
    staging: Staging, source: OpenedSource, wanted: Resolved, options: ReadOptions, *, sample: int | None
) -> Styles:
    uses, columns, carried = wanted.uses(), source.source.columns, source.source.carried
    days = {column for column, what in carried.items() if what == "day"}
    asked = {}
    for kind, headings in (("date", uses.dates), ("number", uses.numbers), ("id", uses.ids)):
        for heading in headings:
            column = columns[heading]
            if column not in (carried if kind == "number" else days):
                asked[kind, heading] = (column, call(f"{kind}_way", Column(column)))
    ways = staging.ways(source.scan, asked, trimmed="cell", sample=sample)
    found = styles.decided(
        dates={h: ways["date", h] for h in uses.dates if columns[h] not in days},
        numbers={h: ways["number", h] for h in uses.numbers if columns[h] not in carried},
        ids={h: ways["id", h] for h in uses.ids},
        options=options,
        epoch=source.opened.epoch,
        label=source.opened.label,
        is_whole=sample is None,
    )
    # What Parquet types as a number is one, whatever it looks like as text.
    plain = {h: NumberStyle() for h in uses.numbers if columns[h] in carried}
    return Styles(found.dates, {**found.numbers, **plain}, found.float_ids)


def _stage(staging: Staging, number: int, source: OpenedSource, plan: FilePlan) -> None:
    staging.stage(source.scan, number, plan.values, plan.helpers)
    expected = source.opened.row_count
    if expected is not None and staging.count("staged", number) != expected:
        # A blank line, or a quoted line break: the lines have to be counted one by one.
        staging.forget_file(number)
        raise ScanFailed(f"{expected} lines expected")


def _collect_problems(staging: Staging, number: int, source: OpenedSource, plan: FilePlan) -> None:
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
    cells = staging.bring_cells(source.scan, number, "suspects", plan.helpers)
    for ordinal, check in enumerate(plan.checks, 1):
        staging.add_problems(cells, ordinal, check.column, check.text, check.reason)
    staging.drop_blank_rows(cells, number, len(source.opened.headings))
    staging.run(relations.step("ledgers.keep_row_faults_only"))
    for name in plan.required:
        staging.add_absent(number, 800, name, plan.column_of.get(name, name))


def _between(delimiter: str | None) -> str:
    """What stands between the cells of a line that is shown."""
    return delimiter if delimiter is not None and len(delimiter) == 1 else " "

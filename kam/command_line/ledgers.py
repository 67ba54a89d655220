"""Commands on facts: import, imports, refresh, export."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from kam import ledgers
from kam.command_line import incoming
from kam.command_line.options import acting_person, today
from kam.command_line.output import report
from kam.errors import BadInput
from kam.store import Store
from kam.words import _

_ROWS_REJECTED = 1
_SHOWN = 20


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    _register_import(commands)
    listing = commands.add_parser("imports", help=_("list imports; take one back"))
    listing.add_argument("--undo", type=int, metavar="ID", help=_("take this import back as a whole"))
    listing.add_argument("--rejects", nargs=2, metavar=("ID", "FILE"), help=_("write an import's rejected rows"))
    listing.set_defaults(run=show_imports)
    refresh = commands.add_parser("refresh", help=_("bring the account facts up to date"))
    refresh.add_argument("--full", action="store_true", help=_("count everything again"))
    refresh.add_argument("--engine", choices=["duckdb"], default="duckdb", help=_("what does the counting"))
    refresh.set_defaults(run=refresh_facts)
    export = commands.add_parser("export", help=_("write any table or view as CSV, XLSX or Parquet"))
    export.add_argument("table", metavar="TABLE", help=_("a table (accounts) or view (ledgers.account_groups)"))
    export.add_argument(
        "-o", "--output", required=True, type=Path, metavar="FILE", help=_("a .csv, .xlsx or .parquet file")
    )
    export.set_defaults(run=export_table)


def _register_import(commands: argparse._SubParsersAction) -> None:
    parser = commands.add_parser("import", help=_("import a table of facts from CSV, XLSX or Parquet"))
    parser.add_argument(
        "table", nargs="?", metavar="TABLE", help=_("one of {tables}").format(tables=", ".join(ledgers.TABLES))
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=_("the files, taken in as one import"))
    parser.add_argument("--inbox", action="store_true", help=_("take in what lies in the watched folder, by its rules"))
    parser.add_argument(
        "--mapping", metavar="M.toml", help=_("which column is which: a mapping file, or the name of a kept mapping")
    )
    parser.add_argument("--join", type=Path, metavar="FILE", help=_("the headers file, where the mapping joins one"))
    parser.add_argument("--sheet", metavar="NAME", help=_("the sheet of a workbook"))
    parser.add_argument("--encoding", metavar="E", help=_("utf-8, utf-16, cp1252, cp1250, big5, gb18030, cp932 …"))
    parser.add_argument("--delimiter", metavar="D", help=_(", ; tab | whitespace or fixed"))
    parser.add_argument("--header-row", type=int, metavar="N", help=_("the line of the column names; 0 for none"))
    parser.add_argument(
        "--date-format", metavar="F", help=_("ymd, dmy, mdy, yyyymmdd, excel, excel1904, roc or a pattern")
    )
    parser.add_argument("--decimal", metavar="MARK", help=_("the decimal mark: . or ,"))
    parser.add_argument("--thousands", metavar="MARK", help=_("the thousands mark"))
    parser.add_argument("--create-accounts", action="store_true", help=_("make accounts that the master lacks"))
    parser.add_argument("--on-error", choices=["reject", "abort"], default="reject", help=_("what a bad row does"))
    parser.add_argument("--dry-run", action="store_true", help=_("check and count, change nothing"))
    parser.add_argument("--rejects", type=Path, metavar="OUT.csv", help=_("write the rejected rows there"))
    parser.set_defaults(run=import_table)


def import_table(arguments: argparse.Namespace, store: Store) -> int:
    """`import TABLE FILE…`, `import --inbox`."""
    if arguments.inbox:
        return incoming.take_in(arguments, store)
    if arguments.table is None:
        raise BadInput(_("Name the table and the files to import, or say --inbox."), reason="usage")
    result = ledgers.import_files(
        store,
        arguments.table,
        arguments.files,
        mapping=_mapping(store, arguments.mapping) if arguments.mapping else None,
        options=ledgers.read_options(
            encoding=arguments.encoding,
            delimiter=arguments.delimiter,
            header_row=arguments.header_row,
            date_format=arguments.date_format,
            decimal=arguments.decimal,
            thousands=arguments.thousands,
            sheet=arguments.sheet,
        ),
        create_accounts=arguments.create_accounts,
        on_error=arguments.on_error,
        dry_run=arguments.dry_run,
        who=acting_person(arguments, store),
        today=today(),
        join_path=arguments.join,
        rejects_to=arguments.rejects,
    )
    report(arguments, result.document(), _import_lines(result, arguments.rejects))
    return _ROWS_REJECTED if result.rows.rejected else 0


def _mapping(store: Store, named: str) -> ledgers.Mapping:
    """A mapping file; where there is none of that name, the mapping kept under it."""
    if not Path(named).exists() and any(kept.name == named for kept in ledgers.saved_mappings(store)):
        return ledgers.saved_mapping(store, named).mapping
    return ledgers.read_mapping(named)


def _import_lines(result: ledgers.ImportResult, rejects: Path | None) -> Iterator[str]:
    if result.import_id is not None:
        yield _("Import {number}.").format(number=result.import_id)
    yield result.message
    for shape in result.files:
        yield _("{file} was read as {reading}.").format(file=shape.label, reading=shape.told)
    if result.ways_told:
        yield _("Dates and numbers are read as {ways}.").format(ways=result.ways_told)
    for currency, totals in result.control_totals.items():
        document = totals.document()
        yield _(
            "{currency} {read} read: {inserted} new, {updated} updated, {unchanged} unchanged, {rejected} rejected, "
            "{left_out} left out."
        ).format(currency=currency, **document)
    for problem in result.problems[:_SHOWN]:
        yield _("line {line}, {column}: {text} – {message}").format(
            line=problem.line, column=problem.column or "–", text=repr(problem.text or ""), message=problem.message
        )
    if len(result.problems) > _SHOWN:
        yield _("… and {count} more.").format(count=f"{len(result.problems) - _SHOWN:,}")
    if result.rows.rejected and rejects is not None:
        yield _("Rejected rows: {file}").format(file=rejects)


def show_imports(arguments: argparse.Namespace, store: Store) -> int:
    """`imports [--undo ID]`."""
    if arguments.rejects:
        number, file = arguments.rejects
        written = ledgers.write_rejects(store, ledgers.import_number(number), file)
        report(arguments, {"rejects": str(written)}, [_("Rejected rows: {file}").format(file=written)])
        return 0
    if arguments.undo is not None:
        undone = ledgers.undo_import(store, arguments.undo, who=acting_person(arguments, store))
        report(arguments, undone.document(), [undone.message])
        return 0
    found = ledgers.imports(store)
    report(arguments, {"imports": found.records()}, _listed(found.records()))
    return 0


def _listed(records: list[dict]) -> Iterator[str]:
    if not records:
        yield _("Nothing has been imported yet.")
    for record in records:
        undone = _(" (undone)") if record["undone_at"] else ""
        yield _(
            "{number}  {day}  {table}  {file}: {inserted} new, {updated} updated, {rejected} rejected{undone}"
        ).format(
            number=record["import_id"],
            day=f"{record['finished_at']:%Y-%m-%d %H:%M}",
            table=record["table_name"],
            file=record["file_name"],
            inserted=f"{record['inserted_count']:,}",
            updated=f"{record['updated_count']:,}",
            rejected=f"{record['rejected_count']:,}",
            undone=undone,
        )


def refresh_facts(arguments: argparse.Namespace, store: Store) -> int:
    """`refresh [--full]`."""
    count = ledgers.refresh(store, full=arguments.full, who=acting_person(arguments, store))
    message = _("The account facts are up to date: {count} account months.").format(count=f"{count:,}")
    report(arguments, {"account_months": count, "engine": arguments.engine, "message": message}, [message])
    return 0


def export_table(arguments: argparse.Namespace, store: Store) -> int:
    """`export TABLE -o FILE`."""
    written = ledgers.export(store, arguments.table, arguments.output)
    message = _("{count} rows of {table} written to {file}.").format(
        count=f"{written:,}", table=arguments.table, file=arguments.output
    )
    report(arguments, {"table": arguments.table, "rows": written, "file": str(arguments.output)}, [message])
    return 0

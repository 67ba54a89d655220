"""Importing: files are staged and checked as sets beside the database, then written in one short transaction."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from kam import relations
from kam.errors import BadInput, Problem, Refusal
from kam.ledgers import consequences, rejects
from kam.ledgers.checking import Checker, shown_problems
from kam.ledgers.contract import Table, stored_columns, table_named
from kam.ledgers.file_plan import FilePlan
from kam.ledgers.limiting import limits_of
from kam.ledgers.mapping import Mapping
from kam.ledgers.options import ReadOptions
from kam.ledgers.reading import limits
from kam.ledgers.reasons import MESSAGES
from kam.ledgers.results import Counts, FileShape, ImportResult, LineKind, MissingRate, Totals
from kam.ledgers.sources import OpenedSource, open_source
from kam.ledgers.space import check_space
from kam.ledgers.staged import stage_file
from kam.ledgers.taken_before import hashes, reading, taken_before
from kam.store import Store, Transaction, full_disk_told
from kam.store.staging import Staging
from kam.store.writing import Actor
from kam.words import _

# Progress: what is being done, and the share of the whole that is done (0..1).
Progress = Callable[[str, float], None]

_ROWS_SAMPLED = 3


def import_files(
    store: Store,
    table: str,
    paths: Sequence[Path | str] | Path | str,
    *,
    mapping: Mapping | None = None,
    options: ReadOptions | None = None,
    create_accounts: bool = False,
    on_error: str = "reject",
    dry_run: bool = False,
    who: Actor,
    op_id: str | None = None,
    progress: Progress | None = None,
    today: date | None = None,
    labels: Sequence[str] | None = None,
    join_path: Path | str | None = None,
    join_label: str | None = None,
    rejects_to: Path | str | None = None,
) -> ImportResult:
    """Import files into a table of the data contract, as one import that can be undone as a whole.

    mapping, options: how the files are read (options go before the mapping's own). create_accounts: make the
    accounts that the file names and the master lacks. on_error: `reject` loads the good rows, `abort` loads
    nothing where a row does not fit. dry_run: everything but the writing. today: dates of what has happened may
    not lie after it. labels: names to show. join_path: the headers file of a mapping that joins one, where it does not
    lie beside it; join_label: its name to show. rejects_to: write the rejected rows there.

    Raises Refusal, with nothing changed, for a file that cannot be read as the table, or in two ways.
    """
    wanted = table_named(table)
    if isinstance(paths, str | Path):
        paths = [paths]
    paths = [Path(path) for path in paths]
    if not paths:
        raise BadInput(_("Name the file to import."), reason="no_file")
    if mapping is not None and mapping.table != wanted.name:
        raise BadInput(
            _("The mapping is for {mapped}, not for {table}: choose the other table or another mapping.").format(
                mapped=mapping.table, table=wanted.name
            ),
            reason="bad_mapping",
        )
    if on_error not in ("reject", "abort"):
        raise BadInput(_("Rows that do not fit can be rejected or abort the import."), reason="usage")
    read = (options or ReadOptions()).over(mapping.read if mapping else ReadOptions())
    labels = list(labels or [path.name for path in paths])
    check_space(store, paths)
    folder = Path(tempfile.mkdtemp(prefix="kam-import-"))
    try:
        with full_disk_told(), limits.applied(limits_of(store)), store.staging() as staging:
            run = _Import(store, staging, wanted, mapping, read, folder, who, today, create_accounts, progress)
            joined = Path(join_path) if join_path else (mapping.join_path if mapping else None)
            run.open(paths, labels, joined, join_label)
            if not run.is_taken_before():
                run.stage()
                run.check()
            if rejects_to is not None and run.counts.rejected:
                run.write_rejects(Path(rejects_to))
            if on_error == "abort" and run.counts.rejected:
                raise run.refusal()
            if not dry_run:
                run.write(op_id)
            return run.result()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unseen(_doing: str, _share: float) -> None:
    """Progress that nobody watches."""


class _Import:
    """One import from its files to its record."""

    def __init__(
        self,
        store: Store,
        staging: Staging,
        table: Table,
        mapping: Mapping | None,
        options: ReadOptions,
        folder: Path,
        who: Actor,
        today: date | None,
        makes_accounts: bool,
        progress: Progress | None,
    ) -> None:
        self.store, self.staging, self.table, self.mapping, self.options = store, staging, table, mapping, options
        self.folder, self.who, self.today = folder, who, today
        self.makes_accounts = makes_accounts and table.has_account
        self.progress = progress or _unseen
        self.reporting = store.setting("currency") or "EUR"
        self.started_at = datetime.now(UTC).replace(tzinfo=None)
        self.files: list[OpenedSource] = []
        self.plans: list[FilePlan] = []
        self.counts = Counts()
        self.totals: dict[str, Totals] = {}
        self.problems: list[Problem] = []
        self.accounts_created = 0
        self.import_id: int | None = None
        self.is_known = False
        self.kinds: tuple[LineKind, ...] = ()
        self.missing_rates: tuple[MissingRate, ...] = ()

    # -- outside the lock --------------------------------------------------------------------------

    def open(self, paths: Sequence[Path], labels: Sequence[str], joined: Path | None, join_label: str | None) -> None:
        """Find out what every file is and where its columns are named."""
        self.staging.run(relations.step("ledgers.conversions"))
        self.files = [
            open_source(
                path, label, self.table, self.mapping, self.options, joined, join_label, self.folder, self.staging
            )
            for path, label in zip(paths, labels, strict=True)
        ]
        self.reading = reading(self.files, self.mapping, self.options, self.reporting)

    def is_taken_before(self) -> bool:
        """Whether the files are known, and their rows untouched since: then counts and totals are too."""
        self.seen_version = self.store.version("ledgers")
        found = taken_before(self.staging, self.table, self.files, self.mapping, self.reading)
        self.is_known = found is not None
        if found is not None:
            self.counts, self.totals, self.kinds = found
        return self.is_known

    def stage(self) -> None:
        """Read every file into temp.staged, and collect what is wrong with its rows by themselves."""
        self.staging.begin()
        self.staging.run(relations.step("ledgers.begin_staging"))
        opened, self.files = self.files, []
        for number, found in enumerate(opened):
            self.progress(_("Reading {file}").format(file=found.opened.label), 0.6 * number / len(opened))
            source, plan = stage_file(
                self.staging,
                number,
                found,
                self.table,
                self.mapping,
                self.options,
                today=self.today,
                makes_accounts=self.makes_accounts,
            )
            self.files.append(source)
            self.plans.append(plan)
        self._check_mapped_alike()
        if self.table.name == "order_lines" and self.staging.run(relations.step("ledgers.find_unnumbered_lines")):
            self.staging.rework(relations.step("ledgers.number_lines"))
        if self.table.name == "interactions":
            self.staging.rework(relations.step("ledgers.make_up_interaction_ids"))

    def _check_mapped_alike(self) -> None:
        for source, plan in zip(self.files[1:], self.plans[1:], strict=True):
            if set(plan.mapped) != set(self.plans[0].mapped):
                raise BadInput(
                    _("{file} has other columns than {first}: import them one after the other.").format(
                        file=source.opened.label, first=self.files[0].opened.label
                    ),
                    reason="other_columns",
                )

    def check(self) -> None:
        """Hold the staged rows against each other and against the database; count."""
        self.progress(_("Checking"), 0.6)
        checker = Checker(
            self.staging,
            self.table,
            [plan.column_of for plan in self.plans],
            [source.opened.hash for source in self.files],
            self.reporting,
            makes_accounts=self.makes_accounts,
            by_name=self.mapping is not None and self.mapping.account_by == "name",
        )
        self.seen_version = self.store.version("ledgers")
        checker.check(self.plans[0].mapped)
        self.columns = checker.columns
        self.counts = Counts(*self.staging.run(relations.step("ledgers.count_rows"))[0])
        if self.table.controlled is not None:
            self.totals = {
                currency: Totals(*amounts)
                for currency, *amounts in self.staging.run(
                    relations.step("ledgers.count_totals"), {"reporting": self.reporting}
                )
            }
        if self.table.name == "order_lines" and {"line_kind", "is_revenue"} & set(self.plans[0].mapped):
            found = self.staging.run(relations.step("ledgers.count_line_kinds"))
            self.kinds = tuple(LineKind(*row) for row in found)
        if self.table.controlled is not None:
            found = self.staging.run(relations.step("ledgers.list_missing_rates"))
            self.missing_rates = tuple(MissingRate(*row) for row in found)
        if not self.counts.adds_up() or not all(totals.adds_up() for totals in self.totals.values()):
            raise Refusal(
                _(
                    "The rows of {files} do not add up to what was read: nothing was imported. Please report this."
                ).format(files=self._labels()),
                reason="unaccounted",
            )
        if self.makes_accounts:
            self.staging.run(relations.step("ledgers.find_new_accounts"))
        self.problems = shown_problems(self.staging)

    def _labels(self) -> str:
        return ", ".join(source.opened.label for source in self.files)

    def refusal(self) -> Refusal:
        """What is said where one bad row aborts the import."""
        first = self.problems[0]
        return BadInput(
            _("{count} rows of {files} do not fit, the first in line {line}: {message} Nothing was imported.").format(
                count=f"{self.counts.rejected:,}", files=self._labels(), line=first.line, message=first.message
            ),
            reason=first.reason,
            line=first.line,
            column=first.column,
        )

    def _bring_row_texts(self) -> None:
        self.staging.run(relations.step("ledgers.forget_row_texts"))
        self.staging.run(relations.step("ledgers.find_rejected"))
        for number, source in enumerate(self.files):
            cells = self.staging.bring_cells(source.scan, number, "rejected")
            self.staging.keep_row_texts(cells, len(source.opened.headings))
        if self.table.name == "order_lines" and "line_no" not in self.plans[0].column_of:
            self.staging.run(relations.step("ledgers.number_row_texts"))

    def write_rejects(self, path: Path) -> None:
        """Write the rejected rows in the shape of the first file."""
        self._bring_row_texts()
        rows = self.staging.run(relations.step("ledgers.list_rejected_rows"))
        rejects.write(path, self._shapes()[0], rejects.gathered(rows))

    # -- the transaction ---------------------------------------------------------------------------

    def write(self, op_id: str | None) -> None:
        """Write rows, record, rejects, before images and roll-up in one transaction."""
        self.progress(_("Writing"), 0.8)
        if self.counts.rejected:
            self._bring_row_texts()
        done = self.store.write(
            self._change,
            who=self.who,
            action="import",
            subject=("table", self.table.name),
            op_id=op_id,
            staging=self.staging,
        )
        if done is None:
            raise Refusal(_("This import has been done already: see the list of imports."), reason="already_done")

    def _change(self, tx: Transaction) -> int:
        if self.store.version("ledgers") != self.seen_version:
            # Another import came between checking and writing. Nobody is told: a page that shows progress may stop
            # at any such call, and here that would be in the middle of the write.
            self.progress = _unseen
            rejected_before = self.counts.rejected
            if self.is_known and not self.is_taken_before():
                self.stage()
            if not self.is_known:
                self.check()
            if self.counts.rejected != rejected_before:
                self._bring_row_texts()
        table, import_id = self.table, tx.next_number("ledgers.imports", "import_id")
        if self.makes_accounts and not self.is_known:
            made = tx.run(
                relations.step("ledgers.insert_new_accounts"), {"import_id": import_id}, touches=["ledgers.accounts"]
            )
            self.accounts_created = len(made)
        is_first = table.name == "order_lines" and tx.read("ledgers.account_month", limit=1).rows == []
        if table.name == "order_lines" and not is_first and self.counts.inserted + self.counts.updated:
            tx.run(relations.step("ledgers.touch_order_lines"), touches=["ledgers.touched_months"])
        if self.counts.updated:
            self.staging.keep_before_images(table.relation, table.key, stored_columns(table), import_id)
            self.staging.update_changed(table.relation, table.key, self.columns, import_id)
        if self.counts.inserted:
            self.staging.insert_new(table.relation, self.columns, import_id)
        self._record(tx, import_id)
        if self.counts.inserted + self.counts.updated:
            has_cost = not self.is_known and "standard_cost" in self.plans[0].mapped
            consequences.drawn(tx, table.name, import_id, self.reporting, has_cost=has_cost, is_first=is_first)
        self.import_id = import_id
        tx.note(
            import_id=import_id,
            files=[source.opened.label for source in self.files],
            rows=self.counts.document(),
            control_totals={c: t.document() for c, t in self.totals.items()},
            accounts_created=self.accounts_created,
        )
        return import_id

    def _record(self, tx: Transaction, import_id: int) -> None:
        tx.insert(
            "ledgers.imports",
            import_id=import_id,
            table_name=self.table.name,
            file_name=self._labels(),
            file_hash=hashes(self.files),
            reading=self.reading,
            file_shape=json.dumps([shape.document() for shape in self._shapes()], ensure_ascii=False),
            mapping=self.mapping.as_toml() if self.mapping else None,
            started_at=self.started_at,
            finished_at=datetime.now(UTC).replace(tzinfo=None),
            person_id=self.who.person_id,
            read_count=self.counts.read,
            inserted_count=self.counts.inserted,
            updated_count=self.counts.updated,
            unchanged_count=self.counts.unchanged,
            rejected_count=self.counts.rejected,
            left_out_count=self.counts.left_out,
            accounts_created_count=self.accounts_created,
            control_totals=json.dumps({c: t.document() for c, t in self.totals.items()}),
            line_kinds=json.dumps([each.document() for each in self.kinds]),
        )
        if self.counts.rejected:
            tx.run(
                relations.step("ledgers.insert_rejects"),
                {
                    "import_id": import_id,
                    "labels": [source.opened.label for source in self.files],
                    "reasons": list(MESSAGES),
                    "messages": list(MESSAGES.values()),
                },
                touches=["ledgers.import_rejects"],
            )

    # -- the result --------------------------------------------------------------------------------

    def _shapes(self) -> list[FileShape]:
        return [FileShape.of(source.opened) for source in self.files]

    def result(self) -> ImportResult:
        """The result, of a dry run too."""
        is_staged_only = self.import_id is None and not self.is_known
        accounts = self.accounts_created
        if is_staged_only and self.makes_accounts:
            accounts = self.staging.run(relations.step("ledgers.count_new_accounts"))[0][0]
        return ImportResult(
            import_id=self.import_id,
            table=self.table.name,
            rows=self.counts,
            control_totals=self.totals,
            problems=self.problems,
            accounts_created=accounts,
            files=tuple(self._shapes()),
            line_kinds=self.kinds,
            missing_rates=self.missing_rates,
            samples=self.staging.samples(self.plans[0].mapped, _ROWS_SAMPLED) if is_staged_only else {},
            read_as=self.plans[0].styles.told() if self.plans else {},
        )

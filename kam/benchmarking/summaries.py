"""Other programmes of the company beside ours: an imported summary, with norms of one's own once there are enough.

METHOD 7.3 (c): norms from own units and years from ten values on; mean, sample standard deviation, z.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean, stdev
from typing import Any

from kam import parameters
from kam.access import Person
from kam.benchmarking.definitions import definitions
from kam.benchmarking.references import ReferenceImport, dimension_names
from kam.benchmarking.scoring import HIGHEST, Frozen
from kam.benchmarking.table_file import TableRow, read_table
from kam.errors import BadInput, NotFound
from kam.store import Store, Transaction
from kam.words import _

TABLE = "benchmarking.programme_summaries"
REQUIRED = ("programme", "year", "measure", "value", "source")
_ALSO_CALLED = {
    "dimension": "measure",
    "mean": "value",
    "n": "sample_size",
    "sample size": "sample_size",
    "citation": "source",
}
# What a measure of a unit can be; a share is written as 0.85.
_BOUNDS = {"share": (0.0, 1.0)}
_ANY_SHARE, _ANY = (-10.0, 10.0), (0.0, 1_000_000_000.0)


class Summary(Frozen):
    """A value of another programme. measure: a dimension, overall, core (points of 100) or a measure (its own unit)."""

    summary_id: int
    programme: str
    year: int
    measure: str
    value: float
    sample_size: int | None
    source: str


@dataclass(frozen=True)
class Norm:
    """A norm of one's own. count: values of other programmes and our earlier rounds; mean, sd in the measure's unit;
    z: (ours − mean) / sd; mean, sd and z None below benchmarking.own_norm_at_least values, z without a spread or score.
    """

    measure: str
    count: int
    mean: float | None
    sd: float | None
    z: float | None


def summaries(store: Store) -> tuple[Summary, ...]:
    """All values, by programme, then the latest year first, in the order they were brought in."""
    found = [Summary(**row) for row in store.read(TABLE, columns=tuple(Summary.model_fields))]
    return tuple(sorted(found, key=lambda s: (s.programme.casefold(), -s.year, s.summary_id)))


def latest(found: Sequence[Summary], year: int) -> tuple[Summary, ...]:
    """Of each programme and measure the latest value up to a year."""
    kept: dict[tuple[str, str], Summary] = {}
    for one in sorted(found, key=lambda s: s.year):
        if one.year <= year:
            kept[one.programme, one.measure] = one
    return tuple(s for s in found if kept.get((s.programme, s.measure)) == s)


def own_norms(
    store: Store, as_of: date, ours: dict[str, float | None], earlier: Sequence[dict[str, float | None]], others: Sequence[Summary]
) -> tuple[Norm, ...]:  # fmt: skip
    """For each score of ours that others have too: the norm over their values and our earlier rounds, when enough."""
    enough = parameters.value_at(store, "benchmarking.own_norm_at_least", as_of).value
    found = []
    for measure, score in ours.items():
        values = [s.value for s in others if s.measure == measure]
        values += [past[measure] for past in earlier if past.get(measure) is not None]
        if not values:
            continue
        if enough is None or len(values) < max(2, enough):
            found.append(Norm(measure, len(values), None, None, None))
            continue
        spread = stdev(values)
        z = (score - fmean(values)) / spread if score is not None and spread else None
        found.append(Norm(measure, len(values), fmean(values), spread, z))
    return tuple(found)


def import_summaries(store: Store, content: bytes, *, who: Person, op_id: str | None = None) -> ReferenceImport | None:
    """Take in a CSV file (programme, year, measure, value, n, source); None where op_id was done already.

    A row with the programme, year and measure of a known one replaces it. Raises BadInput with the line for the first
    fault; then nothing is taken in.
    """
    rows = read_summaries(content)

    def taking(tx: Transaction) -> ReferenceImport:
        known = {_identity(row): row for row in tx.read(TABLE)}
        inserted = updated = unchanged = 0
        for row in rows:
            held = known.get(_identity(row))
            if held and all(held[name] == row[name] for name in row):
                unchanged += 1
                continue
            if held:
                updated += 1
                tx.delete(TABLE, {"summary_id": held["summary_id"]})
            else:
                inserted += 1
            number = tx.next_number(TABLE, "summary_id")
            tx.insert(TABLE, summary_id=number, imported_by=who.name, imported_at=tx.now, **row)
        tx.note(read=len(rows), inserted=inserted, updated=updated, unchanged=unchanged)
        return ReferenceImport(len(rows), inserted, updated, unchanged)

    return store.write(
        taking, who=who, action="import other programmes", subject=("benchmark", "programmes"), op_id=op_id
    )


def remove_programme(store: Store, programme: str, *, who: Person, op_id: str | None = None) -> None:
    """Take all values of another programme out; closed rounds keep what they were compared with. Raises NotFound."""

    def taking_out(tx: Transaction) -> None:
        rows = [row for row in tx.read(TABLE) if row["programme"] == programme]
        if not rows:
            raise NotFound(
                _("There is no other programme called {name}: reload the page.").format(name=programme),
                field="programme",
            )
        for row in rows:
            tx.delete(TABLE, {"summary_id": row["summary_id"]})
        tx.note(values=[{name: row[name] for name in Summary.model_fields} for row in rows])

    store.write(
        taking_out,
        who=who,
        action="remove other programme",
        subject=("benchmark", f"programme {programme}"),
        op_id=op_id,
    )


def read_summaries(content: bytes) -> list[dict[str, Any]]:
    """The rows of a summary file as values. Raises BadInput with the line for the first fault."""
    rows, seen = [], set()
    for line in read_table(content, required=REQUIRED, also_called=_ALSO_CALLED):
        row = _row(line)
        if _identity(row) in seen:
            raise BadInput(
                _("Line {line}: {measure} of {programme}, {year}, stands twice: keep one row.").format(
                    line=line.line, measure=row["measure"], programme=row["programme"], year=row["year"]
                ),
                reason="duplicate_key",
                line=line.line,
            )
        seen.add(_identity(row))
        rows.append(row)
    return rows


def _identity(row: dict[str, Any]) -> tuple:
    return row["programme"].casefold(), row["year"], row["measure"]


def _row(row: TableRow) -> dict[str, Any]:
    for name in REQUIRED:
        if not row.given[name]:
            sentence = (
                _("Line {line} has no source: a programme's figure is not taken in without saying where it stands.")
                if name == "source"
                else _("Line {line} has no {column}.")
            )
            raise BadInput(sentence.format(line=row.line, column=name), reason="missing", line=row.line, column=name)
    measure = dimension_names().get(row.given["measure"].casefold())
    bounds = (0.0, HIGHEST)
    if measure is None:
        measure = row.given["measure"].casefold()
        bounds = _bounds(row, measure)
    return {
        "programme": row.given["programme"],
        "year": row.whole_number("year", 1950, 2100),
        "measure": measure,
        "value": row.number("value", *bounds),
        "sample_size": row.whole_number("sample_size", 1, 10_000_000),
        "source": row.given["source"],
    }


def _bounds(row: TableRow, measure: str) -> tuple[float, float]:
    defined = definitions().get(measure)
    if defined is None:
        raise BadInput(
            _("Line {line}: {given} is neither a dimension nor a measure: use one of {known}.").format(
                line=row.line,
                given=row.given["measure"],
                known=", ".join([*dict.fromkeys(dimension_names().values()), *definitions()]),
            ),
            reason="bad_value",
            line=row.line,
            column="measure",
        )
    if defined.unit == "share" and defined.better == "neither":
        return _ANY_SHARE
    return _BOUNDS.get(defined.unit, _ANY)

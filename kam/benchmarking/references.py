"""Outside reference values: imported with their citation, compared by z and, from a large enough sample, percentile.

No published norms for key account programmes were found, and none are shipped: what is here, someone brought in.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import parameters
from kam.access import Person
from kam.benchmarking.instrument import instrument
from kam.benchmarking.scoring import HIGHEST, Frozen, Scores
from kam.benchmarking.table_file import TableRow, read_table
from kam.errors import BadInput, NotFound
from kam.store import Store, Transaction
from kam.words import _

REQUIRED = ("dimension", "mean", "population", "year", "citation")
_ALSO_CALLED = {"sd": "sd", "standard deviation": "sd", "n": "sample_size", "sample size": "sample_size"}


class Reference(Frozen):
    """A reference value: mean and sd in points of 100, sample_size in programmes; sd and size None where not given."""

    reference_id: int
    dimension: str
    mean: float
    sd: float | None
    sample_size: int | None
    population: str
    year: int
    citation: str


class Comparison(Frozen):
    """A score beside a reference. z: None without a spread or a score; percentile: 0–100, None where z is, or where the
    reference's sample is too small to say.
    """

    reference: Reference
    score: float | None
    z: float | None
    percentile: float | None


@dataclass(frozen=True)
class ReferenceImport:
    """What an import of references did: rows read = inserted + updated + unchanged."""

    read: int
    inserted: int
    updated: int
    unchanged: int


def references(store: Store) -> tuple[Reference, ...]:
    """All reference values, by dimension in the instrument's order, then by year (newest first)."""
    order = {name: at for at, name in enumerate(dimension_names().values())}
    found = store.read("benchmarking.reference_values", columns=tuple(Reference.model_fields))
    held = [Reference(**row) for row in found]
    return tuple(sorted(held, key=lambda r: (order.get(r.dimension, len(order)), -r.year, r.reference_id)))


def compare(store: Store, scores: Scores, as_of: date) -> tuple[Comparison, ...]:
    """Each reference beside the round's score: z = (score − mean) / sd, percentile = 100 Φ(z).

    The percentile is given only where the sample has benchmarking.percentile_sample_at_least programmes.
    """
    enough = parameters.value_at(store, "benchmarking.percentile_sample_at_least", as_of).value
    own = {d.dimension_id: d.score for d in scores.dimensions} | {"overall": scores.overall, "core": scores.core}
    return tuple(_beside(reference, own.get(reference.dimension), enough) for reference in references(store))


def import_references(store: Store, content: bytes, *, who: Person, op_id: str | None = None) -> ReferenceImport | None:
    """Take in a CSV file (dimension, mean, sd, n, population, year, citation); None where op_id was done already.

    A row with the dimension, population, year and citation of a known one replaces it. Raises BadInput with the line
    for the first fault; then nothing is taken in.
    """
    rows = read_references(content)

    def change(tx: Transaction) -> ReferenceImport:
        known = {_identity(row): row for row in tx.read("benchmarking.reference_values")}
        inserted = updated = unchanged = 0
        for row in rows:
            held = known.get(_identity(row))
            if held and all(held[name] == row[name] for name in row):
                unchanged += 1
                continue
            if held:
                updated += 1
                tx.delete("benchmarking.reference_values", {"reference_id": held["reference_id"]})
            else:
                inserted += 1
            tx.insert(
                "benchmarking.reference_values",
                reference_id=tx.next_number("benchmarking.reference_values", "reference_id"),
                imported_by=who.name,
                imported_at=tx.now,
                **row,
            )
        tx.note(read=len(rows), inserted=inserted, updated=updated, unchanged=unchanged)
        return ReferenceImport(len(rows), inserted, updated, unchanged)

    return store.write(change, who=who, action="import references", subject=("benchmark", "references"), op_id=op_id)


def remove_reference(store: Store, reference_id: int, *, who: Person, op_id: str | None = None) -> None:
    """Take a reference value out; closed rounds keep what they were compared with. Raises NotFound."""

    def change(tx: Transaction) -> None:
        held = tx.one("benchmarking.reference_values", {"reference_id": reference_id})
        if held is None:
            raise NotFound(_("There is no reference {number}: reload the page.").format(number=reference_id))
        tx.note(reference={name: held[name] for name in Reference.model_fields})
        tx.delete("benchmarking.reference_values", {"reference_id": reference_id})

    store.write(
        change, who=who, action="remove reference", subject=("benchmark", f"reference {reference_id}"), op_id=op_id
    )


def read_references(content: bytes) -> list[dict[str, Any]]:
    """The rows of a reference file as values. Raises BadInput with the line for the first fault."""
    table = read_table(content, required=REQUIRED, also_called=_ALSO_CALLED)
    rows = [_row(row) for row in table]
    _refuse_repeated(rows)
    return rows


def _beside(reference: Reference, score: float | None, enough: float | None) -> Comparison:
    z = percentile = None
    if score is not None and reference.sd:
        z = (score - reference.mean) / reference.sd
        if enough is not None and reference.sample_size is not None and reference.sample_size >= enough:
            percentile = 100 * 0.5 * (1 + math.erf(z / math.sqrt(2)))
    return Comparison(reference=reference, score=score, z=z, percentile=percentile)


def _identity(row: dict[str, Any]) -> tuple:
    return row["dimension"], row["population"], row["year"], row["citation"]


def dimension_names() -> dict[str, str]:
    """What a file may call a dimension (id, name or number) to its id, in the instrument's order."""
    found = {}
    for number, dimension in enumerate(instrument().dimensions, 1):
        for name in (dimension.dimension_id, dimension.name.casefold(), str(number)):
            found[name] = dimension.dimension_id
    return found | {"overall": "overall", "core": "core"}


def _row(row: TableRow) -> dict[str, Any]:
    for name in REQUIRED:
        if not row.given[name]:
            sentence = (
                _("Line {line} has no citation: a reference value without its source is not taken in.")
                if name == "citation"
                else _("Line {line} has no {column}.")
            )
            raise BadInput(sentence.format(line=row.line, column=name), reason="missing", line=row.line, column=name)
    dimension = dimension_names().get(row.given["dimension"].casefold())
    if dimension is None:
        raise BadInput(
            _("Line {line}: {given} is not a dimension of the instrument: use one of {known}.").format(
                line=row.line, given=row.given["dimension"], known=", ".join(dict.fromkeys(dimension_names().values()))
            ),
            reason="bad_value",
            line=row.line,
            column="dimension",
        )
    return {
        "dimension": dimension,
        "mean": row.number("mean", 0, HIGHEST),
        "sd": row.number("sd", 0, HIGHEST),
        "sample_size": row.whole_number("sample_size", 1, 10_000_000),
        "population": row.given["population"],
        "year": row.whole_number("year", 1950, 2100),
        "citation": row.given["citation"],
    }


def _refuse_repeated(rows: list[dict[str, Any]]) -> None:
    seen = set()
    for row in rows:
        if _identity(row) in seen:
            raise BadInput(
                _("{dimension} of {population}, {year}, stands twice with the same citation: keep one row.").format(
                    dimension=row["dimension"], population=row["population"], year=row["year"]
                ),
                reason="duplicate_key",
            )
        seen.add(_identity(row))

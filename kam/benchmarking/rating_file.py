"""A rater's answers as a CSV file: item, score, evidence, evidence_on."""

from __future__ import annotations

from kam.benchmarking.instrument import instrument
from kam.benchmarking.rating import Rating
from kam.benchmarking.table_file import read_table
from kam.errors import BadInput
from kam.words import _

REQUIRED = ("item", "score")
_ALSO_CALLED = {"evidence": "evidence", "evidence on": "evidence_on", "evidence date": "evidence_on"}


def read_ratings(content: bytes) -> list[Rating]:
    """The ratings of a file; rows without a score are left out. Raises BadInput with the line for the first fault."""
    found = []
    for row in read_table(content, required=REQUIRED, also_called=_ALSO_CALLED):
        if instrument().item(row.given["item"]) is None:
            raise BadInput(
                _("Line {line}: {item} is not an item of the instrument.").format(
                    line=row.line, item=row.given["item"]
                ),
                reason="unknown_item",
                line=row.line,
                column="item",
            )
        score = row.whole_number("score", 0, instrument().scale.points - 1)
        if score is not None:
            found.append(Rating(row.given["item"], score, row.given.get("evidence"), row.day("evidence_on")))
    return found

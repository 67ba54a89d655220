"""The yearly benchmark round of the programme: what is in place, with evidence, beside last year and references.

Relations: benchmarking.programme_counts(as_of).
"""

from kam.benchmarking.course import Results, close_round, open_round, results, year_before
from kam.benchmarking.facts import Fact, programme_facts
from kam.benchmarking.instrument import Dimension, Instrument, Item, Scale, instrument
from kam.benchmarking.rating import Rating, rate, ratings
from kam.benchmarking.rating_file import read_ratings
from kam.benchmarking.record import Round, latest_year, round_of, rounds
from kam.benchmarking.references import (
    Comparison,
    Reference,
    ReferenceImport,
    compare,
    import_references,
    references,
    remove_reference,
)
from kam.benchmarking.scoring import STAGES, DimensionScore, ItemScore, Rules, Scores, agreement

__all__ = [
    "STAGES",
    "Comparison",
    "Dimension",
    "DimensionScore",
    "Fact",
    "Instrument",
    "Item",
    "ItemScore",
    "Rating",
    "Reference",
    "ReferenceImport",
    "Results",
    "Round",
    "Rules",
    "Scale",
    "Scores",
    "agreement",
    "close_round",
    "compare",
    "import_references",
    "instrument",
    "latest_year",
    "open_round",
    "programme_facts",
    "rate",
    "ratings",
    "read_ratings",
    "references",
    "remove_reference",
    "results",
    "round_of",
    "rounds",
    "year_before",
]

"""The yearly benchmark round of the programme: what is in place, with evidence, beside last year and references.

Relations: benchmarking.programme_counts(as_of), benchmarking.survey_answers(as_of),
benchmarking.practice_list(as_of), benchmarking.measure_counts(as_of), benchmarking.priority_actions(as_of).
"""

from kam.benchmarking.annual import AnnualReport, annual_report
from kam.benchmarking.committee import PHASES, decide_in_round, enter_phase, phase_of, phases
from kam.benchmarking.course import Results, close_round, open_round, results, trend, year_before
from kam.benchmarking.derived_importance import Derived, derived_importance
from kam.benchmarking.fact import Fact
from kam.benchmarking.facts import programme_facts, restatements
from kam.benchmarking.importance_performance import CROSSHAIRS, QUADRANTS, Answer, Mean, Picture, Placed, picture
from kam.benchmarking.instrument import Dimension, Instrument, Item, Scale, instrument
from kam.benchmarking.next_stage import next_stage, stage_needs
from kam.benchmarking.practices import (
    RESULTS,
    VERDICTS,
    Practice,
    PracticeVerdict,
    decide_practice,
    follow_practice,
    record_practice,
)
from kam.benchmarking.priorities import (
    Choice,
    Priorities,
    act_on_priority,
    acted,
    choose_crosshair,
    crosshair_at,
    priorities,
)
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
from kam.benchmarking.summaries import (
    Norm,
    Summary,
    import_summaries,
    own_norms,
    remove_programme,
    summaries,
)
from kam.benchmarking.yardsticks import Yardstick, yardsticks

__all__ = [
    "CROSSHAIRS",
    "PHASES",
    "QUADRANTS",
    "RESULTS",
    "STAGES",
    "VERDICTS",
    "AnnualReport",
    "Answer",
    "Choice",
    "Comparison",
    "Derived",
    "Dimension",
    "DimensionScore",
    "Fact",
    "Instrument",
    "Item",
    "ItemScore",
    "Mean",
    "Norm",
    "Picture",
    "Placed",
    "Practice",
    "PracticeVerdict",
    "Priorities",
    "Rating",
    "Reference",
    "ReferenceImport",
    "Results",
    "Round",
    "Rules",
    "Scale",
    "Scores",
    "Summary",
    "Yardstick",
    "act_on_priority",
    "acted",
    "agreement",
    "annual_report",
    "choose_crosshair",
    "close_round",
    "compare",
    "crosshair_at",
    "decide_in_round",
    "decide_practice",
    "derived_importance",
    "enter_phase",
    "follow_practice",
    "import_references",
    "import_summaries",
    "instrument",
    "latest_year",
    "next_stage",
    "open_round",
    "own_norms",
    "phase_of",
    "phases",
    "picture",
    "priorities",
    "programme_facts",
    "rate",
    "ratings",
    "read_ratings",
    "record_practice",
    "references",
    "remove_programme",
    "remove_reference",
    "restatements",
    "results",
    "round_of",
    "rounds",
    "stage_needs",
    "summaries",
    "trend",
    "yardsticks",
    "year_before",
]

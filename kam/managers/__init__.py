"""Account managers: what they can against what their accounts require, load, training, measures, and handovers.

Levels are kept for development: pages show one person, or the candidates for one account, and no ranking of people.

Relations: managers.holdings(as_of), managers.load(as_of), managers.named, managers.rating_list(as_of),
managers.competency_levels(as_of), managers.training_list(as_of), managers.function_reach(as_of),
managers.manager_changes, managers.sponsor_changes, managers.handover_list(as_of), managers.lesson_list(as_of).
"""

from kam.managers.appointing import Appointed, appoint
from kam.managers.checklist import Checklist, checklist_of
from kam.managers.competencies import Competency, CompetencyModel, Required, competency_model
from kam.managers.gap_change import GapChange, gap_change
from kam.managers.gaps import Fit, fit, gap, priority
from kam.managers.grounds import GROUNDS
from kam.managers.handovers import MARKS, Handover, close_handover, handover_of, mark
from kam.managers.matching import candidates
from kam.managers.pack import Filled, Pack, pack
from kam.managers.pack_html import pack_html
from kam.managers.pack_html import shown as shown_value
from kam.managers.pack_parts import PARTS, Part
from kam.managers.presence import give_hours, record_absence, record_leaving
from kam.managers.profile import Profile, lacking, profile
from kam.managers.ratings import RATER_KINDS, Seen, rate
from kam.managers.schemes import (
    PROPOSED,
    SCOPES,
    Scheme,
    SchemeFinding,
    SchemeMeasure,
    adopt_scheme,
    findings_of,
    measure_name,
    measure_names,
    scheme_of,
    schemes,
)
from kam.managers.scorecard import READINGS, Line, Reading, Scorecard, scorecard
from kam.managers.trainings import close_training, plan_training, record_function_training

__all__ = [
    "GROUNDS",
    "MARKS",
    "PARTS",
    "PROPOSED",
    "RATER_KINDS",
    "READINGS",
    "SCOPES",
    "Appointed",
    "Checklist",
    "Competency",
    "CompetencyModel",
    "Filled",
    "Fit",
    "GapChange",
    "Handover",
    "Line",
    "Pack",
    "Part",
    "Profile",
    "Reading",
    "Required",
    "Scheme",
    "SchemeFinding",
    "SchemeMeasure",
    "Scorecard",
    "Seen",
    "adopt_scheme",
    "appoint",
    "candidates",
    "checklist_of",
    "close_handover",
    "close_training",
    "competency_model",
    "findings_of",
    "fit",
    "gap",
    "gap_change",
    "give_hours",
    "handover_of",
    "lacking",
    "mark",
    "measure_name",
    "measure_names",
    "pack",
    "pack_html",
    "plan_training",
    "priority",
    "profile",
    "rate",
    "record_absence",
    "record_function_training",
    "record_leaving",
    "scheme_of",
    "schemes",
    "scorecard",
    "shown_value",
]

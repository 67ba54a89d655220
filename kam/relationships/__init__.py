"""Relationships: who there knows whom of ours, what was said and promised, what they need, how healthy it is.

Relations, all with as_of, most of one account: relationships.contacts, threads, dealings, timeline, due_dates, open_promises,
health, health_parts, standing_stages, stage_evidence, open_red_lines, needs_profile, survey_summary, survey_marks.
"""

from kam.relationships.contacts import (
    ATTITUDES,
    FACTS,
    ROLES,
    STATUSES,
    STRENGTHS,
    add_contact,
    changed,
    left_since,
    observe,
)
from kam.relationships.dealings import (
    KINDS,
    OUTCOMES,
    capture,
    correct,
    dealing,
    settle,
    write_dealing,
    write_settlement,
)
from kam.relationships.health import PARTS, Alert, Course, Health, Part, alerts, course, told
from kam.relationships.needs import SECTIONS, Profile, Section, note_need, profile
from kam.relationships.red_lines import KINDS as RED_LINES
from kam.relationships.red_lines import close_red_line, raise_red_line
from kam.relationships.stages import (
    ITEMS,
    LADDER,
    SIDES,
    STAGES,
    Standing,
    Supported,
    rate_stage,
    stage_of_marks,
    standing,
    supported_stage,
)
from kam.relationships.stakeholders import Stakeholders, coverage, effective_threads, shares, stakeholders, support
from kam.relationships.summary import Sentence, due_dates, due_told, sentences

__all__ = [
    "ATTITUDES",
    "FACTS",
    "ITEMS",
    "KINDS",
    "LADDER",
    "OUTCOMES",
    "PARTS",
    "RED_LINES",
    "ROLES",
    "SECTIONS",
    "SIDES",
    "STAGES",
    "STATUSES",
    "STRENGTHS",
    "Alert",
    "Course",
    "Health",
    "Part",
    "Profile",
    "Section",
    "Sentence",
    "Stakeholders",
    "Standing",
    "Supported",
    "add_contact",
    "alerts",
    "capture",
    "changed",
    "close_red_line",
    "correct",
    "course",
    "coverage",
    "dealing",
    "due_dates",
    "due_told",
    "effective_threads",
    "left_since",
    "note_need",
    "observe",
    "profile",
    "raise_red_line",
    "rate_stage",
    "sentences",
    "settle",
    "shares",
    "stage_of_marks",
    "stakeholders",
    "standing",
    "support",
    "supported_stage",
    "told",
    "write_dealing",
    "write_settlement",
]

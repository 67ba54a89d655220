"""What was learned: playbooks, cases and lessons with sources, marked with what they fit, looked at again in time.

Relations: knowledge.entry_list, carried, fitting.
"""

from kam.knowledge.entry import (
    ABOUT,
    KINDS,
    Entry,
    carried_marks,
    change_entry,
    mark_told,
    marks_of,
    offered_marks,
    retire_entry,
    write_entry,
)

__all__ = [
    "ABOUT",
    "KINDS",
    "Entry",
    "carried_marks",
    "change_entry",
    "mark_told",
    "marks_of",
    "offered_marks",
    "retire_entry",
    "write_entry",
]

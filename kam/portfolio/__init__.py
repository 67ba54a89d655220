"""The work over all accounts: tags, grades and follow-ups, saved segments, whose account it is, fields people define.

Relations, all with as_of: portfolio.account_list, follow_ups, compliance, grades_held, grade_evidence, cadences, tags_held,
owners, next_dates, custom_values.
"""

from kam.portfolio.field_filters import Asked, field_condition
from kam.portfolio.fields import FIELD_KINDS, define_field, import_values, set_value, value_of
from kam.portfolio.following_up import BY_CADENCE, OF_PROMISE, OF_SPONSOR, Done, follow_up, promise_of
from kam.portfolio.grades import CLASSES, GRADES, grade_accounts, regrade
from kam.portfolio.owning import change_owner
from kam.portfolio.regrading import (
    Limits,
    Proposal,
    Workload,
    limits_of,
    next_grade,
    plain_grade,
    proposals,
    workload,
)
from kam.portfolio.segment_keys import COMPARISONS, Key, catalogue, offered_values
from kam.portfolio.segments import (
    SavedSegment,
    conditions_of,
    listed_segments,
    save_segment,
    saved_segments,
    segment_named,
    size_of,
    told_segment,
    withdraw_segment,
)
from kam.portfolio.tags import make_tag, tag_accounts

__all__ = [
    "BY_CADENCE",
    "CLASSES",
    "COMPARISONS",
    "FIELD_KINDS",
    "GRADES",
    "OF_PROMISE",
    "OF_SPONSOR",
    "Asked",
    "Done",
    "Key",
    "Limits",
    "Proposal",
    "SavedSegment",
    "Workload",
    "catalogue",
    "change_owner",
    "conditions_of",
    "define_field",
    "field_condition",
    "follow_up",
    "grade_accounts",
    "import_values",
    "limits_of",
    "listed_segments",
    "make_tag",
    "next_grade",
    "offered_values",
    "plain_grade",
    "promise_of",
    "proposals",
    "regrade",
    "save_segment",
    "saved_segments",
    "segment_named",
    "set_value",
    "size_of",
    "tag_accounts",
    "told_segment",
    "value_of",
    "withdraw_segment",
    "workload",
]

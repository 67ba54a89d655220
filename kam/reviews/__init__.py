"""The review cycle of the key accounts: planned, prepared, held with what was seen, compared, followed up by actions.

Relations: reviews.calendar(as_of), reviews.review_list(as_of), reviews.action_list(as_of), reviews.round(as_of).
"""

from kam.reviews.agenda import TOPICS, Point, agenda, arranged
from kam.reviews.calendars import for_calendars
from kam.reviews.difference import TOPICS as CHANGE_TOPICS
from kam.reviews.difference import Change, Difference, between, difference, since_last
from kam.reviews.drafting import Draft, draft_of, save_draft
from kam.reviews.driving import Moved, moved, moved_by
from kam.reviews.holding import RATINGS, Action, close_action, hold
from kam.reviews.planning import cancel, move, plan
from kam.reviews.record import Review, review_of
from kam.reviews.rounds import Round, round_of
from kam.reviews.seeing import what_is_seen
from kam.reviews.seen import seen_figures

__all__ = [
    "CHANGE_TOPICS",
    "RATINGS",
    "TOPICS",
    "Action",
    "Change",
    "Difference",
    "Draft",
    "Moved",
    "Point",
    "Review",
    "Round",
    "agenda",
    "arranged",
    "between",
    "cancel",
    "close_action",
    "difference",
    "draft_of",
    "for_calendars",
    "hold",
    "move",
    "moved",
    "moved_by",
    "plan",
    "review_of",
    "round_of",
    "save_draft",
    "seen_figures",
    "since_last",
    "what_is_seen",
]

"""The review cycle of the key accounts: planned, held with what was seen, followed up by actions.

Relations: reviews.calendar(as_of), reviews.review_list(as_of), reviews.action_list(as_of).
"""

from kam.reviews.holding import RATINGS, Action, Review, close_action, hold, review_of, what_is_seen
from kam.reviews.planning import cancel, move, plan
from kam.reviews.seen import seen_figures

__all__ = [
    "RATINGS",
    "Action",
    "Review",
    "cancel",
    "close_action",
    "hold",
    "move",
    "plan",
    "review_of",
    "seen_figures",
    "what_is_seen",
]

"""How good the facts are: how fresh, how complete, whether they add up, and what stands in them twice.

Relations: quality.freshness(as_of), quality.account_gaps(as_of), quality.reconciliation, quality.open_rejects,
quality.unlisted_products.
"""

from kam.quality.duplicates import LikelyPair, call_distinct, likely_duplicates, near_names, plain_name
from kam.quality.reconciling import note_figure, settle_rejects, withdraw_figure

__all__ = [
    "LikelyPair",
    "call_distinct",
    "likely_duplicates",
    "near_names",
    "note_figure",
    "plain_name",
    "settle_rejects",
    "withdraw_figure",
]

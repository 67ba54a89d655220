"""The programme: who is a key account, since when, and how many there may be.

Relations: programme.roster(as_of), programme.memberships, programme.sizes_from(from_on),
programme.account_list(as_of, level), programme.unmatched_members.
"""

from kam.programme.decisions import Decision, admit, decisions, release
from kam.programme.limits import Limits, limits, size
from kam.programme.verdict import CATEGORIES, SeenVerdict

__all__ = ["CATEGORIES", "Decision", "Limits", "SeenVerdict", "admit", "decisions", "limits", "release", "size"]

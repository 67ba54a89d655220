"""The work of every day: finding things, asking for referrals.

Relations: everyday.found_accounts, found_contacts, found_orders, found_actions; referral_moments (of large_orders and
success_moments), referral_list, referral_values.
"""

from kam.everyday.referrals import ANSWERS, HELD_BACK, MOMENTS, ask_for_referral, end_referral, give_referral
from kam.everyday.search import search

__all__ = [
    "ANSWERS",
    "HELD_BACK",
    "MOMENTS",
    "ask_for_referral",
    "end_referral",
    "give_referral",
    "search",
]

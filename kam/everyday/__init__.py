"""The work of every day: finding things, asking for referrals, dates to remember.

Relations: everyday.found_accounts, found_contacts, found_orders, found_actions; referral_moments (of large_orders and
success_moments), referral_list, referral_values; coming_dates.
"""

from kam.everyday.dates import DATE_KINDS, MOST_REMIND_DAYS, date_told, forget_date, remember_date
from kam.everyday.referrals import ANSWERS, HELD_BACK, MOMENTS, ask_for_referral, end_referral, give_referral
from kam.everyday.search import search

__all__ = [
    "ANSWERS",
    "DATE_KINDS",
    "HELD_BACK",
    "MOMENTS",
    "MOST_REMIND_DAYS",
    "ask_for_referral",
    "date_told",
    "end_referral",
    "forget_date",
    "give_referral",
    "remember_date",
    "search",
]

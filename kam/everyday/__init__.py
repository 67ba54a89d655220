"""The work of every day: finding things, asking for referrals, dates to remember, look-alikes.

Relations: everyday.found_accounts, found_contacts, found_orders, found_actions, found_entries; referral_moments (of large_orders and
success_moments), referral_list, referral_values; coming_dates; look_alikes (of beginnings), became.
"""

from kam.everyday.alike import SPREADS, LookAlikes, Spread, look_alikes
from kam.everyday.dates import DATE_KINDS, MOST_REMIND_DAYS, date_told, forget_date, remember_date
from kam.everyday.referrals import ANSWERS, HELD_BACK, MOMENTS, ask_for_referral, end_referral, give_referral
from kam.everyday.search import search

__all__ = [
    "ANSWERS",
    "DATE_KINDS",
    "HELD_BACK",
    "MOMENTS",
    "MOST_REMIND_DAYS",
    "SPREADS",
    "LookAlikes",
    "Spread",
    "ask_for_referral",
    "date_told",
    "end_referral",
    "forget_date",
    "give_referral",
    "look_alikes",
    "remember_date",
    "search",
]

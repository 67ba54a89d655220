"""The work of every day: finding things.

Relations: daily.found_accounts, found_contacts, found_orders, found_actions.
"""

from kam.daily.search import search

__all__ = ["search"]

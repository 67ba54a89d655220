"""A demonstration programme in full operation, drawn from a seed.

Norrwald Fluid Components, its customers and its people are made up. The facts go in set-based, as imports
that add up; the decisions go through the same functions that the pages use, with the dates of their time.
"""

from kam.demonstration.making import ACCOUNTS, ORDER_LINES, SEED, last_month_end, make

__all__ = ["ACCOUNTS", "ORDER_LINES", "SEED", "last_month_end", "make"]

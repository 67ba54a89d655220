"""Facts: what the company's records say, and the account-month roll-up that every reading starts from."""

from kam.ledgers.as_of import check_as_of, default_as_of, extent
from kam.ledgers.rollup import bring_up_to_date, refresh

__all__ = [
    "bring_up_to_date",
    "check_as_of",
    "default_as_of",
    "extent",
    "refresh",
]

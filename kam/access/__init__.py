"""Who acts, and for whom confidential readings are made.

In single-user mode one person is chosen at first start, and may do everything. Every write takes `who`
and every confidential reading `for_whom`, so that sign-in and roles can come without other signatures.
"""

from kam.access.columns import keep_columns, kept_columns
from kam.access.people import ROLES, WORKBENCH, Person, choose, chosen, people, person_named

__all__ = ["ROLES", "WORKBENCH", "Person", "choose", "chosen", "keep_columns", "kept_columns", "people", "person_named"]

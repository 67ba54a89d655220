"""The day that readings are made for: what is offered, and what is refused."""

from __future__ import annotations

from datetime import date

from kam.errors import BadInput
from kam.store import Store
from kam.units import day
from kam.words import _


def default_as_of(store: Store, today: date) -> date:
    """The ledger's last day where that lies before today, else today (also for an empty ledger)."""
    last = extent(store)["last_order_on"]
    return last if last is not None and last < today else today


def check_as_of(store: Store, as_of: date) -> date:
    """The day itself. Raises BadInput where the ledger is empty or begins after it."""
    first = extent(store)["first_order_on"]
    if first is None:
        raise BadInput(
            _("The ledger holds no order lines yet: import accounts and order lines first."), reason="empty_ledger"
        )
    if as_of < first:
        raise BadInput(
            _("The ledger begins on {first}, after {as_of}: choose a later day.").format(
                first=day(first), as_of=day(as_of)
            ),
            reason="before_ledger",
            field="as_of",
        )
    return as_of


def extent(store: Store) -> dict:
    """How far the ledger reaches: first_order_on, last_order_on (None where empty), line_count, account_count."""
    return store.page("ledgers.extent").records()[0]

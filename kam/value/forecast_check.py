"""Which forecast deserves belief on this ledger: the rolling-origin check, kept until the ledger changes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING

from kam.access import Person
from kam.errors import BadInput
from kam.store import Store
from kam.value.kept import Kept
from kam.words import _

if TYPE_CHECKING:
    from kam.value.models.holdout import Holdout
    from kam.value.models.purchase_days import PurchaseDays

HORIZON_DAYS = 365
_kept = Kept(most=8)


def forecast_check(
    store: Store,
    as_of: date,
    *,
    key_accounts: Collection[str] = (),
    for_whom: Person,
    tell: Callable[[int, int], None] | None = None,
) -> Holdout:
    """Run-rate, run-rate × season and the purchase model, each tried on years that the ledger already knows.

    key_accounts: ids that the purchase model is not fitted on; they are scored like all others. A fit takes seconds,
    so the answer is kept until the ledger's data version changes. tell: called with (tries done, all) meanwhile. Raises
    BadInput where the ledger holds less than two years up to as_of.
    """
    left_out = tuple(sorted(key_accounts))
    key = (as_of, left_out, store.version("ledgers"))
    return _kept.get(store, key, lambda: _checked(store, as_of, left_out, tell))


def is_checked(store: Store, as_of: date, *, key_accounts: Collection[str] = ()) -> bool:
    """Whether the check of this ledger is at hand already, so that asking for it takes no time."""
    return _kept.has(store, (as_of, tuple(sorted(key_accounts)), store.version("ledgers")))


def ledger_days(store: Store, as_of: date) -> PurchaseDays:
    """The ledger up to as_of as the whole-base models read it. Raises BadInput where it is empty."""
    from kam.value.models.purchase_days import purchase_days

    rows = store.arrays("value.account_days", {"as_of": as_of})
    if not len(rows["account_id"]):
        raise BadInput(_("The ledger has no lines; import some first."), reason="empty", field="day")
    return purchase_days(rows["account_id"].astype(str), rows["on_day"], rows["sales_amount"], rows["net_amount"])


def _checked(store: Store, as_of: date, left_out: tuple[str, ...], tell) -> Holdout:
    import numpy as np

    from kam.value.models import holdout

    ledger = ledger_days(store, as_of)
    return holdout.compare(ledger, HORIZON_DAYS, left_out=np.flatnonzero(np.isin(ledger.accounts, left_out)), tell=tell)

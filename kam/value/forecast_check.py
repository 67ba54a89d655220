"""Which forecast deserves belief on this ledger: the rolling-origin check, kept until the ledger changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kam.access import Person
from kam.errors import BadInput
from kam.store import Store
from kam.words import _

if TYPE_CHECKING:
    from kam.value.models.holdout import Holdout

HORIZON_DAYS = 365
MOST_KEPT = 8
_kept: WeakKeyDictionary[Store, OrderedDict] = WeakKeyDictionary()
_lock = threading.Lock()


def forecast_check(store: Store, as_of: date, *, key_accounts: Collection[str] = (), for_whom: Person) -> Holdout:
    """Run-rate, run-rate × season and the purchase model, each tried on years that the ledger already knows.

    key_accounts: ids that the purchase model is not fitted on; they are scored like all others. A fit takes seconds,
    so the answer is kept until the ledger's data version changes. Raises BadInput where the ledger holds less than two
    years up to as_of.
    """
    left_out = tuple(sorted(key_accounts))
    key = (as_of, left_out, store.version("ledgers"))
    with _lock:
        held = _kept.setdefault(store, OrderedDict())
        if key not in held:
            held[key] = _checked(store, as_of, left_out)
            while len(held) > MOST_KEPT:
                held.popitem(last=False)
        held.move_to_end(key)
        return held[key]


def _checked(store: Store, as_of: date, left_out: tuple[str, ...]) -> Holdout:
    import numpy as np

    from kam.value.models import holdout
    from kam.value.models.purchase_days import purchase_days

    rows = store.read("value.account_days", {"as_of": as_of})
    if not rows.rows:
        raise BadInput(_("The ledger has no lines; import some first."), reason="empty", field="day")
    ledger = purchase_days(
        rows.column("account_id"),
        rows.column("on_day"),
        [float(amount) for amount in rows.column("sales_amount")],
        [float(amount) for amount in rows.column("net_amount")],
    )
    return holdout.compare(ledger, HORIZON_DAYS, left_out=np.flatnonzero(np.isin(ledger.accounts, left_out)))

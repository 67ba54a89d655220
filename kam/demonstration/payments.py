"""What the customers paid: each order once, some days after its terms; many name the order that they pay."""

from __future__ import annotations

from datetime import date

import numpy as np

from kam.demonstration import inputs
from kam.demonstration.base import Base
from kam.demonstration.ledger import Lines

# Days after the terms, at the median and for the slowest of the customers; without terms 30 days are agreed.
_LATE_DAYS, _USUAL_TERMS = 9.0, 30


def payments(base: Base, lines: Lines, until: date, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """One payment per order with a positive amount, in the reporting currency, up to the ledger's last day."""
    orders, at, order_of = np.unique(lines.order_id, return_index=True, return_inverse=True)
    cents = np.bincount(order_of, np.round(lines.net * lines.rate * 100), len(orders)).round().astype(np.int64)
    account = lines.account[at]
    terms = np.where(base.payment_terms_days > 0, base.payment_terms_days, _USUAL_TERMS).astype(int)
    habit = rng.gamma(1.6, _LATE_DAYS, len(base))
    delay = terms[account] + rng.normal(habit[account], 3.0).round().astype(int)
    paid_on = lines.order_date[at].astype("datetime64[D]") + np.maximum(delay, 0)
    paid = np.flatnonzero((cents > 0) & (paid_on <= np.datetime64(until)))
    paid = paid[np.argsort(paid_on[paid], kind="stable")]
    # Who sends goods back deducts the credit from a payment, which only a named order keeps apart.
    names_order = (rng.random(len(base)) < 0.5) | (np.bincount(account[cents < 0], minlength=len(base)) > 0)
    return {
        "payment_id": np.array([f"PM{number:06d}" for number in range(1, len(paid) + 1)], dtype=object),
        "account_id": base.account_id[account[paid]],
        "paid_on": paid_on[paid].astype("datetime64[us]"),
        "amount": cents[paid] / 100,
        "currency": np.full(len(paid), inputs.company()["currency"], dtype=object),
        "order_id": np.where(names_order[account[paid]], orders[paid], None),
    }

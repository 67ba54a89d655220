"""The ledger as the whole-base models read it: one row per account × day, and each account's history on a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kam.errors import BadInput
from kam.value.models import bounds
from kam.value.models.histories import DAYS_PER_WEEK, Histories, histories
from kam.words import _

Days = NDArray[np.datetime64]


@dataclass(frozen=True)
class PurchaseDays:
    """Rows ordered by account and day, each pair once. Make them with `purchase_days`.

    accounts: ids, ordered. account: position of each row's account there. day: datetime64[D]. sales: money of the
    day's lines above 0; a day is a purchase where it is above 0. net: money of all lines of the day, credits included.
    """

    accounts: NDArray
    account: NDArray[np.intp]
    day: Days
    sales: NDArray[np.float64]
    net: NDArray[np.float64]

    @property
    def first_day(self) -> np.datetime64:
        """The earliest day of the ledger."""
        return self.day.min()

    @property
    def last_day(self) -> np.datetime64:
        """The latest day of the ledger."""
        return self.day.max()

    def net_between(self, after: np.datetime64, until: np.datetime64) -> NDArray[np.float64]:
        """Net revenue of each account in (after, until], money; 0 where nothing was sold."""
        rows = (self.day > after) & (self.day <= until)
        return np.bincount(self.account[rows], self.net[rows], minlength=len(self.accounts))

    def monthly_net(self, until: np.datetime64) -> tuple[NDArray[np.datetime64], NDArray[np.float64]]:
        """Net revenue of the whole base by month, complete months up to `until` only: months (datetime64[M]), money.

        The month of the ledger's first day counts as complete.
        """
        complete = (until + np.timedelta64(1, "D")).astype("datetime64[M]")
        months = self.day.astype("datetime64[M]")
        rows = months < complete
        if not rows.any():
            return np.array([], dtype="datetime64[M]"), np.array([])
        first = months[rows].min()
        every = np.arange(first, complete)
        place = (months[rows] - first).astype(int)
        return every, np.bincount(place, self.net[rows], minlength=len(every))

    def known_on(self, as_of: np.datetime64) -> KnownAccounts:
        """What a model may know at the end of `as_of`, of every account with a purchase by then.

        x counts purchase days after the first, times are in weeks; mean_spend: net of everything after the first
        purchase day over x, so that credits lower it whenever they came; 0 where x is 0.
        """
        seen = self.day <= as_of
        bought = seen & (self.sales > 0)
        size = len(self.accounts)
        purchases = np.bincount(self.account[bought], minlength=size)
        known = np.flatnonzero(purchases > 0)
        rows = np.flatnonzero(bought)
        first, last = np.zeros(size, dtype=np.intp), np.zeros(size, dtype=np.intp)
        # Rows are in the order of days: the last write stands, so the reverse leaves the first day.
        last[self.account[rows]] = rows
        first[self.account[rows[::-1]]] = rows[::-1]
        total = np.bincount(self.account[seen], self.net[seen], minlength=size)
        x = purchases[known] - 1.0
        first_day, last_day = self.day[first[known]], self.day[last[known]]
        after_first = total[known] - self.net[first[known]]
        return KnownAccounts(
            known,
            histories(x, _weeks(last_day - first_day), _weeks(as_of - first_day)),
            np.where(x > 0, after_first / np.maximum(x, 1), 0.0),
        )


@dataclass(frozen=True)
class KnownAccounts:
    """position: of each account in `PurchaseDays.accounts`. histories in weeks. mean_spend: money per repeat purchase."""

    position: NDArray[np.intp]
    histories: Histories
    mean_spend: NDArray[np.float64]


def purchase_days(account: ArrayLike, day: ArrayLike, sales: ArrayLike, net: ArrayLike | None = None) -> PurchaseDays:
    """Merge ledger rows into one per account × day.

    account: id per row. day: a date per row (date, datetime64 or ISO text). sales: money of positive lines, ≥ 0.
    net: money of all lines, default the sales. Raises BadInput for an empty ledger, a missing day or amount, or
    negative sales, naming the field and the row.
    """
    ids, place = np.unique(np.asarray(account), return_inverse=True)
    days = np.asarray(day, dtype="datetime64[D]")
    sold = np.asarray(sales, dtype=float)
    kept = sold if net is None else np.asarray(net, dtype=float)
    for name, values in (("day", days), ("sales", sold), ("net", kept)):
        bounds.same_length(name, values, "account", place)
    if len(place) == 0:
        raise BadInput(_("The ledger has no lines; import some first."), reason="empty", field="day")
    wrong = {"day": np.isnat(days), "sales": ~(np.isfinite(sold) & (sold >= 0)), "net": ~np.isfinite(kept)}
    for name, rows in wrong.items():
        if rows.any():
            raise BadInput(
                _("{field} in row {row} is missing or out of range.").format(field=name, row=int(np.argmax(rows)) + 1),
                reason="bad_row",
                field=name,
                line=int(np.argmax(rows)) + 1,
            )
    order = np.lexsort((days, place))
    place, days, sold, kept = place[order], days[order], sold[order], kept[order]
    starts = np.flatnonzero(np.concatenate(([True], (place[1:] != place[:-1]) | (days[1:] != days[:-1]))))
    return PurchaseDays(ids, place[starts], days[starts], np.add.reduceat(sold, starts), np.add.reduceat(kept, starts))


def _weeks(days: NDArray[np.timedelta64]) -> NDArray[np.float64]:
    return days.astype("timedelta64[D]").astype(float) / DAYS_PER_WEEK

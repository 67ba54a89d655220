"""What a purchase model reads of each account: repeat purchases x, their recency t_x, the account's age T, and a count.

One purchase is one account × purchase day. Times are in one unit (weeks here, unless the caller says otherwise).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kam.errors import BadInput
from kam.value.models import bounds
from kam.words import _

DAYS_PER_WEEK = 7.0
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Histories:
    """Checked sufficient statistics; arrays of one length. Make them with `histories`.

    x: purchases after the first, whole and ≥ 0. t_x: time from first to last purchase, 0 where x is 0. T: time from
    first purchase to the end of observation. count: accounts with this very history.
    """

    x: NDArray[np.float64]
    t_x: NDArray[np.float64]
    T: NDArray[np.float64]
    count: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.x)

    @property
    def accounts(self) -> float:
        """How many accounts the rows stand for."""
        return float(self.count.sum())

    @property
    def repeaters(self) -> float:
        """How many of them bought more than once."""
        return float(self.count[self.x > 0].sum())

    def every(self, step: int) -> Histories:
        """Each step-th row, from the first: a sample for a first guess."""
        return Histories(self.x[::step], self.t_x[::step], self.T[::step], self.count[::step])

    def take(self, rows: NDArray) -> Histories:
        """The rows of a mask or of positions."""
        return Histories(self.x[rows], self.t_x[rows], self.T[rows], self.count[rows])

    @cached_property
    def distinct_x(self) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
        """The different x and each row's place among them: gamma functions are dear, and there are few different x."""
        return distinct(self.x)

    def merged(self) -> Histories:
        """The same accounts with equal histories in one row."""
        rows, place = np.unique(np.stack((self.x, self.t_x, self.T)), axis=1, return_inverse=True)
        return Histories(*rows, np.bincount(place.ravel(), self.count))


def histories(x: ArrayLike, t_x: ArrayLike, T: ArrayLike, count: ArrayLike | None = None) -> Histories:
    """Sufficient statistics, checked: x whole ≥ 0, 0 ≤ t_x ≤ T, t_x = 0 exactly where x = 0, count ≥ 0.

    count defaults to one account per row. Raises BadInput naming the field and the first row that is wrong (from 1).
    """
    given = {"x": x, "t_x": t_x, "T": T}
    fields = {name: np.atleast_1d(np.asarray(values, dtype=float)) for name, values in given.items()}
    fields["count"] = np.ones_like(fields["x"]) if count is None else np.atleast_1d(np.asarray(count, dtype=float))
    for name, values in fields.items():
        bounds.same_length(name, values, "x", fields["x"])
        _refuse(name, _("a finite number of at least 0"), ~(np.isfinite(values) & (values >= 0)))
    frequency, recency, age = fields["x"], fields["t_x"], fields["T"]
    _refuse("x", _("a whole number"), frequency != np.floor(frequency))
    _refuse("t_x", _("at most T, the age of the account"), recency > age + _ROUNDING)
    _refuse("t_x", _("0 where nothing was bought again, and above 0 otherwise"), (frequency > 0) != (recency > 0))
    return Histories(frequency, np.minimum(recency, age), age, fields["count"])


def distinct(x: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """The different values of whole numbers ≥ 0 and each one's place, without sorting where they are small."""
    whole = x.astype(np.int64)
    top = int(whole.max(initial=0))
    if top > 10 * len(x) + 1000:
        values, place = np.unique(x, return_inverse=True)
        return values, place
    seen = np.bincount(whole, minlength=top + 1) > 0
    return np.flatnonzero(seen).astype(float), (np.cumsum(seen) - 1)[whole]


def _refuse(field: str, rule: str, wrong: NDArray[np.bool_]) -> None:
    if wrong.any():
        row = int(np.argmax(wrong)) + 1
        raise BadInput(
            _("{field} in row {row} has to be {rule}.").format(field=field, row=row, rule=rule),
            reason="bad_history",
            field=field,
            line=row,
        )

"""How an account's value moves with the discount rate, the horizon and retention (METHOD 3.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kam.value.models import bounds
from kam.value.models.forecast import ForecastYear, Timing, forecast_value

DISCOUNTS = (0.08, 0.10, 0.12, 0.15)
RETENTION_SHIFTS = (-0.05, 0.0, 0.05)


@dataclass(frozen=True)
class Case:
    """One cell of the grid. horizon: years; retention_shift: added to every year's chance, cut at 0 and 1; value: money."""

    discount: float
    horizon: int
    retention_shift: float
    value: float


def grid(
    years: Sequence[ForecastYear],
    *,
    discounts: Sequence[float] = DISCOUNTS,
    horizons: Sequence[int] | None = None,
    retention_shifts: Sequence[float] = RETENTION_SHIFTS,
    timing: Timing = "end",
) -> list[Case]:
    """The value in every combination; horizons default to each number of years up to the forecast's length.

    Raises BadInput for a rate out of range or a horizon beyond the forecast.
    """
    lengths = range(1, len(years) + 1) if horizons is None else horizons
    cases = []
    for horizon in lengths:
        length = int(bounds.within(bounds.whole(horizon, "horizon", 1), "horizon", 1, len(years)))
        for shift in retention_shifts:
            shifted = [replace(year, retention=min(1.0, max(0.0, year.retention + shift))) for year in years[:length]]
            cases += [
                Case(discount, length, shift, forecast_value(shifted, discount, timing=timing))
                for discount in discounts
            ]
    return cases

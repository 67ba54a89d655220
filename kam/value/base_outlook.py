"""The coming year of every account by statistics: run-rate, run-rate × season, and the purchase model beside them.

The holdout says which of the three is used (`forecast_check`); the model's ranges are as wide as its measured coverage.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kam.access import Person
from kam.store import Store
from kam.value.forecast_check import HORIZON_DAYS, ledger_days
from kam.value.kept import Kept
from kam.words import _

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kam.value.models.base_forecast import ModelFit
    from kam.value.models.histories import Histories
    from kam.value.models.holdout import Holdout, Method

# Ranges take milliseconds an account, so only the largest have one.
RANGED = 200
LONGEST = 5
_kept = Kept(most=4)


@dataclass(frozen=True)
class Observed:
    """What the model's ranges of the largest accounts are computed from: histories on the day, in the order of ids.

    mean_spend: money per repeat purchase. expected: net revenue of the next 12 months, money.
    """

    ids: list[str]
    histories: Histories
    mean_spend: NDArray[np.float64]
    expected: NDArray[np.float64]


@dataclass(frozen=True)
class BaseOutlook:
    """Forecasts of net revenue by account, money.

    accounts: account id -> {run_rate, season, model: the next 12 months; model_by_year: of five years; purchases: expected
    purchase days of the next 12 months}; None where a method gives none. fit: the purchase model, fitted without the key
    accounts; None where there is no fit. weaknesses: why not to believe it, in sentences. check: the holdout, None where
    there was none. largest: whom the model gives a range. correlation: of purchase frequency and spend, which the model
    takes for none.
    """

    as_of: date
    accounts: dict[str, dict[str, Any]]
    fit: ModelFit | None
    weaknesses: list[str]
    check: Holdout | None = None
    largest: Observed | None = field(default=None, repr=False)

    @property
    def widening(self) -> float | None:
        """By what the arms of the model's range are lengthened, measured in the holdout; None unknown."""
        return None if self.check is None else self.check.covered("base").factor

    @property
    def measured(self) -> float | None:
        """The coverage that its range had in the holdout, share (0.8 was promised); None unknown."""
        return None if self.check is None else self.check.covered("base").measured

    @cached_property
    def ranges(self) -> dict[str, tuple[float, float]]:
        """The model's P10 and P90 of the largest accounts, money, arms lengthened by what the holdout measured.

        Computed when asked: no forecast rests on it.
        """
        if self.largest is None or self.widening is None:
            return {}
        return _ranges(self.fit, self.largest, self.widening)

    @property
    def correlation(self) -> float | None:
        """Of ln frequency and ln spend among those who bought again."""
        return None if self.fit is None else self.fit.spend.correlation

    def season_factor(self) -> float:
        """The next 12 months over the last 12 by the season alone; 1 where there is no season to be told."""
        for one in self.accounts.values():
            if one["season"] is not None and one["run_rate"]:
                return one["season"] / one["run_rate"]
        return 1.0


def base_outlook(
    store: Store, as_of: date, *, key_accounts: Collection[str] = (), check: Holdout | None, for_whom: Person
) -> BaseOutlook:
    """The base on as_of, kept until the ledger changes. check: for the widening of the ranges."""
    left_out = tuple(sorted(key_accounts))
    key = (as_of, left_out, store.version("ledgers"))
    return _kept.get(store, key, lambda: _looked_ahead(store, as_of, left_out, check))


def method_used(check: Holdout | None, group: str) -> Method:
    """The method that the holdout chose for `base` or `top`; the run-rate where there was no holdout."""
    return "run_rate" if check is None else check.chosen[group]


def _looked_ahead(store: Store, as_of: date, left_out: tuple[str, ...], check: Holdout | None) -> BaseOutlook:
    import numpy as np

    from kam.value.models import base_forecast
    from kam.value.models.histories import DAYS_PER_WEEK

    ledger = ledger_days(store, as_of)
    day = np.datetime64(as_of, "D")
    plain = base_forecast.by_run_rate(ledger, day, HORIZON_DAYS)
    seasonal = base_forecast.by_season(ledger, day, HORIZON_DAYS)
    found = {
        str(one): {
            "run_rate": float(plain[at]),
            "season": None if seasonal is None else float(seasonal[at]),
            **dict.fromkeys(("model", "model_by_year", "purchases")),
        }
        for at, one in enumerate(ledger.accounts)
    }
    known = ledger.known_on(day)
    fit = base_forecast.fit_model(known, np.flatnonzero(np.isin(ledger.accounts, left_out)))
    if fit is None or fit.spend.parameters.mean_spend is None:
        return BaseOutlook(as_of, found, fit, _weak(fit), check)
    from kam.value.models import bg_nbd

    by_year = base_forecast.expected_by_year(fit, known, LONGEST)
    year = HORIZON_DAYS / DAYS_PER_WEEK
    observed = known.histories
    often = bg_nbd.expected_future(fit.purchases.parameters, observed.x, observed.t_x, observed.T, year)
    for row, position in enumerate(known.position):
        found[str(ledger.accounts[position])] |= {
            "model": float(by_year[row, 0]),
            "model_by_year": by_year[row].tolist(),
            "purchases": float(often[row]),
        }
    largest = np.argsort(-plain[known.position], kind="stable")[:RANGED]
    seen = Observed(
        [str(one) for one in ledger.accounts[known.position[largest]]],
        observed.take(largest),
        known.mean_spend[largest],
        by_year[largest, 0],
    )
    return BaseOutlook(as_of, found, fit, _weak(fit), check, seen)


def _ranges(fit: ModelFit, seen: Observed, widened: float) -> dict[str, tuple[float, float]]:
    from kam.value.models.histories import DAYS_PER_WEEK
    from kam.value.models.spend_range import spend_range

    ends = spend_range(
        fit.purchases.parameters,
        fit.spend.parameters,
        seen.histories.x,
        seen.histories.t_x,
        seen.histories.T,
        seen.mean_spend,
        HORIZON_DAYS / DAYS_PER_WEEK,
        (0.1, 0.9),
    )
    return {
        one: (
            max(0.0, float(point - widened * max(0.0, point - low))),
            float(point + widened * max(0.0, high - point)),
        )
        for one, point, (low, high) in zip(seen.ids, seen.expected, ends, strict=True)
    }


def _weak(fit: ModelFit | None) -> list[str]:
    from kam.value.models import bg_nbd, gamma_gamma

    if fit is None:
        return [_("No fit exists: nobody of the base bought again, or nothing can be learned from it.")]
    return [
        gamma_gamma.WEAKNESSES[code.removeprefix("spend_")] if code.startswith("spend_") else bg_nbd.WEAKNESSES[code]
        for code in fit.weaknesses
    ]

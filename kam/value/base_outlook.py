"""The coming year of every account by statistics: run-rate, run-rate × season, and the purchase model beside them.

The holdout says which of the three is used (`forecast_check`); the model's ranges are as wide as its measured coverage.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kam.access import Person
from kam.store import Store
from kam.value.forecast_check import HORIZON_DAYS, ledger_days
from kam.value.kept import Kept
from kam.words import _

if TYPE_CHECKING:
    from kam.value.models.base_forecast import ModelFit
    from kam.value.models.holdout import Holdout, Method

# Ranges take milliseconds an account, so only the largest have one.
RANGED = 200
LONGEST = 5
_kept = Kept(most=4)


@dataclass(frozen=True)
class BaseOutlook:
    """Forecasts of net revenue by account, money.

    accounts: account id -> {run_rate, season, model: the next 12 months; model_by_year: of five years; purchases: expected
    purchase days of the next 12 months; p10, p90: the model's range, widened}; None where a method gives none. fit:
    the purchase model, fitted without the key accounts; None where there is no fit. weaknesses: why not to believe it, in
    sentences. widening: by what the range's arms were lengthened, measured: the coverage they had before (0.8 was
    promised); None unknown. correlation: of purchase frequency and spend, which the model takes for none.
    """

    as_of: date
    accounts: dict[str, dict[str, Any]]
    fit: ModelFit | None
    weaknesses: list[str]
    widening: float | None
    measured: float | None

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
            **dict.fromkeys(("model", "model_by_year", "purchases", "p10", "p90")),
        }
        for at, one in enumerate(ledger.accounts)
    }
    known = ledger.known_on(day)
    fit = base_forecast.fit_model(known, np.flatnonzero(np.isin(ledger.accounts, left_out)))
    widened, measured = _coverage(check)
    if fit is None or fit.spend.parameters.mean_spend is None:
        return BaseOutlook(as_of, found, fit, _weak(fit), widened, measured)
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
    _range(found, ledger, known, fit, by_year[:, 0], plain, widened, year)
    return BaseOutlook(as_of, found, fit, _weak(fit), widened, measured)


def _range(found, ledger, known, fit, point, plain, widened, year) -> None:
    """Give the largest accounts the model's P10 and P90, arms lengthened by what the holdout measured."""
    import numpy as np

    from kam.value.models.spend_range import spend_range

    if widened is None:
        return
    largest = np.argsort(-plain[known.position], kind="stable")[:RANGED]
    observed = known.histories.take(largest)
    ends = spend_range(
        fit.purchases.parameters,
        fit.spend.parameters,
        observed.x,
        observed.t_x,
        observed.T,
        known.mean_spend[largest],
        year,
        (0.1, 0.9),
    )
    for row, (low, high) in zip(largest, ends, strict=True):
        found[str(ledger.accounts[known.position[row]])] |= {
            "p10": max(0.0, float(point[row] - widened * max(0.0, point[row] - low))),
            "p90": float(point[row] + widened * max(0.0, high - point[row])),
        }


def _coverage(check: Holdout | None) -> tuple[float | None, float | None]:
    base = next((one for one in check.coverage if one.group == "base"), None) if check is not None else None
    return (None, None) if base is None else (base.factor, base.measured)


def _weak(fit: ModelFit | None) -> list[str]:
    from kam.value.models import bg_nbd, gamma_gamma

    if fit is None:
        return [_("No fit exists: nobody of the base bought again, or nothing can be learned from it.")]
    return [
        gamma_gamma.WEAKNESSES[code.removeprefix("spend_")] if code.startswith("spend_") else bg_nbd.WEAKNESSES[code]
        for code in fit.weaknesses
    ]

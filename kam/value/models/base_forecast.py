"""What every account of the base is expected to spend in a coming period, by each of three methods.

The page shows what these functions give and the holdout check (`holdout`) scores the same functions, so the verdict is
about the figures shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kam.errors import BadInput
from kam.value.models import bg_nbd, bounds, gamma_gamma
from kam.value.models.bg_nbd import BgNbdFit
from kam.value.models.gamma_gamma import GammaGammaFit
from kam.value.models.histories import DAYS_PER_WEEK
from kam.value.models.purchase_days import KnownAccounts, PurchaseDays
from kam.value.models.run_rate import SeasonalIndex, run_rate, seasonal_index, seasonal_run_rate


@dataclass(frozen=True)
class ModelFit:
    """BG/NBD and Gamma–Gamma fitted on one day.

    left_out: accounts that were kept out of the fit (key accounts, whom the base does not resemble).
    """

    purchases: BgNbdFit
    spend: GammaGammaFit
    left_out: int

    @property
    def weaknesses(self) -> tuple[str, ...]:
        """Codes from both fits; empty where both are sound."""
        return self.purchases.weaknesses + tuple(f"spend_{code}" for code in self.spend.weaknesses)


def by_run_rate(ledger: PurchaseDays, as_of: np.datetime64, days: int) -> NDArray[np.float64]:
    """Expected net revenue per account of `ledger.accounts` in the next `days`: the last `days` once more, money."""
    span = bounds.whole(days, "days", 1)
    return run_rate(ledger.net_between(as_of - span, as_of), span, span)


def by_season(ledger: PurchaseDays, as_of: np.datetime64, days: int) -> NDArray[np.float64] | None:
    """The same times the base's season; None where the ledger is too short for an index (`run_rate.seasonal_index`)."""
    span = bounds.whole(days, "days", 1)
    index = season(ledger, as_of)
    if index is None:
        return None
    window, horizon = (as_of - span, as_of), (as_of, as_of + span)
    return seasonal_run_rate(ledger.net_between(*window), index, window, horizon)


def season(ledger: PurchaseDays, as_of: np.datetime64) -> SeasonalIndex | None:
    """The base's seasonal index from the complete months up to as_of."""
    return seasonal_index(*ledger.monthly_net(as_of))


def fit_model(known: KnownAccounts, left_out: Sequence[int] = ()) -> ModelFit | None:
    """Fit both models to the base, without the accounts at the positions `left_out`; None where no fit exists."""
    base = ~np.isin(known.position, np.asarray(left_out, dtype=np.intp))
    observed = known.histories.take(base)
    try:
        purchases = bg_nbd.fit(observed.merged())
        spend = gamma_gamma.fit(observed.x, known.mean_spend[base])
    except BadInput:
        return None
    return ModelFit(purchases, spend, int((~base).sum()))


def expected_by_year(fit: ModelFit, known: KnownAccounts, years: int) -> NDArray[np.float64]:
    """Expected net revenue of each known account in each of the coming years: accounts × years, money.

    Expected purchases of the year (the difference of the expectation up to its end and up to its start) times the
    expected spend per purchase. Repeaters with net-negative spend keep their own, negative mean.
    """
    ends = 365.0 / DAYS_PER_WEEK * np.arange(1, bounds.whole(years, "years", 1) + 1)
    up_to = np.stack([_expected(fit, known, weeks) for weeks in ends], axis=1)
    return np.diff(up_to, axis=1, prepend=0.0)


def by_model(fit: ModelFit, known: KnownAccounts, ledger: PurchaseDays, days: int) -> NDArray[np.float64]:
    """Expected net revenue per account of `ledger.accounts` in the next `days`, money; 0 where nothing is known yet."""
    expected = np.zeros(len(ledger.accounts))
    expected[known.position] = _expected(fit, known, bounds.whole(days, "days", 1) / DAYS_PER_WEEK)
    return expected


def _expected(fit: ModelFit, known: KnownAccounts, weeks: float) -> NDArray[np.float64]:
    observed = known.histories
    purchases = bg_nbd.expected_future(fit.purchases.parameters, observed.x, observed.t_x, observed.T, weeks)
    return purchases * gamma_gamma.expected_spend(fit.spend.parameters, observed.x, known.mean_spend)

"""The range of a portfolio's value: 25 accounts × 5 years × 10,000 draws. `python benchmarks/value_monte_carlo.py`

Every input of every account is uncertain, half triangular and half PERT, with correlations, and one shock is shared:
the dearest case. The floor in the same run is drawing and summing as many normal numbers as the case has uncertain
values (accounts × inputs × years × draws).
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.figures import Figure, seconds, show
from kam.value.models import estimates
from kam.value.models.simulation import INPUTS, AccountForecast, UncertainYear, simulate

ACCOUNTS, YEARS, DRAWS, SEED = 25, 5, 10_000, 7
CASES = (
    ("one surprise per input", 1.0, False),
    ("one surprise per input, with losses", 1.0, True),
    ("a surprise per input and year", 0.6, False),
)


def portfolio(year_correlation: float) -> list[AccountForecast]:
    """Accounts of growing size whose every year differs, so that no table can be shared between them."""
    forecasts = []
    for account in range(ACCOUNTS):
        years = []
        for year in range(YEARS):
            size = 1e6 * (1 + account) * 1.03**year
            shape = estimates.triangular if (account + year) % 2 else estimates.pert
            years.append(
                UncertainYear(
                    shape(0.7 * size, size, 1.2 * size),
                    shape(0.18, 0.22, 0.30),
                    shape(0.04 * size, 0.06 * size, 0.10 * size),
                    shape(0.15 * size, 0.20 * size, 0.30 * size),
                    shape(0.75, 0.90, 0.97),
                    shape(0.0, 0.01 * size, 0.03 * size),
                )
            )
        correlations = {("revenue", "cost_to_serve"): 0.6, ("margin_rate", "retention"): -0.2}
        forecasts.append(
            AccountForecast(f"A{account:02}", years, correlations, year_correlation, "sector", {"revenue": 0.5})
        )
    return forecasts


def floor() -> float:
    """Draw and sum the uncertain values' normal numbers."""
    drawn = np.random.default_rng(SEED)
    return sum(drawn.standard_normal((YEARS, len(INPUTS), DRAWS)).sum() for _account in range(ACCOUNTS))


def measure() -> list[Figure]:
    """Each case beside the floor."""
    base = seconds(floor)
    figures = []
    for name, year_correlation, include_loss in CASES:
        forecasts = portfolio(year_correlation)
        simulate(forecasts, 0.09, seed=SEED)  # the PERT table is made once per process
        taken = seconds(
            lambda chosen=forecasts, loss=include_loss: simulate(chosen, 0.09, seed=SEED, include_loss=loss)
        )
        path = f"{ACCOUNTS} accounts × {YEARS} years × {DRAWS:,} draws, {name}"
        figures.append(Figure(path, taken, "drawing as many numbers", base, "under 0.5 s"))
    return figures


if __name__ == "__main__":
    show(measure())

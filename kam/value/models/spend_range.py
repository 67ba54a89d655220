"""What an account may buy and spend in a coming period, as credible ranges from the conjugate mixture.

The number of purchases is a BG/NBD mixture (`bg_nbd.future_probability`); given n purchases and the account's history,
their sum is Gamma–Gamma: a beta prime. Both are closed, so percentiles come from the distribution and not from draws.
The ranges hold what the models hold: chance, but neither a wrong model nor the error of its parameters. `widening`
measures what that costs on the ledger at hand.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize.elementwise import find_root
from scipy.special import betainc

from kam.errors import BadInput
from kam.value.models import bg_nbd, bounds
from kam.value.models.bg_nbd import BgNbd
from kam.value.models.gamma_gamma import GammaGamma
from kam.words import _

_TAIL = 1e-6
_MOST_PURCHASES = 20_000
_CELLS = 4_000_000
_CLOSE = {"xatol": 1e-14, "xrtol": 1e-12}


def purchase_range(
    parameters: BgNbd,
    x: ArrayLike,
    t_x: ArrayLike,
    T: ArrayLike,
    t: float,
    probabilities: Sequence[float] = (0.1, 0.5, 0.9),
) -> NDArray[np.float64]:
    """Percentiles of the number of purchases in the next t units: accounts × probabilities, whole numbers.

    The smallest n with P(X ≤ n) ≥ probability. Histories as in `bg_nbd.expected_future`.
    """
    wanted = _probabilities(probabilities)
    accounts = _rows(x, t_x, T)
    result = np.empty((len(accounts), len(wanted)))
    for rows, chances in _by_size(parameters, accounts, t):
        below = np.cumsum(chances, axis=1)
        for column, probability in enumerate(wanted):
            result[rows, column] = np.argmax(below >= probability * below[:, -1:], axis=1)
    return result


def spend_range(
    purchases: BgNbd,
    spend: GammaGamma,
    x: ArrayLike,
    t_x: ArrayLike,
    T: ArrayLike,
    mean: ArrayLike,
    t: float,
    probabilities: Sequence[float] = (0.1, 0.5, 0.9),
) -> NDArray[np.float64]:
    """Percentiles of an account's total spend in the next t units: accounts × probabilities, money.

    P(S ≤ s) = P(0 purchases) + Σ_n P(n purchases) · I_{s/(s+γ')}(pn, q'), q' = q + px, γ' = γ + mx. mean m: spend per
    repeat purchase so far, money; where it is ≤ 0 the account is taken without its spend history. To a relative 1e-9
    by bracketing (Chandrupatla 1997); purchases beyond the likeliest 1 − 1e-6 are left out.
    """
    wanted = _probabilities(probabilities)
    accounts = _rows(x, t_x, T)
    average = np.broadcast_to(np.asarray(mean, dtype=float), len(accounts))
    known = np.where(average > 0, accounts[:, 0], 0.0)
    shape, scale = spend.q + spend.p * known, spend.gamma + np.maximum(average, 0.0) * known
    result = np.empty((len(accounts), len(wanted)))
    for rows, chances in _by_size(purchases, accounts, t):
        result[rows] = _spend_percentiles(chances, spend.p, shape[rows], scale[rows], wanted)
    return result


def widening(
    actual: ArrayLike, point: ArrayLike, low: ArrayLike, high: ArrayLike, coverage: float = 0.8
) -> float | None:
    """By how much a range's arms have to grow so that it would have held its share of what came true.

    For each account of a holdout, how many arms' lengths the actual was away from the point; the conformal quantile
    ⌈(n+1)·coverage⌉ of n of these (Vovk, Gammerman & Shafer 2005), at least 1: measured coverage widens a range and
    never flatters it. None below 10 accounts, or where so many arms have no length that no factor would do.
    """
    fields = [np.asarray(values, dtype=float) for values in (actual, point, low, high)]
    for name, values in zip(("point", "low", "high"), fields[1:], strict=True):
        bounds.same_length(name, values, "actual", fields[0])
    wanted = bounds.within(coverage, "coverage", 0, 1, open_low=True, open_high=True)
    came, middle, bottom, top = fields
    count = len(came)
    rank = int(np.ceil((count + 1) * wanted))
    if count < 10 or rank > count:
        return None
    away = came - middle
    arm = np.where(away > 0, top - middle, middle - bottom)
    with np.errstate(divide="ignore", invalid="ignore"):
        lengths = np.where(away == 0, 0.0, np.where(arm > 0, np.abs(away) / arm, np.inf))
    factor = float(np.sort(lengths)[rank - 1])
    return max(1.0, factor) if np.isfinite(factor) else None


def measured_coverage(actual: ArrayLike, low: ArrayLike, high: ArrayLike) -> float | None:
    """Share of accounts whose actual lay in their range, ends included; None without accounts."""
    came, bottom, top = (np.asarray(values, dtype=float) for values in (actual, low, high))
    return float(np.mean((came >= bottom) & (came <= top))) if len(came) else None


def _by_size(parameters: BgNbd, accounts: NDArray[np.float64], t: float):
    """Rows of accounts with P(n purchases) for n = 0..N, N doubled until the rest is below the tail."""
    left = np.arange(len(accounts))
    reach = 16
    while len(left):
        step = max(1, _CELLS // (reach + 1))
        short = []
        for start in range(0, len(left), step):
            rows = left[start : start + step]
            history = accounts[rows].T[:, :, None]
            chances = bg_nbd.future_probability(parameters, np.arange(reach + 1.0)[None, :], *history, t)
            enough = (chances.sum(axis=1) >= 1 - _TAIL) | (reach >= _MOST_PURCHASES)
            short.append(rows[~enough])
            if enough.any():
                yield rows[enough], chances[enough]
        left = np.concatenate(short)
        reach *= 2


def _spend_percentiles(
    chances: NDArray[np.float64],
    p: float,
    shape: NDArray[np.float64],
    scale: NDArray[np.float64],
    wanted: NDArray[np.float64],
) -> NDArray[np.float64]:
    reach = chances.shape[1] - 1
    purchases = p * np.arange(1.0, reach + 1)[None, :]
    target = wanted[None, :] * chances.sum(axis=1)[:, None]
    result = np.zeros(target.shape)
    for column in range(len(wanted)):

        def beyond(place: NDArray[np.float64], row: NDArray[np.intp], column: int = column) -> NDArray[np.float64]:
            sold = betainc(purchases, shape[row, None], place[:, None])
            return chances[row, 0] + np.einsum("ij,ij->i", chances[row, 1:], sold) - target[row, column]

        rows = np.flatnonzero(target[:, column] > chances[:, 0])
        if len(rows):
            # In the place s/(s + γ') of 0..1 the search is bracketed without a first guess of the money.
            place = find_root(beyond, (np.zeros(len(rows)), np.ones(len(rows))), args=(rows,), tolerances=_CLOSE).x
            result[rows, column] = scale[rows] * place / (1 - place)
    return result


def _rows(x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> NDArray[np.float64]:
    columns = np.broadcast_arrays(*(np.atleast_1d(np.asarray(v, dtype=float)) for v in (x, t_x, T)))
    return np.stack(columns, axis=1)


def _probabilities(probabilities: Sequence[float]) -> NDArray[np.float64]:
    wanted = np.asarray(probabilities, dtype=float)
    if not ((wanted > 0) & (wanted < 1)).all():
        raise BadInput(
            _("probability has to lie between 0 and 1, both left out."), reason="out_of_range", field="probability"
        )
    return wanted

"""Lifetime value of accounts that move between states (Pfeifer & Carraway 2000; METHOD 3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kam.errors import BadInput
from kam.value.models import bounds
from kam.words import _

_ROW_SUM = 1e-9


@dataclass(frozen=True)
class Curtailed:
    """Where spending pays. values: money per state under the best choice; pursued: False where it stops."""

    values: NDArray[np.float64]
    pursued: NDArray[np.bool_]


def recency_chain(
    purchase_probability: Sequence[float], net_contribution: float, spend: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The transition matrix and rewards of Pfeifer & Carraway's example: states recency 1..k, then former.

    A state buys with its probability and returns to recency 1, else moves one down, at last to `former`, which
    absorbs. Recency 1 has just bought: reward net_contribution − spend; the others −spend; former 0.
    purchase_probability: one share per recency state. Money per period.
    """
    buys = [bounds.share(p, "purchase probability") for p in purchase_probability]
    states = len(buys) + 1
    transition = np.zeros((states, states))
    for state, probability in enumerate(buys):
        transition[state, 0] += probability
        transition[state, state + 1] += 1 - probability
    transition[-1, -1] = 1
    reward = np.full(states, -bounds.number(spend, "spend"))
    reward[0] += bounds.number(net_contribution, "net contribution")
    reward[-1] = 0
    return transition, reward


def finite_value(transition: ArrayLike, reward: ArrayLike, discount: float, periods: int) -> NDArray[np.float64]:
    """V_T = Σ_{t=0..T} [P/(1+d)]^t R: money per state, rewards at once and then after each of `periods` moves (CLV-05).

    transition P: n × n, rows sum to 1. reward R: n, money per period in each state. discount d: per period, above −1.
    Raises BadInput naming the row that does not sum to 1 or the field out of range.
    """
    p, r, d = _checked(transition, reward, discount, lowest=-1)
    value = r.copy()
    for _period in range(bounds.whole(periods, "periods")):
        value = r + p @ value / (1 + d)
    return value


def infinite_value(transition: ArrayLike, reward: ArrayLike, discount: float) -> NDArray[np.float64]:
    """V = (I − P/(1+d))⁻¹ R, discount above 0 (CLV-06). Arguments as for `finite_value`."""
    p, r, d = _checked(transition, reward, discount, lowest=0)
    return np.linalg.solve(np.eye(len(r)) - p / (1 + d), r)


def curtailed_value(transition: ArrayLike, reward: ArrayLike, discount: float) -> Curtailed:
    """The infinite value where a state is given up as soon as going on is worth less than nothing.

    A state given up earns 0 from then on. Policy iteration: every round raises the values, so it ends after finitely
    many, and exactly. Arguments as for `infinite_value`. CLV-06 (`V_curtail_r4`).
    """
    p, r, d = _checked(transition, reward, discount, lowest=0)
    pursued = np.ones(len(r), dtype=bool)
    value = _value_of_policy(p, r, d, pursued)
    while True:
        chosen = r + p @ value / (1 + d) >= 0
        improved = _value_of_policy(p, r, d, chosen)
        # Rounding can flip a state that is worth nothing either way; only a real gain goes on.
        if not (improved > value + 1e-12 * (1 + np.abs(value))).any():
            return Curtailed(value, pursued)
        value, pursued = improved, chosen


def _value_of_policy(
    p: NDArray[np.float64], r: NDArray[np.float64], d: float, pursued: NDArray[np.bool_]
) -> NDArray[np.float64]:
    kept_p, kept_r = np.where(pursued[:, None], p, 0.0), np.where(pursued, r, 0.0)
    return np.linalg.solve(np.eye(len(r)) - kept_p / (1 + d), kept_r)


def _checked(
    transition: ArrayLike, reward: ArrayLike, discount: float, *, lowest: float
) -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    p, r = np.asarray(transition, dtype=float), np.asarray(reward, dtype=float)
    if p.ndim != 2 or p.shape[0] != p.shape[1] or r.shape != (p.shape[0],):
        raise BadInput(
            _("transition is {shape}; give one row and one column for each of the {states} rewards.").format(
                shape=" × ".join(map(str, p.shape)), states=r.size
            ),
            reason="shape",
            field="transition",
        )
    if not np.isfinite(r).all():
        raise BadInput(_("reward has a value that is not a finite number."), reason="bad_number", field="reward")
    for row, chances in enumerate(p):
        if not np.isfinite(chances).all() or (chances < 0).any() or abs(chances.sum() - 1) > _ROW_SUM:
            raise BadInput(
                _("transition row {row} sums to {total:g}; give chances of at least 0 that sum to 1.").format(
                    row=row + 1, total=chances.sum()
                ),
                reason="row_sum",
                field="transition",
            )
    return p, r, bounds.within(discount, "discount", lowest, open_low=True)

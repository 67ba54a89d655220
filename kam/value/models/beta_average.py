"""Averages over a beta-distributed share without hypergeometric functions: 1e-9 or better for shapes from 0.001 up.

E[f(P)], P ~ beta(a, b), by the trapezoid rule in the logit of P, stretched by a sinh so that heavy tails (a or b near
0) and sharp peaks (a and b in the thousands) both lie inside a fixed number of nodes. 2F1 is what textbooks print
for these averages; its library versions overflow or lose all digits for frequent buyers and near a = 1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

_NODES = 320
# The density is left out where it is e^-42 of its peak.
_DEPTH = 42.0


class BetaNodes:
    """Nodes and weights for rows of (a, b), both above 0.

    log_share, log_rest: ln P and ln(1 − P), rows × nodes; weights: the same shape, each row sums to 1.
    """

    def __init__(self, a: ArrayLike, b: ArrayLike, nodes: int = _NODES) -> None:
        a, b = (np.asarray(shape, dtype=float)[:, None] for shape in (a, b))
        peak = np.log(a) - np.log(b)
        stretch = np.minimum(2.0, 2.0 * np.sqrt(1 / a + 1 / b))
        top = _log_density(a, b, peak)
        first = -np.arcsinh(_reach(a, b, peak, top, -1) / stretch)
        last = np.arcsinh(_reach(a, b, peak, top, 1) / stretch)
        place = first + (last - first) * np.linspace(0.0, 1.0, nodes)
        logit = peak + stretch * np.sinh(place)
        density = np.exp(_log_density(a, b, logit) - top) * np.cosh(place)
        self.log_share = -np.logaddexp(0.0, -logit)
        self.log_rest = -np.logaddexp(0.0, logit)
        self.weights = density / density.sum(axis=1, keepdims=True)

    def average(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """The mean of `values` (rows × nodes, taken at the nodes): one per row."""
        return np.einsum("ij,ij->i", self.weights, values)


def _log_density(a: NDArray[np.float64], b: NDArray[np.float64], logit: NDArray[np.float64]) -> NDArray[np.float64]:
    """ln of P^a (1 − P)^b at the logit of P: the density by the logit, but for its constant."""
    return -a * np.logaddexp(0.0, -logit) - b * np.logaddexp(0.0, logit)


def _reach(
    a: NDArray[np.float64], b: NDArray[np.float64], peak: NDArray[np.float64], top: NDArray[np.float64], side: int
) -> NDArray[np.float64]:
    """How far from the peak the log density has fallen by the depth, on the left (−1) or the right (1)."""
    far = np.ones_like(peak)
    while (short := top - _log_density(a, b, peak + side * far) < _DEPTH).any():
        far = np.where(short, 2 * far, far)
    near = np.zeros_like(far)
    for _halving in range(30):
        middle = (near + far) / 2
        outside = top - _log_density(a, b, peak + side * middle) >= _DEPTH
        near, far = np.where(outside, near, middle), np.where(outside, middle, far)
    return far

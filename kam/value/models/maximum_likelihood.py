"""Climbs a log-likelihood in positive parameters by Newton steps with the exact second derivatives.

The models here have two to four parameters and cheap exact derivatives, so ten steps do what a derivative-free search
does in hundreds of evaluations.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kam.errors import BadInput
from kam.words import _

# parameters -> log-likelihood, gradient and Hessian by those parameters
Objective = Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64], NDArray[np.float64]]]

LOWEST, HIGHEST = 1e-5, 1e7
_LONGEST_STEP = 1.5
_STEPS = 200


@dataclass(frozen=True)
class Summit:
    """Where the climb ended.

    parameters and log_likelihood there; covariance: of the logarithms of the parameters (inverse information), None
    where the likelihood is flat; converged: False when the step limit came first; at_bound: parameters that ran to
    the edge of what can be computed.
    """

    parameters: NDArray[np.float64]
    log_likelihood: float
    covariance: NDArray[np.float64] | None
    converged: bool
    at_bound: NDArray[np.bool_]


def climb(objective: Objective, start: Sequence[float], *, tolerance: float = 1e-9) -> Summit:
    """The maximum that Newton's method reaches from `start`, in the logarithms of the parameters.

    tolerance: the climb ends when a full step promises less log-likelihood than this. Directions in which the surface
    curves upward are followed by the gradient, steps are cut at 1.5 in the logarithm, and a step that loses is halved.
    """
    low, high = np.log(LOWEST), np.log(HIGHEST)
    at = np.clip(np.log(np.asarray(start, dtype=float)), low, high)
    value, gradient, hessian = _in_logarithms(objective, at)
    if not np.isfinite(value):
        raise BadInput(_("The likelihood has no finite value at its starting point."), reason="no_likelihood")
    converged = False
    for _step in range(_STEPS):
        free = ~(((at <= low) & (gradient < 0)) | ((at >= high) & (gradient > 0)))
        if not free.any():
            converged = True
            break
        step = np.zeros_like(at)
        step[free] = _ascent(gradient[free], hessian[np.ix_(free, free)])
        if 0.5 * gradient @ step < tolerance:
            converged = True
            break
        longest = np.abs(step).max()
        if longest > _LONGEST_STEP:
            step *= _LONGEST_STEP / longest
        for _halving in range(40):
            trial = np.clip(at + step, low, high)
            reached = _in_logarithms(objective, trial)
            if np.isfinite(reached[0]) and reached[0] >= value:
                break
            step *= 0.5
        else:
            converged = bool(0.5 * np.abs(gradient @ step) < tolerance)
            break
        at, (value, gradient, hessian) = trial, reached
    curvature = np.linalg.eigvalsh(-hessian)
    covariance = np.linalg.inv(-hessian) if curvature[0] > 1e-8 * max(1.0, curvature[-1]) else None
    return Summit(np.exp(at), value, covariance, converged, (at <= low + 1e-9) | (at >= high - 1e-9))


def _in_logarithms(
    objective: Objective, at: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    parameters = np.exp(at)
    value, gradient, hessian = objective(parameters)
    slope = parameters * gradient
    return value, slope, hessian * np.outer(parameters, parameters) + np.diag(slope)


def _ascent(gradient: NDArray[np.float64], hessian: NDArray[np.float64]) -> NDArray[np.float64]:
    """The Newton step with every curvature made negative, so that it climbs from any point."""
    curvature, axes = np.linalg.eigh(-hessian)
    size = np.maximum(np.abs(curvature), 1e-10 * max(1.0, np.abs(curvature).max()))
    return axes @ ((axes.T @ gradient) / size)

"""How long it takes to tell how firm a selection is: top-25 acceptability over 10,000 weight draws and 8 criteria.

The floor is what no method can go below: the matrix product of weights and points and finding the best 25 of each
draw, without counting, ties, first ranks or central weights. `python benchmarks/acceptability.py`
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

DRAWS, CRITERIA, PLACES, SEED = 10_000, 8, 25, 2026


def alike(accounts: int) -> np.ndarray:
    """Points that hang together as real ones do: a good account is good on most criteria."""
    rng = np.random.default_rng(SEED)
    common, own = rng.standard_normal((accounts, 1)), rng.standard_normal((accounts, CRITERIA))
    return np.clip(5 + 1.5 * common + 1.5 * own, 0, 10)


def unlike(accounts: int) -> np.ndarray:
    """Points without any connection: the hardest case for setting accounts aside."""
    return np.random.default_rng(SEED).random((accounts, CRITERIA)) * 10


def floor(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Matrix product and argpartition, in pieces that fit the cache."""
    members = np.zeros(len(points))
    step = max(1, 250_000 // len(points))
    for start in range(0, len(weights), step):
        scores = weights[start : start + step] @ points.T
        best = np.argpartition(scores, len(points) - PLACES, axis=1)[:, len(points) - PLACES :]
        members += np.bincount(best.ravel(), minlength=len(points))
    return members / len(weights)


def ranked_by_pandas(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The same from a data frame's ranks."""
    import pandas as pd

    ranks = pd.DataFrame(weights @ points.T).rank(axis=1, ascending=False, method="average")
    return (ranks <= PLACES).mean().to_numpy()


def ranked_in_python(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The same, one draw and one account at a time."""
    members = [0] * len(points)
    rows = points.tolist()
    for draw in weights.tolist():
        scores = [sum(w * p for w, p in zip(draw, row, strict=True)) for row in rows]
        for account in sorted(range(len(rows)), key=scores.__getitem__, reverse=True)[:PLACES]:
            members[account] += 1
    return np.array(members) / len(weights)


def measure() -> list:
    """Every figure of this benchmark; refuses to report where the methods disagree."""
    from benchmarks.figures import Figure, seconds
    from kam.selection import robustness
    from kam.selection.robustness import smaa

    weights = robustness.draw_weights(robustness.NoPreference(), CRITERIA, draws=DRAWS, seed=SEED)

    def ours(points):
        drawn = robustness.draw_weights(robustness.NoPreference(), CRITERIA, draws=DRAWS, seed=SEED)
        return robustness.acceptability(robustness.uncertain(points), drawn, places=PLACES, seed=SEED).top

    def ours_ranking_everyone(points):
        limit, smaa.PRUNE_FROM = smaa.PRUNE_FROM, len(points) + 1
        try:
            return ours(points)
        finally:
            smaa.PRUNE_FROM = limit

    figures, here = [], "200 accounts, drawing the weights included"
    two_hundred = alike(200)
    for peer in (floor, ranked_by_pandas):
        assert np.abs(ours(two_hundred) - peer(two_hundred, weights)).max() < 1e-9
    figures.append(
        Figure(
            here,
            seconds(lambda: ours(two_hundred)),
            "matrix product and argpartition",
            seconds(lambda: floor(two_hundred, weights)),
            "under 0.1 s on this machine's class",
        )
    )
    figures.append(
        Figure(here, figures[0].ours, "ranks of a data frame", seconds(lambda: ranked_by_pandas(two_hundred, weights)))
    )
    figures.append(
        Figure(
            here,
            figures[0].ours,
            "plain Python, a hundredth of the draws × 100",
            100 * seconds(lambda: ranked_in_python(two_hundred, weights[: DRAWS // 100]), times=2),
        )
    )
    for name, points in (("alike", alike(10_000)), ("unlike", unlike(10_000))):
        assert np.abs(ours(points) - ours_ranking_everyone(points)).max() < 1e-12
        figures.append(
            Figure(
                f"10,000 accounts, criteria {name}",
                seconds(lambda points=points: ours(points), times=2),
                "ours without setting accounts aside",
                seconds(lambda points=points: ours_ranking_everyone(points), times=2),
                "0.4 and exact" if name == "alike" else "no worse than 1.2, and exact",
            )
        )
    rng = np.random.default_rng(SEED)
    noisy = robustness.uncertain(
        np.where(rng.random(two_hundred.shape) < 0.05, np.nan, two_hundred),
        deviation=np.where(rng.random(two_hundred.shape) < 0.3, 1.0, 0.0),
    )
    figures.append(
        Figure(
            "200 accounts, 3 points in 10 noisy, 1 in 20 missing",
            seconds(lambda: robustness.acceptability(noisy, weights, places=PLACES, seed=SEED), times=3),
            "ours with exact points",
            figures[0].ours,
        )
    )
    return figures


if __name__ == "__main__":
    from benchmarks.figures import show

    show(measure())

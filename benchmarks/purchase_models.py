"""BG/NBD and Gamma–Gamma fits against the archived library `lifetimes`, as ratios of processor time in one run.

`python benchmarks/purchase_models.py [--sizes 2357 100000 1000000] [--peer-python PATH]`

The base of 2,357 is CDNOW where ../shared/data holds it; larger bases, and CDNOW's place where it is missing, are drawn
from the published parameters in whole days, seeded. Each side fits the same rows in a process of its own and reports
the time of its fits alone. The library needs an older numpy than ours: --peer-python (or LIFETIMES_PYTHON) names an
interpreter that can import it; without one the floor stands alone: the textbook's log-likelihoods evaluated once.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY))
CDNOW = REPOSITORY.parent / "shared" / "data" / "cdnow" / "cdnow_summary_with_transactions.csv"
if TYPE_CHECKING:
    from benchmarks.figures import Figure

SIZES = (2_357, 100_000, 1_000_000)
SEED = 20260105


def cdnow_base() -> dict[str, np.ndarray]:
    """The published sample: x, t_x, T in weeks and the mean spend of repeats."""
    rows = np.genfromtxt(CDNOW, delimiter=",", names=True)
    return {"x": rows["x"], "t_x": rows["t_x"], "T": rows["T"], "mean": rows["zbar"]}


def drawn_base(accounts: int) -> dict[str, np.ndarray]:
    """A base that behaves as CDNOW's parameters say, first bought in the first 12 of 39 weeks, times in whole days."""
    drawn = np.random.default_rng(SEED)
    rate = drawn.gamma(0.243, 1 / 4.414, accounts) / 7
    leaves = drawn.beta(0.793, 2.426, accounts)
    age = drawn.integers(27 * 7, 39 * 7, accounts).astype(float)
    x, last, now = np.zeros(accounts), np.zeros(accounts), np.zeros(accounts)
    active = np.arange(accounts)
    while len(active):
        now[active] += np.ceil(drawn.exponential(1 / rate[active]))
        active = active[now[active] <= age[active]]
        x[active] += 1
        last[active] = now[active]
        active = active[drawn.random(len(active)) >= leaves[active]]
    scale = drawn.gamma(3.74, 1 / 15.44, accounts)
    mean = np.where(x > 0, drawn.gamma(np.maximum(6.25 * x, 1)) / scale / np.maximum(x, 1), 0.0)
    return {"x": x, "t_x": last / 7, "T": age / 7, "mean": mean}


def fit_ours(base: dict[str, np.ndarray]) -> dict[str, float]:
    """The log-likelihoods that our fits reach."""
    from kam.value.models import bg_nbd, gamma_gamma
    from kam.value.models.histories import histories

    purchases = bg_nbd.fit(histories(base["x"], base["t_x"], base["T"]))
    spend = gamma_gamma.fit(base["x"], base["mean"])
    return {"purchases": purchases.log_likelihood, "spend": spend.log_likelihood}


def fit_peer(base: dict[str, np.ndarray]) -> dict[str, float]:
    """The log-likelihoods that the library's fits reach."""
    from lifetimes import BetaGeoFitter, GammaGammaFitter

    repeats = base["x"] > 0
    purchases = BetaGeoFitter().fit(base["x"], base["t_x"], base["T"])
    spend = GammaGammaFitter().fit(base["x"][repeats], base["mean"][repeats])
    # Its objective is the mean negative log-likelihood, of times that it scaled by a constant first.
    scaled_back = base["x"].sum() * np.log(purchases._scale)
    return {
        "purchases": -purchases._negative_log_likelihood_ * len(base["x"]) + scaled_back,
        "spend": -spend._negative_log_likelihood_ * int(repeats.sum()),
    }


def evaluate_once(base: dict[str, np.ndarray]) -> dict[str, float]:
    """Both log-likelihoods at CDNOW's estimates, row by row as printed in the papers."""
    from scipy.special import betaln, gammaln

    x, t_x, T, r, alpha, a, b = base["x"], base["t_x"], base["T"], 0.243, 4.414, 0.793, 2.426
    active = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + T)
    leaving = betaln(a + 1, b + np.maximum(x, 1) - 1) - betaln(a, b) - (r + x) * np.log(alpha + t_x)
    either = np.logaddexp(active, np.where(x > 0, leaving, -np.inf))
    purchases = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + either
    p, q, gamma = 6.25, 3.74, 15.44
    x, m = x[x > 0], base["mean"][x > 0]
    spend = gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(gamma) + p * x * np.log(x)
    spend += (p * x - 1) * np.log(m) - (p * x + q) * np.log(gamma + m * x)
    return {"purchases": float(purchases.sum()), "spend": float(spend.sum())}


def time_one(side: str, file: Path) -> dict[str, float]:
    """Processor seconds of one side, shortest of three below 100,000 rows, and the log-likelihoods it reaches."""
    base = dict(np.load(file))
    fit = {"ours": fit_ours, "peer": fit_peer, "floor": evaluate_once}[side]
    fit({name: values[:2000] for name, values in base.items()})  # imports and first calls stay outside
    seconds = []
    for _repeat in range(3 if len(base["x"]) < 100_000 else 1):
        started = time.process_time()
        found = fit(base)
        seconds.append(time.process_time() - started)
    return {"seconds": min(seconds), **found}


def time_apart(python: str, side: str, file: Path) -> dict[str, float] | None:
    """The same in a process of its own; None where the library cannot be imported there."""
    done = subprocess.run(
        [python, __file__, "--time", side, str(file)], capture_output=True, text=True, check=False, cwd=REPOSITORY
    )
    if done.returncode:
        if side == "peer" and "No module named 'lifetimes'" in done.stderr:
            return None
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def measure(sizes: Sequence[int] = SIZES, peer_python: str | None = None) -> list[Figure]:
    """Ours beside the library (where there is one) and beside one evaluation, at each size."""
    from benchmarks.figures import Figure

    python = peer_python or os.environ.get("LIFETIMES_PYTHON", sys.executable)
    figures = []
    for size in sizes:
        base = cdnow_base() if size == 2_357 and CDNOW.is_file() else drawn_base(size)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "base.npz"
            np.savez(file, **base)
            ours = time_apart(sys.executable, "ours", file)
            floor = time_apart(sys.executable, "floor", file)
            peer = time_apart(python, "peer", file)
        path = f"BG/NBD and Gamma–Gamma, {size:,} accounts"
        if peer is not None:
            for model in ("purchases", "spend"):
                # A lower summit would mean that we stopped too early and compare nothing.
                assert ours[model] > peer[model] - 0.1, (size, model, ours[model], peer[model])
            figures.append(Figure(path, ours["seconds"], "lifetimes 0.11.3", peer["seconds"], "at most 0.125"))
        figures.append(Figure(path, ours["seconds"], "its log-likelihoods once", floor["seconds"]))
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--peer-python")
    parser.add_argument("--time", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.time:
        side, file = arguments.time
        print(json.dumps(time_one(side, Path(file))))
        return
    from benchmarks.figures import show

    show(measure(arguments.sizes, arguments.peer_python))


if __name__ == "__main__":
    main()

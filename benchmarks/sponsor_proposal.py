"""The proposed assignment of 200 accounts to 60 executives, all five aims, beside one plain solve of fit alone."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.figures import Figure, seconds, show
from kam.sponsorship.assignment import Instance, best_assignment

ACCOUNTS, EXECUTIVES, CAP = 200, 60, 4


def instance(*, is_timed: bool) -> Instance:
    """Drawn fits with ties, today's sponsors, vetoes and locks; hours where is_timed."""
    draw = random.Random(2012)
    accounts, executives = [f"A{n:03}" for n in range(ACCOUNTS)], [f"E{n:02}" for n in range(EXECUTIVES)]
    pairs = [(a, e) for a in accounts for e in executives]
    locks = {a: executives[n % EXECUTIVES] for n, a in enumerate(accounts) if n % 10 == 0}
    vetoes = frozenset(p for p in draw.sample(pairs, 600) if locks.get(p[0]) != p[1])
    return Instance(
        accounts=accounts,
        caps=dict.fromkeys(executives, CAP),
        fit={pair: round(draw.uniform(0, 10), 1) for pair in pairs},
        weights={a: draw.choice([100, 200, 300, 400]) for a in accounts},
        today={a: draw.choice(executives) for a in accounts},
        vetoes=vetoes,
        locks=locks,
        hours={a: draw.choice([6, 23.5, 41]) for a in accounts} if is_timed else {},
        available={e: draw.choice([90, 130, 170]) for e in executives} if is_timed else {},
    )


def plain(given: Instance) -> None:
    """One solve: the best total fit within caps."""
    fit = np.array([[given.fit[a, e] for e in sorted(given.caps)] for a in given.accounts])
    at = np.arange(fit.size)
    once = csr_array((np.ones(fit.size), (at // EXECUTIVES, at)), shape=(ACCOUNTS, fit.size))
    caps = csr_array((np.ones(fit.size), (at % EXECUTIVES, at)), shape=(EXECUTIVES, fit.size))
    limits = np.concatenate([np.ones(ACCOUNTS), np.full(EXECUTIVES, CAP)])
    milp(
        -fit.ravel(),
        constraints=LinearConstraint(vstack([once, caps]), ub=limits),
        bounds=Bounds(0, 1),
        integrality=np.ones(fit.size),
    )


if __name__ == "__main__":
    peer = seconds(lambda: plain(instance(is_timed=False)), times=3)
    show(
        Figure(
            f"sponsor proposal, {ACCOUNTS} × {EXECUTIVES}, {told}",
            seconds(lambda timed=timed: best_assignment(instance(is_timed=timed)), times=3),
            "one solve of the total fit within caps (HiGHS)",
            peer,
            "about a second",
        )
        for told, timed in (("caps, vetoes, locks", False), ("with hours", True))
    )

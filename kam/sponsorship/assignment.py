"""The proposed assignment as an exact optimisation: who sponsors which account.

A generalised assignment problem, solved by HiGHS (scipy.optimize), one objective after the other, each
within the optimum of those before it:

1. coverage, weighted by the account's category;
2. total fit;
3. lowest maximum load (the larger of an executive's accounts over the cap and hours over those given, in thousandths);
4. fewest changes against today's sponsors;
5. ties by id: the first account in order of id has the first possible executive, then the second account …

All coefficients are whole numbers, so an optimum is exact and the same input gives the same proposal.
After each stage the pairs whose reduced cost exceeds the gap between the linear relaxation and the optimum
are left out: no optimal assignment uses them, and what remains for the later stages is small.
"""

from __future__ import annotations

from kam.sponsorship.instance import FIT_STEPS, HOUR_STEPS, LOAD_STEPS, Instance, Relaxation, Solution
from kam.sponsorship.model import Model

__all__ = [
    "FIT_STEPS",
    "HOUR_STEPS",
    "LOAD_STEPS",
    "Instance",
    "Relaxation",
    "Solution",
    "best_assignment",
    "smallest_relaxation",
]


def best_assignment(instance: Instance) -> Solution:
    """The best assignment within the caps and hours; accounts beyond them stay uncovered.

    Raises RuleBroken where the locks contradict the caps or vetoes.
    """
    model = Model(instance, with_room=False)
    model.minimise(-model.coverage())
    model.minimise(-model.fit())
    model.minimise(model.maximum_load())
    model.minimise(-model.kept())
    model.break_ties()
    return model.solution()


def smallest_relaxation(instance: Instance) -> Relaxation:
    """What more executives would have to take to cover what can be covered: the fewest accounts beyond the caps, then
    the fewest hours beyond those given.

    Among equally small relaxations the one with the better total fit, then the lower load, then ties by id.
    """
    model = Model(instance, with_room=True)
    model.minimise(-model.coverage())
    model.minimise(model.extra())
    model.minimise(model.extra_hours())
    model.minimise(-model.fit())
    model.minimise(model.maximum_load())
    model.break_ties()
    return model.relaxation()

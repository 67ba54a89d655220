"""A benchmark round's way through the committee, for tests that need a round that can be closed.

decided(store, who, 2025, on=DAY) takes an open, rated round through rated, compared and decided with one decision.
"""

from __future__ import annotations

from datetime import date

from kam import benchmarking
from kam.access import Person
from kam.store import Store


def decided(store: Store, who: Person, year: int, *, on: date, decision: str = "Train operations") -> None:
    """Rated, compared, one decision, decided: all on one day."""
    benchmarking.enter_phase(store, year, "rated", minutes="As they are.", as_of=on, who=who)
    benchmarking.enter_phase(store, year, "compared", minutes="Discussed.", as_of=on, who=who)
    benchmarking.decide_in_round(
        store,
        year,
        step="managers",
        decision=decision,
        owner="Ole",
        due_on=on.replace(year=on.year + 1),
        as_of=on,
        who=who,
    )
    benchmarking.enter_phase(store, year, "decided", minutes="Taken.", as_of=on, who=who)

"""The benchmark rounds of the story: last year's closed, this year's open and half rated."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from kam import benchmarking
from kam.access import Person
from kam.demonstration import inputs
from kam.store import Store

_STREAM = 200
_HALF_WAY = 0.4


def hold_last_year(store: Store, until: date, *, who: Person) -> None:
    """Open, rate by several people, and close the round of the year before the ledger's last."""
    year = until.year - 1
    closed_on = date(year, 11, 28)
    opened_on = closed_on - timedelta(days=30)
    story = inputs.benchmark()
    rng = np.random.default_rng([year, _STREAM])
    benchmarking.open_round(store, year, opened_on=opened_on, who=who)
    for rater in story["raters"][:2]:
        _rate(store, year, rater, story["last_year"], opened_on + timedelta(days=10), 1.0, rng, who)
    conclusions = " ".join(story["conclusions"].split())
    benchmarking.close_round(store, year, closed_on=closed_on, conclusions=conclusions, expected_version=1, who=who)


def open_this_year(store: Store, until: date, *, who: Person) -> None:
    """Open this year's round; the first rater is through, the second half-way."""
    year = until.year
    story = inputs.benchmark()
    rng = np.random.default_rng([year, _STREAM])
    now = {name: mean + story["progress"][name] for name, mean in story["last_year"].items()}
    opened_on = until - timedelta(days=20)
    benchmarking.open_round(store, year, opened_on=opened_on, who=who)
    _rate(store, year, story["raters"][0], now, until - timedelta(days=6), 1.0, rng, who)
    _rate(store, year, story["raters"][2], now, until - timedelta(days=2), _HALF_WAY, rng, who)


def _rate(
    store: Store, year: int, rater: str, means: dict[str, float], day: date, share: float, rng, who: Person
) -> None:
    """One rater's marks around each dimension's mean; the higher ones come with dated evidence."""
    evidence = inputs.benchmark()["evidence"]
    given = []
    for dimension in benchmarking.instrument().dimensions:
        for item in dimension.items:
            if rng.random() > share:
                continue
            mark = int(np.clip(np.round(means[dimension.dimension_id] + rng.normal(0, 0.5)), 0, 4))
            has_evidence = mark >= 2 and rng.random() < 0.85
            given.append(
                benchmarking.Rating(
                    item.item_id,
                    mark,
                    str(rng.choice(evidence)) if has_evidence else None,
                    day - timedelta(days=int(rng.integers(5, 150))) if has_evidence else None,
                )
            )
    benchmarking.rate(store, year, given, rater=rater, as_of=day, who=who)

"""What a cost model may not state: rules between its parts, each broken one as its place and a clause."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import pairwise

from kam.units import day
from kam.value.cost_model import CostModel, Pool
from kam.words import _

Place = tuple[str | int, ...]


def broken(model: CostModel) -> Iterator[tuple[Place, str, str]]:
    """(place in the file, clause, reason) of every broken rule, in the order of the file."""
    pools = {pool.pool_id: pool for pool in model.pools}
    for number, pool in enumerate(model.pools):
        if [other.pool_id for other in model.pools].index(pool.pool_id) < number:
            yield ("pool", number, "id"), _("{id} names two pools").format(id=pool.pool_id), "duplicate_key"
        yield from _broken_periods(number, pool)
    for number, activity in enumerate(model.activities):
        if [other.activity_code for other in model.activities].index(activity.activity_code) < number:
            clause = _("{code} names two activities").format(code=activity.activity_code)
            yield ("activity", number, "code"), clause, "duplicate_key"
        pool = pools.get(activity.pool_id)
        if pool is None:
            yield ("activity", number, "pool"), _no_such_pool(activity.pool_id, list(pools)), "unknown_pool"
        elif pool.is_business_sustaining:
            clause = _("the pool {pool} is business-sustaining and is never charged to an account").format(
                pool=pool.pool_id
            )
            yield ("activity", number, "pool"), clause, "not_charged"


def _broken_periods(number: int, pool: Pool) -> Iterator[tuple[Place, str, str]]:
    for at, period in enumerate(pool.periods):
        place = ("pool", number, "period", at)
        if period.period_to < period.period_from:
            clause = _("to lies before from: {to} is earlier than {start}").format(
                to=day(period.period_to), start=day(period.period_from)
            )
            yield (*place, "to"), clause, "out_of_range"
        if period.practical_capacity_minutes is None and not pool.is_business_sustaining:
            clause = _(
                "practical_capacity_minutes is missing; only a pool with business_sustaining = true does without"
            )
            yield (*place, "practical_capacity_minutes"), clause, "missing"
    ordered = sorted(enumerate(pool.periods), key=lambda numbered: numbered[1].period_from)
    for (_at, earlier), (at, later) in pairwise(ordered):
        if later.period_from <= earlier.period_to:
            clause = _("the period from {start} overlaps the one that ends on {end}").format(
                start=day(later.period_from), end=day(earlier.period_to)
            )
            yield ("pool", number, "period", at, "from"), clause, "overlap"


def _no_such_pool(pool_id: str, known: list[str]) -> str:
    near = get_close_matches(pool_id, known, n=1)
    if near:
        return _("there is no pool {pool}; did you mean {near}?").format(pool=pool_id, near=near[0])
    return _("there is no pool {pool}; the pools here are {known}").format(pool=pool_id, known=", ".join(known))

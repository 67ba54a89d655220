"""What a cost model may not state: rules between its parts, each broken one as its place and a clause."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from itertools import pairwise

from kam.units import day
from kam.value.cost_model import Activity, CostModel, Pool
from kam.value.time_equation import COUNTS, FLAGS, lowest_minutes, volume_of
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
        yield from _broken_equation(number, activity)


def _broken_equation(number: int, activity: Activity) -> Iterator[tuple[Place, str, str]]:
    """Terms that the facts cannot count, and equations that some event would take below 0."""
    is_counted = True
    for at, term in enumerate(activity.terms):
        place = ("activity", number, "term", at)
        if (term.by is None) == (term.kind == "product"):
            is_counted = False
            clause = _("a product needs by, its second factor, and other terms have none")
            yield (*place, "by"), clause, "missing" if term.kind == "product" else "bad_value"
        elif volume_of(activity.driver, term) is None:
            is_counted = False
            yield (*place, "of"), _uncounted(activity.driver, term.kind), "unknown_variable"
    if not is_counted or not activity.terms:
        return
    lowest = lowest_minutes(activity)
    if lowest is None:
        clause = _("the time equation of {code} falls below 0 as its counts grow: a coefficient is too far below 0")
        yield ("activity", number, "term"), clause.format(code=activity.activity_code), "negative_minutes"
    elif lowest < 0:
        clause = _("the time equation of {code} can give {minutes:f} minutes; no event takes less than 0")
        yield (
            ("activity", number, "term"),
            clause.format(code=activity.activity_code, minutes=lowest),
            "negative_minutes",
        )


def _uncounted(driver: str, kind: str) -> str:
    if kind == "count":
        return _("a count is one of {counts}, other than its own driver, or activity:CODE").format(
            counts=", ".join(COUNTS)
        )
    if kind == "flag":
        return _("a flag is {flags} (of an order or a line) or activity:CODE; the driver {driver} has no other").format(
            flags=" or ".join(FLAGS), driver=driver
        )
    return _(
        "a product is of one order: a flag (rush, return) with lines, rush_lines, return_lines or the other flag, "
        "for an activity whose driver is orders"
    )


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

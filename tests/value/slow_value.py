"""Margin, cost to serve, contribution and lifetime value by loops over every line and activity.

Rates are exact fractions until they are rounded as the readings say they are: a rate to 8 decimals, minutes to 4, a
cost to the cent per account, activity and stretch of days with unchanged rates.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise

from kam import value
from kam.store import Store
from tests.ledgers.boundary_ledger import CENT, Ledger, edge_days, group_of, line_cost, months_back

LEDGER_DRIVERS = ("orders", "lines", "rush_lines", "return_lines")


@dataclass(frozen=True)
class Work:
    """One recorded activity."""

    account_id: str
    activity_code: str
    occurred_on: date
    quantity: Decimal
    minutes: Decimal | None


def draw_model(seed: int, as_of: date, *, has_gap: bool) -> value.CostModel:
    """Three pools whose periods change at and beside the window's edges and in the middle of months."""
    rng = random.Random(f"model {seed} {as_of}")
    days = edge_days(as_of)
    pools = []
    for number in range(3):
        cuts = sorted(rng.sample(days, k=rng.randint(2, 4)))
        if not has_gap:
            cuts = [date(2015, 1, 1), *cuts, date(2040, 1, 1)]
        periods = [
            value.Period(
                period_from=start,
                period_to=end - timedelta(days=1),
                cost=Decimal(rng.randint(0, 10**9)).scaleb(-2),
                practical_capacity_minutes=Decimal(rng.randint(1, 10**8)).scaleb(-2),
            )
            for start, end in pairwise(cuts)
        ]
        pools.append(value.Pool(pool_id=f"pool{number}", name=f"Pool {number}", source="drawn", periods=periods))
    head_office = value.Period(
        period_from=as_of - timedelta(days=100), period_to=as_of + timedelta(days=33), cost=Decimal("1000.01")
    )
    pools.append(
        value.Pool(
            pool_id="office", name="Head office", source="drawn", is_business_sustaining=True, periods=[head_office]
        )
    )
    drivers = [*LEDGER_DRIVERS, "activities", "activities"]
    activities = [
        value.Activity(
            activity_code=f"{driver}-{number}",
            name=f"Work {number}",
            pool_id=f"pool{rng.randrange(3)}",
            driver=driver,
            unit_minutes=Decimal(rng.randint(0, 500000)).scaleb(-4),
            source="drawn",
        )
        for number, driver in enumerate(drivers)
    ]
    head = value.Head(name="Drawn", valid_from=date(2010, 1, 1), source="drawn")
    return value.CostModel(head=head, pools=pools, activities=activities)


def draw_work(seed: int, as_of: date, accounts: list[str]) -> list[Work]:
    """Activities at the window's edges: some measured, some under codes that no model names."""
    rng = random.Random(f"work {seed} {as_of}")
    days = edge_days(as_of)
    return [
        Work(
            rng.choice(accounts),
            rng.choice(["activities-4", "activities-5", "lines-1", "unheard-of"]),
            rng.choice(days),
            Decimal(rng.randint(-9999, 99999)).scaleb(-4),
            rng.choice([None, None, Decimal(rng.randint(0, 99999)).scaleb(-2)]),
        )
        for _ in range(60)
    ]


def fill_work(store: Store, who, work: list[Work]) -> None:
    """Put activities into the store."""
    rows = [(w.account_id, w.activity_code, w.occurred_on, w.quantity, w.minutes) for w in work]
    columns = ["account_id", "activity_code", "occurred_on", "quantity", "minutes"]
    store.write(
        lambda tx: tx.insert_many("ledgers.activities", columns, rows),
        who=who,
        action="draw",
        subject=("test", "activities"),
    )


def stretch_of(model: value.CostModel, day: date, as_of: date) -> date:
    """The first day of the stretch with unchanged rates that a day lies in."""
    first = months_back(as_of, 12) + timedelta(days=1)
    cuts = {first}
    for pool in model.pools:
        for period in pool.periods:
            if period.period_to >= first and period.period_from <= as_of:
                cuts |= {period.period_from, period.period_to + timedelta(days=1)}
    return max(cut for cut in cuts if cut <= day)


def period_of(model: value.CostModel, pool_id: str, day: date) -> value.Period | None:
    """The period of a pool that holds a day."""
    pool = next(pool for pool in model.pools if pool.pool_id == pool_id)
    return next((p for p in pool.periods if p.period_from <= day <= p.period_to), None)


def rate_of(period: value.Period) -> Decimal:
    """Cost per minute, to 8 decimals."""
    return rounded(Fraction(period.cost) / Fraction(period.practical_capacity_minutes), 8)


def rounded(amount: Fraction, places: int) -> Decimal:
    """Half up, for amounts of 0 and more."""
    scaled = Fraction(2 * amount * 10**places + 1, 2)
    return Decimal(scaled.numerator // scaled.denominator).scaleb(-places)


def events(model: value.CostModel, ledger: Ledger, work: list[Work], as_of: date):
    """(account, activity, day, quantity, measured minutes or None) of everything that costs something."""
    start = months_back(as_of, 12)
    lines = [line for line in ledger.lines if start < line.order_date <= as_of]
    first_days: dict[tuple[str, str], date] = {}
    for line in lines:
        if line.net_revenue > 0:
            key = (line.account_id, line.order_id)
            first_days[key] = min(first_days.get(key, line.order_date), line.order_date)
    for activity in model.activities:
        if activity.driver == "orders":
            for (account, _order), day in first_days.items():
                yield account, activity, day, Decimal(1), None
        elif activity.driver == "activities":
            for one in work:
                if one.activity_code == activity.activity_code and start < one.occurred_on <= as_of:
                    yield one.account_id, activity, one.occurred_on, one.quantity, one.minutes
        else:
            for line in lines:
                is_return = line.quantity < 0 or line.net_revenue < 0
                if {"lines": True, "rush_lines": bool(line.is_rush), "return_lines": is_return}[activity.driver]:
                    yield line.account_id, activity, line.order_date, Decimal(1), None


def costs(
    model: value.CostModel, ledger: Ledger, work: list[Work], as_of: date
) -> dict[tuple[str, str], Decimal | None]:
    """(account, activity code) -> cost; None where a part of the minutes has no rate."""
    stretches: dict[tuple, list] = {}
    for account, activity, day, quantity, measured in events(model, ledger, work, as_of):
        key = (account, activity.activity_code, stretch_of(model, day, as_of))
        sums = stretches.setdefault(key, [activity, Decimal(0), Decimal(0), Decimal(0)])
        sums[1] += quantity
        if measured is None:
            sums[2] += quantity
        else:
            sums[3] += measured
    found: dict[tuple[str, str], Decimal | None] = {}
    for (account, code, stretch), (activity, quantity, unmeasured, measured) in stretches.items():
        if quantity == 0 and measured == 0:
            continue
        minutes = (unmeasured * activity.unit_minutes).quantize(Decimal("0.0001"), ROUND_HALF_UP) + measured
        period = period_of(model, activity.pool_id, stretch)
        key = (account, code)
        if period is None or found.get(key, Decimal(0)) is None:
            found[key] = None
        else:
            cost = (minutes * rate_of(period)).quantize(CENT, ROUND_HALF_UP)
            found[key] = found.get(key, Decimal("0.00")) + cost
    return found


def pool_costs(model: value.CostModel, as_of: date) -> dict[str, Decimal]:
    """Each pool's cost in the window: every period's cost by its share of days inside."""
    first = months_back(as_of, 12) + timedelta(days=1)
    found: dict[str, Decimal] = {}
    for pool in model.pools:
        for period in pool.periods:
            inside = (min(period.period_to, as_of) - max(period.period_from, first)).days + 1
            if inside > 0:
                days = (period.period_to - period.period_from).days + 1
                share = rounded(Fraction(period.cost) * inside / days, 2)
                found[pool.pool_id] = found.get(pool.pool_id, Decimal("0.00")) + share
    return found


def margins(ledger: Ledger, as_of: date, assumed_rate: Decimal | None) -> dict[str, tuple[Decimal | None, bool]]:
    """account -> (margin or None, is estimated), for accounts with a line in the window."""
    start = months_back(as_of, 12)
    found = {}
    for account in ledger.parents:
        lines = [line for line in ledger.lines if line.account_id == account and start < line.order_date <= as_of]
        if not lines:
            continue
        known = [(line, line_cost(line, ledger.costs)) for line in lines]
        uncosted = [line for line, cost in known if cost is None]
        margin = sum((line.net_revenue - cost for line, cost in known if cost is not None), Decimal("0.00"))
        if uncosted and assumed_rate is None:
            found[account] = (None, False)
        else:
            revenue = sum((line.net_revenue for line in uncosted), Decimal("0.00"))
            assumed = (revenue * (assumed_rate or 0)).quantize(CENT, ROUND_HALF_UP)
            found[account] = (margin + assumed, bool(uncosted))
    return found


def measures(
    ledger: Ledger,
    work: list[Work],
    model: value.CostModel | None,
    as_of: date,
    level: str,
    *,
    assumed_rate: Decimal | None,
    multiple: Decimal,
) -> dict[str, dict]:
    """account or group -> margin_12m, cost_to_serve_12m, contribution_12m, lifetime_value, is_margin_estimated."""
    unit_of = {a: group_of(a, ledger.parents) if level == "group" else a for a in ledger.parents}
    account_margins = margins(ledger, as_of, assumed_rate)
    account_costs = costs(model, ledger, work, as_of) if model else {}
    found = {}
    for unit in set(unit_of.values()):
        members = [account for account, its_unit in unit_of.items() if its_unit == unit]
        has_lines = any(line.account_id in members and line.order_date <= as_of for line in ledger.lines)
        of_members = [account_margins[account] for account in members if account in account_margins]
        margin = _total([margin for margin, _estimated in of_members]) if has_lines else None
        served = [cost for (account, _code), cost in account_costs.items() if account in members]
        cost = _total(served) if has_lines and model else None
        contribution = None if margin is None or cost is None else margin - cost
        found[unit] = {
            "margin_12m": margin,
            "cost_to_serve_12m": cost,
            "contribution_12m": contribution,
            "lifetime_value": None if contribution is None else (contribution * multiple).quantize(CENT, ROUND_HALF_UP),
            "is_margin_estimated": any(estimated for _margin, estimated in of_members),
        }
    return found


def _total(amounts: list[Decimal | None]) -> Decimal | None:
    return None if None in amounts else sum(amounts, Decimal("0.00"))

"""The cost model of the demonstration company: departments as large as the work of each year needed them."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from kam import value
from kam.access import Person
from kam.demonstration import inputs
from kam.demonstration.days import months_before
from kam.demonstration.facts import Facts
from kam.errors import RuleBroken
from kam.store import Store


def cost_model(facts: Facts) -> value.CostModel:
    """Pools by calendar year, staffed so that about the stated share of their capacity was used."""
    costs = inputs.dealings()["costs"]
    years = range(facts.first.year, facts.until.year + 1)
    used = {year: _minutes_by_pool(facts, year) for year in years}
    pools = []
    for pool in costs["pool"]:
        for number, year in enumerate(years):
            start, end = max(facts.first, date(year, 1, 1)), date(year, 12, 31)
            days = (end - start).days + 1
            worked = (min(end, facts.until) - start).days + 1
            rise = (1 + costs["rise"]) ** number
            row = {
                "id": pool["pool_id"],
                "name": pool["name"],
                "source": f"Management accounts {year}",
                "from": start,
                "to": end,
            }
            if "business_sustaining" in pool:
                row |= {"business_sustaining": True, "cost": round(pool["business_sustaining"] * rise * days / 365)}
            else:
                yearly = used[year].get(pool["pool_id"], 0.0) / worked * 365
                heads = max(1, math.ceil(yearly / (costs["minutes_per_head"] * costs["utilisation"])))
                row |= {
                    "cost": round(heads * pool["cost_per_head"] * rise * days / 365),
                    "practical_capacity_minutes": round(heads * costs["minutes_per_head"] * days / 365),
                }
            pools.append(row)
    activities = [
        {
            "code": activity["activity_code"],
            "name": activity["name"],
            "pool": activity["pool_id"],
            "driver": activity["driver"],
            "unit_minutes": activity["unit_minutes"],
            "source": "Time study, operations",
        }
        for activity in costs["activity"]
    ]
    terms = [
        {"activity": activity["activity_code"]} | term
        for activity in costs["activity"]
        for term in activity.get("term", ())
    ]
    head = {"name": "Cost to serve", "from": facts.first, "source": "Controlling, with operations"}
    return value.read_cost_model(value.written_cost_model(head, pools, activities, terms), "cost model")


def trace(store: Store, facts: Facts, *, who: Person) -> None:
    """The direct costs of the story, of the year to the ledger's end, and bonuses that leave the invoice price."""
    numbers = dict(zip(map(str, facts.base.name), map(str, facts.base.account_id), strict=True))
    for entry in inputs.dealings()["direct_cost"]:
        if entry["account"] in numbers:
            cost = value.DirectCost(
                numbers[entry["account"]],
                entry["kind"],
                entry["description"],
                facts.until - timedelta(days=364),
                facts.until,
                Decimal(entry["amount"]),
                entry["source"],
                entry.get("within_pool"),
            )
            value.record_direct_costs(store, [cost], reason=entry["reason"], who=who)


def act(store: Store, facts: Facts, day: date, *, who: Person) -> None:
    """Decide and close the loss-maker actions whose day it is; an account that is not in the story is passed over.

    What the functions refuse (an effect that cannot be told in a very small company) stays undone.
    """
    numbers = dict(zip(map(str, facts.base.name), map(str, facts.base.account_id), strict=True))
    owners = dict(zip(map(str, facts.base.account_id), map(str, facts.base.owner), strict=True))
    for entry in inputs.dealings()["cost_action"]:
        account_id = numbers.get(entry["account"])
        decided_on = months_before(facts.until, entry["decided_months"])
        if account_id is None or decided_on != day:
            continue
        try:
            action_id = value.decide_action(
                store,
                account_id,
                entry["kind"],
                what=entry["what"],
                owner=owners[account_id],
                due_on=months_before(facts.until, entry["due_months"]),
                expected_amount=Decimal(entry["expected"]),
                decided_on=decided_on,
                reason=entry["reason"],
                who=who,
            )
        except RuleBroken:
            continue
        if "closed_months" in entry:
            value.close_cost_action(
                store,
                action_id,
                outcome=entry["outcome"],
                notes=entry["notes"],
                closed_on=months_before(facts.until, entry["closed_months"]),
                who=who,
            )


def _minutes_by_pool(facts: Facts, year: int) -> dict[str, float]:
    """Minutes of each pool that the facts of one calendar year used."""
    lines = facts.lines
    chosen = lines.order_date.astype("datetime64[Y]") == np.datetime64(str(year))
    returned = lines.quantity[chosen] < 0
    counted = {
        "orders": len(set(lines.order_id[chosen][~returned].tolist())),
        "lines": int(chosen.sum()),
        "rush_lines": int(lines.is_rush[chosen].sum()),
        "return_lines": int(returned.sum()),
    }
    # The terms of the story's time equations: rush orders, and their lines.
    rush_orders = set(lines.order_id[chosen & lines.is_rush].tolist())
    of_rush = {
        "orders": len(rush_orders),
        "lines": sum(order_id in rush_orders for order_id in lines.order_id[chosen].tolist()),
    }
    done = next(columns for table, _label, columns in facts.tables if table == "activities")
    of_year = done["occurred_on"].astype("datetime64[Y]") == np.datetime64(str(year))
    minutes: dict[str, float] = {}
    for activity in inputs.dealings()["costs"]["activity"]:
        if activity["driver"] == "activities":
            own = of_year & (done["activity_code"] == activity["activity_code"])
            # Where minutes were measured they stand in for the standard.
            spent = np.ma.filled(done["minutes"][own], np.nan)
            worked = np.where(np.isnan(spent), done["quantity"][own] * activity["unit_minutes"], spent).sum()
        else:
            worked = counted[activity["driver"]] * activity["unit_minutes"]
        worked += sum(term["minutes"] * of_rush[term.get("by", "orders")] for term in activity.get("term", ()))
        minutes[activity["pool_id"]] = minutes.get(activity["pool_id"], 0.0) + float(worked)
    return minutes

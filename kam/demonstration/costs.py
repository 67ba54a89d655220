"""The cost model of the demonstration company: departments as large as the work of each year needed them."""

from __future__ import annotations

import math
from datetime import date

import numpy as np

from kam import value
from kam.demonstration import inputs
from kam.demonstration.facts import Facts


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
    head = {"name": "Cost to serve", "from": facts.first, "source": "Controlling, with operations"}
    return value.read_cost_model(value.written_cost_model(head, pools, activities), "cost model")


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
        minutes[activity["pool_id"]] = minutes.get(activity["pool_id"], 0.0) + float(worked)
    return minutes

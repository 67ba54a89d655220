"""What the account teams state of the future: judgements, initiatives, relational value and scenarios kept."""

from __future__ import annotations

from datetime import timedelta

from kam import value
from kam.access import Person
from kam.demonstration import inputs
from kam.demonstration.facts import Facts
from kam.store import Store

# Days before the ledger's end on which the teams sat together.
_STATED_DAYS = 40


def state_forecasts(store: Store, facts: Facts, members: list[tuple[str, dict]], *, who: Person) -> None:
    """Judge, plan and keep for the key accounts (id, what the story says of each). In a small programme some is left out."""
    told = inputs.forecasts()
    stated_on = facts.until - timedelta(days=_STATED_DAYS)
    owners = dict(zip(map(str, facts.base.account_id), map(str, facts.base.owner), strict=True))
    ids = [account_id for account_id, _member in members]
    for at, account_id in enumerate(ids):
        for number, (factor, findings) in enumerate(told["risk"].items()):
            # Every third judgement is still to be made: that is what the scorecard shows as unknown.
            if (at + number) % 3:
                evidence, rating = findings[(at + 2 * number) % len(findings)]
                value.rate_risk(store, account_id, factor, rating, evidence=evidence, rated_on=stated_on, who=who)
    for row in (one for one in told["initiative"] if one["at"] < len(ids)):
        account_id = ids[row["at"]]
        starts_on = facts.until + timedelta(days=row["starts_days"])
        planned = value.Initiative(
            row["title"],
            *row["profit"],
            starts_on,
            starts_on + timedelta(days=365 * row["years"]),
            row["probability"],
            owners[account_id],
            row["source"],
        )
        value.plan_initiative(store, account_id, planned, stated_on=stated_on, who=who)
    for row in (one for one in told["relational"] if one["at"] < len(ids)):
        known = {name: row[name] for name in ("amount", "probability", "causal_line", "evidence") if name in row}
        value.rate_relational(store, ids[row["at"]], row["kind"], row["rating"], rated_on=stated_on, who=who, **known)
    changes = {"drop_size_share", "rush_fee_amount", "rush_share", "price_share", "volume_share"}
    for row in (one for one in told["scenario"] if one["at"] < len(ids)):
        change = value.WhatIf(
            **{name: row[name] for name in changes if name in row}, follows_orders=tuple(row.get("follows_orders", ()))
        )
        effect = value.what_if(store, facts.until, ids[row["at"]], change, has_forecast=False, for_whom=who)
        value.keep_scenario(store, row["name"], effect, note=row["note"], who=who)

"""Adopting a cost model, and what was adopted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from kam.access import Person
from kam.errors import BadInput
from kam.segments import months_back
from kam.store import Condition, Rows, Store, Transaction
from kam.value.cost_model import Activity, CostModel, Head, Period, Pool, Term
from kam.value.cost_model_file import read_cost_model
from kam.value.time_equation import volume_of
from kam.words import _

STARTER = Path(__file__).resolve().parents[2] / "data" / "cost_models" / "starter.toml"


@dataclass(frozen=True)
class AdoptedCostModel:
    """A cost model with its decision. adopted_at: UTC."""

    model_id: int
    model: CostModel
    reason: str
    adopted_by: str
    adopted_at: datetime


def adopt_cost_model(
    store: Store, model: CostModel, *, reason: str, who: Person, op_id: str | None = None
) -> int | None:
    """Adopt a checked model from its date on; returns its number (None for a double click).

    A model for the same date replaces the earlier one for that date; both stay on record. Raises BadInput without a
    reason.
    """
    if not reason.strip():
        raise BadInput(_("Say why this cost model is adopted."), reason="missing", field="reason")

    def change(tx: Transaction) -> int:
        model_id = tx.next_number("value.cost_models", "model_id")
        tx.insert(
            "value.cost_models",
            model_id=model_id,
            name=model.name,
            valid_from=model.valid_from,
            source=model.source,
            reason=reason.strip(),
            adopted_by=who.name,
            adopted_at=tx.now,
        )
        tx.insert_many("value.cost_pools", _POOL_COLUMNS, _pool_rows(model_id, model))
        tx.insert_many("value.cost_activities", _ACTIVITY_COLUMNS, _activity_rows(model_id, model))
        tx.insert_many("value.cost_terms", _TERM_COLUMNS, _term_rows(model_id, model))
        tx.note(model_id=model_id)
        return model_id

    return store.write(
        change,
        who=who,
        action="adopt cost model",
        subject=("cost model", model.name),
        op_id=op_id,
        details={
            "name": model.name,
            "valid_from": model.valid_from,
            "source": model.source,
            "reason": reason.strip(),
            "pools": len(model.pools),
            "activities": len(model.activities),
        },
    )


def adopted_cost_model(store: Store, as_of: date) -> AdoptedCostModel | None:
    """The cost model in force on as_of, with its decision; None where there is none."""
    row = store.one("value.cost_model_in_force", {"as_of": as_of})
    if row is None:
        return None
    of_model = [Condition("model_id", "=", row["model_id"])]
    pools: dict[str, list[dict]] = {}
    for pool in store.read("value.cost_pools", where=of_model, order_by=[("position", False), ("period_from", False)]):
        pools.setdefault(pool["pool_id"], []).append(pool)
    activities = store.read("value.cost_activities", where=of_model, order_by=[("position", False)])
    terms: dict[str, list[Term]] = {}
    for term in store.read("value.cost_terms", where=of_model, order_by=[("position", False)]):
        stated = Term(
            kind=term["kind"],
            of=term["variable"],
            by=term["by_variable"],
            minutes=term["minutes"],
            name=term["name"],
        )
        terms.setdefault(term["activity_code"], []).append(stated)
    model = CostModel(
        head=Head(name=row["name"], valid_from=row["valid_from"], source=row["source"]),
        pools=tuple(_pool(periods) for periods in pools.values()),
        activities=tuple(
            Activity(
                **{key: activity[key] for key in _ACTIVITY_COLUMNS[2:]},
                terms=tuple(terms.get(activity["activity_code"], ())),
            )
            for activity in activities
        ),
    )
    return AdoptedCostModel(row["model_id"], model, row["reason"], row["adopted_by"], row["adopted_at"])


def cost_model_adoptions(store: Store) -> Rows:
    """Every adopted model, newest decision first."""
    return store.read("value.cost_models", order_by=[("model_id", True)])


def open_days(model: CostModel, as_of: date) -> dict[str, int]:
    """Pool name to the days of (as_of − 12 months, as_of] that no period of it holds, for pools that have such days."""
    first = months_back(as_of, 12) + timedelta(days=1)
    charged = [pool for pool in model.pools if not pool.is_business_sustaining]
    return {pool.name: days for pool in charged if (days := pool.uncovered_days(first, as_of))}


def starter_cost_model(as_of: date) -> CostModel:
    """The model to start from (data/cost_models/starter.toml), its two years moved to those of the window of as_of."""
    shipped = read_cost_model(STARTER.read_bytes(), STARTER.name)
    last = max(period.period_to.year for pool in shipped.pools for period in pool.periods)

    def moved(day: date) -> date:
        return day.replace(year=day.year - last + as_of.year)

    pools = [
        pool.model_copy(
            update={
                "periods": tuple(
                    period.model_copy(
                        update={"period_from": moved(period.period_from), "period_to": moved(period.period_to)}
                    )
                    for period in pool.periods
                )
            }
        )
        for pool in shipped.pools
    ]
    head = shipped.head.model_copy(update={"valid_from": moved(shipped.valid_from)})
    return shipped.model_copy(update={"head": head, "pools": tuple(pools)})


_POOL_COLUMNS = [
    "model_id",
    "position",
    "pool_id",
    "name",
    "period_from",
    "period_to",
    "cost_amount",
    "practical_capacity_minutes",
    "is_business_sustaining",
    "source",
]
_ACTIVITY_COLUMNS = ["model_id", "position", "activity_code", "name", "pool_id", "driver", "unit_minutes", "source"]

_TERM_COLUMNS = [
    "model_id",
    "activity_code",
    "position",
    "kind",
    "variable",
    "by_variable",
    "volume",
    "minutes",
    "name",
]


def _pool_rows(model_id: int, model: CostModel) -> list[tuple]:
    return [
        (
            model_id,
            position,
            pool.pool_id,
            pool.name,
            period.period_from,
            period.period_to,
            period.cost,
            period.practical_capacity_minutes,
            pool.is_business_sustaining,
            pool.source,
        )
        for position, pool in enumerate(model.pools)
        for period in pool.periods
    ]


def _activity_rows(model_id: int, model: CostModel) -> list[tuple]:
    return [
        (model_id, position, *(getattr(activity, column) for column in _ACTIVITY_COLUMNS[2:]))
        for position, activity in enumerate(model.activities)
    ]


def _term_rows(model_id: int, model: CostModel) -> list[tuple]:
    return [
        (
            model_id,
            activity.activity_code,
            position,
            term.kind,
            term.of,
            term.by,
            volume_of(activity.driver, term),
            term.minutes,
            term.name,
        )
        for activity in model.activities
        for position, term in enumerate(activity.terms, 1)
    ]


def _pool(rows: list[dict]) -> Pool:
    first = rows[0]
    return Pool(
        pool_id=first["pool_id"],
        name=first["name"],
        is_business_sustaining=first["is_business_sustaining"],
        source=first["source"],
        periods=tuple(
            Period(
                period_from=row["period_from"],
                period_to=row["period_to"],
                cost=row["cost_amount"],
                practical_capacity_minutes=row["practical_capacity_minutes"],
            )
            for row in rows
        ),
    )

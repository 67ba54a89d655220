"""One account manager: levels against the demand of the accounts held, bias, and where training pays most."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import parameters
from kam.access import Person
from kam.errors import NotFound
from kam.managers.competencies import CompetencyModel, competency_model
from kam.managers.gaps import Fit, fit, gap, priority
from kam.store import Condition, Store
from kam.words import _


@dataclass(frozen=True)
class Profile:
    """A manager on a day.

    person: their row of managers.load; accounts: their rows of managers.holdings with lifetime_value; fit: against the
    demand of those accounts; competencies: a row per competency with competency, name, required_level, weight,
    self_level, others_median, other_count, actual_level, gap_levels, bias_levels, is_biased, last_rated_on, priority;
    value_at_stake: lifetime value of the accounts held, reporting currency, None where one is unknown;
    ratings: the latest of each rater.
    """

    as_of: date
    model: CompetencyModel
    person: dict[str, Any]
    accounts: list[dict[str, Any]]
    fit: Fit
    competencies: list[dict[str, Any]]
    value_at_stake: float | None
    ratings: list[dict[str, Any]]


def profile(store: Store, manager_id: str, as_of: date, *, for_whom: Person) -> Profile:
    """A manager's profile on a day. Raises NotFound for nobody on record."""
    this = [Condition("manager_id", "=", manager_id)]
    person = store.one("managers.load", {"as_of": as_of}, where=this)
    if person is None:
        raise NotFound(
            _("There is no account manager {manager_id}: check the id, or import account managers first.").format(
                manager_id=manager_id
            ),
            reason="unknown_manager",
        )
    model = competency_model()
    accounts = _with_value(
        store,
        store.read("managers.holdings", {"as_of": as_of}, where=this, order_by=[("name", False)]).records(),
        as_of,
    )
    demand = model.demand(account["category"] for account in accounts)
    values = [account["lifetime_value"] for account in accounts]
    at_stake = float(sum(values)) if values and None not in values else None
    rated = {row["competency"]: row for row in store.read("managers.competency_levels", {"as_of": as_of}, where=this)}
    least_bias = parameters.value_at(store, "managers.bias_at_least", as_of).value
    competencies = [
        _competency(
            c.competency_id, c.name, demand.get(c.competency_id), rated.get(c.competency_id, {}), at_stake, least_bias
        )
        for c in model.competencies
    ]
    ratings = store.read(
        "managers.rating_list",
        {"as_of": as_of},
        where=this,
        order_by=[("competency", False), ("rater_kind", False), ("rater", False)],
    ).records()
    actual = {row["competency"]: row["actual_level"] for row in competencies}
    return Profile(as_of, model, person, accounts, fit(demand, actual), competencies, at_stake, ratings)


def lacking(store: Store, as_of: date, *, for_whom: Person) -> list[dict[str, Any]]:
    """A row per manager who holds key accounts and has not left, by name: what they lack against those, no sums.

    Columns: manager_id, name, gap_names (competencies below the demand), unknown_names (not rated by enough others),
    bias_names (seen otherwise by oneself), required_count (0: the categories held are unknown).
    """
    model, levels = competency_model(), competency_rows(store, as_of)
    least_bias = parameters.value_at(store, "managers.bias_at_least", as_of).value
    categories: dict[str, list[str | None]] = {}
    for row in store.read("managers.holdings", {"as_of": as_of}, where=[Condition("manager_id", "is_known")]):
        categories.setdefault(row["manager_id"], []).append(row["category"])
    people = store.read(
        "managers.load", {"as_of": as_of}, where=[Condition("has_left", "=", False)], order_by=[("name", False)]
    )
    found = []
    for person in people:
        if person["manager_id"] not in categories:
            continue
        demand, rated = model.demand(categories[person["manager_id"]]), levels.get(person["manager_id"], {})
        rows = [
            _competency(
                c.competency_id, c.name, demand.get(c.competency_id), rated.get(c.competency_id, {}), None, least_bias
            )
            for c in model.competencies
        ]
        found.append(
            {
                "manager_id": person["manager_id"],
                "name": person["name"],
                "gap_names": [row["name"] for row in rows if row["gap_levels"]],
                "unknown_names": [row["name"] for row in rows if row["actual_level"] is None],
                "bias_names": [row["name"] for row in rows if row["is_biased"]],
                "required_count": len(demand),
            }
        )
    return found


def competency_rows(store: Store, as_of: date) -> dict[str, dict[str, dict[str, Any]]]:
    """manager_id → competency → its row of managers.competency_levels."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in store.read("managers.competency_levels", {"as_of": as_of}):
        found.setdefault(row["manager_id"], {})[row["competency"]] = row
    return found


def _competency(
    competency: str, name: str, required: Any, rated: dict[str, Any], at_stake: float | None, least_bias: float | None
) -> dict[str, Any]:
    actual, bias = rated.get("actual_level"), rated.get("bias_levels")
    missing = gap(required.level, actual) if required else None
    return {
        "competency": competency,
        "name": name,
        "required_level": required.level if required else None,
        "weight": required.weight if required else None,
        "self_level": rated.get("self_level"),
        "others_median": rated.get("others_median"),
        "other_count": rated.get("other_count", 0),
        "actual_level": actual,
        "gap_levels": missing,
        "bias_levels": bias,
        "is_biased": None if bias is None or least_bias is None else abs(bias) >= least_bias,
        "last_rated_on": rated.get("last_rated_on"),
        "priority": priority(missing, required.weight, at_stake) if required else None,
    }


def _with_value(store: Store, accounts: list[dict[str, Any]], as_of: date) -> list[dict[str, Any]]:
    ids = tuple(account["account_id"] for account in accounts)
    values = {}
    if ids:
        found = store.page(
            "programme.account_list",
            {"as_of": as_of, "level": "account"},
            columns=("account_id", "lifetime_value"),
            where=[Condition("account_id", "one_of", ids)],
        )
        values = dict(found.rows)
    return [account | {"lifetime_value": values.get(account["account_id"])} for account in accounts]

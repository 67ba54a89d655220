"""Who could manage one account: everybody on record, whatever their background, by gap against what it requires.

The list serves one account. It is no ranking of people: levels are kept for their development.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kam.access import Person
from kam.errors import NotFound
from kam.managers.competencies import competency_model
from kam.managers.gaps import fit
from kam.managers.languages import spoken
from kam.store import Condition, Store
from kam.words import _


def candidates(store: Store, account_id: str, as_of: date, *, for_whom: Person) -> list[dict[str, Any]]:
    """A row per manager on record who has not left, the smallest known gap first, unknown last, then by name.

    Columns: manager_id, name, background, weighted_gap, readiness, least_gap, known_count, required_count (of what the
    account's category requires), gap_names (competencies below it), has_room (also with this account; None where no
    limit is known), speaks (a language of its country), is_near (same region), account_count, hours_needed,
    hours_given, account_cap, presence, is_manager (manages it now). Raises NotFound for an account that is no key
    account on as_of.
    """
    account = store.one("managers.holdings", {"as_of": as_of}, where=[Condition("account_id", "=", account_id)])
    if account is None:
        raise NotFound(
            _("{account_id} is not a key account on this day: admit it first.").format(account_id=account_id),
            reason="not_key_account",
            field="account_id",
        )
    demand = competency_model().demand([account["category"]])
    levels = actual_levels(store, as_of)
    found = []
    for person in store.read("managers.load", {"as_of": as_of}, where=[Condition("has_left", "=", False)]):
        actual = levels.get(person["manager_id"], {})
        is_manager = person["manager_id"] == account["manager_id"]
        found.append(
            person
            | vars(fit(demand, actual))
            | {
                "gap_names": [
                    c.name
                    for c in competency_model().competencies
                    if c.competency_id in demand
                    and actual.get(c.competency_id) is not None
                    and actual[c.competency_id] < demand[c.competency_id].level
                ],
                "has_room": _has_room(person, 0 if is_manager else account["hours"] or 0, is_manager=is_manager),
                "speaks": spoken(account["country"], person["languages"]),
                "is_near": _is_near(account, person),
                "is_manager": is_manager,
            }
        )
    unknown = float("inf")
    return sorted(
        found,
        key=lambda row: (unknown if row["weighted_gap"] is None else row["weighted_gap"], row["name"]),
    )


def actual_levels(store: Store, as_of: date) -> dict[str, dict[str, float | None]]:
    """manager_id → competency → actual level (None: rated, but not by enough others)."""
    found: dict[str, dict[str, float | None]] = {}
    for row in store.read("managers.competency_levels", {"as_of": as_of}):
        found.setdefault(row["manager_id"], {})[row["competency"]] = row["actual_level"]
    return found


def _has_room(person: Mapping[str, Any], hours: float, *, is_manager: bool) -> bool | None:
    cap, given = person["account_cap"], person["hours_given"]
    if cap is None and given is None:
        return None
    accounts = person["account_count"] + (0 if is_manager else 1)
    taken = person["hours_needed"] + person["covered_hours"] + hours
    return (cap is None or accounts <= cap) and (given is None or taken <= given)


def _is_near(account: Mapping[str, Any], person: Mapping[str, Any]) -> bool | None:
    here = {(account[name] or "").strip().casefold() for name in ("region", "country")} - {""}
    there = (person["region"] or "").strip().casefold()
    return there in here if here and there else None

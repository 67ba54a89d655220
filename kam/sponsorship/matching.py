"""Gathering what the fit is judged by: key accounts, their counterparts, our executives, recorded contacts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import parameters
from kam.access import Person
from kam.sponsorship.fit import (
    PARTS,
    AccountProfile,
    ExecutiveProfile,
    Fit,
    FitRules,
    counterpart_level,
    fit,
    title_function,
)
from kam.store import Condition, Store


@dataclass(frozen=True)
class Matching:
    """Fits of accounts × executives on a day, by (account_id, executive_id)."""

    as_of: date
    fits: dict[tuple[str, str], Fit]

    def points(self, account_id: str, executive_id: str) -> float | None:
        """The fit in points 0–10; None where it is unknown or the executive is not on record."""
        found = self.fits.get((account_id, executive_id))
        return found.points if found else None


def rules_at(store: Store, as_of: date) -> FitRules:
    """The fit's weights and scales on a day; a weight adopted as unknown counts nothing."""
    held = {name: p.value for name, p in parameters.all_at(store, as_of).items()}
    return FitRules(
        weights={part: held.get(f"sponsorship.fit_weight_{part}") or 0.0 for part in PARTS},
        points_lost_per_level=held.get("sponsorship.fit_points_lost_per_level") or 0.0,
        contacts_for_all_points=held.get("sponsorship.fit_contacts_for_all_points") or 1.0,
    )


def match(store: Store, account_ids: Iterable[str], as_of: date, *, for_whom: Person) -> Matching:
    """The fit of every executive on record for these accounts."""
    rules = rules_at(store, as_of)
    accounts = _account_profiles(store, list(account_ids), as_of)
    executives = [
        ExecutiveProfile(
            executive_id=row["executive_id"],
            level=row["level"],
            region=row["region"],
            industries=row["industries"] or (),
            languages=row["languages"] or (),
            function=title_function(row["title"]),
        )
        for row in store.read("ledgers.executives", order_by=[("executive_id", False)])
    ]
    return Matching(as_of, {(a.account_id, e.executive_id): fit(a, e, rules) for a in accounts for e in executives})


def candidates(store: Store, account_id: str, as_of: date, *, for_whom: Person) -> list[dict[str, Any]]:
    """Every executive on record who has not left, for an account: those without a veto first, then the best fit, then
    the lighter load, then by id.

    Keys: executive_id, name, title, fit (points, None where unknown), each part of PARTS (points, None where unknown
    or left out), account_count, cap, load_state, veto (its kind, None without one).
    """
    matching = match(store, [account_id], as_of, for_whom=for_whom)
    in_office = [Condition("is_on_record", "=", True), Condition("left_on", "is_missing")]
    load = store.read("sponsorship.executive_load", {"as_of": as_of}, where=in_office)
    of_account = [Condition("account_id", "=", account_id)]
    vetoed = store.read("sponsorship.vetoed_pairs", {"as_of": as_of}, where=of_account, order_by=[("veto_id", True)])
    vetoes = {row["executive_id"]: row["kind"] for row in vetoed}
    found = []
    for row in load:
        fit_here = matching.fits.get((account_id, row["executive_id"]))
        parts = fit_here.parts if fit_here else {}
        found.append(
            {name: row[name] for name in ("executive_id", "name", "title", "account_count", "cap", "load_state")}
            | {"fit": fit_here.points if fit_here else None, "veto": vetoes.get(row["executive_id"])}
            | {part: parts.get(part) for part in PARTS}
        )
    return sorted(
        found, key=lambda c: (c["veto"] is not None, -(c["fit"] or 0.0), c["account_count"], c["executive_id"])
    )


def _account_profiles(store: Store, account_ids: list[str], as_of: date) -> list[AccountProfile]:
    among = [Condition("account_id", "one_of", account_ids)]
    titles: dict[str, list[tuple[str | None, str | None]]] = {}
    for row in store.read("ledgers.contacts", columns=("account_id", "title", "role"), where=among):
        titles.setdefault(row["account_id"], []).append((row["title"], row["role"]))
    contacts: dict[str, dict[str, int]] = {}
    months = parameters.value_at(store, "sponsorship.fit_contact_months", as_of).value
    if months is not None:
        for row in store.read("sponsorship.executive_contacts", {"as_of": as_of, "months": int(months)}, where=among):
            contacts.setdefault(row["account_id"], {})[row["executive_id"]] = row["contact_count"]
    agenda: dict[str, list[str]] = {}
    development: dict[str, dict[str, float]] = {}
    for row in store.read("sponsorship.fit_fact_list", {"as_of": as_of}, where=among):
        if row["kind"] == "agenda":
            agenda[row["account_id"]] = row["functions"] or []
        elif row["points"] is not None:
            development.setdefault(row["account_id"], {})[row["executive_id"]] = row["points"]
    found = store.read("ledgers.accounts", columns=("account_id", "industry", "region", "country"), where=among)
    return [
        AccountProfile(
            account_id=row["account_id"],
            industry=row["industry"],
            region=row["region"],
            country=row["country"],
            counterpart_level=counterpart_level(titles.get(row["account_id"], [])),
            contacts=contacts.get(row["account_id"]),
            agenda=agenda.get(row["account_id"], ()),
            development=development.get(row["account_id"], {}),
        )
        for row in found
    ]

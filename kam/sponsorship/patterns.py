"""Patterns worth a conversation: habits that empty a sponsorship of its sense, each in a sentence. No rule is broken.

The failures that practitioners name: calendar theatre (contacts without brief or outcome), wrong altitude, escalations
alone, churn of sponsors, sponsor inflation, nothing planned (METHOD 2.3; Geehan Group; Capon & Senn 2021).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import parameters
from kam.access import Person
from kam.sponsorship.fit import DECIDERS, title_level
from kam.store import Store
from kam.words import _, several

# Below the level of a director nobody decides on the direction of a relationship.
DECISION_LEVEL = 1


@dataclass(frozen=True)
class Pattern:
    """A habit. kind: unbriefed, no_outcome, wrong_altitude, escalations_only, sponsor_changes, none_planned,
    sponsor_inflation; account_id: None where it is about an executive alone.
    """

    kind: str
    account_id: str | None
    executive_id: str
    message: str


@dataclass(frozen=True)
class Limits:
    """months: looked back; share: of contacts from which a habit is named; at_least: contacts below which none is."""

    months: int
    share: float
    at_least: int


def patterns(store: Store, as_of: date, *, for_whom: Person) -> list[Pattern]:
    """Every pattern on as_of: accounts first, by name, then executives."""
    held = parameters.all_at(store, as_of)
    if not all(f"sponsorship.habit_{name}" in held for name in ("months", "share", "contacts_at_least")):
        return []
    limits = Limits(
        int(held["sponsorship.habit_months"].value or 0),
        held["sponsorship.habit_share"].value or 0.0,
        int(held["sponsorship.habit_contacts_at_least"].value or 0),
    )
    met: dict[str, list[Mapping[str, Any]]] = {}
    for row in store.read("sponsorship.people_met", {"as_of": as_of}, order_by=[("contact_id", False)]):
        met.setdefault(row["account_id"], []).append(row)
    habits = store.read(
        "sponsorship.contact_habits", {"as_of": as_of}, order_by=[("name", False), ("account_id", False)]
    )
    found = [p for row in habits for p in of_account(row, met.get(row["account_id"], []), limits)]
    load = store.read("sponsorship.executive_load", {"as_of": as_of}, order_by=[("name", False)])
    return found + [p for row in load for p in _of_executive(row)]


def of_account(row: Mapping[str, Any], met: Sequence[Mapping[str, Any]], limits: Limits) -> list[Pattern]:
    """The patterns of a row of sponsorship.contact_habits with the people its sponsor met."""
    held, told = row["held_count"], {"account": row["name"], "executive": row["executive_name"]}
    # A contact whose day is past was planned, and nobody said what became of it.
    due = held + row["unnoted_count"]
    sentences = {}
    if held >= limits.at_least and row["unbriefed_count"] >= limits.share * held:
        sentences["unbriefed"] = _(
            "{account}: {part} of {all} contacts of {executive} were held without a brief."
        ).format(part=row["unbriefed_count"], all=held, **told)
    if row["unnoted_count"] and row["unnoted_count"] >= limits.share * due:
        sentences["no_outcome"] = _(
            "{account}: what came of {part} of {all} contacts of {executive} is not known."
        ).format(part=row["unnoted_count"], all=due, **told)
    if held >= limits.at_least and row["escalation_count"] >= max(limits.share, 0.5) * held:
        sentences["escalations_only"] = _(
            "{account}: {part} of {all} contacts of {executive} were escalations; a sponsor is more than a fire brigade."
        ).format(part=row["escalation_count"], all=held, **told)
    if lower := _below_decision(met):
        sentences["wrong_altitude"] = _(
            "{account}: {executive} has met only people below decision level ({people})."
        ).format(people=", ".join(lower), **told)
    if row["change_count"]:
        sentences["sponsor_changes"] = several(
            "{{account}}: the sponsor changed {count} time within {{months}} months.",
            "{{account}}: the sponsor changed {count} times within {{months}} months.",
            row["change_count"],
        ).format(months=limits.months, **told)
    if row["is_cadence_set"] and row["next_planned_on"] is None:
        sentences["none_planned"] = _("{account}: no contact of {executive} is planned.").format(**told)
    return [Pattern(kind, row["account_id"], row["executive_id"], said) for kind, said in sentences.items()]


def _below_decision(met: Sequence[Mapping[str, Any]]) -> list[str]:
    """The names where everybody met is known to stand below decision level, else none."""
    for person in met:
        level = title_level(person["title"])
        is_decider = (person["role"] or "").strip().casefold() in DECIDERS
        # An unknown title proves nothing against the visit.
        if is_decider or level is None or level >= DECISION_LEVEL:
            return []
    return [person["name"] for person in met]


def _of_executive(row: Mapping[str, Any]) -> list[Pattern]:
    if row["load_state"] not in ("over_cap", "over_hard_cap") and row["hours_state"] != "over_hours":
        return []
    said = _("{executive} stands behind {count} accounts: more than there is time for.").format(
        executive=row["name"], count=row["account_count"]
    )
    return [Pattern("sponsor_inflation", None, row["executive_id"], said)]

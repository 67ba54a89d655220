"""The indices of a stakeholder map: coverage, support, effective threads, single thread, blind spots.

Formulas: stakeholder map of the methodology (coverage Σ influence × active / Σ influence; support Σ influence × attitude /
(2 Σ influence); effective threads 1 / Σ share², the inverse of the Herfindahl index, over people of ours).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import parameters
from kam.store import Store

# What a contact strength counts as: an order with equal steps, a judgement.
STRENGTH_POINTS = {"no_contact": 0, "brief": 1, "several": 2, "in_depth": 3}


@dataclass(frozen=True)
class Stakeholders:
    """An account's people on a day. None: unknown.

    contacts, threads: rows of the relations of these names. coverage: share of influence that is in touch, 0 to 1.
    support: −1 (all hostile) to 1 (all advocates). threads_count: as if that many of ours held the account in equal
    parts. largest_share: of all contact strength, held by holder. is_single_thread: largest_share is above the limit.
    blind_spots: names of influential contacts who are not in touch.
    """

    as_of: date
    contacts: list[dict[str, Any]]
    threads: list[dict[str, Any]]
    coverage: float | None
    support: float | None
    threads_count: float | None
    largest_share: float | None
    holder: str | None
    is_single_thread: bool | None
    blind_spots: tuple[str, ...]
    without_influence: int


def coverage(people: Iterable[tuple[int | None, bool]]) -> float | None:
    """Share of influence that is in touch, from (influence, is active) pairs; None where no influence is known."""
    known = [(influence, active) for influence, active in people if influence is not None]
    total = sum(influence for influence, _active in known)
    return sum(influence for influence, active in known if active) / total if total else None


def support(people: Iterable[tuple[int | None, int | None]]) -> float | None:
    """Influence-weighted attitude in −1 … 1, from (influence, attitude −2 … 2) pairs, of those whose both are known."""
    known = [(i, a) for i, a in people if i is not None and a is not None]
    total = sum(influence for influence, _attitude in known)
    return sum(influence * attitude for influence, attitude in known) / (2 * total) if total else None


def shares(threads: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Our people's shares of all contact strength, from (our person, strength) pairs; empty where there is none."""
    points: dict[str, float] = {}
    for person, strength in threads:
        points[person] = points.get(person, 0) + STRENGTH_POINTS.get(strength, 0)
    total = sum(points.values())
    return {person: held / total for person, held in points.items() if held} if total else {}


def effective_threads(held: Mapping[str, float]) -> float | None:
    """1 / Σ share²; None without a share."""
    return 1 / sum(share * share for share in held.values()) if held else None


def stakeholders(store: Store, account_id: str, as_of: date) -> Stakeholders:
    """The people of an account and what they come to on a day."""
    from kam.relationships.contacts import of_account

    contacts = of_account(store, account_id, as_of)
    threads = store.read(
        "relationships.threads",
        {"as_of": as_of, "of_account": account_id},
        order_by=[("contact_name", False), ("our_person", False)],
    ).records()
    here = [row for row in contacts if row["is_here"]]
    held = shares((row["our_person"], row["strength"]) for row in threads)
    holder = max(held, key=lambda person: (held[person], person)) if held else None
    limit = parameters.value_at(store, "relationships.single_thread_share", as_of).value
    return Stakeholders(
        as_of=as_of,
        contacts=contacts,
        threads=threads,
        coverage=coverage((row["influence"], row["is_active"]) for row in here),
        support=support((row["influence"], row["attitude"]) for row in here),
        threads_count=effective_threads(held),
        largest_share=held[holder] if holder else None,
        holder=holder,
        is_single_thread=None if holder is None or limit is None else held[holder] > limit,
        blind_spots=tuple(row["name"] for row in here if row["is_blind_spot"]),
        without_influence=sum(row["influence"] is None for row in here),
    )

"""The audit chain: one event per write, in the same transaction, each hashed over the one before.

A changed or removed event breaks the chain behind it; that the newest events are missing shows only
where the head is kept outside (in backups, in print).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kam.store.store import Store

GENESIS = "0" * 64
_COLUMNS = (
    "event_id",
    "happened_at",
    "person_id",
    "person_name",
    "action",
    "subject_kind",
    "subject_id",
    "details",
    "previous_hash",
    "hash",
)


@dataclass(frozen=True)
class AuditEvent:
    """Who did what to which record, when; details as given at the time."""

    event_id: int
    happened_at: datetime
    person_id: str
    person_name: str
    action: str
    subject_kind: str
    subject_id: str
    details: dict[str, Any]


def link(previous_hash: str, event: tuple) -> str:
    """The hash of an event (its columns up to details) behind the previous one."""
    text = json.dumps([previous_hash, *map(str, event)], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def events(
    store: Store, *, subject_kind: str | None = None, subject_id: str | None = None, limit: int = 200
) -> list[AuditEvent]:
    """The newest events first, of one record or of all."""
    from kam.store.reading import Condition

    where = []
    if subject_kind is not None:
        where.append(Condition("subject_kind", "=", subject_kind))
    if subject_id is not None:
        where.append(Condition("subject_id", "=", subject_id))
    found = store.read("store.audit_events", where=where, order_by=[("event_id", True)], limit=limit)
    return [
        AuditEvent(
            event_id=row["event_id"],
            happened_at=row["happened_at"],
            person_id=row["person_id"],
            person_name=row["person_name"],
            action=row["action"],
            subject_kind=row["subject_kind"],
            subject_id=row["subject_id"],
            details=json.loads(row["details"]),
        )
        for row in found
    ]


def broken_links(store: Store) -> list[int]:
    """The event_ids at which the chain does not hold; empty where it does."""
    broken = []
    previous, expected_id = GENESIS, 1
    for row in store.read("store.audit_events", columns=_COLUMNS, order_by=[("event_id", False)]).rows:
        if row[0] != expected_id or row[-2] != previous or row[-1] != link(previous, row[:-2]):
            broken.append(row[0])
        previous, expected_id = row[-1], row[0] + 1
    return broken

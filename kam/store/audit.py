"""The audit chain: one event per write, in the same transaction, each hashed over the one before.

A changed or removed event breaks the chain behind it; that the newest events are missing shows only
where the head is kept outside (in backups, in print).

What an event says of a person may have to go (privacy): `redact` empties its details and leaves its hash, and the
event that does so carries the hash of what is left. So the chain still holds, and shows who redacted what and when.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kam.store.store import Store
    from kam.store.writing import Transaction

GENESIS = "0" * 64
REDACTED = "redacted_events"
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


def redact(tx: Transaction, text_hash: str, by: str) -> int:
    """Replace the details of the events whose details have this SHA-256; returns how many.

    The event of the running write vouches for what is left of them: without it the chain would not hold.
    """
    from kam.store.reading import Condition

    vouched = {}
    for row in tx.read("store.audit_events", columns=_COLUMNS, where=[Condition("details", "is_known")]).rows:
        if hashlib.sha256(row[7].encode()).hexdigest() != text_hash:
            continue
        left = json.dumps({"redacted": by}, ensure_ascii=False)
        tx.update("store.audit_events", {"event_id": row[0]}, {"details": left})
        vouched[str(row[0])] = link(row[-2], (*row[:7], left))
    if vouched:
        tx.note(**{REDACTED: vouched})
    return len(vouched)


def broken_links(store: Store) -> list[int]:
    """The event_ids at which the chain does not hold; empty where it does.

    An event whose details were redacted holds where a later event vouches for what is left of it.
    """
    broken = []
    previous, expected_id = GENESIS, 1
    rows = store.read("store.audit_events", columns=_COLUMNS, order_by=[("event_id", False)]).rows
    vouched = _vouched(rows)
    for row in rows:
        own = link(previous, row[:-2])
        is_whole = row[-1] == own or any(left == own and by > row[0] for left, by in vouched.get(row[0], ()))
        if row[0] != expected_id or row[-2] != previous or not is_whole:
            broken.append(row[0])
        previous, expected_id = row[-1], row[0] + 1
    return broken


def _vouched(rows: list[tuple]) -> dict[int, list[tuple[str, int]]]:
    """event_id of a redacted event → (hash of what is left of it, event_id of the event that says so)."""
    found: dict[int, list[tuple[str, int]]] = {}
    for row in rows:
        if REDACTED in row[7]:
            for event_id, left in json.loads(row[7]).get(REDACTED, {}).items():
                found.setdefault(int(event_id), []).append((left, row[0]))
    return found

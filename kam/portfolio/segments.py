"""Saved segments: a set of conditions under a name, all of which an account has to meet; they filter every page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam.access import Person
from kam.errors import BadInput, NotFound, Refusal
from kam.portfolio.segment_keys import catalogue, condition_of, told
from kam.portfolio.tags import name_of
from kam.store import Condition, Store, Transaction
from kam.store.writing import as_json
from kam.words import _

MOST_CONDITIONS = 12
_TABLE = "portfolio.saved_segments"


@dataclass(frozen=True)
class SavedSegment:
    """A segment. conditions: {"key": …, "is": …, "value": …} each."""

    name: str
    conditions: tuple[dict[str, Any], ...]
    saved_on: date
    saved_by: str


def saved_segments(store: Store) -> list[SavedSegment]:
    """The segments there are now, by name; the definition saved last counts."""
    latest: dict[str, dict] = {}
    for row in store.read(_TABLE, order_by=[("segment_id", False)]):
        latest[row["name"].casefold()] = row
    return [
        SavedSegment(row["name"], tuple(json.loads(row["conditions"])), row["saved_on"], row["saved_by"])
        for _key, row in sorted(latest.items())
        if not row["is_withdrawn"]
    ]


def segment_named(store: Store, name: str) -> SavedSegment:
    """The segment of this name. Raises NotFound that names those there are."""
    known = saved_segments(store)
    for segment in known:
        if segment.name.casefold() == name.strip().casefold():
            return segment
    raise NotFound(
        _("There is no segment {name}: it is one of {known}, or save it first.").format(
            name=name, known=", ".join(s.name for s in known) or _("none so far")
        ),
        reason="unknown_segment",
        field="name",
    )


def conditions_of(store: Store, conditions: Sequence[Mapping[str, Any]], as_of: date) -> list[Condition]:
    """The conditions of a segment on the account_id of any relation, as of a day.

    Raises BadInput for no condition, too many, an unknown key, comparison or value.
    """
    if not conditions or len(conditions) > MOST_CONDITIONS:
        raise BadInput(
            _("A segment needs at least one condition.")
            if not conditions
            else _("A segment has at most {most} conditions.").format(most=MOST_CONDITIONS),
            reason="conditions",
            field="conditions",
        )
    keys = catalogue(store)
    made = []
    for condition in conditions:
        key = condition.get("key") if isinstance(condition, Mapping) else None
        if key not in keys:
            raise BadInput(
                _("A segment cannot ask for {key}: it asks for {known}.").format(key=key, known=", ".join(keys)),
                reason="unknown_key",
                field="key",
            )
        made.append(condition_of(keys[key], str(condition.get("is")), condition.get("value"), as_of))
    return made


def told_segment(store: Store, conditions: Sequence[Mapping[str, Any]]) -> str:
    """A segment's conditions in words; a key that no longer exists is named as it stands."""
    keys = catalogue(store)
    return "; ".join(
        told(keys[c["key"]], c["is"], c.get("value")) if c["key"] in keys else str(c["key"]) for c in conditions
    )


def size_of(store: Store, conditions: Sequence[Mapping[str, Any]], as_of: date) -> int:
    """How many accounts are in the segment on a day. Raises as `conditions_of`."""
    where = conditions_of(store, conditions, as_of)
    return store.page("portfolio.owners", {"as_of": as_of}, where=where, columns=("account_id",), limit=1).total


def listed_segments(store: Store, as_of: date) -> list[dict[str, Any]]:
    """Every saved segment with `told`, its conditions in words, and `size`, its accounts on a day.

    One that asks for what is gone (a field, a value) has no size and tells what is wrong with it.
    """
    found = []
    for segment in saved_segments(store):
        try:
            size, told_as = size_of(store, segment.conditions, as_of), told_segment(store, segment.conditions)
        except Refusal as refusal:
            size, told_as = None, refusal.message
        found.append(vars(segment) | {"told": told_as, "size": size})
    return found


def save_segment(
    store: Store,
    name: str,
    conditions: Sequence[Mapping[str, Any]],
    *,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> str | None:
    """Save a segment under a name, replacing one of the same name; returns the name. Raises as `conditions_of`."""
    name = name_of(name, _("Name the segment."), field="name")
    conditions_of(store, conditions, as_of)
    return _write(store, name, conditions, is_withdrawn=False, as_of=as_of, who=who, op_id=op_id)


def withdraw_segment(store: Store, name: str, *, as_of: date, who: Person, op_id: str | None = None) -> str | None:
    """Take a segment out of use; it stays on file. Raises NotFound for an unknown one."""
    held = segment_named(store, name)
    return _write(store, held.name, held.conditions, is_withdrawn=True, as_of=as_of, who=who, op_id=op_id)


def _write(
    store: Store,
    name: str,
    conditions: Sequence[Mapping[str, Any]],
    *,
    is_withdrawn: bool,
    as_of: date,
    who: Person,
    op_id: str | None,
) -> str | None:
    document = as_json([dict(condition) for condition in conditions])

    def change(tx: Transaction) -> str:
        tx.insert(
            _TABLE,
            segment_id=tx.next_number(_TABLE, "segment_id"),
            name=name,
            conditions=document,
            is_withdrawn=is_withdrawn,
            saved_on=as_of,
            saved_by=who.name,
            saved_at=tx.now,
        )
        return name

    return store.write(
        change,
        who=who,
        action="withdraw segment" if is_withdrawn else "save segment",
        subject=("segment", name),
        op_id=op_id,
        details={"conditions": document},
    )

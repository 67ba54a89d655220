"""Handovers: an account's knowledge passes on when its manager or sponsor changes, and stays the company's.

A handover is open from the day of the change on, because the reading managers.handover_list sees the change; its record
is written by the appointment that caused it, or with the first word about it. It is closed when every item of the
checklist is done, or has its reason not to be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.managers.appointing import open_record
from kam.managers.checklist import checklist, checklist_of
from kam.managers.record import short, words
from kam.store import Condition, Store, Transaction
from kam.words import _, several

MARKS = ("done", "not_needed", "open")
_LONGEST_LESSONS = 20_000


@dataclass(frozen=True)
class Handover:
    """A handover on a day. row: of managers.handover_list; items: a row per item of its checklist with item_id, text,
    state (done, not_needed, open), note, marked_on, marked_by.
    """

    row: dict[str, Any]
    items: list[dict[str, Any]]

    @property
    def open_count(self) -> int:
        """How many items are neither done nor settled with a reason."""
        return sum(item["state"] == "open" for item in self.items)


def handover_of(store: Store, source: str, as_of: date, *, for_whom: Person) -> Handover:
    """A handover by the change that it comes from (`appointment:3`). Raises NotFound."""
    row = store.one("managers.handover_list", {"as_of": as_of}, where=[Condition("source", "=", source)])
    if row is None:
        raise _unknown(source)
    if row["handover_id"] is None:
        template = checklist(row["changed_on"])
        marks: dict[str, dict[str, Any]] = {}
    else:
        record = store.one("managers.handovers", where=[Condition("handover_id", "=", row["handover_id"])])
        template = checklist_of(record["checklist_version"])
        marks = _marks(
            store.read(
                "managers.handover_marks",
                where=[Condition("handover_id", "=", row["handover_id"]), Condition("marked_on", "<=", as_of)],
                order_by=[("marked_on", False), ("mark_id", False)],
            ).records()
        )
    nothing = {"state": "open", "note": "", "marked_on": None, "marked_by": None}
    shown = ("state", "note", "marked_on", "marked_by")
    items = [
        {"item_id": item_id, "text": text} | {name: marks.get(item_id, nothing)[name] for name in shown}
        for item_id, text in template.items.items()
    ]
    return Handover(row, items)


def mark(
    store: Store,
    source: str,
    item_id: str,
    *,
    state: str,
    note: str = "",
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Say that an item is done, not needed (with the reason), or open again; returns the handover's id.

    The first word opens the record. Raises NotFound for an unknown handover or item, BadInput for another state or a
    missing reason, RuleBroken for a handover that is closed or a day before the change.
    """
    if state not in MARKS:
        raise BadInput(
            _("{state} is not a state of an item: choose one of {states}.").format(
                state=state, states=", ".join(MARKS)
            ),
            field="state",
        )
    note = short(note, "note")
    if state == "not_needed":
        note = words(note, _("Say why this item is not needed: the reason is kept with the handover."), "note")

    def change(tx: Transaction) -> int:
        handover_id, record = _opened(tx, source, as_of)
        template = checklist_of(record["checklist_version"])
        if item_id not in template.items:
            raise NotFound(
                _("The checklist has no item {item}: reload the page.").format(item=item_id),
                reason="unknown_item",
                field="item_id",
            )
        if as_of < record["changed_on"] and not source.startswith("import:"):
            raise RuleBroken(
                _("The change was on {day}: work on its handover from that day on.").format(
                    day=units.day(record["changed_on"])
                ),
                reason="before_change",
                field="as_of",
            )
        tx.insert(
            "managers.handover_marks",
            mark_id=tx.next_number("managers.handover_marks", "mark_id"),
            handover_id=handover_id,
            item_id=item_id,
            state=state,
            note=note,
            marked_on=as_of,
            marked_by=who.name,
            marked_at=tx.now,
        )
        return handover_id

    return store.write(
        change,
        who=who,
        action="mark handover item",
        subject=("handover", source),
        op_id=op_id,
        details={"item_id": item_id, "state": state, "note": note, "marked_on": as_of},
    )


def close_handover(
    store: Store, source: str, *, lessons: str, as_of: date, who: Person, op_id: str | None = None
) -> int | None:
    """Close a handover on as_of with what was learned; returns the days it took.

    Raises NotFound, BadInput without lessons, RuleBroken while an item is open, while nobody has taken over, where it is
    closed already, and for a day before an item was settled.
    """
    lessons = words(
        lessons,
        _("Write what was learned about this account: it is what the next one will look for."),
        "lessons",
        longest=_LONGEST_LESSONS,
    )

    def change(tx: Transaction) -> int:
        handover_id, record = _opened(tx, source, as_of)
        marked = tx.read(
            "managers.handover_marks",
            where=[Condition("handover_id", "=", handover_id)],
            order_by=[("marked_on", False), ("mark_id", False)],
        ).records()
        _check_settled(record, marked, as_of)
        row = tx.read(
            "managers.handover_list", arguments={"as_of": as_of}, where=[Condition("source", "=", source)], limit=1
        ).records()[0]
        if row["to_name"] is None and tx.one("programme.members", {"account_id": record["account_id"]}):
            raise RuleBroken(
                _("Nobody takes over from {name} yet: a handover is closed once somebody does.").format(
                    name=record["from_name"]
                ),
                reason="nobody_takes_over",
                field="source",
            )
        tx.update(
            "managers.handovers",
            {"handover_id": handover_id},
            {
                "state": "closed",
                "closed_on": as_of,
                "lessons": lessons,
                "closed_by": who.name,
                "to_name": row["to_name"],
            },
        )
        return max(0, (as_of - record["changed_on"]).days)

    return store.write(
        change,
        who=who,
        action="close handover",
        subject=("handover", source),
        op_id=op_id,
        details={"closed_on": as_of, "lessons": lessons},
    )


def _opened(tx: Transaction, source: str, as_of: date) -> tuple[int, dict[str, Any]]:
    """The record of a handover, opened now where nobody has worked on it yet. Raises NotFound, RuleBroken."""
    record = tx.one("managers.handovers", {"source": source})
    if record is None:
        row = next(
            iter(
                tx.read(
                    "managers.handover_list",
                    arguments={"as_of": as_of},
                    where=[Condition("source", "=", source)],
                    limit=1,
                )
            ),
            None,
        )
        if row is None:
            raise _unknown(source)
        # Who takes over may still change while the account is vacant: it is written when the handover is closed.
        handover_id = open_record(
            tx,
            source=source,
            account_id=row["account_id"],
            kind=row["kind"],
            from_name=row["from_name"],
            to_name=row["to_name"] if row["kind"] == "manager" else None,
            changed_on=row["changed_on"],
        )
        record = tx.one("managers.handovers", {"handover_id": handover_id})
    if record["state"] == "closed":
        raise RuleBroken(
            _("This handover was closed on {day}: it is not changed any more.").format(
                day=units.day(record["closed_on"])
            ),
            reason="closed_already",
            field="source",
        )
    return record["handover_id"], record


def _check_settled(record: dict[str, Any], marked: list[dict[str, Any]], as_of: date) -> None:
    last = max((row["marked_on"] for row in marked), default=None)
    if last is not None and as_of < last:
        raise RuleBroken(
            _("An item of it was settled on {day}: close it on that day or later.").format(day=units.day(last)),
            reason="before_last_decision",
            field="as_of",
        )
    marks = _marks(marked)
    waiting = [
        text
        for item_id, text in checklist_of(record["checklist_version"]).items.items()
        if marks.get(item_id, {"state": "open"})["state"] == "open"
    ]
    if waiting:
        raise RuleBroken(
            several(
                "{count} item is open: do it, or say why it is not needed. {{item}}.",
                "{count} items are open: do each, or say why it is not needed. The first: {{item}}.",
                len(waiting),
            ).format(item=waiting[0]),
            reason="items_open",
            field="items",
        )


def _marks(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """item_id → its latest mark, of rows in their order."""
    return {row["item_id"]: row for row in rows}


def _unknown(source: str) -> NotFound:
    return NotFound(
        _("There is no handover {source}: reload the page.").format(source=source), reason="unknown_handover"
    )

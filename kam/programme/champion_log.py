"""What stands behind the champion: the top team's agenda, and where the programme was explained."""

from __future__ import annotations

from datetime import date

from kam import units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.programme.champion import LONGEST_NAME, LONGEST_TEXT, written
from kam.store import Store, Transaction
from kam.words import _


def put_on_agenda(
    store: Store,
    *,
    body: str,
    held_on: date,
    subject: str,
    outcome: str = "",
    decision: str = "",
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Record that key account management was, or will be, on an agenda of the top team; returns the item's id.

    Raises BadInput for missing words, RuleBroken for a meeting up to as_of without its outcome, and for an outcome of
    a meeting still ahead.
    """
    body = written(body, _("Say which meeting: board, executive committee …"), "body", longest=LONGEST_NAME)
    subject = written(subject, _("Say what about key account management is on the agenda."), "subject")
    outcome, decision = _outcome(outcome, decision, held_on, as_of, is_needed=held_on <= as_of)

    def change(tx: Transaction) -> int:
        item_id = tx.next_number("programme.agenda_items", "item_id")
        tx.insert(
            "programme.agenda_items",
            item_id=item_id,
            body=body,
            held_on=held_on,
            subject=subject,
            outcome=outcome,
            decision=decision,
            recorded_by=who.name,
            recorded_at=tx.now,
        )
        return item_id

    return store.write(
        change,
        who=who,
        action="put on agenda",
        subject=("programme", "agenda"),
        op_id=op_id,
        details={"body": body, "held_on": held_on, "subject": subject, "outcome": outcome, "decision": decision},
    )


def write_outcome(
    store: Store,
    item_id: int,
    *,
    outcome: str,
    decision: str = "",
    as_of: date,
    expected_version: int,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Write down what came of an agenda item, once.

    Raises NotFound, BadInput without an outcome, RuleBroken before the meeting or where it is written already,
    StaleWrite where someone else changed it.
    """

    def change(tx: Transaction) -> None:
        item = tx.one("programme.agenda_items", {"item_id": item_id})
        if item is None:
            raise NotFound(_("There is no agenda item {number}: reload the page.").format(number=item_id))
        if item["outcome"] is not None:
            raise RuleBroken(
                _("The outcome of {day} is written down already: record a new item instead.").format(
                    day=units.day(item["held_on"])
                ),
                reason="written_already",
                field="outcome",
            )
        words, decided = _outcome(outcome, decision, item["held_on"], as_of, is_needed=True)
        tx.update(
            "programme.agenda_items",
            {"item_id": item_id},
            {"outcome": words, "decision": decided},
            expected_version=expected_version,
        )

    store.write(
        change,
        who=who,
        action="write agenda outcome",
        subject=("programme", "agenda"),
        op_id=op_id,
        details={"item_id": item_id, "outcome": outcome, "decision": decision},
    )


def log_roadshow(
    store: Store,
    *,
    held_on: date,
    place: str,
    function: str,
    held_by: str,
    people_count: int | None,
    questions: str = "",
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Record where the programme was explained, to which function, by whom; returns the event's id.

    people_count: None where nobody counted. Raises BadInput for missing words, a day after as_of, or nobody there.
    """
    place = written(place, _("Say where the programme was explained."), "place", longest=LONGEST_NAME)
    function = written(function, _("Say to which function."), "function", longest=LONGEST_NAME)
    held_by = written(held_by, _("Say who explained it."), "held_by", longest=LONGEST_NAME)
    if held_on > as_of:
        raise BadInput(
            _("The roadshow of {day} is still ahead: log it once it has been held.").format(day=units.day(held_on)),
            reason="future_date",
            field="held_on",
        )
    if people_count is not None and people_count < 1:
        raise BadInput(
            _("Nobody was there? Leave the number of people empty where it was not counted."),
            reason="out_of_range",
            field="people_count",
        )
    questions = (questions or "").strip()[:LONGEST_TEXT]

    def change(tx: Transaction) -> int:
        event_id = tx.next_number("programme.roadshow_events", "event_id")
        tx.insert(
            "programme.roadshow_events",
            event_id=event_id,
            held_on=held_on,
            place=place,
            function=function,
            held_by=held_by,
            people_count=people_count,
            questions=questions,
            recorded_by=who.name,
            recorded_at=tx.now,
        )
        return event_id

    return store.write(
        change,
        who=who,
        action="log roadshow",
        subject=("programme", "roadshow"),
        op_id=op_id,
        details={"held_on": held_on, "place": place, "function": function, "held_by": held_by},
    )


def _outcome(
    outcome: str, decision: str, held_on: date, as_of: date, *, is_needed: bool
) -> tuple[str | None, str | None]:
    if is_needed:
        if held_on > as_of:
            raise RuleBroken(
                _("The meeting of {day} is still ahead: write its outcome once it has been held.").format(
                    day=units.day(held_on)
                ),
                reason="future_date",
                field="outcome",
            )
        words = written(outcome, _("Write down what came of it, even where nothing was decided."), "outcome")
        return words, (decision or "").strip()[:LONGEST_TEXT] or None
    if (outcome or "").strip() or (decision or "").strip():
        raise RuleBroken(
            _("The meeting of {day} is still ahead: leave outcome and decision empty until it has been held.").format(
                day=units.day(held_on)
            ),
            reason="future_date",
            field="outcome",
        )
    return None, None

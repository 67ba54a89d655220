"""Writing down what happened: notes, calls, visits, complaints; correcting them; settling what was promised."""

from __future__ import annotations

from datetime import date
from typing import Any

from kam import units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken, StaleWrite
from kam.relationships import rules
from kam.store import Condition, Store, Transaction
from kam.words import _

KINDS = {
    "note": _("Note"),
    "call": _("Call"),
    "visit": _("Visit"),
    "meeting": _("Meeting"),
    "complaint": _("Complaint"),
    "executive_visit": _("Executive visit"),
    "email": _("Email"),
    "message": _("Message"),
    "training": _("Training"),
    "symposium": _("Symposium"),
    "greeting": _("Greeting"),
}
OUTCOMES = {"kept": _("kept"), "dropped": _("dropped")}


def capture(
    store: Store,
    account_id: str,
    *,
    kind: str,
    occurred_on: date,
    summary: str,
    by: str | None = None,
    contact_id: str | None = None,
    next_step: str | None = None,
    next_step_due: date | None = None,
    who: Person,
    op_id: str | None = None,
) -> str | None:
    """Write down what happened; returns its id (None where op_id was done already). by: who of ours, without it `who`.

    Raises BadInput for an unknown kind, no summary, a due date without a next step or before the day; NotFound or
    RuleBroken for an account or contact that is unknown, or a contact of another account.
    """
    row = dealing(account_id, kind, occurred_on, summary, by or who.name, contact_id, next_step, next_step_due)

    def change(tx: Transaction) -> str:
        return write_dealing(tx, row)

    return store.write(
        change,
        who=who,
        action="capture interaction",
        subject=("account", account_id),
        op_id=op_id,
        details={name: value for name, value in row.items() if value is not None},
    )


def correct(
    store: Store,
    interaction_id: str,
    *,
    kind: str,
    occurred_on: date,
    summary: str,
    by: str | None = None,
    contact_id: str | None = None,
    next_step: str | None = None,
    next_step_due: date | None = None,
    is_withdrawn: bool = False,
    who: Person,
    op_id: str | None = None,
) -> str | None:
    """Write a new version of an interaction; the old one stays on file and leaves the readings. Returns the new id.

    is_withdrawn: it should not have been written at all. What was settled of its promise goes on with the new version.
    Raises as `capture`, NotFound for an unknown interaction, StaleWrite with both versions where somebody corrected it
    first.
    """

    def change(tx: Transaction) -> str:
        held = tx.one("relationships.captured_interactions", {"interaction_id": interaction_id}) or tx.one(
            "ledgers.interactions", {"interaction_id": interaction_id}
        )
        if held is None:
            raise NotFound(_("This record is no longer there: reload the page."), reason="unknown_interaction")
        row = dealing(
            held["account_id"], kind, occurred_on, summary, by or held["by"] or who.name, contact_id, next_step,
            next_step_due,
        )  # fmt: skip
        newer = tx.one("relationships.captured_interactions", {"corrects": interaction_id})
        if newer is not None:
            raise StaleWrite(
                _("Someone else corrected this entry after you opened it: compare both versions, then correct theirs."),
                theirs=newer,
                mine={name: value for name, value in row.items() if name != "account_id"},
            )
        new_id = write_dealing(tx, row | {"corrects": interaction_id, "is_withdrawn": is_withdrawn})
        settled = tx.read(
            "relationships.settled_promises", where=[Condition("interaction_id", "=", interaction_id)]
        ).records()
        for settlement in settled:
            tx.insert(
                "relationships.settled_promises",
                **settlement
                | {
                    "settlement_id": tx.next_number("relationships.settled_promises", "settlement_id"),
                    "interaction_id": new_id,
                },
            )
        tx.note(interaction_id=new_id, **row)
        return new_id

    return store.write(
        change,
        who=who,
        action="withdraw interaction" if is_withdrawn else "correct interaction",
        subject=("interaction", interaction_id),
        op_id=op_id,
    )


def settle(
    store: Store,
    interaction_id: str,
    *,
    outcome: str,
    settled_on: date,
    note: str = "",
    who: Person,
    op_id: str | None = None,
) -> None:
    """Say that a promise was kept or dropped. Raises BadInput for a dropped one without a note, NotFound for an unknown
    interaction, RuleBroken for one without a promise, one that is settled already, or a day before it was made."""
    rules.one_of(outcome, OUTCOMES, _("The outcome"), field="outcome")
    note = rules.within(note.strip(), field="note")
    if outcome == "dropped" and not note:
        raise BadInput(_("Say why the promise is dropped: the reason is kept."), reason="missing", field="note")

    def change(tx: Transaction) -> None:
        write_settlement(tx, interaction_id, outcome, settled_on, note)

    store.write(
        change,
        who=who,
        action="settle promise",
        subject=("interaction", interaction_id),
        op_id=op_id,
        details={"outcome": outcome, "settled_on": settled_on, "note": note},
    )


def write_settlement(tx: Transaction, interaction_id: str, outcome: str, settled_on: date, note: str) -> None:
    """Settle a promise inside the caller's transaction. Raises as `settle`."""
    found = tx.read(
        "relationships.dealings",
        arguments={"as_of": date.max},
        where=[Condition("interaction_id", "=", interaction_id)],
    )
    held: dict[str, Any] | None = next(iter(found), None)
    if held is None:
        raise NotFound(_("This record is no longer there: reload the page."), reason="unknown_interaction")
    if held["promise_state"] in (None, "kept", "dropped"):
        raise RuleBroken(
            _("Nothing is open here: the promise was settled, or there never was one. Reload the page."),
            reason="settled",
        )
    rules.not_before(
        settled_on,
        held["occurred_on"],
        _("The promise was made on {earliest}: it cannot be settled on {day}."),
        field="settled_on",
    )
    tx.insert(
        "relationships.settled_promises",
        settlement_id=tx.next_number("relationships.settled_promises", "settlement_id"),
        interaction_id=interaction_id,
        outcome=outcome,
        settled_on=settled_on,
        note=note,
        settled_by=tx.who.name,
        settled_at=tx.now,
    )


def dealing(
    account_id: str,
    kind: str,
    occurred_on: date,
    summary: str,
    by: str,
    contact_id: str | None,
    next_step: str | None,
    next_step_due: date | None,
) -> dict[str, Any]:
    """The values of an interaction for `write_dealing`, checked as far as that needs no database. Raises BadInput."""
    if kind not in KINDS and kind != "survey":
        rules.one_of(kind, KINDS, _("The kind"), field="kind")
    summary = rules.stated(summary, _("Say in a few words what was said or what happened."), field="summary")
    next_step = rules.within((next_step or "").strip(), field="next_step") or None
    if next_step_due is not None:
        if next_step is None:
            raise BadInput(
                _("A due date needs a next step: say what was promised."), reason="missing", field="next_step"
            )
        rules.not_before(
            next_step_due,
            occurred_on,
            _("The next step is due on {day}, before the day itself ({earliest}): choose a later day."),
            field="next_step_due",
        )
    return {
        "account_id": account_id,
        "kind": kind,
        "occurred_on": occurred_on,
        "summary": summary,
        "by": rules.stated(by, _("Say who of ours it was."), field="by"),
        "contact_id": contact_id,
        "next_step": next_step,
        "next_step_due": next_step_due,
    }


def write_dealing(tx: Transaction, row: dict[str, Any]) -> str:
    """Write an interaction inside the caller's transaction; returns its id. Raises as `capture`."""
    rules.account_name(tx, row["account_id"])
    if row["contact_id"] is not None:
        person = rules.contact_of(tx, row["account_id"], row["contact_id"])
        left_on = rules.left_on(tx, row["account_id"], row["contact_id"], row["occurred_on"])
        if left_on is not None and left_on < row["occurred_on"]:
            raise RuleBroken(
                _("{contact} left on {day}: choose who is there now.").format(
                    contact=person["name"], day=units.day(left_on)
                ),
                reason="left",
                field="contact_id",
            )
    written = len(tx.read("relationships.captured_interactions", columns=("interaction_id",)).rows)
    interaction_id = f"W-{written + 1}"
    columns = [*row, "interaction_id", "captured_by", "captured_at"]
    tx.insert_many(
        "relationships.captured_interactions", columns, [(*row.values(), interaction_id, tx.who.name, tx.now)]
    )
    return interaction_id

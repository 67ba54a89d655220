"""Erasing a contact's data: the rows stay for counts and references, the person leaves them, and the file."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from kam import relations
from kam.errors import BadInput, NotFound, RuleBroken
from kam.privacy.handing_out import AUDIT, person_data, texts_about, words_of
from kam.store import Condition, Store, Transaction
from kam.store.audit import redact
from kam.store.rewriting import rewrite
from kam.store.text_search import replace_text, text_by_hash
from kam.store.writing import Actor
from kam.words import _, several

ERASED = "(erased)"
_TRACES = "privacy.traces"


@dataclass(frozen=True)
class Erased:
    """What an erasure did. traces: texts that still hold the person's name, each to be decided on."""

    erasure_id: int
    contact_id: str
    observations: int
    traces: int

    @property
    def message(self) -> str:
        """The result in one sentence."""
        said = _("The data of contact {contact} are erased.").format(contact=self.contact_id)
        if self.traces:
            said += " " + several(
                "{count} text still names the person: decide on it.",
                "{count} texts still name the person: decide on each.",
                self.traces,
            )
        return said


@dataclass(frozen=True)
class Trace:
    """A text that named an erased person when they were erased; text: as it stands now."""

    trace_id: int
    contact_id: str
    relation: str
    column: str
    text: str
    rows: int


def confirmed(contact_id: str, said: str) -> None:
    """Raises BadInput where the id was not typed once more, as an erasure from a page asks for."""
    if said.strip() != contact_id:
        raise BadInput(
            _("Type the contact's id once more to erase their data: there is no way back."),
            reason="unconfirmed",
            field="sure",
        )


def erase_person(store: Store, contact_id: str, *, reason: str, who: Actor, op_id: str | None = None) -> Erased | None:
    """Erase a contact's data everywhere they are a person's, and write the file anew; None where op_id was done.

    The contact's number stays, without a name, so that counts, references and earlier imports hold, and a later file
    with it is rejected. Interactions with them stay as our own record. Notes that name them are listed for a
    decision (`open_traces`). Raises BadInput without a reason, NotFound, RuleBroken for one who is erased already.
    """
    if not reason.strip():
        raise BadInput(_("Say why, such as the request and its date: it is kept."), reason="missing", field="reason")
    if store.one("privacy.erasures", where=[Condition("contact_id", "=", contact_id)]):
        raise RuleBroken(
            _("The data of contact {contact} are erased already.").format(contact=contact_id), reason="erased"
        )
    document = person_data(store, contact_id)
    words = words_of(document)
    traces = texts_about(store, words)

    def change(tx: Transaction) -> Erased:
        gone = _erase_rows(tx, contact_id, words)
        erasure_id = tx.next_number("privacy.erasures", "erasure_id")
        tx.insert(
            "privacy.erasures",
            erasure_id=erasure_id,
            contact_id=contact_id,
            reason=reason.strip(),
            erased_by=who.name,
            erased_at=tx.now,
        )
        first = tx.next_number(_TRACES, "trace_id")
        tx.insert_many(
            _TRACES,
            ["trace_id", "erasure_id", "relation_name", "column_name", "text_hash", "row_count"],
            [
                (first + number, erasure_id, relation, column, hashlib.sha256(text.encode()).hexdigest(), count)
                for number, (relation, column, text, count) in enumerate(traces)
            ],
        )
        tx.note(traces=len(traces))
        return Erased(erasure_id, contact_id, gone, len(traces))

    done = store.write(change, who=who, action="erase contact", subject=("contact", contact_id), op_id=op_id)
    if done is not None:
        rewrite(store)
    return done


def _erase_rows(tx: Transaction, contact_id: str, words: list[str]) -> int:
    said = {"contact_id": contact_id, "erased": ERASED}
    image: dict[str, Any] = dict.fromkeys(
        ("title", "email", "phone", "reports_to", "role", "influence", "attitude"), None
    )
    _run(tx, "erase_contact", said, "ledgers.contacts")
    _run(tx, "erase_added", said, "relationships.added_contacts")
    gone = _run(tx, "erase_observations", {"contact_id": contact_id}, "relationships.contact_observations")
    _run(
        tx,
        "erase_images",
        {"contact_id": contact_id, "image": json.dumps(image | {"name": ERASED})},
        "ledgers.before_images",
    )
    lowered = [word.casefold() for word in words]
    _run(tx, "erase_rejects", said | {"words": lowered}, "ledgers.import_rejects")
    return len(gone)


def _run(tx: Transaction, step: str, parameters: dict[str, Any], table: str) -> list[tuple]:
    return tx.run(relations.step(f"privacy.{step}"), parameters, touches=[table])


def open_traces(store: Store) -> list[Trace]:
    """The texts that named erased persons and that nobody has decided on; those that are gone by now are left out."""
    people = dict(store.read("privacy.erasures", columns=("erasure_id", "contact_id")).rows)
    found = []
    for row in store.read(_TRACES, where=[Condition("decision", "is_missing")], order_by=[("trace_id", False)]):
        text = text_by_hash(store, row["relation_name"], row["column_name"], row["text_hash"])
        if text is not None:
            found.append(
                Trace(
                    row["trace_id"],
                    people[row["erasure_id"]],
                    row["relation_name"],
                    row["column_name"],
                    text,
                    row["row_count"],
                )
            )
    return found


def decide_trace(
    store: Store, trace_id: int, *, erase: bool, reason: str, who: Actor, op_id: str | None = None
) -> None:
    """Keep a text that names an erased person, or erase it (the whole text) and write the file anew.

    Raises BadInput without a reason, NotFound for an unknown trace, RuleBroken for one that is decided.
    """
    if not reason.strip():
        raise BadInput(_("Say why the text is kept or erased: the reason is kept."), reason="missing", field="reason")

    def change(tx: Transaction) -> bool:
        row = tx.one(_TRACES, {"trace_id": trace_id})
        if row is None:
            raise NotFound(_("There is no text {number} to decide on.").format(number=trace_id))
        if row["decision"] is not None:
            raise RuleBroken(_("Text {number} is decided already.").format(number=trace_id), reason="decided")
        if erase:
            if (row["relation_name"], row["column_name"]) == AUDIT:
                # The event stays in its chain, with who, what and when; its details go.
                redact(tx, row["text_hash"], ERASED)
            else:
                replace_text(tx, row["relation_name"], row["column_name"], row["text_hash"], ERASED)
        tx.update(
            _TRACES,
            {"trace_id": trace_id},
            {
                "decision": "erased" if erase else "kept",
                "decision_reason": reason.strip(),
                "decided_by": who.name,
                "decided_at": tx.now,
            },
        )
        return True

    action = "erase text" if erase else "keep text"
    if store.write(change, who=who, action=action, subject=("trace", str(trace_id)), op_id=op_id) and erase:
        rewrite(store)

"""What is typed while a review runs, kept at every change, so that a browser that goes takes nothing with it.

Text is kept at every pause of the hands; the audit trail tells of it once a sitting, person and part of the review. Who wrote in
which part stands in the draft until the review is closed, and then in the event that closes it, beside the words themselves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from kam.access import Person
from kam.errors import BadInput
from kam.reviews.planning import LONGEST_TEXT, planned_review
from kam.store import Condition, Store, Transaction
from kam.store.writing import as_json
from kam.words import _

# The keys of a draft. agenda: lines of key, is_dropped and, of added ones, text; actions: lines of action, owner, due_on.
EMPTY: Mapping[str, Any] = {
    "agenda": [],
    "notes": "",
    "decisions": "",
    "participants": None,
    "rating": None,
    "actions": [],
}
# Who writes in the same part again within this time still sits in the same review.
SITTING = timedelta(hours=1)
_WRITTEN = "written"


@dataclass(frozen=True)
class Draft:
    """content: the keys of EMPTY, as typed; version 0 where nothing has been kept yet. written: part to who wrote in it, and
    when last."""

    content: dict[str, Any]
    saved_by: str | None
    saved_at: datetime | None
    version: int
    written: Mapping[str, Mapping[str, datetime]]


def draft_of(store: Store, review_id: int) -> Draft:
    """What was typed last for a review; empty where nothing was."""
    row = store.one("reviews.drafts", where=[Condition("review_id", "=", review_id)])
    if row is None:
        return Draft(dict(EMPTY), None, None, 0, {})
    content = dict(EMPTY) | json.loads(row["content"])
    written = {
        part: {name: datetime.fromisoformat(at) for name, at in people.items()}
        for part, people in content.pop(_WRITTEN, {}).items()
    }
    return Draft(content, row["saved_by"], row["saved_at"], row["version"], written)


def writers(tx: Transaction, review_id: int) -> dict[str, list[str]]:
    """Part of the draft to the names of those who wrote in it, as the transaction sees it."""
    held = tx.one("reviews.drafts", {"review_id": review_id})
    written = json.loads(held["content"]).get(_WRITTEN, {}) if held else {}
    return {part: sorted(people) for part, people in written.items()}


def save_draft(
    store: Store,
    review_id: int,
    changed: Mapping[str, Any],
    *,
    expected_version: int | None = None,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Keep what was typed: `changed` replaces these keys of the draft, the others stay as they are.

    So two people who type in different places of the same review do not lose each other's words; in the same place the
    last one stands unless expected_version is given. Raises NotFound, RuleBroken where the review was held or cancelled,
    BadInput for an unknown key or endless text, StaleWrite where somebody else saved since expected_version.
    """
    unknown = set(changed) - set(EMPTY)
    written = as_json(dict(changed))
    if unknown or len(written) > 3 * LONGEST_TEXT:
        raise BadInput(
            _("That is more than a draft holds: shorten the notes, or leave {unknown} out.").format(
                unknown=", ".join(sorted(unknown)) or _("some of it")
            ),
            reason="too_long" if not unknown else "unknown_key",
        )

    def change(tx: Transaction) -> None:
        planned_review(tx, review_id)
        held = tx.one("reviews.drafts", {"review_id": review_id})
        content = (json.loads(held["content"]) if held else dict(EMPTY)) | json.loads(written)
        new = [part for part in sorted(changed) if not _sits(content, part, who.name, tx.now)]
        for part in changed:
            content.setdefault(_WRITTEN, {}).setdefault(part, {})[who.name] = tx.now.isoformat()
        tx.note(changed=new)
        if not new:
            tx.goes_on()
        values = {"content": as_json(content), "saved_by": who.name, "saved_at": tx.now}
        if held is None:
            tx.insert("reviews.drafts", review_id=review_id, **values)
        else:
            tx.update("reviews.drafts", {"review_id": review_id}, values, expected_version=expected_version)

    store.write(
        change,
        who=who,
        action="save review draft",
        subject=("review", str(review_id)),
        op_id=op_id,
    )


def _sits(content: Mapping[str, Any], part: str, name: str, now: datetime) -> bool:
    """Whether this person wrote in this part within the sitting, which an event has told then."""
    last = content.get(_WRITTEN, {}).get(part, {}).get(name)
    return last is not None and now - datetime.fromisoformat(last) < SITTING

"""Doing a follow-up: what came of it, the next step, and the next grade, written down in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import relationships, sponsorship
from kam.access import Person
from kam.errors import NotFound
from kam.portfolio.grades import checked_grade, write_grades
from kam.relationships import rules
from kam.store import Condition, Store, Transaction
from kam.words import _

BY_CADENCE, OF_PROMISE, OF_SPONSOR = "C:", "P:", "S:"
# A sponsor's promise keeps the beginning of the outcome as its note; the whole of it stands with the interaction.
_NOTE = 2000


@dataclass(frozen=True)
class Done:
    """What a follow-up wrote. interaction_id: the note; is_regraded: whether a grade record was written."""

    interaction_id: str
    is_regraded: bool


def follow_up(
    store: Store,
    account_id: str,
    *,
    kind: str,
    outcome: str,
    done_on: date,
    next_step: str | None = None,
    next_step_due: date | None = None,
    promise: str | None = None,
    promise_outcome: str = "kept",
    sponsor_promise: tuple[int, int] | None = None,
    grade: str | None = None,
    classes: Mapping[str, str | None] | None = None,
    reason: str = "",
    who: Person,
    op_id: str | None = None,
) -> Done | None:
    """Write down that an account was followed up: an interaction, the promise it settles, its next grade.

    kind: of relationships.KINDS. promise: the interaction whose next step this keeps or drops (promise_outcome).
    sponsor_promise: (promise_id, the version that was seen) of our executive's promise that it keeps or drops.
    grade, classes: as `grade_accounts`; None leaves the grade. reason: of the grade; without it the outcome is. Returns
    None where op_id was done already. Raises BadInput for an empty outcome, an unknown kind, grade or class, a due date
    without a next step; NotFound for an unknown account or a promise of another; RuleBroken for a promise that is settled
    already; StaleWrite where somebody changed the sponsor's promise since it was seen; nothing is written then.
    """
    outcome = rules.stated(outcome, _("Say what came of it: the outcome is kept with the account."), field="outcome")
    given = checked_grade(grade, classes) if grade else None
    row = relationships.dealing(account_id, kind, done_on, outcome, who.name, None, next_step, next_step_due)
    rules.one_of(promise_outcome, relationships.OUTCOMES, _("What came of the promise"), field="promise_outcome")

    def change(tx: Transaction) -> Done:
        interaction_id = relationships.write_dealing(tx, row)
        if promise is not None:
            _check_promise(tx, promise, account_id)
            relationships.write_settlement(tx, promise, promise_outcome, done_on, outcome)
        if sponsor_promise is not None:
            number, version = sponsor_promise
            sponsorship.write_closing(
                tx,
                number,
                is_kept=promise_outcome == "kept",
                as_of=done_on,
                note=outcome[:_NOTE],
                expected_version=version,
                of_account=account_id,
            )
        written = 0
        if given is not None:
            written = write_grades(tx, [account_id], given, reason=reason.strip() or outcome, as_of=done_on)
        tx.note(interaction_id=interaction_id)
        return Done(interaction_id, bool(written))

    return store.write(
        change,
        who=who,
        action="follow up",
        subject=("account", account_id),
        op_id=op_id,
        details={name: value for name, value in row.items() if value is not None}
        | {"promise": promise, "sponsor_promise": sponsor_promise and sponsor_promise[0], "grade": grade},
    )


def promise_of(store: Store, follow_up_id: str, as_of: date) -> dict[str, Any]:
    """What of `follow_up`'s arguments a follow-up of the list settles: promise, sponsor_promise as it stands, or neither."""
    if follow_up_id.startswith(OF_PROMISE):
        return {"promise": follow_up_id.removeprefix(OF_PROMISE)}
    if not follow_up_id.startswith(OF_SPONSOR):
        return {}
    number = int(follow_up_id.removeprefix(OF_SPONSOR))
    held = store.one("sponsorship.promise_list", {"as_of": as_of}, where=[Condition("promise_id", "=", number)])
    return {"sponsor_promise": (number, held["version"])}


def _check_promise(tx: Transaction, promise: str, account_id: str) -> None:
    found = tx.read(
        "relationships.dealings",
        arguments={"as_of": date.max},
        where=[Condition("interaction_id", "=", promise), Condition("account_id", "=", account_id)],
    )
    if not found.rows:
        raise NotFound(
            _("This promise is not one to this account: reload the page and choose it again."),
            reason="unknown_promise",
            field="promise",
        )

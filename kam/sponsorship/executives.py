"""What becomes of an executive: leaving, coming back, and the hours a year that they give to their accounts."""

from __future__ import annotations

import math
from datetime import date

from kam import units
from kam.access import Person
from kam.errors import BadInput, RuleBroken
from kam.sponsorship.checks import executive_name, first, stated
from kam.store import Condition, Store, Transaction
from kam.words import _, several

HOURS_IN_A_YEAR = 8760


def record_leaving(
    store: Store, executive_id: str, *, as_of: date, reason: str, who: Person, op_id: str | None = None
) -> str | None:
    """Record that an executive left on as_of; returns a sentence about accounts they still sponsor, else None.

    Their sponsorships are not ended by this: each account is told apart by `relieve` or by an accepted proposal.
    Raises BadInput for no reason, NotFound for an unknown executive, RuleBroken for one who has left already.
    """
    reason = stated(reason, _("Say why they leave: the reason is kept."))

    def change(tx: Transaction) -> str | None:
        executive = executive_name(tx, executive_id)
        if _left_on(tx, executive_id, as_of):
            raise RuleBroken(
                _("{executive} has left already, on {day}.").format(
                    executive=executive, day=units.day(_left_on(tx, executive_id, as_of))
                ),
                reason="has_left",
                field="executive_id",
            )
        _write(tx, executive_id, "left", as_of, reason)
        held = len(tx.read("sponsorship.active_sponsors", where=[Condition("executive_id", "=", executive_id)]))
        if not held:
            return None
        return several(
            "{{executive}} still sponsors {count} account: name a successor.",
            "{{executive}} still sponsors {count} accounts: name successors.",
            held,
        ).format(executive=executive)

    return store.write(
        change,
        who=who,
        action="record leaving",
        subject=("executive", executive_id),
        op_id=op_id,
        details={"decided_on": as_of, "reason": reason},
    )


def record_return(
    store: Store, executive_id: str, *, as_of: date, reason: str, who: Person, op_id: str | None = None
) -> None:
    """Record that an executive is back. Raises as `record_leaving`, and RuleBroken for one who had not left."""
    reason = stated(reason, _("Say why: the reason is kept."))

    def change(tx: Transaction) -> None:
        executive = executive_name(tx, executive_id)
        if not _left_on(tx, executive_id, as_of):
            raise RuleBroken(
                _("{executive} had not left by {day}.").format(executive=executive, day=units.day(as_of)),
                reason="not_left",
                field="executive_id",
            )
        _write(tx, executive_id, "returned", as_of, reason)

    store.write(
        change,
        who=who,
        action="record return",
        subject=("executive", executive_id),
        op_id=op_id,
        details={"decided_on": as_of, "reason": reason},
    )


def give_hours(
    store: Store,
    executive_id: str,
    hours: float | None,
    *,
    as_of: date,
    reason: str,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Record the hours a year that an executive gives to their accounts, from as_of on.

    Raises BadInput for no source, and for no hours, or below 0 or above those of a year; NotFound for an unknown
    executive.
    """
    reason = stated(reason, _("Say where the hours come from: who agreed them, and when."))
    if hours is None:
        raise BadInput(_("Say how many hours a year."), reason="missing", field="hours")
    if not (math.isfinite(hours) and 0 <= hours <= HOURS_IN_A_YEAR):
        raise BadInput(
            _("Hours a year must lie between 0 and {most}.").format(most=HOURS_IN_A_YEAR),
            reason="out_of_range",
            field="hours",
        )

    def change(tx: Transaction) -> None:
        executive_name(tx, executive_id)
        _write(tx, executive_id, "hours_given", as_of, reason, hours)

    store.write(
        change,
        who=who,
        action="record hours given",
        subject=("executive", executive_id),
        op_id=op_id,
        details={"hours": hours, "decided_on": as_of, "reason": reason},
    )


def _left_on(tx: Transaction, executive_id: str, as_of: date) -> date | None:
    recorded = first(tx, "sponsorship.executive_standing", as_of, executive_id=executive_id)
    return recorded["left_on"] if recorded else None


def _write(
    tx: Transaction, executive_id: str, decision: str, as_of: date, reason: str, hours: float | None = None
) -> None:
    tx.insert(
        "sponsorship.executive_decisions",
        decision_id=tx.next_number("sponsorship.executive_decisions", "decision_id"),
        executive_id=executive_id,
        decision=decision,
        hours=hours,
        decided_on=as_of,
        reason=reason,
        recorded_by=tx.who.name,
        recorded_at=tx.now,
    )

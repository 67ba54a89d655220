"""Complaints that an import brought: somebody takes each over and owns it, or says that it was settled before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.plans.complaints import write_received
from kam.store import Store, Transaction
from kam.words import _


def take_over(
    store: Store,
    interaction_id: str,
    values: Mapping[str, Any],
    *,
    owner: str,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Make an imported complaint one that is owned until it is closed; its clocks run from the day it was received.

    values: function and severity, and complaint where the import's words are to be replaced. Returns the complaint's id
    (None where op_id was done already). Raises BadInput for a field or no owner, NotFound for an unknown complaint,
    RuleBroken for one that was decided on already.
    """

    def change(tx: Transaction) -> int:
        told = _undecided(tx, interaction_id)
        given = {"complaint": told["summary"], **values, "received_on": told["occurred_on"]}
        number = write_received(tx, told["account_id"], given, owner=owner, as_of=as_of)
        _decide(tx, interaction_id, number, "", as_of)
        tx.note(complaint_id=number, account_id=told["account_id"])
        return number

    return store.write(
        change,
        who=who,
        action="take over imported complaint",
        subject=("interaction", interaction_id),
        op_id=op_id,
        details=dict(values) | {"owner": owner, "as_of": as_of},
    )


def was_settled(
    store: Store, interaction_id: str, *, reason: str, as_of: date, who: Person, op_id: str | None = None
) -> None:
    """Say that an imported complaint was settled before, and how. Raises as `take_over`, BadInput for no reason."""
    reason = " ".join((reason or "").split())
    if not reason:
        raise BadInput(_("Say how it was settled: the reason is kept."), reason="missing", field="reason")

    def change(tx: Transaction) -> None:
        told = _undecided(tx, interaction_id)
        _decide(tx, interaction_id, None, reason[:2000], as_of)
        tx.note(account_id=told["account_id"])

    store.write(
        change,
        who=who,
        action="settle imported complaint",
        subject=("interaction", interaction_id),
        op_id=op_id,
        details={"reason": reason, "as_of": as_of},
    )


def _undecided(tx: Transaction, interaction_id: str) -> dict[str, Any]:
    told = tx.one("ledgers.interactions", {"interaction_id": interaction_id})
    if told is None or told["kind"] != "complaint":
        raise NotFound(
            _("There is no imported complaint {number}: reload the page.").format(number=interaction_id),
            reason="unknown_complaint",
            field="interaction_id",
        )
    decided = tx.one("plans.imported_complaints", {"interaction_id": interaction_id})
    if decided is not None:
        raise RuleBroken(
            _("{person} has decided on this complaint already: reload the page.").format(person=decided["decided_by"]),
            reason="decided",
            field="interaction_id",
        )
    return told


def _decide(tx: Transaction, interaction_id: str, complaint_id: int | None, reason: str, as_of: date) -> None:
    tx.insert(
        "plans.imported_complaints",
        interaction_id=interaction_id,
        complaint_id=complaint_id,
        reason=reason,
        decided_on=as_of,
        decided_by=tx.who.name,
        decided_at=tx.now,
    )

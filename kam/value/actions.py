"""Actions about accounts that cost too much: decided with a baseline, followed up, closed. Nothing is changed later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.segments import months_back
from kam.store import Condition, Store, Transaction
from kam.store.writing import as_json
from kam.units import day
from kam.value.action_proposals import ACTION_KINDS, Proposal, action_proposals
from kam.value.drivers import serving_drivers
from kam.words import _

OUTCOMES = {
    "worked": _("It worked"),
    "partly": _("It worked in part"),
    "failed": _("It did not work"),
    "dropped": _("Dropped, not carried out"),
}
_LONGEST = 2000
_FOLLOWED_EVERY_MONTHS = 3
_FOLLOWED_TIMES = 8


@dataclass(frozen=True)
class FollowUp:
    """An action on one day after it was decided. Amounts: reporting currency; seen None where the measure is unknown."""

    on_day: date
    expected_amount: Decimal
    seen_amount: Decimal | None


def decide_action(
    store: Store,
    account_id: str,
    kind: str,
    *,
    what: str,
    owner: str,
    due_on: date | None,
    expected_amount: Decimal | None,
    decided_on: date,
    reason: str,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Decide what is done; returns its number (None where op_id was done already).

    expected_amount: effect a year, reporting currency. What the account earned in the 12 months to decided_on is frozen
    as the baseline, with its statement and drivers. Raises BadInput for a missing text, an unknown kind, an effect that
    is not above 0 or a due date before the decision; NotFound for an unknown account; RuleBroken where the baseline is
    unknown or an open action of the kind is on record.
    """
    texts = {"what": what.strip(), "owner": owner.strip(), "reason": reason.strip()}
    _check(kind, texts, due_on, decided_on, expected_amount)
    proposed = _proposed(action_proposals(store, decided_on, account_id, for_whom=who), kind)
    row = _statement_row(store, decided_on, account_id)
    baseline = None if row is None else row[_COLUMN[proposed.measure]]
    if baseline is None:
        raise RuleBroken(
            _(
                "What {account} earns in the 12 months to {day} is unknown, so an effect could not be told: see the "
                "account's Value tab for what is missing."
            ).format(account=account_id, day=day(decided_on)),
            reason="unknown_baseline",
            field="account",
        )
    drivers = serving_drivers(store, decided_on, account_id, for_whom=who)
    seen = {"statement": row, "drivers": [vars(driver) for driver in drivers], "basis": proposed.basis}

    def change(tx: Transaction) -> int:
        held = tx.read(
            "value.actions", where=[Condition("account_id", "=", account_id), Condition("kind", "=", kind)]
        ).records()
        for earlier in held:
            if tx.one("value.action_closures", {"action_id": earlier["action_id"]}) is None:
                raise RuleBroken(
                    _("“{kind}” is open for this account since {day}: close it first.").format(
                        kind=ACTION_KINDS[kind], day=day(earlier["decided_on"])
                    ),
                    reason="open_already",
                    field="kind",
                )
        action_id = tx.next_number("value.actions", "action_id")
        tx.insert(
            "value.actions",
            action_id=action_id,
            account_id=account_id,
            kind=kind,
            **texts,
            decided_on=decided_on,
            due_on=due_on,
            expected_amount=expected_amount,
            proposed_amount=proposed.effect_amount,
            measure=proposed.measure,
            baseline_amount=baseline,
            seen=as_json(seen),
            decided_by=who.name,
            decided_at=tx.now,
        )
        tx.note(action_id=action_id)
        return action_id

    return store.write(
        change,
        who=who,
        action="decide loss-maker action",
        subject=("account", account_id),
        op_id=op_id,
        details={
            "kind": kind,
            **texts,
            "decided_on": decided_on,
            "due_on": due_on,
            "expected_amount": expected_amount,
            "baseline_amount": baseline,
            "measure": proposed.measure,
        },
    )


def close_cost_action(
    store: Store,
    action_id: int,
    *,
    outcome: str,
    notes: str,
    closed_on: date,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Close an action with what came of it; the effect seen on that day is frozen with it.

    Raises BadInput for an unknown outcome, missing notes or a day before the decision, NotFound, and RuleBroken where
    it is closed already.
    """
    notes = notes.strip()[:_LONGEST]
    if outcome not in OUTCOMES:
        raise BadInput(
            _("{outcome} is no outcome: write one of {outcomes}.").format(
                outcome=outcome or _("Nothing"), outcomes=", ".join(OUTCOMES)
            ),
            reason="unknown_outcome",
            field="outcome",
        )
    if not notes:
        raise BadInput(_("Say what came of it: the note is kept."), reason="missing", field="notes")
    listed = store.one("value.action_list", {"as_of": closed_on}, where=[Condition("action_id", "=", action_id)])
    if listed is None:
        if store.one("value.actions", where=[Condition("action_id", "=", action_id)]):
            raise BadInput(
                _("The action was decided after {day}: close it on a later day.").format(day=day(closed_on)),
                reason="out_of_range",
                field="closed_on",
            )
        raise NotFound(_("There is no action {number}.").format(number=action_id), reason="no_action")

    def change(tx: Transaction) -> None:
        if tx.one("value.action_closures", {"action_id": action_id}):
            raise RuleBroken(_("The action is closed already."), reason="closed")
        tx.insert(
            "value.action_closures",
            action_id=action_id,
            closed_on=closed_on,
            outcome=outcome,
            seen_amount=listed["seen_amount"],
            notes=notes,
            closed_by=who.name,
            closed_at=tx.now,
        )

    store.write(
        change,
        who=who,
        action="close loss-maker action",
        subject=("account", listed["account_id"]),
        op_id=op_id,
        details={
            "action_id": action_id,
            "outcome": outcome,
            "closed_on": closed_on,
            "seen_amount": listed["seen_amount"],
            "expected_so_far_amount": listed["expected_so_far_amount"],
            "notes": notes,
        },
    )


def follow_ups(store: Store, action_id: int, as_of: date) -> list[FollowUp]:
    """The action at each quarter after its decision up to as_of, and on as_of: expected and seen so far.

    Raises NotFound where no such action was decided up to as_of.
    """
    action = store.one("value.action_list", {"as_of": as_of}, where=[Condition("action_id", "=", action_id)])
    if action is None:
        raise NotFound(_("There is no action {number}.").format(number=action_id), reason="no_action")
    quarters = [
        months_back(action["decided_on"], -_FOLLOWED_EVERY_MONTHS * number) for number in range(1, _FOLLOWED_TIMES + 1)
    ]
    days = sorted({on for on in quarters if on < as_of} | {as_of})
    found = [FollowUp(action["decided_on"], Decimal("0.00"), Decimal("0.00"))]
    for on in days:
        row = (
            action
            if on == as_of
            else store.one("value.action_list", {"as_of": on}, where=[Condition("action_id", "=", action_id)])
        )
        found.append(FollowUp(on, row["expected_so_far_amount"], row["seen_amount"]))
    return found


_COLUMN = {"contribution": "contribution_amount", "economic_profit": "economic_profit_amount"}


def _statement_row(store: Store, as_of: date, account_id: str) -> dict | None:
    found = store.page(
        "value.profit_and_loss",
        {"as_of": as_of, "level": "account"},
        where=[Condition("account_id", "=", account_id)],
        limit=1,
    ).records()
    return found[0] if found else None


def _proposed(proposals: list[Proposal], kind: str) -> Proposal:
    return next(proposal for proposal in proposals if proposal.kind == kind)


def _check(kind: str, texts: dict[str, str], due_on: date | None, decided_on: date, expected: Decimal | None) -> None:
    if kind not in ACTION_KINDS:
        raise BadInput(
            _("{kind} is no kind of action: write one of {kinds}.").format(
                kind=kind or _("Nothing"), kinds=", ".join(ACTION_KINDS)
            ),
            reason="unknown_kind",
            field="kind",
        )
    sentences = {
        "what": _("Say what is done."),
        "owner": _("Say who does it."),
        "reason": _("Say why this is decided."),
    }
    for field, sentence in sentences.items():
        if not texts[field]:
            raise BadInput(sentence, reason="missing", field=field)
        if len(texts[field]) > _LONGEST:
            raise BadInput(
                _("{field} is longer than {longest} characters.").format(field=field, longest=_LONGEST),
                reason="too_long",
                field=field,
            )
    if due_on is None:
        raise BadInput(_("Say until when it is to be done."), reason="missing", field="due_on")
    if due_on < decided_on:
        raise BadInput(
            _("The action is due on {due}, before the day it is decided, {day}.").format(
                due=day(due_on), day=day(decided_on)
            ),
            reason="out_of_range",
            field="due_on",
        )
    if expected is None:
        raise BadInput(
            _("Say what effect is expected, in money a year: without it nothing can be followed up."),
            reason="missing",
            field="expected_amount",
        )
    if not expected.is_finite() or not 0 < expected < Decimal(10) ** 14:
        raise BadInput(
            _("The expected effect is {amount}: give the money a year that it should bring, above 0.").format(
                amount=expected
            ),
            reason="out_of_range",
            field="expected_amount",
        )

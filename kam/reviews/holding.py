"""Holding a review: notes, rating and actions, and the account's figures frozen as they were seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.reviews.drafting import writers
from kam.reviews.planning import planned_review, short
from kam.reviews.record import review_of
from kam.reviews.seeing import what_is_seen
from kam.store import Store, Transaction
from kam.store.writing import as_json
from kam.words import _

RATINGS = ("on_track", "at_risk", "off_track")
MOST_ACTIONS = 50
MOST_DECISIONS = 50


@dataclass(frozen=True)
class Action:
    """What was agreed: the action in words, who does it, until when."""

    action: str
    owner: str
    due_on: date


def hold(
    store: Store,
    review_id: int,
    *,
    held_on: date,
    notes: str,
    rating: str | None,
    actions: Sequence[Action] = (),
    decisions: Sequence[str] = (),
    agenda: Sequence[Mapping[str, Any]] | None = None,
    participants: str | None = None,
    expected_version: int,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Hold and close a planned review; returns its id (None where op_id was done already).

    What is seen of the account as of held_on is frozen with it, and the agenda as it was gone through (lines: text, topic,
    tone, page, tab). decisions: what was decided, in words. Its draft is done with. participants None: as planned. Raises BadInput for an
    unknown rating or an incomplete action, NotFound, RuleBroken for a review that is closed, StaleWrite where
    someone else changed it since expected_version; Refusal for a day before the ledger.
    """
    if rating is not None and rating not in RATINGS:
        raise BadInput(
            _("{rating} is not a rating: choose one of {ratings}.").format(rating=rating, ratings=", ".join(RATINGS)),
            field="rating",
        )
    notes = short(notes, _("Notes"))
    agreed = _checked(actions, held_on)
    decided = [words for decision in decisions if (words := short(decision, _("Decision")))]
    if len(decided) > MOST_DECISIONS:
        raise BadInput(
            _("A review takes at most {most} decisions: keep those that matter.").format(most=MOST_DECISIONS)
        )
    review = review_of(store, review_id, for_whom=who)
    seen = what_is_seen(store, review.account_id, held_on, for_whom=who)
    if agenda is not None:
        seen["agenda"] = [dict(line) for line in agenda]

    def change(tx: Transaction) -> int:
        standing = planned_review(tx, review_id)
        taking_part = standing["participants"] if participants is None else short(participants, _("Participants"))
        # What people typed first: a stale write then shows exactly that, beside what is saved.
        typed = {"held_on": held_on, "participants": taking_part, "notes": notes, "rating": rating}
        tx.update("reviews.reviews", {"review_id": review_id}, typed, expected_version=expected_version)
        tx.update(
            "reviews.reviews",
            {"review_id": review_id},
            {"state": "held", "seen": as_json(seen), "closed_by": who.name, "closed_at": tx.now},
        )
        for action in agreed:
            tx.insert(
                "reviews.actions",
                action_id=tx.next_number("reviews.actions", "action_id"),
                review_id=review_id,
                account_id=standing["account_id"],
                action=action.action,
                owner=action.owner,
                due_on=action.due_on,
            )
        for decision in decided:
            tx.insert(
                "reviews.decisions",
                decision_id=tx.next_number("reviews.decisions", "decision_id"),
                review_id=review_id,
                account_id=standing["account_id"],
                decision=decision,
                decided_on=held_on,
                decided_by=who.name,
            )
        tx.note(written_by=writers(tx, review_id))
        tx.delete("reviews.drafts", {"review_id": review_id})
        return review_id

    return store.write(
        change,
        who=who,
        action="hold review",
        subject=("review", str(review_id)),
        op_id=op_id,
        details={
            "account_id": review.account_id,
            "held_on": held_on,
            "rating": rating,
            "notes": notes,
            "actions": [vars(action) for action in agreed],
            "decisions": decided,
        },
    )


def close_action(
    store: Store,
    action_id: int,
    *,
    state: str,
    closed_on: date,
    expected_version: int,
    who: Person,
    op_id: str | None = None,
) -> None:
    """Say that an action is done or dropped.

    Raises BadInput for another state, NotFound, RuleBroken for an action that is closed already or a day before it
    was agreed, StaleWrite where someone else changed it.
    """
    if state not in ("done", "dropped"):
        raise BadInput(_("An action is closed as done or dropped, not as {state}.").format(state=state), field="state")

    def change(tx: Transaction) -> None:
        action = tx.one("reviews.actions", {"action_id": action_id})
        if action is None:
            raise NotFound(_("There is no action {number}: reload the page.").format(number=action_id))
        if action["state"] != "open":
            raise RuleBroken(
                _("Action {number} was closed on {day} already.").format(
                    number=action_id, day=units.day(action["closed_on"])
                ),
                reason="action_closed",
            )
        agreed_on = tx.one("reviews.reviews", {"review_id": action["review_id"]})["held_on"]
        if closed_on < agreed_on:
            raise RuleBroken(
                _("Action {number} was agreed on {day}: close it on or after that day.").format(
                    number=action_id, day=units.day(agreed_on)
                ),
                reason="before_agreed",
                field="closed_on",
            )
        tx.update(
            "reviews.actions",
            {"action_id": action_id},
            {"state": state, "closed_on": closed_on},
            expected_version=expected_version,
        )

    store.write(
        change,
        who=who,
        action="close action",
        subject=("action", str(action_id)),
        op_id=op_id,
        details={"state": state, "closed_on": closed_on},
    )


def _checked(actions: Sequence[Action], held_on: date) -> list[Action]:
    if len(actions) > MOST_ACTIONS:
        raise BadInput(
            _("A review agrees on at most {most} actions: keep those that matter.").format(most=MOST_ACTIONS)
        )
    checked = []
    for number, action in enumerate(actions, 1):
        words, owner = short(action.action, _("Action")), short(action.owner, _("Owner"))
        if not words or not owner or action.due_on is None:
            raise BadInput(
                _("Action {number} needs what is to be done, who does it and a due date.").format(number=number),
                reason="missing",
                field="actions",
            )
        if action.due_on < held_on:
            raise BadInput(
                _("Action {number} is due on {due}, before the review of {held}: choose a later day.").format(
                    number=number, due=units.day(action.due_on), held=units.day(held_on)
                ),
                reason="out_of_range",
                field="actions",
            )
        checked.append(Action(words, owner, action.due_on))
    return checked

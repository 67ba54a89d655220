"""Holding a review: notes, rating and actions, and the account's figures frozen as they were seen."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import ledgers, units, value
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.reviews.planning import planned_review, short
from kam.store import Condition, Store, Transaction
from kam.store.writing import as_json
from kam.words import _

RATINGS = ("on_track", "at_risk", "off_track")
MOST_ACTIONS = 50
_WHO = ("executive_id", "executive_name", "assigned_on", "last_contact_on", "contact_state")


@dataclass(frozen=True)
class Action:
    """What was agreed: the action in words, who does it, until when."""

    action: str
    owner: str
    due_on: date


@dataclass(frozen=True)
class Review:
    """A review as it is on record. seen: what the reviewers saw (`what_is_seen`), None before it is held.

    state: planned, held, cancelled. actions: rows of reviews.actions, by due date.
    """

    review_id: int
    account_id: str
    planned_on: date
    held_on: date | None
    state: str
    participants: str
    notes: str
    rating: str | None
    seen: dict[str, Any] | None
    closed_by: str | None
    version: int
    actions: list[dict[str, Any]]


def what_is_seen(store: Store, account_id: str, as_of: date, *, for_whom: Person) -> dict[str, Any]:
    """What a review looks at, as plain values: as_of, measures of the ledger, sponsor, open actions.

    Raises NotFound for an unknown account, Refusal for a day before the ledger.
    """
    ledgers.check_as_of(store, as_of)
    among = [Condition("account_id", "=", account_id)]
    account = next(iter(store.page("programme.account_list", {"as_of": as_of, "level": "account"}, where=among)), None)
    if account is None:
        raise NotFound(
            _("There is no account {account_id}: check the id, or import the account first.").format(
                account_id=account_id
            ),
            reason="unknown_account",
        )
    sponsor = next(iter(store.page("sponsorship.roster_sponsors", {"as_of": as_of}, where=among)), {})
    actions = store.read(
        "reviews.action_list",
        {"as_of": as_of},
        columns=("action", "owner", "due_on", "action_state"),
        where=[*among, Condition("is_open", "=", True)],
        order_by=[("due_on", False), ("action_id", False)],
    )
    seen = {
        "as_of": as_of,
        "name": account["name"],
        "category": account["category"],
        "owner": account["owner"],
        "activity_state": account["activity_state"],
        "is_margin_estimated": account["is_margin_estimated"],
        "measures": {measure_id: account[measure_id] for measure_id in value.MEASURES},
        "sponsor": {name: sponsor.get(name) for name in _WHO},
        "open_actions": actions.records(),
    }
    return json.loads(as_json(seen))


def hold(
    store: Store,
    review_id: int,
    *,
    held_on: date,
    notes: str,
    rating: str | None,
    actions: Sequence[Action] = (),
    participants: str | None = None,
    expected_version: int,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Hold and close a planned review; returns its id (None where op_id was done already).

    The account's figures as of held_on are frozen with it. participants None: as planned. Raises BadInput for an
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
    review = review_of(store, review_id, for_whom=who)
    seen = what_is_seen(store, review.account_id, held_on, for_whom=who)

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


def review_of(store: Store, review_id: int, *, for_whom: Person) -> Review:
    """One review with its actions and what was seen. Raises NotFound."""
    row = store.one("reviews.reviews", where=[Condition("review_id", "=", review_id)])
    if row is None:
        raise NotFound(_("There is no review {number}: reload the page.").format(number=review_id))
    actions = store.read(
        "reviews.actions",
        where=[Condition("review_id", "=", review_id)],
        order_by=[("due_on", False), ("action_id", False)],
    )
    return Review(
        review_id=row["review_id"],
        account_id=row["account_id"],
        planned_on=row["planned_on"],
        held_on=row["held_on"],
        state=row["state"],
        participants=row["participants"],
        notes=row["notes"],
        rating=row["rating"],
        seen=json.loads(row["seen"]) if row["seen"] else None,
        closed_by=row["closed_by"],
        version=row["version"],
        actions=actions.records(),
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

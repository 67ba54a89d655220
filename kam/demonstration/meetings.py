"""The account reviews of the story: held twice a year, some late, with actions done, open and overdue."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from kam import reviews
from kam.access import Person
from kam.demonstration import inputs
from kam.demonstration.facts import Facts
from kam.store import Condition, Store

_STREAM = 100
# Reviews are held on review days; each account takes part in two of three, or only in the last. Days before the ledger's
# end: the last lies in its quarter, so that the round of the quarter has begun.
_REVIEW_DAYS = (263, 106, 17)
_TAKES_PART = ((0, 1), (1, 2), (2,))


def hold_reviews(store: Store, facts: Facts, members: list[tuple[str, dict]], *, who: Person) -> None:
    """Plan and hold the reviews of the key accounts (id, what the story says of each), and plan the next one of most."""
    rng = np.random.default_rng([len(facts.base), _STREAM])
    owners = dict(zip(map(str, facts.base.account_id), map(str, facts.base.owner), strict=True))
    since = {row["account_id"]: row["admitted_on"] for row in store.read("programme.roster", {"as_of": facts.until})}
    for at, (account_id, member) in enumerate(members):
        owner, begun = owners[account_id], since[account_id] + timedelta(days=20)
        days = [facts.until - timedelta(days=_REVIEW_DAYS[number]) for number in _TAKES_PART[at % len(_TAKES_PART)]]
        held = [day for day in days if day > begun]
        for number, on in enumerate(held):
            _hold(
                store,
                account_id,
                owner,
                on,
                _rating(member, is_last=number == len(held) - 1, rng=rng),
                facts.until,
                rng,
                who,
            )
        # One in five has no date for the next review: that is what the page is for.
        if rng.random() < 0.8:
            is_just_held = bool(held) and (facts.until - held[-1]).days == _REVIEW_DAYS[-1]
            ahead = facts.until + timedelta(days=int(rng.integers(60, 110) if is_just_held else rng.integers(-20, 80)))
            reviews.plan(store, account_id, ahead, participants=_participants(owner), who=who)


def _rating(member: dict, *, is_last: bool, rng: np.random.Generator) -> str:
    if member.get("rush", 0) > 0.2:
        return "off_track" if is_last else "at_risk"
    if member.get("stopped_days"):
        return "at_risk"
    return str(rng.choice(["on_track", "on_track", "on_track", "at_risk"]))


def _hold(store: Store, account_id: str, owner: str, on: date, rating: str, until: date, rng, who: Person) -> None:
    words = inputs.reviews()[rating]
    review_id = reviews.plan(store, account_id, on, participants=_participants(owner), who=who)
    agreed = [
        reviews.Action(str(action), owner, on + timedelta(days=int(rng.integers(20, 120))))
        for action in rng.choice(words["actions"], int(rng.integers(1, 4)), replace=False)
    ]
    reviews.hold(
        store,
        review_id,
        held_on=on,
        notes=str(rng.choice(words["notes"])),
        rating=rating,
        actions=agreed,
        expected_version=1,
        who=who,
    )
    _close_actions(store, review_id, on, until, rng, who)


def _close_actions(store: Store, review_id: int, on: date, until: date, rng, who: Person) -> None:
    """Two of three actions of an older review are done, one in ten is dropped; the rest stays open."""
    for action in store.read("reviews.actions", where=[Condition("review_id", "=", review_id)]):
        chance = rng.random()
        closed_on = min(until, action["due_on"] + timedelta(days=int(rng.integers(-10, 12))))
        if chance < 0.75 and action["due_on"] < until and closed_on >= on:
            state = "dropped" if chance < 0.08 else "done"
            reviews.close_action(
                store,
                action["action_id"],
                state=state,
                closed_on=closed_on,
                expected_version=action["version"],
                who=who,
            )


def _participants(owner: str) -> str:
    return inputs.reviews()["participants"].format(owner=owner)

"""What changed between two views of an account, each as a review froze it or as it is now: figures, people, plan, promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import units
from kam.access import Person
from kam.errors import BadInput
from kam.reviews.record import review_of
from kam.reviews.seeing import what_is_seen
from kam.reviews.seen import seen_figures
from kam.store import Condition, Store
from kam.words import _

TOPICS = {
    "figures": _("Figures"),
    "people": _("People"),
    "plan": _("Plan"),
    "promises": _("Promises"),
    "service": _("Commitments and complaints"),
}


@dataclass(frozen=True)
class Change:
    """A change in words. topic: a key of TOPICS; tone: good, soon, bad, open."""

    topic: str
    text: str
    tone: str


@dataclass(frozen=True)
class Difference:
    """From one view to a later one. figures: measure_id, name, unit, before, after, change (after − before; None where either
    is unknown or it is a date) of those that are not the same. changes: what else. unrecorded: topics that the earlier
    view did not hold, so that nothing can be said about them."""

    since: date
    until: date
    figures: Sequence[dict[str, Any]]
    changes: Sequence[Change]
    unrecorded: Sequence[str]

    @property
    def is_empty(self) -> bool:
        """True where nothing changed."""
        return not self.figures and not self.changes


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> Difference:
    """The difference of two results of `reviews.what_is_seen`, the earlier first."""
    kept = ("people", "plan", "promises", "commitments", "complaints")
    unrecorded = [name for name in kept if name not in before]
    changes = _who(before, after)
    if "people" not in unrecorded:
        changes += _people(before["people"], after["people"])
    changes += _actions(before["open_actions"], after["open_actions"])
    if "plan" not in unrecorded:
        changes += _plan(before["plan"], after["plan"])
    if "promises" not in unrecorded:
        changes += _promises(before["promises"], after["promises"])
    if "commitments" not in unrecorded:
        changes += _states(
            before["commitments"], after["commitments"], "commitment", _BAD_COMMITMENTS, ended=_("is ended")
        )
    if "complaints" not in unrecorded:
        changes += _states(before["complaints"], after["complaints"], "complaint", (), ended=_("is closed"))
    return Difference(
        since=date.fromisoformat(before["as_of"]),
        until=date.fromisoformat(after["as_of"]),
        figures=_figures(before, after),
        changes=changes,
        unrecorded=unrecorded,
    )


def since_last(store: Store, account_id: str, as_of: date, *, for_whom: Person) -> Difference | None:
    """From the last review held before as_of to as_of; None before the first. Raises as `what_is_seen`."""
    last = store.one(
        "reviews.reviews",
        where=[
            Condition("account_id", "=", account_id),
            Condition("state", "=", "held"),
            Condition("held_on", "<", as_of),
        ],
        order_by=[("held_on", True), ("review_id", True)],
    )
    if last is None:
        return None
    before = review_of(store, last["review_id"], for_whom=for_whom).seen
    return difference(before, what_is_seen(store, account_id, as_of, for_whom=for_whom))


def between(store: Store, review_id: int, later_review_id: int, *, for_whom: Person) -> Difference:
    """From one held review of an account to another, the earlier first whatever the order given.

    Raises NotFound, BadInput where one was not held or they are of two accounts.
    """
    both = [review_of(store, number, for_whom=for_whom) for number in (review_id, later_review_id)]
    if any(review.seen is None for review in both):
        raise BadInput(_("Only reviews that were held can be compared: choose two of them."), reason="not_held")
    if both[0].account_id != both[1].account_id:
        raise BadInput(_("These reviews are of two accounts: choose two of the same one."), reason="different_accounts")
    first, second = sorted(both, key=lambda review: (review.held_on, review.review_id))
    return difference(first.seen, second.seen)


_BAD_COMMITMENTS = ("overdue", "broken")


def _figures(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    for old, new in zip(seen_figures(before), seen_figures(after), strict=True):
        if old["value"] == new["value"]:
            continue
        is_number = old["unit"] != "date" and old["value"] is not None and new["value"] is not None
        found.append(
            {name: new[name] for name in ("measure_id", "name", "unit")}
            | {
                "before": old["value"],
                "after": new["value"],
                "change": new["value"] - old["value"] if is_number else None,
            }
        )
    return found


def _who(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    pairs = (
        (_("Our executive sponsor"), before["sponsor"]["executive_name"], after["sponsor"]["executive_name"]),
        (_("The account manager"), before["owner"], after["owner"]),
        (_("The category"), before["category"], after["category"]),
    )
    return [
        Change(
            "people",
            _("{what} was {before} and is {after}.").format(
                what=what, before=old or _("nobody"), after=new or _("nobody")
            ),
            "soon",
        )
        for what, old, new in pairs
        if old != new
    ]


def _people(before: Sequence[Mapping], after: Sequence[Mapping]) -> list[Change]:
    old = {row["contact_id"]: row for row in before}
    new = {row["contact_id"]: row for row in after}
    changes = [
        Change("people", _("{name} is new.").format(name=_named(row)), "open")
        for contact_id, row in new.items()
        if contact_id not in old and row["is_here"]
    ]
    for contact_id, row in old.items():
        now = new.get(contact_id)
        if row["is_here"] and (now is None or not now["is_here"]):
            changes.append(Change("people", _("{name} is gone.").format(name=_named(row)), "bad"))
        elif now is not None and None not in (row["attitude"], now["attitude"]) and row["attitude"] != now["attitude"]:
            moved = now["attitude"] - row["attitude"]
            words = _("{name} is more for us: attitude {before} to {after}.")
            if moved < 0:
                words = _("{name} is less for us: attitude {before} to {after}.")
            changes.append(
                Change(
                    "people",
                    words.format(name=_named(row), before=row["attitude"], after=now["attitude"]),
                    "good" if moved > 0 else "bad",
                )
            )
    return changes


def _named(row: Mapping[str, Any]) -> str:
    return f"{row['name']} ({row['title']})" if row.get("title") else str(row["name"])


def _actions(before: Sequence[Mapping], after: Sequence[Mapping]) -> list[Change]:
    def key(row: Mapping) -> tuple:
        return row["action"], row["owner"], row["due_on"]

    old, new = {key(row): row for row in before}, {key(row): row for row in after}
    changes = [
        Change("plan", _("Action settled: {what} ({who}).").format(what=at[0], who=at[1]), "good")
        for at in old
        if at not in new
    ]
    changes += [
        Change("plan", _("Action agreed: {what} ({who}).").format(what=at[0], who=at[1]), "open")
        for at in new
        if at not in old
    ]
    return changes + [
        Change("plan", _("Action now late: {what} ({who}).").format(what=at[0], who=at[1]), "bad")
        for at, row in new.items()
        if at in old and row["action_state"] == "overdue" and old[at]["action_state"] != "overdue"
    ]


def _plan(before: Sequence[Mapping], after: Sequence[Mapping]) -> list[Change]:
    old = {row["action_id"]: row for row in before}
    changes = []
    for row in after:
        earlier, state = old.get(row["action_id"]), row["action_state"]
        if earlier is None:
            changes.append(
                Change(
                    "plan", _("New in the plan: {what} ({who}).").format(what=row["action"], who=row["owner"]), "open"
                )
            )
        elif earlier["action_state"] == state:
            continue
        elif state in _PLAN_WORDS:
            words, tone = _PLAN_WORDS[state]
            changes.append(Change("plan", words.format(what=row["action"], who=row["owner"]), tone))
    return changes


_PLAN_WORDS = {
    "done": (_("Done in the plan: {what} ({who})."), "good"),
    "dropped": (_("Dropped from the plan: {what} ({who})."), "soon"),
    "overdue": (_("Now late in the plan: {what} ({who})."), "bad"),
    "left_open": (_("Left open when the plan was closed: {what} ({who})."), "soon"),
}


def _promises(before: Sequence[Mapping], after: Sequence[Mapping]) -> list[Change]:
    def key(row: Mapping) -> tuple:
        return row["what"], row["due_on"]

    old, new = {key(row): row for row in before}, {key(row): row for row in after}

    def said(words: str, at: tuple) -> str:
        return words.format(what=at[0], day=units.day(date.fromisoformat(at[1])) if at[1] else _("no day"))

    changes = [
        Change("promises", said(_("No longer open: {what}, due {day}."), at), "good") for at in old if at not in new
    ]
    changes += [Change("promises", said(_("Promised: {what}, due {day}."), at), "open") for at in new if at not in old]
    return changes + [
        Change("promises", said(_("Now late: {what}, due {day}."), at), "bad")
        for at, row in new.items()
        if at in old and row["is_late"] and not old[at]["is_late"]
    ]


def _states(
    before: Sequence[Mapping], after: Sequence[Mapping], kind: str, bad: Sequence[str], *, ended: str
) -> list[Change]:
    """New, ended, and turned bad, of commitments or complaints."""
    key, state = f"{kind}_id", f"{kind}_state"
    old, new = {row[key]: row for row in before}, {row[key]: row for row in after}
    is_complaint = kind == "complaint"
    came = _("New complaint: {what}.") if is_complaint else _("New commitment: {what}.")
    changes = [
        Change("service", came.format(what=row[kind]), "bad" if is_complaint else "open")
        for at, row in new.items()
        if at not in old
    ]
    changes += [
        Change("service", _("“{what}” {ended}.").format(what=row[kind], ended=ended), "good")
        for at, row in old.items()
        if at not in new
    ]
    return changes + [
        Change("service", _("Not kept now: {what}.").format(what=row[kind]), "bad")
        for at, row in new.items()
        if at in old and row[state] in bad and old[at][state] not in bad
    ]

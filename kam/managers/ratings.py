"""Rating a manager's competencies: 1–5 by anchors, with evidence and its day, by somebody who has seen it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kam import units
from kam.access import Person
from kam.errors import BadInput, RuleBroken
from kam.managers.competencies import HIGHEST, LOWEST, competency_model
from kam.managers.record import LONGEST_NAME, manager_on_record, not_after, words
from kam.store import Condition, Store, Transaction
from kam.words import _

RATER_KINDS = ("self", "manager", "customer", "peer")


@dataclass(frozen=True)
class Seen:
    """A rating of one competency. level: 1..5; evidence: what was seen, in words."""

    level: int
    evidence: str


def rate(
    store: Store,
    manager_id: str,
    given: Mapping[str, Seen],
    *,
    rater_kind: str,
    rater: str = "",
    rated_on: date,
    as_of: date,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Save one rater's ratings (competency → Seen), all or none; returns how many (None where op_id was done already).

    rater: who saw it; left out for rater_kind `self`. Nothing is changed: a later rating of the same rater takes the
    place of the earlier one in readings. Raises NotFound for an unknown manager, BadInput for a level outside 1..5, an
    unknown competency or kind, missing evidence or a day after as_of, RuleBroken for a second rating on the same day
    and for a manager who rates themselves in another's part.
    """
    if rater_kind not in RATER_KINDS:
        raise BadInput(
            _("{kind} is not a rater: choose one of {kinds}.").format(kind=rater_kind, kinds=", ".join(RATER_KINDS)),
            field="rater_kind",
        )
    if rater_kind != "self":
        rater = words(" ".join(rater.split()), _("Say who rates."), "rater", longest=LONGEST_NAME)
    if not given:
        raise BadInput(_("There is nothing to save: rate at least one competency."), reason="missing")
    not_after(rated_on, as_of, _("Say on which day it was rated."), "rated_on")
    checked = {competency: _checked(competency, seen) for competency, seen in given.items()}
    version = competency_model().version

    def change(tx: Transaction) -> int:
        manager = manager_on_record(tx, manager_id)
        by = manager["name"] if rater_kind == "self" else rater
        if rater_kind != "self" and by.casefold() in (manager["name"].casefold(), manager_id.casefold()):
            raise RuleBroken(
                _("{name} cannot rate as {kind} of {name}: record it as their own rating.").format(
                    name=manager["name"], kind=rater_kind
                ),
                reason="own_rating",
                field="rater",
            )
        for competency, seen in checked.items():
            _check_once_a_day(tx, manager_id, competency, by, rater_kind, rated_on)
            tx.insert(
                "managers.ratings",
                rating_id=tx.next_number("managers.ratings", "rating_id"),
                manager_id=manager_id,
                competency=competency,
                level=seen.level,
                rater_kind=rater_kind,
                rater=by,
                rated_on=rated_on,
                evidence=seen.evidence,
                model_version=version,
                entered_by=who.name,
                entered_at=tx.now,
            )
        tx.note(rater=by)
        return len(checked)

    return store.write(
        change,
        who=who,
        action="rate manager",
        subject=("manager", manager_id),
        op_id=op_id,
        details={
            "rater_kind": rater_kind,
            "rated_on": rated_on,
            "ratings": {competency: vars(seen) for competency, seen in checked.items()},
        },
    )


def _checked(competency: str, seen: Seen) -> Seen:
    known = competency_model().competency(competency)
    if known is None:
        raise BadInput(
            _("{competency} is not a competency of the model: choose one of {known}.").format(
                competency=competency, known=", ".join(c.competency_id for c in competency_model().competencies)
            ),
            reason="unknown_competency",
            field="competency",
        )
    level = seen.level
    if isinstance(level, bool) or not isinstance(level, int) or not LOWEST <= level <= HIGHEST:
        raise BadInput(
            _("A level is a whole number from {lowest} to {highest}; {given} is not.").format(
                lowest=LOWEST, highest=HIGHEST, given=level
            ),
            reason="out_of_range",
            field="level",
        )
    evidence = words(
        seen.evidence,
        _("Say what was seen: a rating of {name} needs its evidence.").format(name=known.name),
        "evidence",
    )
    return Seen(level, evidence)


def _check_once_a_day(
    tx: Transaction, manager_id: str, competency: str, rater: str, rater_kind: str, rated_on: date
) -> None:
    same_day = tx.read(
        "managers.ratings",
        where=[
            Condition("manager_id", "=", manager_id),
            Condition("competency", "=", competency),
            Condition("rated_on", "=", rated_on),
        ],
    )
    for row in same_day:
        is_self = (row["rater_kind"] == "self") == (rater_kind == "self")
        if is_self and row["rater"].strip().casefold() == rater.casefold():
            raise RuleBroken(
                _(
                    "{rater} rated {competency} on {day} already, and a rating is not changed: "
                    "rate again on a later day."
                ).format(
                    rater=rater, competency=competency_model().competency(competency).name, day=units.day(rated_on)
                ),
                reason="rated_twice",
                field="rated_on",
            )

"""The KAM champion: one at a time, with a dated term, whom they report to, and who follows.

A term is a row of statements: the first appoints, later ones amend (a successor is named, the term ends earlier),
and what stood before stays on record.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import units
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.store import Condition, Store, Transaction
from kam.words import _

# From the top down: the number is the level's distance from the top.
LEVELS = {"board": 1, "c_level": 2, "vice_president": 3, "director": 4, "below": 5}
LONGEST_NAME = 120
LONGEST_TEXT = 2000
_ALWAYS = date(9999, 12, 31)


@dataclass(frozen=True)
class Term:
    """What is said of a champion's term.

    reports_to_level: a key of LEVELS; time_share: 0..1 of their time, None where none is set aside; until_on:
    the last day, None for a term without an end; successor: None where nobody is named.
    """

    name: str
    reports_to: str
    reports_to_level: str
    time_share: float | None
    from_on: date
    until_on: date | None = None
    successor: str | None = None


def champion(store: Store, as_of: date) -> dict[str, Any] | None:
    """Who is champion on a day, a row of programme.champion_terms, or None."""
    return store.one("programme.champion_terms", {"as_of": as_of}, where=[Condition("term_state", "=", "current")])


def appoint_champion(
    store: Store, term: Term, *, reason: str, as_of: date, who: Person, op_id: str | None = None
) -> int | None:
    """Appoint a champion for a term, decided on as_of; returns the term's id (None where op_id was done already).

    Raises BadInput for what is missing or out of range, RuleBroken where the term overlaps another champion's.
    """
    return _state(store, None, term, reason=reason, as_of=as_of, who=who, op_id=op_id)


def amend_champion(
    store: Store, term_id: int, term: Term, *, reason: str, as_of: date, who: Person, op_id: str | None = None
) -> int | None:
    """Say what holds of a term from as_of on; what stood before stays on record. Returns the term's id.

    Raises NotFound for an unknown term, else as `appoint_champion`; RuleBroken for a day before its last statement.
    """
    return _state(store, term_id, term, reason=reason, as_of=as_of, who=who, op_id=op_id)


def _state(
    store: Store, term_id: int | None, term: Term, *, reason: str, as_of: date, who: Person, op_id: str | None
) -> int | None:
    term = _checked(term)
    reason = written(reason, _("Say why: the reason is kept with the decision."), "reason")

    def change(tx: Transaction) -> int:
        terms = {row["term_id"]: row for row in tx.read("programme.champion_terms", arguments={"as_of": _ALWAYS})}
        if term_id is not None:
            _check_amendable(terms.get(term_id), term_id, as_of)
        _check_alone(term, [row for row in terms.values() if row["term_id"] != term_id])
        number = term_id or tx.next_number("programme.champion_records", "term_id")
        tx.insert(
            "programme.champion_records",
            record_id=tx.next_number("programme.champion_records", "record_id"),
            term_id=number,
            **vars(term),
            reason=reason,
            decided_on=as_of,
            decided_by=who.name,
            decided_at=tx.now,
        )
        tx.note(term_id=number)
        return number

    return store.write(
        change,
        who=who,
        action="appoint champion" if term_id is None else "amend champion",
        subject=("programme", "champion"),
        op_id=op_id,
        details=vars(term) | {"reason": reason, "decided_on": as_of},
    )


def _checked(term: Term) -> Term:
    name = written(term.name, _("Name the champion."), "name", longest=LONGEST_NAME)
    reports_to = written(term.reports_to, _("Say to whom the champion reports."), "reports_to", longest=LONGEST_NAME)
    if term.reports_to_level not in LEVELS:
        raise BadInput(
            _("{level} is not a level: choose one of {levels}.").format(
                level=term.reports_to_level, levels=", ".join(LEVELS)
            ),
            field="reports_to_level",
        )
    if term.time_share is not None and not 0 <= term.time_share <= 1:
        raise BadInput(
            _("The share of time lies between 0 and 1; {given} does not.").format(given=term.time_share),
            reason="out_of_range",
            field="time_share",
        )
    if term.from_on is None:
        raise BadInput(_("Say on which day the term begins."), reason="missing", field="from_on")
    if term.until_on is not None and term.until_on < term.from_on:
        raise BadInput(
            _("The term would end on {until}, before it begins on {begin}: choose a later last day.").format(
                until=units.day(term.until_on), begin=units.day(term.from_on)
            ),
            reason="out_of_range",
            field="until_on",
        )
    successor = " ".join((term.successor or "").split())[:LONGEST_NAME] or None
    if successor and successor.casefold() == name.casefold():
        raise BadInput(
            _("{name} cannot follow themselves: name somebody else, or a later last day.").format(name=name),
            field="successor",
        )
    return Term(name, reports_to, term.reports_to_level, term.time_share, term.from_on, term.until_on, successor)


def _check_amendable(term: dict[str, Any] | None, term_id: int, as_of: date) -> None:
    if term is None:
        raise NotFound(_("There is no champion's term {number}: reload the page.").format(number=term_id))
    if as_of < term["decided_on"]:
        raise RuleBroken(
            _("The last decision about the term of {name} is of {day}: choose that day or a later one.").format(
                name=term["name"], day=units.day(term["decided_on"])
            ),
            reason="before_last_decision",
            field="as_of",
        )


def _check_alone(term: Term, others: list[dict[str, Any]]) -> None:
    """Two champions at once are none: nobody knows who decides."""
    for other in sorted(others, key=lambda row: row["from_on"]):
        if (other["until_on"] or _ALWAYS) >= term.from_on and (term.until_on or _ALWAYS) >= other["from_on"]:
            term_told = (
                _("from {begin} to {end}").format(begin=units.day(other["from_on"]), end=units.day(other["until_on"]))
                if other["until_on"]
                else _("from {begin} on").format(begin=units.day(other["from_on"]))
            )
            raise RuleBroken(
                _(
                    "{other} is champion {term}, and there is one champion at a time: end that term before {day}, or "
                    "begin this one later."
                ).format(other=other["name"], term=term_told, day=units.day(term.from_on)),
                reason="two_champions",
                field="from_on",
            )


def written(text: str | None, missing: str, field: str, *, longest: int = LONGEST_TEXT) -> str:
    """Text that has to be there, trimmed. missing: the sentence where it is not. Raises BadInput."""
    text = (text or "").strip()
    if not text:
        raise BadInput(missing, reason="missing", field=field)
    if len(text) > longest:
        raise BadInput(
            _("This text is longer than {most} characters: shorten it.").format(most=longest),
            reason="too_long",
            field=field,
        )
    return text

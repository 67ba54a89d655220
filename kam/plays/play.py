"""Plays as dated decisions: made, changed, retired; who, what, and when not to."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from kam import portfolio
from kam.access import Person
from kam.errors import BadInput, NotFound, RuleBroken
from kam.relationships import rules
from kam.store import Condition, Store, Transaction
from kam.words import _

KINDS = {
    "offer": _("offer"),
    "instruction": _("instruction"),
    "invitation": _("invitation"),
    "information": _("information"),
    "question": _("question"),
    "thanks": _("thanks"),
}
CHANNELS = {
    "call": _("call"),
    "email": _("email"),
    "letter": _("letter"),
    "message": _("message"),
    "portal": _("customer portal"),
    "visit": _("visit"),
}
AUDIENCES = {
    "anyone": _("buyers and others"),
    "buyers": _("buyers only"),
    "non_buyers": _("non-buyers only"),
}
MOST_DAYS = 730
_LONGEST_NAME = 80
_MOST_MONTHS = 120
_MOST_SEGMENTS = 12
_TABLE = "plays.versions"


@dataclass(frozen=True)
class Play:
    """What a play is.

    message: what is said, sent or done. due_days: from a run until its list is done. segment: a saved one, None for every account.
    unless: saved segments whose accounts are left out. audience: buyers or non_buyers of a category (None: of anything)
    within audience_months, or anyone. contact_rest_days, act_rest_days: days in which nobody was in touch, and no play was done
    (None: no such rule). despite_trouble: also to accounts with an open complaint or red line. playbook_id: the entry of the knowledge
    base that it comes from.
    """

    name: str
    kind: str
    message: str
    channel: str
    due_days: int
    segment: str | None = None
    unless: tuple[str, ...] = ()
    audience: str = "anyone"
    category: str | None = None
    audience_months: int | None = None
    contact_rest_days: int | None = None
    act_rest_days: int | None = None
    despite_trouble: bool = False
    playbook_id: int | None = None


def make_play(
    store: Store, play: Play, *, reason: str, as_of: date, who: Person, op_id: str | None = None
) -> int | None:
    """Make a play from as_of on; returns its id (None where op_id was done already).

    Raises BadInput for what is missing or out of range, NotFound for an unknown segment, category or playbook, RuleBroken for
    a name that another play has.
    """
    values = checked(store, play, as_of)
    reason = rules.stated(reason, _("Say why this play is made: the reason is kept."), field="reason")

    def change(tx: Transaction) -> int:
        play_id = tx.next_number(_TABLE, "play_id")
        _name_is_free(tx, values["name"], play_id)
        _insert(tx, play_id, 1, values, is_retired=False, reason=reason, as_of=as_of)
        return play_id

    return store.write(
        change, who=who, action="make play", subject=("play", values["name"]), op_id=op_id, details={"reason": reason}
    )


def change_play(
    store: Store,
    play_id: int,
    play: Play,
    *,
    reason: str,
    as_of: date,
    expected_version: int | None = None,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Change a play, or take a retired one into use again, from as_of on; returns the new version.

    Raises as `make_play`; NotFound for an unknown play, RuleBroken for a day before its last decision, StaleWrite where
    somebody else changed it since expected_version.
    """
    values = checked(store, play, as_of)
    reason = rules.stated(reason, _("Say why this play is changed: the reason is kept."), field="reason")

    def change(tx: Transaction) -> int:
        held = _latest(tx, play_id, as_of)
        rules.seen_is_current(held, values, expected_version)
        _name_is_free(tx, values["name"], play_id)
        return _insert(tx, play_id, held["version"] + 1, values, is_retired=False, reason=reason, as_of=as_of)

    return store.write(
        change, who=who, action="change play", subject=("play", values["name"]), op_id=op_id, details={"reason": reason}
    )


def retire_play(
    store: Store, play_id: int, *, reason: str, as_of: date, who: Person, op_id: str | None = None
) -> int | None:
    """Take a play out of use from as_of on; its runs stay. Returns the new version.

    Raises BadInput without a reason, NotFound for an unknown play, RuleBroken where it is out of use already.
    """
    reason = rules.stated(reason, _("Say why this play is retired: the reason is kept."), field="reason")

    def change(tx: Transaction) -> int:
        held = _latest(tx, play_id, as_of)
        if held["is_retired"]:
            raise RuleBroken(_("{name} is out of use already.").format(name=held["name"]), reason="retired")
        values = {name: held[name] for name in Play.__dataclass_fields__}
        return _insert(tx, play_id, held["version"] + 1, values, is_retired=True, reason=reason, as_of=as_of)

    return store.write(
        change, who=who, action="retire play", subject=("play", str(play_id)), op_id=op_id, details={"reason": reason}
    )


def play_named(store: Store, name: str, as_of: date) -> dict[str, Any]:
    """The play of this name on a day (a row of plays.play_list). Raises NotFound that names those there are."""
    known = store.read("plays.play_list", {"as_of": as_of}, order_by=[("name", False)]).records()
    for row in known:
        if row["name"].casefold() == name.strip().casefold():
            return row
    raise NotFound(
        _("There is no play {name}: it is one of {known}.").format(
            name=name, known=", ".join(row["name"] for row in known) or _("none so far")
        ),
        reason="unknown_play",
        field="play",
    )


def checked(store: Store, play: Play, as_of: date) -> dict[str, Any]:
    """The values of a version's row. Raises as `make_play`."""
    name = rules.stated(play.name, _("Name the play."), field="name")
    if len(name) > _LONGEST_NAME:
        raise BadInput(
            _("A name has at most {most} characters: shorten it.").format(most=_LONGEST_NAME),
            reason="too_long",
            field="name",
        )
    rules.one_of(play.kind, KINDS, _("The kind"), field="kind")
    rules.one_of(play.channel, CHANNELS, _("The channel"), field="channel")
    rules.one_of(play.audience, AUDIENCES, _("Whom it is for"), field="audience")
    message = rules.stated(play.message, _("Write what is said, sent or done."), field="message")
    for segment in (play.segment, *play.unless):
        if segment is not None:
            portfolio.conditions_of(store, portfolio.segment_named(store, segment).conditions, as_of)
    if len(play.unless) > _MOST_SEGMENTS:
        raise BadInput(
            _("At most {most} segments can be left out: merge some into one.").format(most=_MOST_SEGMENTS),
            reason="out_of_range",
            field="unless",
        )
    return asdict(play) | {
        "name": name,
        "message": message,
        "unless": list(dict.fromkeys(play.unless)),
        "due_days": _whole(play.due_days, 0, MOST_DAYS, "due_days"),
        "contact_rest_days": _rest(play.contact_rest_days, "contact_rest_days"),
        "act_rest_days": _rest(play.act_rest_days, "act_rest_days"),
        **_buying(store, play),
        "playbook_id": _playbook(store, play.playbook_id, as_of),
    }


def _buying(store: Store, play: Play) -> dict[str, Any]:
    if play.audience == "anyone":
        return {"category": None, "audience_months": None}
    if play.audience_months is None:
        raise BadInput(
            _("Say in how many months a buyer has to have bought."), reason="missing", field="audience_months"
        )
    months = _whole(play.audience_months, 1, _MOST_MONTHS, "audience_months")
    if play.category is not None:
        known = store.choices("ledgers.products", None, "category")
        if play.category not in known:
            raise NotFound(
                _("No product has the category {category}: it is one of {known}.").format(
                    category=play.category, known=", ".join(known) or _("none so far")
                ),
                reason="unknown_category",
                field="category",
            )
    return {"category": play.category, "audience_months": months}


def _playbook(store: Store, playbook_id: int | None, as_of: date) -> int | None:
    if playbook_id is None:
        return None
    entry = store.one("knowledge.entry_list", {"as_of": as_of}, where=[Condition("entry_id", "=", playbook_id)])
    if entry is None or entry["kind"] != "playbook":
        raise NotFound(
            _("There is no playbook {number}: choose one of the knowledge base.").format(number=playbook_id),
            reason="unknown_playbook",
            field="playbook_id",
        )
    return playbook_id


def _rest(days: int | None, field: str) -> int | None:
    return None if days is None else _whole(days, 1, MOST_DAYS, field)


def _whole(value: Any, lowest: int, highest: int, field: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
        raise BadInput(
            _("{value} is out of range: type a whole number from {lowest} to {highest}.").format(
                value=value, lowest=lowest, highest=highest
            ),
            reason="out_of_range",
            field=field,
        )
    return value


def _latest(tx: Transaction, play_id: int, as_of: date) -> dict[str, Any]:
    found = tx.read(_TABLE, where=[Condition("play_id", "=", play_id)], order_by=[("version", True)], limit=1).records()
    if not found:
        raise NotFound(_("There is no such play: reload the page."), reason="unknown_play", field="play")
    rules.not_before(
        as_of,
        found[0]["decided_on"],
        _("It was decided on {earliest} last: choose that day or a later one, not {day}."),
        field="as_of",
    )
    return found[0]


def _name_is_free(tx: Transaction, name: str, play_id: int) -> None:
    latest: dict[int, str] = {}
    for row in tx.read(_TABLE, columns=("play_id", "name"), order_by=[("version_id", False)]):
        latest[row["play_id"]] = row["name"]
    if any(other != play_id and held.casefold() == name.casefold() for other, held in latest.items()):
        raise RuleBroken(
            _("There is a play {name} already: change that one, or choose another name.").format(name=name),
            reason="exists",
            field="name",
        )


def _insert(
    tx: Transaction, play_id: int, version: int, values: dict[str, Any], *, is_retired: bool, reason: str, as_of: date
) -> int:
    tx.insert(
        _TABLE,
        version_id=tx.next_number(_TABLE, "version_id"),
        play_id=play_id,
        version=version,
        **values,
        is_retired=is_retired,
        reason=reason,
        decided_on=as_of,
        decided_by=tx.who.name,
        decided_at=tx.now,
    )
    tx.note(play_id=play_id, version=version)
    return version

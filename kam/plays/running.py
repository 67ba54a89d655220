"""Running a play as of a day: who gets it, who is left out and why, frozen as it was seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from kam import portfolio, units
from kam.access import Person
from kam.errors import NotFound, RuleBroken
from kam.plays.play import CHANNELS
from kam.store import Condition, Store, Transaction
from kam.words import _

REASONS = {
    "buyer": _("has bought it already"),
    "prospect": _("has not bought it"),
    "buying_unknown": _("not known whether it bought it"),
    "segment": _("is in a segment that is left out"),
    "complaint": _("a complaint is open"),
    "red_line": _("a red line is open"),
    "contacted": _("contacted lately"),
    "acted_on": _("had a play lately"),
    "on_list": _("on an open list of this play"),
}


@dataclass(frozen=True)
class Reason:
    """Why an account is left out. label: of a segment its name; told: spelled out."""

    account_id: str
    reason: str
    label: str | None
    told: str


@dataclass(frozen=True)
class Look:
    """What a play would do on a day.

    play: its row of plays.play_list; targeted: account_id, name and owner of all whom it is meant for; reasons: why some are left out;
    target_told, rules_told: whom and when not, in words. targeted = listed + left_out.
    """

    play: Mapping[str, Any]
    as_of: date
    targeted: Sequence[Mapping[str, Any]]
    reasons: Sequence[Reason]
    target_told: str
    rules_told: tuple[str, ...]

    @cached_property
    def _told(self) -> dict[str, list[str]]:
        told: dict[str, list[str]] = {}
        for reason in self.reasons:
            told.setdefault(reason.account_id, []).append(reason.told)
        return told

    @cached_property
    def listed(self) -> list[Mapping[str, Any]]:
        """The accounts that get it."""
        return [row for row in self.targeted if row["account_id"] not in self._told]

    @cached_property
    def left_out(self) -> list[dict[str, Any]]:
        """The accounts that do not, each with its `reasons` spelled out."""
        return [
            dict(row) | {"reasons": "; ".join(sorted(self._told[row["account_id"]]))}
            for row in self.targeted
            if row["account_id"] in self._told
        ]

    @property
    def counts(self) -> list[dict[str, Any]]:
        """reason, label, account_count and alone_count (left out for nothing else), the most frequent first."""
        all_of = {(r.account_id, r.reason, r.label) for r in self.reasons}
        of_account = Counter(account_id for account_id, _reason, _label in all_of)
        counted = Counter((reason, label) for _account_id, reason, label in all_of)
        alone = Counter((reason, label) for account_id, reason, label in all_of if of_account[account_id] == 1)
        return [
            {"reason": reason, "label": label, "account_count": count, "alone_count": alone[reason, label]}
            for (reason, label), count in sorted(counted.items(), key=lambda at: (-at[1], at[0][0], at[0][1] or ""))
        ]


def look(store: Store, play_id: int, as_of: date) -> Look:
    """What a run of the play would list on a day; nothing is written.

    Raises NotFound for a play that there is not on that day, or a segment that is gone.
    """
    play = store.one("plays.play_list", {"as_of": as_of}, where=[Condition("play_id", "=", play_id)])
    if play is None:
        raise NotFound(
            _("There is no such play on {day}: choose a later day, or another play.").format(day=units.day(as_of)),
            reason="unknown_play",
            field="play",
        )
    where, target_told = _segment(store, play["segment"], as_of) if play["segment"] else ([], _("every account"))
    targeted = store.page(
        "portfolio.owners",
        {"as_of": as_of},
        where=where,
        columns=("account_id", "name", "owner"),
        order_by=[("name", False), ("account_id", False)],
    ).records()
    return Look(
        play,
        as_of,
        targeted,
        [*_standing(store, play, as_of, where), *_unless(store, play, as_of, where)],
        target_told,
        tuple(rules_told(store, play)),
    )


def run_play(
    store: Store,
    play_id: int,
    *,
    as_of: date,
    expected_version: int | None = None,
    who: Person,
    op_id: str | None = None,
) -> int | None:
    """Run a play as of a day and freeze what was seen; returns the run's id (None where op_id was done already).

    Raises as `look`; RuleBroken for a retired play, one that is meant for nobody on that day, one that was changed since
    expected_version, or one that somebody ran meanwhile.
    """
    seen = look(store, play_id, as_of)
    if seen.play["is_retired"]:
        raise RuleBroken(
            _("{name} is out of use: take it into use again before running it.").format(name=seen.play["name"]),
            reason="retired",
        )
    if expected_version is not None and seen.play["version"] != expected_version:
        raise RuleBroken(
            _("{name} was changed meanwhile: look at its list again, then run it.").format(name=seen.play["name"]),
            reason="changed",
        )
    if not seen.targeted:
        raise RuleBroken(
            _("{name} is meant for {target}, and no account is that on {day}: nothing was run.").format(
                name=seen.play["name"], target=seen.target_told, day=units.day(as_of)
            ),
            reason="nobody",
        )

    def change(tx: Transaction) -> int:
        ran = len(tx.read("plays.runs", where=[Condition("play_id", "=", play_id), Condition("as_of", "<=", as_of)]))
        if ran != seen.play["run_count"]:
            raise RuleBroken(_("Somebody ran this play meanwhile: reload the page."), reason="ran_meanwhile")
        run_id = tx.next_number("plays.runs", "run_id")
        tx.insert(
            "plays.runs",
            run_id=run_id,
            play_id=play_id,
            version=seen.play["version"],
            as_of=as_of,
            due_on=as_of + timedelta(days=seen.play["due_days"]),
            target_told=seen.target_told,
            rules_told=list(seen.rules_told),
            run_by=who.name,
            run_at=tx.now,
        )
        _freeze(tx, run_id, seen)
        tx.note(run_id=run_id, targeted=len(seen.targeted), listed=len(seen.listed))
        return run_id

    return store.write(
        change, who=who, action="run play", subject=("play", seen.play["name"]), op_id=op_id, details={"as_of": as_of}
    )


def _freeze(tx: Transaction, run_id: int, seen: Look) -> None:
    """Both sides of the list by columns, however many accounts they are."""
    import numpy as np

    def texts(values: list[str | None]) -> np.ndarray:
        column = np.empty(len(values), dtype=object)
        column[:] = values
        return column

    left_out = {row["account_id"] for row in seen.left_out}
    tx.insert_columns(
        "plays.run_accounts",
        {
            "run_id": np.full(len(seen.targeted), run_id, dtype=np.int64),
            "account_id": texts([row["account_id"] for row in seen.targeted]),
            "name": texts([row["name"] for row in seen.targeted]),
            "owner": texts([row["owner"] for row in seen.targeted]),
            "is_listed": np.array([row["account_id"] not in left_out for row in seen.targeted]),
        },
    )
    if seen.reasons:
        tx.insert_columns(
            "plays.run_reasons",
            {
                "run_id": np.full(len(seen.reasons), run_id, dtype=np.int64),
                "account_id": texts([reason.account_id for reason in seen.reasons]),
                "reason": texts([reason.reason for reason in seen.reasons]),
                "label": texts([reason.label for reason in seen.reasons]),
                "told": texts([reason.told for reason in seen.reasons]),
            },
        )


def rules_told(store: Store, play: Mapping[str, Any]) -> list[str]:
    """When a play does not turn to an account, one rule a line. Raises NotFound for a segment that is gone."""
    what = play["category"] or _("anything")
    said = []
    if play["audience"] == "non_buyers":
        said.append(
            _("not to those who bought {what} in the last {months} months").format(
                what=what, months=play["audience_months"]
            )
        )
    if play["audience"] == "buyers":
        said.append(
            _("not to those who did not buy {what} in the last {months} months").format(
                what=what, months=play["audience_months"]
            )
        )
    for segment in play["unless"]:
        told = portfolio.told_segment(store, portfolio.segment_named(store, segment).conditions)
        said.append(_("not to the segment {segment} ({told})").format(segment=segment, told=told))
    if not play["despite_trouble"]:
        said.append(_("not while a complaint or a red line is open"))
    if play["contact_rest_days"] is not None:
        said.append(_("not within {days} days of a contact").format(days=play["contact_rest_days"]))
    if play["act_rest_days"] is not None:
        said.append(_("not within {days} days of another play").format(days=play["act_rest_days"]))
    said.append(_("not while it is on an open list of this play"))
    return said


def _segment(store: Store, name: str, as_of: date) -> tuple[list[Condition], str]:
    saved = portfolio.segment_named(store, name)
    where = portfolio.conditions_of(store, saved.conditions, as_of)
    told = portfolio.told_segment(store, saved.conditions)
    return where, _("the segment {segment} ({told})").format(segment=saved.name, told=told)


def _standing(store: Store, play: Mapping[str, Any], as_of: date, where: Sequence[Condition]) -> list[Reason]:
    given = {
        "as_of": as_of,
        "of_play": play["play_id"],
        "audience": play["audience"],
        "of_category": play["category"],
        "audience_months": play["audience_months"] or 0,
        "contact_days": play["contact_rest_days"],
        "act_days": play["act_rest_days"],
        "despite_trouble": play["despite_trouble"],
    }
    found = store.page(
        "plays.held_back", given, where=where, order_by=[("account_id", False), ("reason", False)]
    ).records()
    return [Reason(row["account_id"], row["reason"], None, _told(row, play)) for row in found]


def _unless(store: Store, play: Mapping[str, Any], as_of: date, where: Sequence[Condition]) -> list[Reason]:
    found = []
    for name in play["unless"]:
        conditions = portfolio.segment_named(store, name).conditions
        within = [*where, *portfolio.conditions_of(store, conditions, as_of)]
        told = _("is in the segment {segment}: {told}").format(
            segment=name, told=portfolio.told_segment(store, conditions)
        )
        rows = store.page("portfolio.owners", {"as_of": as_of}, where=within, columns=("account_id",))
        found += [Reason(account_id, "segment", name, told) for account_id in rows.column("account_id")]
    return found


def _told(row: Mapping[str, Any], play: Mapping[str, Any]) -> str:
    """A reason with its evidence, in words."""
    what = play["category"] or _("anything")
    day = units.day(row["happened_on"]) if row["happened_on"] else ""
    sentences = {
        "buyer": _("has bought {what}, last on {day}"),
        "prospect": _("has not bought {what} in {months} months"),
        "buying_unknown": _("its purchases name no category: not known whether it bought {what}"),
        "complaint": _("a complaint is open since {day}: {evidence}"),
        "red_line": _("a red line is open since {day}: {evidence}"),
        "contacted": _("contacted on {day} ({evidence})"),
        "acted_on": _("had the play {evidence} on {day}"),
        "on_list": _("is on the list of {day}, not done yet"),
    }
    return sentences[row["reason"]].format(
        what=what,
        day=day,
        months=play["audience_months"],
        evidence=str(row["evidence"] or "").replace("_", " ")
        if row["reason"] in ("red_line", "contacted")
        else row["evidence"],
    )


def play_told(play: Mapping[str, Any]) -> str:
    """A play in half a line: kind's channel and term."""
    return _("by {channel}, within {days} days").format(channel=CHANNELS[play["channel"]], days=play["due_days"])

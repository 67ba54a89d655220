"""What the programme learned, and its plays with their lists and what was done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kam import knowledge, plays, portfolio
from kam.access import Person
from kam.demonstration import inputs
from kam.demonstration.facts import Facts
from kam.store import Condition, Store

# Days before the ledger's end on which the base was opened; what is older was taken over into it.
_OPENED = 190


def learn_and_play(store: Store, facts: Facts, *, who: Person) -> None:
    """Write the entries down, then make the plays, run them and mark their lists."""
    written = {entry["title"]: _entry(store, facts, entry, who) for entry in inputs.knowledge()["entry"]}
    told = inputs.plays()
    for segment in told["segment"]:
        portfolio.save_segment(store, segment["name"], segment["conditions"], as_of=facts.until, who=who)
    for play in told["play"]:
        _play(store, play, written, facts.until, who)


def _entry(store: Store, facts: Facts, told: dict[str, Any], who: Person) -> int:
    begun = facts.until - timedelta(days=told["days_ago"])
    account = told.get("account")
    return knowledge.write_entry(
        store,
        knowledge.Entry(
            told["kind"],
            told["title"],
            told["text"],
            told["author"],
            told["owner"],
            told["source"],
            begun,
            review_by=facts.until + timedelta(days=told["review_days"]),
            marks=tuple(map(tuple, told["marks"])),
            account_id=str(facts.base.account_id[facts.base.position_of(account)]) if account else None,
        ),
        as_of=max(begun, facts.until - timedelta(days=_OPENED)),
        who=who,
    )


def _play(store: Store, told: dict[str, Any], written: dict[str, int], until: date, who: Person) -> None:
    names = set(plays.Play.__dataclass_fields__) - {"unless", "playbook_id"}
    play = plays.Play(
        **{name: told[name] for name in names if name in told},
        unless=tuple(told.get("unless", ())),
        playbook_id=written.get(told.get("playbook", "")),
    )
    play_id = plays.make_play(store, play, reason=told["reason"], as_of=until - timedelta(days=told["days"]), who=who)
    if "run_days" not in told:
        return
    run_id = plays.run_play(store, play_id, as_of=until - timedelta(days=told["run_days"]), who=who)
    listed = store.read(
        "plays.run_rows",
        {"as_of": until},
        columns=("account_id",),
        where=[Condition("run_id", "=", run_id), Condition("is_listed", "=", True)],
        order_by=[("name", False), ("account_id", False)],
    ).column("account_id")
    # A small company may have fewer on the list than the story tells of.
    for at, mark in enumerate(told["marks"][: len(listed)]):
        plays.mark(
            store,
            run_id,
            listed[at:] if mark.get("others") else listed[at : at + 1],
            mark["outcome"],
            note=mark["note"],
            done_on=until - timedelta(days=mark["days"]),
            as_of=until,
            who=who,
        )

"""What our people know and wrote down about the key accounts: contacts, stages, needs, notes, kept promises, a red line."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from kam import access, relationships
from kam.access import Person
from kam.demonstration import inputs
from kam.demonstration.facts import Facts
from kam.store import Condition, Store

_STREAM = 160
_KEPT = 0.8
_SETTLED_DAYS = 240
# How many sections of the profile each account in turn has: a few are complete, some hardly begun.
_SECTIONS = (3, 7, 2, 1, 4, 0, 2, 1)
_STRENGTHS = ("brief", "several", "several", "in_depth")


def write_down(store: Store, facts: Facts, members: list[tuple[str, dict]], *, who: Person) -> None:
    """Let the account managers write down what they know of the key accounts (id, what the story says of each)."""
    told = inputs.relationships()
    rng = np.random.default_rng([len(facts.base), _STREAM])
    owners = dict(zip(map(str, facts.base.account_id), map(str, facts.base.owner), strict=True))
    for at, (account_id, member) in enumerate(members):
        manager = access.person_named(owners[account_id], "account_manager")
        _people(store, account_id, member, manager, told, facts.until, rng)
        _stage(store, account_id, told["stage"][at % len(told["stage"])], at, manager, facts.until)
        _needs(store, account_id, at, manager, told, facts.until, rng)
        _notes(store, account_id, at, manager, told, facts.until)
    _promises(store, [account_id for account_id, _member in members], facts.until, rng, who)
    by_name = {member["name"]: account_id for account_id, member in members}
    _events(store, by_name, told, facts.until, who)


def _contacts(store: Store, account_id: str, most: int) -> list[dict]:
    return store.read(
        "ledgers.contacts",
        where=[Condition("account_id", "=", account_id)],
        order_by=[("influence", True), ("contact_id", False)],
        limit=most,
    ).records()


def _people(store: Store, account_id: str, member: dict, manager: Person, told: dict, until: date, rng) -> None:
    """Who of ours looks after the most influential, and how they stand to us; some confirmed, some assumed."""
    is_team = member["name"] in told["team"]["accounts"]
    ours = [manager.name, *told["team"]["people"]] if is_team else [manager.name]
    for at, contact in enumerate(_contacts(store, account_id, 6 if is_team else 1)):
        on = until - timedelta(days=int(rng.integers(5, 80 if is_team else 240)))
        relationships.observe(
            store,
            account_id,
            contact["contact_id"],
            {
                "attitude": int(np.clip(contact["attitude"] + rng.integers(-1, 2), -2, 2)),
                "our_owner": ours[at % len(ours)],
                "strength": str(rng.choice(_STRENGTHS)),
            }
            | ({"last_contact": on} if is_team else {}),
            status="confirmed" if rng.random() < 0.6 else "assumed",
            source=str(rng.choice(told["sources"]["words"])),
            observed_on=on,
            who=manager,
        )


def _stage(store: Store, account_id: str, rated: dict, at: int, manager: Person, until: date) -> None:
    """Ours of every account, theirs of two in three, a target of most."""
    on = until - timedelta(days=30 + 7 * (at % 9))

    def rate(side: str, evidence: str, by: str | None = None) -> None:
        relationships.rate_stage(
            store, account_id, side, stage=rated[side], evidence=evidence, rated_on=on, rated_by=by, who=manager
        )

    rate("ours", rated["evidence"])
    if at % 3:
        rate("customers", rated["said"], _contacts(store, account_id, 1)[0]["name"])
    if at % 4:
        rate("target", "Agreed in the plan for the account.")


def _needs(store: Store, account_id: str, at: int, manager: Person, told: dict, until: date, rng) -> None:
    for section in list(relationships.SECTIONS)[: _SECTIONS[at % len(_SECTIONS)]]:
        texts = told["needs"][section]
        relationships.note_need(
            store,
            account_id,
            section,
            texts[at % len(texts)],
            source=str(rng.choice(told["sources"]["words"])),
            status="confirmed" if rng.random() < 0.5 else "assumed",
            noted_on=until - timedelta(days=int(rng.integers(10, 300))),
            who=manager,
        )


def _notes(store: Store, account_id: str, at: int, manager: Person, told: dict, until: date) -> None:
    note = told["note"][at % len(told["note"])]
    on = until - timedelta(days=3 + at % 17)
    next_step = note.get("next_step")
    relationships.capture(
        store,
        account_id,
        kind=note["kind"],
        occurred_on=on,
        summary=note["summary"],
        contact_id=_contacts(store, account_id, 1)[0]["contact_id"],
        next_step=next_step,
        next_step_due=on + timedelta(days=14) if next_step else None,
        who=manager,
    )


def _promises(store: Store, account_ids: list[str], until: date, rng, who: Person) -> None:
    """What became of the promises of eight months to the key accounts: four in five were kept, most of them in time."""
    open_ones = store.read(
        "relationships.dealings",
        {"as_of": until},
        where=[
            Condition("account_id", "one_of", account_ids),
            Condition("promise_state", "=", "overdue"),
            Condition("next_step_due", ">", until - timedelta(days=_SETTLED_DAYS)),
        ],
        order_by=[("interaction_id", False)],
    )
    for promise in open_ones:
        if rng.random() < _KEPT:
            settled_on = promise["next_step_due"] + timedelta(days=int(rng.integers(-6, 3)))
            relationships.settle(
                store,
                promise["interaction_id"],
                outcome="kept",
                settled_on=min(until, max(promise["occurred_on"], settled_on)),
                who=who,
            )


def _events(store: Store, by_name: dict[str, str], told: dict, until: date, who: Person) -> None:
    """A contact who left, and a red line; where the story's account is not in the programme, nothing."""
    left, red_line = told["left"], told["red_line"]
    if account_id := by_name.get(left["account"]):
        relationships.observe(
            store,
            account_id,
            _contacts(store, account_id, 1)[0]["contact_id"],
            {"left": until - timedelta(days=left["days_ago"])},
            status="confirmed",
            source=left["source"],
            observed_on=until,
            who=who,
        )
    if account_id := by_name.get(red_line["account"]):
        relationships.raise_red_line(
            store,
            account_id,
            red_line["kind"],
            happened_on=until - timedelta(days=red_line["days_ago"]),
            evidence=red_line["evidence"],
            who=who,
        )

"""How sponsorship is lived in the demonstration: hours, vetoes, locks, deputies, contacts with briefs and outcomes, promises.

Contacts that were held are visits that stand among the interactions already: planning them here adds the brief and the
outcome, and changes no cadence.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kam import sponsorship
from kam.access import Person
from kam.demonstration import inputs
from kam.store import Condition, Store

_VISITS = 3
_PLAN_BRIEF = "The plan of the year, what is behind, what the sponsor alone can move."
_WENT = "Went through the plan; two objectives kept, one moved, who opens which door agreed."
_AGREED = "Agreed in the executive committee with the budget"


def live(store: Store, members: list[tuple[str, dict]], until: date, *, who: Person) -> None:
    """Everything that is recorded around the sponsorships of a programme that has just been decided."""
    story = inputs.sponsoring()
    account_of = {member["name"]: account_id for account_id, member in members}
    roster = {row["account_id"]: row for row in store.read("sponsorship.roster_sponsors", {"as_of": until})}
    for executive_id, hours in story["hours"].items():
        day = until - timedelta(days=300)
        sponsorship.give_hours(store, executive_id, hours, as_of=day, reason=_AGREED, who=who)
    _rules(store, story, account_of, roster, until, who)
    for entry in _of(story["habit"], account_of):
        row = roster[account_of[entry["account"]]]
        if row["executive_id"]:
            _visits(store, row, entry["habit"], who)
    for entry in _of(story["plan_review"], account_of):
        row, day = roster[account_of[entry["account"]]], until - timedelta(days=entry["days_ago"])
        if row["executive_id"] and row["assigned_on"] <= day:
            _hold(store, row, sponsorship.Planned("plan_review", day, occasion="plan", brief=_PLAN_BRIEF), _WENT, who)
    _promises(store, story, account_of, roster, until, who)
    for entry in _of(story["contact"], account_of):
        row = roster[account_of[entry["account"]]]
        if row["executive_id"]:
            planned = sponsorship.Planned(
                kind=entry["kind"],
                planned_on=until + timedelta(days=entry["in_days"]),
                begins=entry.get("begins"),
                minutes=entry.get("minutes"),
                place=entry.get("place", ""),
                brief=entry.get("brief", ""),
                person_ids=_people(store, row["account_id"]),
            )
            sponsorship.plan_contact(store, row["account_id"], planned, who=who)


def _rules(
    store: Store, story: dict[str, Any], account_of: dict[str, str], roster: dict[str, dict], until: date, who: Person
) -> None:
    for entry in _of(story["veto"], account_of):
        row = roster[account_of[entry["account"]]]
        is_manager = entry["kind"] == "line_manager"
        if row["executive_id"] == entry["executive"] or (is_manager and _sponsors_for(roster, entry, row["owner"])):
            continue
        sponsorship.declare_veto(
            store,
            entry["executive"],
            entry["kind"],
            as_of=until - timedelta(days=200),
            declared_by=entry["declared_by"],
            reason=entry["reason"],
            source=entry["source"],
            account_id=None if is_manager else row["account_id"],
            owner=row["owner"] if is_manager else None,
            who=who,
        )
    day = until - timedelta(days=40)
    for entry in _of(story["lock"], account_of):
        if roster[account_of[entry["account"]]]["executive_id"]:
            sponsorship.lock(store, account_of[entry["account"]], as_of=day, reason=entry["reason"], who=who)
    for entry in _of(story["deputy"], account_of):
        row = roster[account_of[entry["account"]]]
        if row["executive_id"] not in (None, entry["executive"]):
            sponsorship.name_deputy(
                store, row["account_id"], entry["executive"], as_of=day, reason=entry["reason"], who=who
            )
    for entry in _of(story["agenda"], account_of):
        sponsorship.note_agenda(
            store, account_of[entry["account"]], entry["functions"], as_of=day, source=entry["source"], who=who
        )
    for entry in _of(story["development"], account_of):
        account_id = account_of[entry["account"]]
        sponsorship.note_development(
            store, account_id, entry["executive"], entry["points"], as_of=day, source=entry["source"], who=who
        )


def _visits(store: Store, row: dict, habit: str, who: Person) -> None:
    """The sponsor's latest visits, as contacts that were planned and held."""
    visits = store.read(
        "ledgers.interactions",
        where=[
            Condition("account_id", "=", row["account_id"]),
            Condition("kind", "=", "executive_visit"),
            Condition("by", "=", row["executive_name"]),
            Condition("occurred_on", ">=", row["assigned_on"]),
        ],
        order_by=[("occurred_on", True), ("interaction_id", False)],
    )
    for visit in list({visit["occurred_on"]: visit for visit in visits}.values())[:_VISITS]:
        planned = sponsorship.Planned(
            kind="visit",
            planned_on=visit["occurred_on"],
            occasion="escalation" if habit == "escalations" else "dialogue",
            brief="" if habit == "unbriefed" else "Where they invest next, what they wait for from us, who decides.",
            person_ids=[visit["contact_id"]] if visit["contact_id"] else [],
        )
        _hold(store, row, planned, visit["summary"], who)


def _hold(store: Store, row: dict, planned: sponsorship.Planned, outcome: str, who: Person) -> None:
    number = sponsorship.plan_contact(store, row["account_id"], planned, who=who)
    sponsorship.hold_contact(store, number, held_on=planned.planned_on, outcome=outcome, expected_version=1, who=who)


def _promises(
    store: Store, story: dict[str, Any], account_of: dict[str, str], roster: dict[str, dict], until: date, who: Person
) -> None:
    for entry in _of(story["promise"], account_of):
        row = roster[account_of[entry["account"]]]
        if not row["executive_id"]:
            continue
        due = until + timedelta(days=entry["due"])
        made = max(due - timedelta(days=60), row["assigned_on"])
        promised = sponsorship.Promise(entry["promise"], entry["owner"], max(due, made))
        number = sponsorship.make_promise(store, row["account_id"], promised, as_of=made, who=who)
        if "kept" in entry:
            kept = max(until + timedelta(days=entry["kept"]), made)
            sponsorship.close_promise(store, number, is_kept=True, as_of=kept, expected_version=1, who=who)


def _of(entries: list[dict[str, Any]], account_of: dict[str, str]) -> list[dict[str, Any]]:
    """The entries about accounts that came into the programme: in a very small company not all do."""
    return [entry for entry in entries if entry["account"] in account_of]


def _sponsors_for(roster: dict[str, dict], entry: dict[str, Any], owner: str | None) -> bool:
    return any(row["executive_id"] == entry["executive"] and row["owner"] == owner for row in roster.values())


def _people(store: Store, account_id: str) -> list[str]:
    found = store.read(
        "ledgers.contacts",
        columns=("contact_id",),
        where=[Condition("account_id", "=", account_id)],
        order_by=[("influence", True), ("contact_id", False)],
        limit=2,
    )
    return found.column("contact_id")

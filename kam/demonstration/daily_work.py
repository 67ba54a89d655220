"""Thanks, referrals and dates to remember of the key accounts, as the account managers wrote them down."""

from __future__ import annotations

from datetime import date, timedelta

from kam import everyday, relationships
from kam.access import Person
from kam.demonstration import inputs
from kam.store import Store

# Dates were written down some weeks ago: the ledger's last order is older than its last day.
_WRITTEN_DAYS = 30
_MONEY = ("would_have_come", "gross_margin", "incentive", "marketing", "acquisition_saved")


def do_daily_work(store: Store, members: list[tuple[str, dict]], until: date, *, who: Person) -> None:
    """Write it down; where the story's account is not in the programme, nothing."""
    told = inputs.everyday()
    by_name = {member["name"]: account_id for account_id, member in members}

    def here(kind: str) -> list[tuple[str, dict]]:
        return [(by_name[entry["account"]], entry) for entry in told[kind] if entry["account"] in by_name]

    def ago(entry: dict, name: str = "days_ago") -> date:
        return until - timedelta(days=entry[name])

    for account_id, entry in here("thanks"):
        relationships.capture(
            store, account_id, kind="greeting", occurred_on=ago(entry), summary=entry["summary"], who=who
        )
    asked = {}
    for account_id, entry in here("ask"):
        asked[entry["account"]] = everyday.ask_for_referral(
            store,
            account_id,
            entry["moment"],
            asked_on=ago(entry),
            answer=entry["answer"],
            note=entry["note"],
            as_of=until,
            who=who,
        )
    for account_id, entry in here("referral"):
        referral = everyday.give_referral(
            store,
            account_id,
            entry["prospect"],
            given_on=ago(entry),
            note=entry["note"],
            ask_id=asked.get(entry.get("answers")),
            as_of=until,
            who=who,
        )
        if "outcome" in entry:
            everyday.end_referral(
                store,
                referral,
                entry["outcome"],
                happened_on=ago(entry, "ended_days_ago"),
                evidence=entry["evidence"],
                **{name: entry[name] for name in _MONEY},
                as_of=until,
                who=who,
            )
    for account_id, entry in here("date"):
        everyday.remember_date(
            store,
            account_id,
            entry["what"],
            kind=entry["kind"],
            falls_on=until + timedelta(days=entry["days_ahead"]),
            is_yearly=entry.get("is_yearly", False),
            remind_days=entry["remind_days"],
            note=entry.get("note", ""),
            as_of=until - timedelta(days=_WRITTEN_DAYS),
            who=who,
        )

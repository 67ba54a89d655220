"""The programme's history: decided by the same functions as on the pages, in the order and with the dates of the story.

What those functions refuse cannot happen here either. The executive with six accounts came about under an
earlier, wider cap, which the programme narrowed afterwards; the decisions of that time stand.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from kam import parameters, programme, selection, sponsorship, value
from kam.access import Person
from kam.demonstration import benchmarks, costs, forecasts, inputs, meetings
from kam.demonstration.facts import Facts
from kam.store import Store

# Months before the ledger's end at which the two selection cycles decided.
_FIRST_CYCLE_MONTHS = 22
_SECOND_CYCLE_MONTHS = 10
_CAP = "sponsorship.accounts_refused_above"


@dataclass(frozen=True)
class Calendar:
    """The days of the story. cycles: the two selection meetings; until: the ledger's last day."""

    first: date
    cycles: tuple[date, date]
    until: date


def decide(store: Store, facts: Facts, *, who: Person) -> None:
    """Run the whole history."""
    calendar = Calendar(
        facts.first,
        (months_before(facts.until, _FIRST_CYCLE_MONTHS), months_before(facts.until, _SECOND_CYCLE_MONTHS)),
        facts.until,
    )
    parameters.adopt(store, _CAP, 8, valid_from=facts.first, source="Programme office: a first, wide limit", who=who)
    value.adopt_cost_model(store, costs.cost_model(facts), reason="First cost model of the programme", who=who)
    _cycle(store, facts, calendar, 1, who)
    benchmarks.hold_last_year(store, calendar.until, who=who)
    _cycle(store, facts, calendar, 2, who)
    parameters.adopt(
        store,
        _CAP,
        5,
        valid_from=calendar.until - timedelta(days=75),
        source="Steering committee: nobody does six accounts justice; to be reached by the next cycle",
        who=who,
    )
    for account_id, member in _members(store, facts, calendar.until):
        if member.get("vacant"):
            sponsorship.relieve(
                store,
                account_id,
                as_of=calendar.until - timedelta(days=58),
                reason="Takes over the development site in Singapore; a successor has not been named.",
                who=who,
            )
    forecasts.state_forecasts(store, facts, _members(store, facts, calendar.until), who=who)
    meetings.hold_reviews(store, facts, _members(store, facts, calendar.until), who=who)
    benchmarks.open_this_year(store, calendar.until, who=who)


def _cycle(store: Store, facts: Facts, calendar: Calendar, number: int, who: Person) -> None:
    """One selection cycle: the charter, who leaves, who joins, and who stands behind each."""
    day = calendar.cycles[number - 1]
    document = inputs.text("criteria_first.toml" if number == 1 else "criteria_second.toml")
    valid_from = day - timedelta(days=30)
    criteria = selection.read_criteria(document.replace("1900-01-01", valid_from.isoformat()), "charter")
    reason = (
        "Founding charter of the programme" if number == 1 else "A year's lessons: contribution, not revenue, decides"
    )
    selection.adopt(store, criteria, reason=reason, who=who)
    for account_id, member in _members(store, facts, day):
        if member.get("released") == number:
            sponsorship.relieve(store, account_id, as_of=day, reason="The account leaves the programme.", who=who)
            programme.release(store, account_id, as_of=day, reason=member["release_reason"], who=who)
    # The meeting judges all candidates once, then admits one after the other. Who does not pass stays outside,
    # whatever the story had in mind: in a very small company that can happen.
    bound = selection.judging(store, day)
    verdicts = {verdict.account_id: verdict for verdict in selection.assess(store, day, for_whom=who).accounts}
    nominated = [(at, m) for at, m in enumerate(facts.base.cast) if m.get("admitted") == number]
    for at, member in nominated:
        account_id = str(facts.base.account_id[at])
        verdict = verdicts[account_id]
        if verdict.verdict != "pass":
            continue
        programme.admit(
            store,
            account_id,
            selection.seen_verdict(store, bound, verdict),
            as_of=day,
            reason=f"Selection cycle {number}: meets the charter.",
            category=verdict.category,
            who=who,
        )
        sponsorship.assign(
            store,
            account_id,
            member["sponsor"],
            as_of=day + timedelta(days=14),
            reason="Agreed in the executive committee.",
            who=who,
        )


def _members(store: Store, facts: Facts, day: date) -> list[tuple[str, dict]]:
    """The accounts of the cast that are in the programme on a day, with what the story says of them."""
    inside = set(store.read("programme.roster", {"as_of": day}, columns=("account_id",)).column("account_id"))
    cast = zip(map(str, facts.base.account_id), facts.base.cast, strict=False)
    return [(account_id, member) for account_id, member in cast if account_id in inside]


def months_before(day: date, months: int) -> date:
    """The last day of the month that lies `months` before the day's."""
    counted = day.year * 12 + day.month - 1 - months
    year, month = counted // 12, counted % 12 + 1
    return date(year, month, monthrange(year, month)[1])

"""The programme's history: decided by the same functions as on the pages, in the order and with the dates of the story.

What those functions refuse cannot happen here either. The executive with six accounts came about under an
earlier, wider cap, which the programme narrowed afterwards; the decisions of that time stand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from kam import parameters, selection, sponsorship, value
from kam.access import Person
from kam.demonstration import (
    benchmarks,
    carrying,
    costs,
    cycles,
    daily_work,
    forecasts,
    inputs,
    judgements,
    knowledge,
    labels,
    meetings,
    planning,
    serving,
    sponsoring,
)
from kam.demonstration.days import months_before
from kam.demonstration.facts import Facts
from kam.store import Store

# Months before the ledger's end at which the two selection cycles decided.
_FIRST_CYCLE_MONTHS = 22
_SECOND_CYCLE_MONTHS = 10
_CAP = "sponsorship.accounts_refused_above"
_OF_MANAGERS = (
    ("selection.manager_hour_cost", 92, "Finance: full cost of an account manager"),
    ("selection.manager_hours_at_most", 6000, "Sales leadership: what twelve account managers can give key accounts"),
    ("change.sponsor_hour_cost", 240, "Finance: full cost of an executive's hour"),
    ("change.extra_serving_share", 0.15, "Finance and service: visits, reports and stock that only key accounts get"),
)


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
    for name, figure, source in _OF_MANAGERS:
        parameters.adopt(store, name, figure, valid_from=facts.first, source=source, who=who)
    value.adopt_cost_model(store, costs.cost_model(facts), reason="First cost model of the programme", who=who)
    costs.trace(store, facts, who=who)
    _cycle(store, facts, calendar, 1, who)
    judgements.judge(store, facts, who=who)
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
    cycles.ask_for_exceptions(store, facts, calendar.until, who=who)
    sponsoring.live(store, _members(store, facts, calendar.until), calendar.until, who=who)
    forecasts.state_forecasts(store, facts, _members(store, facts, calendar.until), who=who)
    meetings.hold_reviews(store, facts, _members(store, facts, calendar.until), who=who)
    carrying.carry(store, calendar.until, who=who)
    members = _members(store, facts, calendar.until)
    knowledge.write_down(store, facts, members, who=who)
    planning.make_plans(store, facts, members, who=who)
    serving.serve(store, facts, members, who=who)
    labels.label(store, facts, who=who)
    daily_work.do_daily_work(store, members, calendar.until, who=who)
    benchmarks.change_the_company(store, calendar.until, who=who)
    benchmarks.open_this_year(store, calendar.until, who=who)
    cycles.open_this_year(store, facts, calendar.until, who=who)


def _cycle(store: Store, facts: Facts, calendar: Calendar, number: int, who: Person) -> None:
    """One selection cycle: its charter, and the meeting."""
    day = calendar.cycles[number - 1]
    document = inputs.text("criteria_first.toml" if number == 1 else "criteria_second.toml")
    valid_from = day - timedelta(days=30)
    criteria = selection.read_criteria(document.replace("1900-01-01", valid_from.isoformat()), "charter")
    costs.act(store, facts, day, who=who)
    reason = (
        "Founding charter of the programme" if number == 1 else "A year's lessons: contribution, not revenue, decides"
    )
    selection.adopt(store, criteria, reason=reason, who=who)
    cycles.hold(store, facts, day, number, who=who)


def _members(store: Store, facts: Facts, day: date) -> list[tuple[str, dict]]:
    """The accounts of the cast that are in the programme on a day, with what the story says of them."""
    inside = set(store.read("programme.roster", {"as_of": day}, columns=("account_id",)).column("account_id"))
    cast = zip(map(str, facts.base.account_id), facts.base.cast, strict=False)
    return [(account_id, member) for account_id, member in cast if account_id in inside]

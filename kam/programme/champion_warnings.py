"""What is missing behind the programme: a champion high enough, with time, on the agenda, with a successor.

Sources of the rules: Ryals, HBR 13 July 2012 (buy-in of the top, a champion); practice of the Geehan Group (half of a
programme manager's time); the thresholds are dated parameters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kam import parameters, units
from kam.programme.champion import LEVELS, champion
from kam.store import Condition, Store
from kam.words import _


@dataclass(frozen=True)
class ChampionWarning:
    """rule: no_champion, reports_too_low, no_time, not_on_agenda or no_successor; source: who says so."""

    rule: str
    message: str
    source: str


@dataclass(frozen=True)
class Rules:
    """The thresholds on a day; None: that rule is not set. level: the lowest that is high enough (1 is the board)."""

    level: parameters.Parameter
    time_share: parameters.Parameter
    agenda_days: parameters.Parameter
    succession_days: parameters.Parameter


def champion_warnings(store: Store, as_of: date) -> list[ChampionWarning]:
    """What is missing on a day, in the order of its weight; empty where nothing is."""
    rules = Rules(
        *(
            parameters.value_at(store, f"programme.champion_{name}", as_of)
            for name in ("level_at_most", "time_share_at_least", "agenda_within_days", "succession_days")
        )
    )
    last = store.read(
        "programme.agenda_items",
        columns=("held_on",),
        where=[Condition("held_on", "<=", as_of)],
        order_by=[("held_on", True)],
        limit=1,
    ).column("held_on")
    return warnings_of(champion(store, as_of), last, rules, as_of)


def warnings_of(
    held: Mapping[str, Any] | None, last_on_agenda: Sequence[date], rules: Rules, as_of: date
) -> list[ChampionWarning]:
    """The warnings over a champion's row (None: there is none) and the day of the last agenda item, if any."""
    found = []
    if held is None:
        found.append(
            ChampionWarning(
                "no_champion",
                _("Nobody is champion on {day}: appoint one, or key account management is nobody's work.").format(
                    day=units.day(as_of)
                ),
                _("Ryals, How to succeed at key account management, HBR 13 July 2012 (recalled)"),
            )
        )
    else:
        found += _of_champion(held, rules, as_of)
    within = rules.agenda_days.value
    if within is not None and not any(day > as_of - timedelta(days=within) for day in last_on_agenda):
        since = (
            _("The top team last had it on its agenda on {day}").format(day=units.day(max(last_on_agenda)))
            if last_on_agenda
            else _("The top team never had it on its agenda")
        )
        found.append(
            ChampionWarning(
                "not_on_agenda",
                _("{since}: put key account management on it at least every {days} days.").format(
                    since=since, days=int(within)
                ),
                rules.agenda_days.source,
            )
        )
    return found


def _of_champion(held: Mapping[str, Any], rules: Rules, as_of: date) -> list[ChampionWarning]:
    found, name = [], held["name"]
    if rules.level.value is not None and LEVELS[held["reports_to_level"]] > rules.level.value:
        found.append(
            ChampionWarning(
                "reports_too_low",
                _("{name} reports to {to}, too low to move other functions: let the champion report higher.").format(
                    name=name, to=held["reports_to"]
                ),
                rules.level.source,
            )
        )
    least = rules.time_share.value
    if least is not None and (held["time_share"] is None or held["time_share"] < least):
        set_aside = (
            _("{name} has no time set aside for it")
            if not held["time_share"]
            else _("{name} has {share} of their time for it")
        ).format(name=name, share=units.share(held["time_share"], decimals=0))
        found.append(
            ChampionWarning(
                "no_time",
                _("{set_aside}, and the rule is at least {least}.").format(
                    set_aside=set_aside, least=units.share(least, decimals=0)
                ),
                rules.time_share.source,
            )
        )
    ahead = rules.succession_days.value
    until = held["until_on"]
    if ahead is not None and until is not None and not held["successor"] and (until - as_of).days <= ahead:
        found.append(
            ChampionWarning(
                "no_successor",
                _("The term of {name} ends on {day} and nobody is named to follow.").format(
                    name=name, day=units.day(until)
                ),
                rules.succession_days.source,
            )
        )
    return found

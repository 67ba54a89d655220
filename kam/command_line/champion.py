"""`champion show|appoint|amend|agenda|roadshow`: who carries the programme, and what stands behind them."""

from __future__ import annotations

import argparse

from kam import programme, units
from kam.command_line.options import acting_person, add_as_of, day, programme_day
from kam.command_line.output import report
from kam.errors import NotFound
from kam.store import Store
from kam.words import _

CHECK_FAILED = 1


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    champion = commands.add_parser(
        "champion", help=_("who carries key account management, and what stands behind them")
    )
    actions = champion.add_subparsers(dest="action", metavar="ACTION", required=True)

    show = actions.add_parser(
        "show", help=_("the champion, the terms, and what is missing; status 1 where something is")
    )
    add_as_of(show)
    show.set_defaults(run=show_champion)

    for name, text, run in (
        ("appoint", _("appoint a champion for a term"), appoint),
        ("amend", _("amend the term of today's champion: what is not given stays"), amend),
    ):
        is_new = name == "appoint"
        term = actions.add_parser(name, help=text)
        term.add_argument("--name", required=is_new, metavar="NAME")
        term.add_argument("--reports-to", required=is_new, metavar="NAME")
        term.add_argument("--level", required=is_new, choices=sorted(programme.LEVELS, key=programme.LEVELS.get))
        term.add_argument("--time", type=float, metavar="SHARE", help=_("share of time set aside, 0 to 1"))
        term.add_argument("--from", dest="from_on", type=day, required=is_new, metavar="DATE")
        term.add_argument("--until", dest="until_on", type=day, metavar="DATE", help=_("last day of the term"))
        term.add_argument("--successor", metavar="NAME")
        term.add_argument("--reason", required=True, metavar="TEXT")
        add_as_of(term)
        term.set_defaults(run=run)

    agenda = actions.add_parser("agenda", help=_("record key account management on the top team's agenda"))
    agenda.add_argument("body", metavar="MEETING")
    agenda.add_argument("subject", metavar="ABOUT")
    agenda.add_argument("--on", type=day, required=True, metavar="DATE")
    agenda.add_argument("--outcome", default="", metavar="TEXT")
    agenda.add_argument("--decision", default="", metavar="TEXT")
    add_as_of(agenda)
    agenda.set_defaults(run=record_agenda)

    roadshow = actions.add_parser("roadshow", help=_("log where the programme was explained"))
    roadshow.add_argument("function", metavar="FUNCTION")
    roadshow.add_argument("place", metavar="PLACE")
    roadshow.add_argument("--on", type=day, required=True, metavar="DATE")
    roadshow.add_argument("--by", required=True, metavar="NAME")
    roadshow.add_argument("--people", type=int, metavar="N")
    roadshow.add_argument("--questions", default="", metavar="TEXT")
    add_as_of(roadshow)
    roadshow.set_defaults(run=record_roadshow)


def show_champion(arguments: argparse.Namespace, store: Store) -> int:
    """`champion show`."""
    as_of = programme_day(arguments, store)
    held = programme.champion_on(store, as_of)
    missing = programme.champion_warnings(store, as_of)
    terms = store.read("programme.champion_terms", {"as_of": as_of}, order_by=[("from_on", True)]).records()
    lines = []
    if held:
        lines.append(
            _("{name} is KAM champion since {day}, reports to {to} and has {share} of their time for it.").format(
                name=held["name"],
                day=units.day(held["from_on"]),
                to=held["reports_to"],
                share=units.share(held["time_share"], decimals=0),
            )
        )
    report(
        arguments,
        {"as_of": as_of, "champion": held, "terms": terms, "problems": [vars(warning) for warning in missing]},
        [*lines, *(warning.message for warning in missing)],
    )
    return CHECK_FAILED if missing else 0


def appoint(arguments: argparse.Namespace, store: Store) -> int:
    """`champion appoint`."""
    as_of = programme_day(arguments, store)
    term = programme.Term(
        arguments.name,
        arguments.reports_to,
        arguments.level,
        arguments.time,
        arguments.from_on,
        arguments.until_on,
        arguments.successor,
    )
    number = programme.appoint_champion(
        store, term, reason=arguments.reason, as_of=as_of, who=acting_person(arguments, store)
    )
    return _told(arguments, number, term)


def amend(arguments: argparse.Namespace, store: Store) -> int:
    """`champion amend`."""
    as_of = programme_day(arguments, store)
    held = programme.champion_on(store, as_of)
    if held is None:
        raise NotFound(_("Nobody is champion on {day}: appoint one first.").format(day=units.day(as_of)))
    term = programme.Term(
        arguments.name or held["name"],
        arguments.reports_to or held["reports_to"],
        arguments.level or held["reports_to_level"],
        held["time_share"] if arguments.time is None else arguments.time,
        arguments.from_on or held["from_on"],
        arguments.until_on or held["until_on"],
        arguments.successor or held["successor"],
    )
    programme.amend_champion(
        store, held["term_id"], term, reason=arguments.reason, as_of=as_of, who=acting_person(arguments, store)
    )
    return _told(arguments, held["term_id"], term)


def record_agenda(arguments: argparse.Namespace, store: Store) -> int:
    """`champion agenda`."""
    item_id = programme.put_on_agenda(
        store,
        body=arguments.body,
        held_on=arguments.on,
        subject=arguments.subject,
        outcome=arguments.outcome,
        decision=arguments.decision,
        as_of=programme_day(arguments, store),
        who=acting_person(arguments, store),
    )
    said = _("Agenda item {number} of {day} is recorded.").format(number=item_id, day=units.day(arguments.on))
    report(arguments, {"item_id": item_id, "held_on": arguments.on}, [said])
    return 0


def record_roadshow(arguments: argparse.Namespace, store: Store) -> int:
    """`champion roadshow`."""
    event_id = programme.log_roadshow(
        store,
        held_on=arguments.on,
        place=arguments.place,
        function=arguments.function,
        held_by=arguments.by,
        people_count=arguments.people,
        questions=arguments.questions,
        as_of=programme_day(arguments, store),
        who=acting_person(arguments, store),
    )
    said = _("The event of {day} is logged.").format(day=units.day(arguments.on))
    report(arguments, {"event_id": event_id, "held_on": arguments.on, "function": arguments.function}, [said])
    return 0


def _told(arguments: argparse.Namespace, number: int, term: programme.Term) -> int:
    said = _("{name} is KAM champion from {day} on.").format(name=term.name, day=units.day(term.from_on))
    report(arguments, {"term_id": number} | vars(term), [said])
    return 0

"""`committee [show]|step|decide`: the committee's way through a benchmark round, from open to decided."""

from __future__ import annotations

import argparse

from kam import benchmarking, change
from kam.command_line.options import acting_person, add_as_of, day, programme_day
from kam.command_line.output import report
from kam.errors import NotFound
from kam.store import Condition, Store
from kam.units import day as day_shown
from kam.words import _


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    committee = commands.add_parser("committee", help=_("a benchmark round: rated, compared, decided"))
    actions = committee.add_subparsers(dest="action", metavar="ACTION", required=True)

    _add(actions, "show", _("where the round stands, its minutes and decisions"), show)
    step = _add(actions, "step", _("take the next step, with its minutes"), take_step)
    step.add_argument("phase", choices=benchmarking.PHASES[1:4])
    step.add_argument("--minutes", required=True, metavar="TEXT")
    step.add_argument("--present", default="", metavar="NAMES")
    decide = _add(
        actions, "decide", _("record a decision with owner and day; it stands on the roadmap"), record_decision
    )
    decide.add_argument("decision", metavar="DECISION")
    decide.add_argument("--step", required=True, choices=list(change.STEPS))
    decide.add_argument("--owner", required=True, metavar="NAME")
    decide.add_argument("--due", type=day, required=True, metavar="DATE")


def show(arguments: argparse.Namespace, store: Store) -> int:
    """`committee show`."""
    as_of, year = programme_day(arguments, store), _year(arguments, store)
    held = benchmarking.round_of(store, year)
    if held is None:
        raise NotFound(_("There is no benchmark round of {year}: open it first.").format(year=year), reason="no_round")
    decisions = store.read(
        "change.milestone_list",
        {"as_of": as_of},
        where=[Condition("origin", "=", "round"), Condition("origin_key", "=", str(year))],
        order_by=[("due_on", False)],
    ).records()
    minutes = benchmarking.phases(store, held).records()
    phase = benchmarking.phase_of(store, held)
    lines = [_("The round of {year} is {phase}.").format(year=year, phase=phase)]
    lines += [f"{day_shown(row['entered_on'])} {row['phase']}: {row['minutes']}" for row in minutes]
    lines += [f"→ {row['milestone']} ({row['owner']}, {day_shown(row['due_on'])})" for row in decisions]
    report(arguments, {"year": year, "phase": phase, "minutes": minutes, "decisions": decisions}, lines)
    return 0


def take_step(arguments: argparse.Namespace, store: Store) -> int:
    """`committee step`."""
    year = _year(arguments, store)
    benchmarking.enter_phase(
        store,
        year,
        arguments.phase,
        minutes=arguments.minutes,
        present=arguments.present,
        as_of=programme_day(arguments, store),
        who=acting_person(arguments, store),
    )
    said = _("The round of {year} is {phase}.").format(year=year, phase=arguments.phase)
    report(arguments, {"year": year, "phase": arguments.phase}, [said])
    return 0


def record_decision(arguments: argparse.Namespace, store: Store) -> int:
    """`committee decide`."""
    number = benchmarking.decide_in_round(
        store,
        _year(arguments, store),
        step=arguments.step,
        decision=arguments.decision,
        owner=arguments.owner,
        due_on=arguments.due,
        as_of=programme_day(arguments, store),
        who=acting_person(arguments, store),
    )
    said = _("The decision stands on the roadmap as {number}.").format(number=number)
    report(arguments, {"milestone_id": number, "year": _year(arguments, store)}, [said])
    return 0


def _add(actions: argparse._SubParsersAction, name: str, text: str, run) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text)
    parser.add_argument("--year", type=int, metavar="Y", help=_("the round's year (else that of the day)"))
    add_as_of(parser)
    parser.set_defaults(run=run)
    return parser


def _year(arguments: argparse.Namespace, store: Store) -> int:
    return arguments.year or programme_day(arguments, store).year

"""`priorities [show]|lines|act`: what customers say matters, where we fall short, and whose action it becomes."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from kam import benchmarking
from kam.command_line.options import acting_person, add_as_of, day, programme_day
from kam.command_line.output import report
from kam.store import Store
from kam.units import UNKNOWN
from kam.words import _, several


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    priorities = commands.add_parser("priorities", help=_("what customers say matters, and how well we do it"))
    actions = priorities.add_subparsers(dest="action", metavar="ACTION", required=True)

    shown = _add(actions, "show", _("each attribute with its means, quadrant and gap"), show)
    shown.add_argument("account_id", nargs="?", metavar="ACCOUNT", help=_("of one account (else over all)"))
    lines = _add(actions, "lines", _("choose where the lines of the picture lie, with a reason"), choose_lines)
    lines.add_argument("crosshair", choices=benchmarking.CROSSHAIRS)
    lines.add_argument("--reason", required=True, metavar="TEXT")
    act = _add(actions, "act", _("make a concern an action of an account's plan, or a milestone"), act_on)
    act.add_argument("attribute", metavar="CONCERN")
    act.add_argument("action_text", metavar="ACTION")
    act.add_argument("--account", metavar="ACCOUNT", help=_("into its open plan (else onto the roadmap)"))
    act.add_argument("--owner", required=True, metavar="NAME")
    act.add_argument("--due", type=day, required=True, metavar="DATE")


def show(arguments: argparse.Namespace, store: Store) -> int:
    """`priorities show`."""
    as_of = programme_day(arguments, store)
    found = benchmarking.priorities(
        store, as_of, account_id=arguments.account_id, for_whom=acting_person(arguments, store)
    )
    document = {
        "as_of": as_of,
        "account_id": arguments.account_id,
        "respondents": found.respondent_count,
        "is_small": found.is_small,
        "picture": asdict(found.picture),
        "derived_importance": asdict(found.derived),
        "actions": benchmarking.acted(store, as_of, account_id=arguments.account_id),
    }
    lines = [several("{count} person answered", "{count} people answered", found.respondent_count)]
    lines += [
        f"{a.attribute:32.32} {_mean(a.importance):>6} {_mean(a.performance):>6}  "
        + (UNKNOWN if found.is_small or a.quadrant is None else a.quadrant + ("?" if a.is_undecided else ""))
        for a in found.picture.attributes
    ]
    if found.is_small:
        lines.append(_("Too few have answered to place the attributes."))
    report(arguments, document, lines)
    return 0


def choose_lines(arguments: argparse.Namespace, store: Store) -> int:
    """`priorities lines`."""
    number = benchmarking.choose_crosshair(
        store,
        arguments.crosshair,
        reason=arguments.reason,
        as_of=programme_day(arguments, store),
        who=acting_person(arguments, store),
    )
    report(
        arguments,
        {"choice_id": number, "crosshair": arguments.crosshair},
        [_("The lines lie at the {lines}.").format(lines=arguments.crosshair)],
    )
    return 0


def act_on(arguments: argparse.Namespace, store: Store) -> int:
    """`priorities act`."""
    number = benchmarking.act_on_priority(
        store,
        arguments.attribute,
        action=arguments.action_text,
        owner=arguments.owner,
        due_on=arguments.due,
        account_id=arguments.account,
        as_of=programme_day(arguments, store),
        who=acting_person(arguments, store),
    )
    where = "milestone_id" if arguments.account is None else "action_id"
    report(
        arguments,
        {where: number, "attribute": arguments.attribute},
        [
            _("It stands on the programme's roadmap.")
            if arguments.account is None
            else _("It stands in the account's plan.")
        ],
    )
    return 0


def _mean(mean: benchmarking.Mean) -> str:
    return UNKNOWN if mean.value is None else f"{mean.value:.2f}"


def _add(actions: argparse._SubParsersAction, name: str, text: str, run) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text)
    add_as_of(parser)
    parser.set_defaults(run=run)
    return parser

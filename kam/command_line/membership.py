"""`membership show|nominate|withdraw|suspend|plan|approve|close`: where an account stands, and its exit."""

from __future__ import annotations

import argparse

from kam import programme, selection
from kam.command_line.options import acting_person, add_as_of, as_of_date, day
from kam.command_line.output import report
from kam.store import Condition, Store
from kam.units import day as day_shown
from kam.words import _


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    membership = commands.add_parser(
        "membership", help=_("where accounts stand in the programme; putting forward, exits")
    )
    actions = membership.add_subparsers(dest="action", metavar="ACTION", required=True)

    show = actions.add_parser("show", help=_("every account that the programme has moved; or one with its moves"))
    show.add_argument("account_id", nargs="?", metavar="ACCOUNT")
    add_as_of(show)
    show.set_defaults(run=show_membership)

    sentences = {
        "nominate": (_("put an account forward for the next cycle"), _nominate),
        "withdraw": (_("the customer does not want to work this way"), _withdraw),
        "suspend": (_("suspend an account that fails a gate that suspends, or lift it"), _suspend),
        "close": (_("close a transition: the place is free"), _close),
    }
    for name, (told, act) in sentences.items():
        command = actions.add_parser(name, help=told)
        command.add_argument("account_id", metavar="ACCOUNT")
        command.add_argument("--reason", required=True, metavar="TEXT")
        add_as_of(command)
        command.set_defaults(run=act)

    plan = actions.add_parser("plan", help=_("write the transition plan of a leaver"))
    plan.add_argument("account_id", metavar="ACCOUNT")
    plan.add_argument("--plan", required=True, metavar="TEXT")
    plan.add_argument(
        "--step",
        action="append",
        default=[],
        nargs=3,
        metavar=("STEP", "OWNER", "DUE"),
        help=_("a step with its owner and due date; may be given several times"),
    )
    add_as_of(plan)
    plan.set_defaults(run=_plan)

    approve = actions.add_parser("approve", help=_("record that our executive approves the exit"))
    approve.add_argument("account_id", metavar="ACCOUNT")
    approve.add_argument("--by", required=True, metavar="NAME")
    approve.add_argument("--reason", required=True, metavar="TEXT")
    add_as_of(approve)
    approve.set_defaults(run=_approve)


def show_membership(arguments: argparse.Namespace, store: Store) -> int:
    """`membership show`."""
    as_of = as_of_date(arguments, store)
    where = [Condition("account_id", "=", arguments.account_id)] if arguments.account_id else []
    found = store.read("programme.states", {"as_of": as_of}, where=where, order_by=[("account_id", False)]).records()
    moves = programme.moves(store, arguments.account_id) if arguments.account_id else []
    lines = [
        f"{row['account_id']:12} {row['name']:34.34} {row['state'].replace('_', ' '):10} {day_shown(row['since'])}"
        for row in found
    ]
    lines += [f"  {day_shown(m['moved_on']):12} {m['state_before']} → {m['state_after']}: {m['reason']}" for m in moves]
    report(
        arguments,
        {"as_of": as_of, "accounts": found, "moves": moves},
        lines or [_("The programme has not moved this account, or any.")],
    )
    return 0


def _nominate(arguments: argparse.Namespace, store: Store) -> int:
    return _acted(arguments, store, programme.nominate, reason=arguments.reason)


def _withdraw(arguments: argparse.Namespace, store: Store) -> int:
    return _acted(arguments, store, programme.withdraw, reason=arguments.reason)


def _suspend(arguments: argparse.Namespace, store: Store) -> int:
    return _acted(arguments, store, selection.suspend, reason=arguments.reason)


def _close(arguments: argparse.Namespace, store: Store) -> int:
    return _acted(arguments, store, programme.close_transition, reason=arguments.reason)


def _plan(arguments: argparse.Namespace, store: Store) -> int:
    steps = [programme.Step(step, owner, day(due)) for step, owner, due in arguments.step]
    return _acted(arguments, store, programme.plan_transition, plan=arguments.plan, steps=steps)


def _approve(arguments: argparse.Namespace, store: Store) -> int:
    return _acted(arguments, store, programme.approve_exit, approved_by=arguments.by, reason=arguments.reason)


def _acted(arguments: argparse.Namespace, store: Store, act, **details) -> int:
    arguments.as_of = as_of_date(arguments, store)
    act(store, arguments.account_id, as_of=arguments.as_of, who=acting_person(arguments, store), **details)
    return show_membership(arguments, store)

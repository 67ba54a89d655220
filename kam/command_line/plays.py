"""`plays` and `knowledge`: who gets what next, what was done with it, and what was learned."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from kam import knowledge, plays
from kam.command_line.options import acting_person, add_as_of, as_of_date, day
from kam.command_line.output import report, save_csv
from kam.store import Condition, Store
from kam.units import day as day_shown
from kam.words import _, several

_CSV = ("account_id", "name", "owner", "is_listed", "reasons")


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    _plays(commands.add_parser("plays", help=_("plays: show, run, and what was done")))
    _knowledge(commands.add_parser("knowledge", help=_("what was learned: show, what fits an account")))


def _plays(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help=_("the plays of a day with their lists"))
    add_as_of(listed)
    listed.set_defaults(run=list_plays)
    run = actions.add_parser("run", help=_("run a play: freeze who gets it, and who does not and why"))
    run.add_argument("name", metavar="NAME")
    run.add_argument("--only-look", action="store_true", help=_("show the list without freezing it"))
    run.add_argument("--csv", type=Path, metavar="FILE", help=_("write both sides of the list to a file"))
    add_as_of(run)
    run.set_defaults(run=run_play)
    marking = actions.add_parser("mark", help=_("write down what was done with accounts of a list"))
    marking.add_argument("list", type=int, metavar="LIST", help=_("the number of the list"))
    marking.add_argument("outcome", metavar="OUTCOME", help=", ".join(plays.OUTCOMES))
    marking.add_argument("accounts", nargs="+", metavar="ACCOUNT")
    marking.add_argument("--note", default="", metavar="TEXT")
    marking.add_argument("--on", type=day, metavar="DATE", help=_("the day it was done (else the day of the reading)"))
    add_as_of(marking)
    marking.set_defaults(run=mark)


def _knowledge(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = actions.add_parser("list", help=_("the entries of a day"))
    listed.add_argument("--kind", choices=list(knowledge.KINDS))
    fits = actions.add_parser("fits", help=_("what fits an account, and why"))
    fits.add_argument("account", metavar="ACCOUNT")
    for command, run in ((listed, list_entries), (fits, show_fitting)):
        add_as_of(command)
        command.set_defaults(run=run)


def list_plays(arguments: argparse.Namespace, store: Store) -> int:
    """`plays list`."""
    as_of = as_of_date(arguments, store)
    found = store.read("plays.play_list", {"as_of": as_of}, order_by=[("is_retired", False), ("name", False)]).records()
    lists = store.read("plays.run_list", {"as_of": as_of}, order_by=[("run_on", True), ("run_id", True)]).records()
    lines = []
    for play in found:
        state = _("retired") if play["is_retired"] else plays.play_told(play)
        lines.append(f"{play['name']} ({state}): {play['segment'] or _('every account')}")
        lines += [
            _("  list {number} of {day}: {listed} of {targeted}, {open} waiting").format(
                number=row["run_id"],
                day=day_shown(row["run_on"]),
                listed=row["listed_count"],
                targeted=row["targeted_count"],
                open=row["open_count"],
            )
            for row in lists
            if row["play_id"] == play["play_id"]
        ]
    report(
        arguments,
        {"as_of": as_of, "plays": found, "lists": [_plain(row) for row in lists]},
        lines or [_("No play is made yet.")],
    )
    return 0


def run_play(arguments: argparse.Namespace, store: Store) -> int:
    """`plays run`."""
    as_of = as_of_date(arguments, store)
    play = plays.play_named(store, arguments.name, as_of)
    seen = plays.look(store, play["play_id"], as_of)
    number = None
    if not arguments.only_look:
        who = acting_person(arguments, store)
        number = plays.run_play(store, play["play_id"], as_of=as_of, expected_version=play["version"], who=who)
    rows = [row | {"is_listed": True, "reasons": None} for row in map(dict, seen.listed)]
    rows += [row | {"is_listed": False} for row in seen.left_out]
    if arguments.csv is not None:
        save_csv(arguments.csv, _CSV, [[row[name] for name in _CSV] for row in rows])
    lines = [
        _("{play} as of {day}: {listed} of {targeted} accounts get it, {out} are left out.").format(
            play=play["name"],
            day=day_shown(as_of),
            listed=len(seen.listed),
            targeted=len(seen.targeted),
            out=len(seen.left_out),
        )
    ]
    lines += [
        f"  {row['account_count']:>6}  {plays.REASONS[row['reason']]}{': ' + row['label'] if row['label'] else ''}"
        for row in seen.counts
    ]
    lines.append(
        _("Nothing was frozen.")
        if number is None
        else _("The list is frozen as number {number}.").format(number=number)
    )
    report(
        arguments,
        {"play": play["name"], "as_of": as_of, "list": number, "accounts": rows, "left_out": seen.counts},
        lines,
    )
    return 0


def mark(arguments: argparse.Namespace, store: Store) -> int:
    """`plays mark`."""
    as_of = as_of_date(arguments, store)
    count = plays.mark(
        store,
        arguments.list,
        arguments.accounts,
        arguments.outcome,
        note=arguments.note,
        done_on=arguments.on or as_of,
        as_of=as_of,
        who=acting_person(arguments, store),
    )
    report(
        arguments,
        {"written": count},
        [several("Written down for {count} account.", "Written down for {count} accounts.", count)],
    )
    return 0


def list_entries(arguments: argparse.Namespace, store: Store) -> int:
    """`knowledge list`."""
    where = [Condition("kind", "=", arguments.kind)] if arguments.kind else []
    rows = store.read(
        "knowledge.entry_list", {"as_of": as_of_date(arguments, store)}, where=where, order_by=[("title", False)]
    ).records()
    lines = [f"{row['entry_id']:>4}  {row['kind']:9}{row['entry_state']:9}{row['title']}" for row in rows]
    report(arguments, {"entries": rows}, lines or [_("Nothing is written down yet.")])
    return 0


def show_fitting(arguments: argparse.Namespace, store: Store) -> int:
    """`knowledge fits`."""
    given = {"as_of": as_of_date(arguments, store), "of_account": arguments.account}
    rows = store.read("knowledge.fitting", given, order_by=[("place", False)]).records()
    lines = [f"{row['entry_id']:>4}  {row['kind']:9}{row['title']}: {', '.join(row['matched']) or '–'}" for row in rows]
    report(arguments, {"account_id": arguments.account, "fitting": rows}, lines or [_("Nothing fits.")])
    return 0


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Without the hour, which a document does not hold."""
    return {name: value for name, value in row.items() if name != "run_at"}

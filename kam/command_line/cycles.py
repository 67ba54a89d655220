"""`cycles list|show|open|assess|decide|put-in-force|abandon`: selection cycles, from open to in force."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from kam import selection
from kam.command_line.options import acting_person, add_as_of, as_of_date, day
from kam.command_line.output import report, save_csv
from kam.errors import RuleBroken
from kam.store import Store
from kam.units import UNKNOWN
from kam.units import day as day_shown
from kam.words import _, several


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    cycles = commands.add_parser("cycles", help=_("selection cycles: assess, decide, put in force; the frozen record"))
    actions = cycles.add_subparsers(dest="action", metavar="ACTION", required=True)

    listed = actions.add_parser("list", help=_("every cycle"))
    listed.set_defaults(run=list_cycles)

    show = actions.add_parser("show", help=_("a cycle as it was frozen, beside what the ledger says now"))
    show.add_argument("cycle_id", type=int, nargs="?", metavar="NUMBER", help=_("else the latest"))
    show.add_argument("--csv", type=Path, metavar="OUT", help=_("save one row per account"))
    show.set_defaults(run=show_cycle)

    opening = actions.add_parser("open", help=_("open a cycle that judges a day"))
    opening.add_argument("--name", required=True, metavar="TEXT")
    add_as_of(opening)
    opening.set_defaults(run=open_cycle)

    assess = actions.add_parser("assess", help=_("judge every account and freeze what was seen"))
    assess.set_defaults(run=assess_cycle)

    decide = actions.add_parser("decide", help=_("record the meeting's decisions; the others follow the proposals"))
    decide.add_argument("--present", required=True, metavar="NAMES")
    decide.add_argument("--on", type=day, metavar="DATE", help=_("the day of the meeting (else the day judged)"))
    decide.add_argument("--conclusions", default="", metavar="TEXT")
    decide.add_argument(
        "--otherwise",
        action="append",
        default=[],
        nargs=3,
        metavar=("ACCOUNT", "DECISION", "REASON"),
        help=_("an account decided otherwise than proposed ({decisions}); may be given several times").format(
            decisions=", ".join(selection.DECIDABLE)
        ),
    )
    decide.set_defaults(run=decide_cycle)

    force = actions.add_parser("put-in-force", help=_("bring every account to where the cycle decided"))
    force.add_argument(
        "--on", type=day, metavar="DATE", help=_("the day from which it holds (else that of the meeting)")
    )
    force.set_defaults(run=put_in_force)

    abandon = actions.add_parser("abandon", help=_("give the unfinished cycle up"))
    abandon.add_argument("--reason", required=True, metavar="TEXT")
    abandon.set_defaults(run=abandon_cycle)


def list_cycles(arguments: argparse.Namespace, store: Store) -> int:
    """`cycles list`."""
    found = selection.cycles(store)
    lines = [_line(cycle) for cycle in found] or [_("No selection cycle was opened yet.")]
    report(arguments, {"cycles": [_document(cycle) for cycle in found]}, lines)
    return 0


def show_cycle(arguments: argparse.Namespace, store: Store) -> int:
    """`cycles show`."""
    known = selection.cycles(store)
    if arguments.cycle_id is None and not known:
        raise RuleBroken(_("No selection cycle was opened yet: see `cycles open`."), reason="no_cycle")
    cycle = known[0] if arguments.cycle_id is None else selection.cycle_of(store, arguments.cycle_id)
    person = acting_person(arguments, store)
    accounts = selection.decided_and_now(store, cycle, for_whom=person) if cycle.frozen else []
    lines = [_line(cycle)]
    if cycle.present:
        lines.append(_("Present: {names}").format(names=cycle.present))
    if cycle.frozen:
        lines.append(
            _("By {criteria}; ledger of {lines} lines, net revenue {total}.").format(
                criteria=cycle.frozen["criteria"]["name"],
                lines=f"{cycle.frozen['ledger']['line_count']:,}",
                total=cycle.frozen["ledger"]["control_total"],
            )
        )
        lines += [_account_line(account) for account in accounts]
        changed = sum(account["has_changed"] for account in accounts)
        lines.append(
            several("{count} account reads differently now.", "{count} accounts read differently now.", changed)
        )
    if arguments.csv:
        rows = selection.cycle_accounts(store, cycle.cycle_id, with_evidence=False, for_whom=person)
        names = [name for name in (rows[0] if rows else {}) if name != "proposed"]
        written = save_csv(arguments.csv, names, [[row[name] for name in names] for row in rows])
        lines.append(several("{count} row was written.", "{count} rows were written.", written))
    report(arguments, _document(cycle) | {"frozen": cycle.frozen, "accounts": accounts}, lines)
    return 0


def open_cycle(arguments: argparse.Namespace, store: Store) -> int:
    """`cycles open`."""
    as_of = as_of_date(arguments, store)
    number = selection.open_cycle(store, arguments.name, as_of=as_of, who=acting_person(arguments, store))
    return _told(arguments, store, number)


def assess_cycle(arguments: argparse.Namespace, store: Store) -> int:
    """`cycles assess`."""
    cycle = _unfinished(store)
    selection.assess_cycle(store, cycle.cycle_id, expected_version=cycle.version, who=acting_person(arguments, store))
    return _told(arguments, store, cycle.cycle_id)


def decide_cycle(arguments: argparse.Namespace, store: Store) -> int:
    """`cycles decide`."""
    cycle = _unfinished(store)
    selection.decide_cycle(
        store,
        cycle.cycle_id,
        {account: selection.Decided(decision, reason) for account, decision, reason in arguments.otherwise},
        present=arguments.present,
        decided_on=arguments.on or cycle.as_of,
        conclusions=arguments.conclusions,
        expected_version=cycle.version,
        who=acting_person(arguments, store),
    )
    return _told(arguments, store, cycle.cycle_id)


def put_in_force(arguments: argparse.Namespace, store: Store) -> int:
    """`cycles put-in-force`."""
    cycle = _unfinished(store)
    selection.put_in_force(
        store,
        cycle.cycle_id,
        on=arguments.on or cycle.decided_on or cycle.as_of,
        expected_version=cycle.version,
        who=acting_person(arguments, store),
    )
    return _told(arguments, store, cycle.cycle_id)


def abandon_cycle(arguments: argparse.Namespace, store: Store) -> int:
    """`cycles abandon`."""
    cycle = _unfinished(store)
    selection.abandon_cycle(
        store,
        cycle.cycle_id,
        reason=arguments.reason,
        expected_version=cycle.version,
        who=acting_person(arguments, store),
    )
    return _told(arguments, store, cycle.cycle_id)


def _unfinished(store: Store) -> selection.Cycle:
    cycle = selection.unfinished(store)
    if cycle is None:
        raise RuleBroken(_("No selection cycle is under way: open one with `cycles open`."), reason="no_cycle")
    return cycle


def _told(arguments: argparse.Namespace, store: Store, cycle_id: int) -> int:
    cycle = selection.cycle_of(store, cycle_id)
    person = acting_person(arguments, store)
    accounts = selection.cycle_accounts(store, cycle_id, with_evidence=False, for_whom=person)
    shown = [account for account in accounts if account["proposal"] or account["decision"]]
    report(
        arguments,
        _document(cycle) | {"accounts": shown},
        [_line(cycle), *(_account_line(account) for account in shown)],
    )
    return 0


def _document(cycle: selection.Cycle) -> dict[str, Any]:
    document = vars(replace(cycle, frozen=None))
    return {name: value for name, value in document.items() if name not in ("frozen", "version")}


def _line(cycle: selection.Cycle) -> str:
    return f"{cycle.cycle_id:4}  {cycle.name:32.32} {cycle.state.replace('_', ' '):9} {day_shown(cycle.as_of)}"


def _account_line(account: dict[str, Any]) -> str:
    rank = UNKNOWN if account["rank"] is None else str(account["rank"])
    outcome = account["decision"] or account["proposal"] or UNKNOWN
    line = f"{rank:>4}  {account['account_id']:12} {account['name']:30.30} {account['verdict']:8} {outcome:8}"
    if account.get("has_changed"):
        line += " " + _("now {verdict}").format(verdict=account["verdict_now"] or UNKNOWN)
    return line

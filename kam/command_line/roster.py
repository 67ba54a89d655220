"""`roster show|admit|release`: who is a key account."""

from __future__ import annotations

import argparse

from kam import programme, selection
from kam.command_line.options import acting_person, add_as_of, as_of_date
from kam.command_line.output import report
from kam.store import Store
from kam.units import UNKNOWN, day
from kam.words import _


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    roster = commands.add_parser("roster", help=_("the key accounts"))
    actions = roster.add_subparsers(dest="action", metavar="ACTION", required=True)

    show = actions.add_parser("show", help=_("the key accounts with their verdicts as decided and now"))
    add_as_of(show)
    show.set_defaults(run=show_roster)

    admit = actions.add_parser("admit", help=_("admit an account that passes every gate"))
    admit.add_argument("account_id", metavar="ACCOUNT")
    admit.add_argument("--reason", required=True, metavar="TEXT")
    add_as_of(admit)
    admit.set_defaults(run=admit_account)

    release = actions.add_parser("release", help=_("release a key account"))
    release.add_argument("account_id", metavar="ACCOUNT")
    release.add_argument("--reason", required=True, metavar="TEXT")
    add_as_of(release)
    release.set_defaults(run=release_account)


def show_roster(arguments: argparse.Namespace, store: Store) -> int:
    """`roster show`."""
    as_of = as_of_date(arguments, store)
    roster = selection.standing(store, as_of, for_whom=acting_person(arguments, store))
    limits = programme.limits(store, as_of)
    accounts = [
        {
            "account_id": account.account_id,
            "name": account.name,
            "category": account.category,
            "admitted_on": account.admitted_on,
            "reason": account.reason,
            "decided_by": account.decided_by,
            "verdict_decided": account.decided_verdict,
            "verdict_now": account.now.verdict if account.now else None,
        }
        for account in roster
    ]
    lines = [
        _("{count} key accounts on {day}; the rule is {at_least} to {at_most}.").format(
            count=len(roster), day=day(as_of), at_least=limits.at_least, at_most=limits.at_most
        ),
        *(
            f"{a['account_id']:12} {a['name']:34.34} {a['category'] or UNKNOWN:10} {day(a['admitted_on']):12} "
            f"{a['verdict_decided'] or UNKNOWN:8} {a['verdict_now'] or UNKNOWN}"
            for a in accounts
        ),
    ]
    document = {"as_of": as_of, "at_least": limits.at_least, "at_most": limits.at_most, "accounts": accounts}
    report(arguments, document, lines)
    return 0


def admit_account(arguments: argparse.Namespace, store: Store) -> int:
    """`roster admit`."""
    as_of = as_of_date(arguments, store)
    decision_id = selection.admit(
        store, arguments.account_id, as_of=as_of, reason=arguments.reason, who=acting_person(arguments, store)
    )
    report(
        arguments,
        {"decision_id": decision_id, "account_id": arguments.account_id, "decided_on": as_of},
        [_("{account} is a key account from {day} on.").format(account=arguments.account_id, day=day(as_of))],
    )
    return 0


def release_account(arguments: argparse.Namespace, store: Store) -> int:
    """`roster release`."""
    as_of = as_of_date(arguments, store)
    decision_id = programme.release(
        store, arguments.account_id, as_of=as_of, reason=arguments.reason, who=acting_person(arguments, store)
    )
    report(
        arguments,
        {"decision_id": decision_id, "account_id": arguments.account_id, "decided_on": as_of},
        [_("{account} left the programme on {day}.").format(account=arguments.account_id, day=day(as_of))],
    )
    return 0

"""`sponsors show|propose|check|assign|relieve` and more: our executive sponsors of the key accounts."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from typing import Any

from kam import sponsorship
from kam.command_line import sponsoring
from kam.command_line.options import acting_person, add_as_of, as_of_date
from kam.command_line.output import report
from kam.store import Store
from kam.units import UNKNOWN, day
from kam.words import _, several

CHECK_FAILED = 1


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    sponsors = commands.add_parser("sponsors", help=_("the executive sponsor of each key account"))
    actions = sponsors.add_subparsers(dest="action", metavar="ACTION", required=True)

    show = actions.add_parser("show", help=_("who sponsors which key account, and the decisions about one"))
    show.add_argument("--account", metavar="ID", help=_("the history of this account's sponsors"))
    add_as_of(show)
    show.set_defaults(run=show_sponsors)

    propose = actions.add_parser("propose", help=_("the best assignment; changes nothing without --accept"))
    propose.add_argument("--accept", action="store_true", help=_("put the proposal in place"))
    propose.add_argument("--reason", default="", metavar="TEXT", help=_("why it is accepted (with --accept)"))
    add_as_of(propose)
    propose.set_defaults(run=propose_sponsors)

    check = actions.add_parser("check", help=_("what breaks the rules of sponsorship"))
    add_as_of(check)
    check.set_defaults(run=check_sponsors)

    assign = actions.add_parser("assign", help=_("make an executive the sponsor of a key account"))
    assign.add_argument("account_id", metavar="ACCOUNT")
    assign.add_argument("executive_id", metavar="EXECUTIVE")
    assign.add_argument("--reason", required=True, metavar="TEXT")
    add_as_of(assign)
    assign.set_defaults(run=assign_sponsor)

    relieve = actions.add_parser("relieve", help=_("end an executive's sponsorship of an account"))
    relieve.add_argument("account_id", metavar="ACCOUNT")
    relieve.add_argument("--reason", required=True, metavar="TEXT")
    add_as_of(relieve)
    relieve.set_defaults(run=relieve_sponsor)
    sponsoring.add_actions(actions)


def show_sponsors(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors show`."""
    person, as_of = acting_person(arguments, store), as_of_date(arguments, store)
    if arguments.account is not None:
        decisions = sponsorship.history(store, arguments.account, for_whom=person)
        report(
            arguments,
            {"account_id": arguments.account, "decisions": [vars(decision) for decision in decisions]},
            [f"{d.decided_on}  {d.decision:9} {d.executive_id}  {d.reason}  ({d.decided_by})" for d in decisions]
            or [_("Nobody has been assigned to {account} yet.").format(account=arguments.account)],
        )
        return 0
    checked = sponsorship.check(store, as_of, for_whom=person)
    report(arguments, _document(checked), [_coverage(checked), *_roster_lines(checked.roster)])
    return 0


def propose_sponsors(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors propose`, with --accept also putting it in place."""
    person, as_of = acting_person(arguments, store), as_of_date(arguments, store)
    proposal = sponsorship.propose(store, as_of, for_whom=person)
    warnings: list[str] = []
    if arguments.accept:
        lines = [(line.account_id, line.today_id, line.executive_id) for line in proposal.moves]
        warnings = sponsorship.accept(store, lines, as_of=as_of, reason=arguments.reason, who=person) or []
    report(
        arguments,
        {
            "as_of": as_of,
            "assignments": [
                {
                    "account_id": line.account_id,
                    "executive_id": line.executive_id,
                    "fit": line.fit,
                    "today": line.today_id,
                    "change": line.change,
                }
                for line in proposal.lines
                if line.executive_id is not None
            ],
            "problems": _problems(proposal.problems),
            "relaxation": proposal.relaxation,
            "total_fit": round(proposal.total_fit, 2),
            "heaviest_load": round(proposal.heaviest_load, 4),
            "changes": proposal.changes,
            "accepted": arguments.accept,
            "warnings": warnings,
        },
        _proposal_lines(proposal, warnings, is_accepted=arguments.accept),
    )
    return CHECK_FAILED if proposal.problems else 0


def check_sponsors(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors check`."""
    checked = sponsorship.check(store, as_of_date(arguments, store), for_whom=acting_person(arguments, store))
    report(
        arguments,
        _document(checked),
        [_coverage(checked), *(finding.message for finding in checked.findings)],
    )
    return CHECK_FAILED if checked.findings else 0


def assign_sponsor(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors assign`."""
    as_of = as_of_date(arguments, store)
    done = sponsorship.assign(
        store,
        arguments.account_id,
        arguments.executive_id,
        as_of=as_of,
        reason=arguments.reason,
        who=acting_person(arguments, store),
    )
    said = _("{executive} sponsors {account} from {day} on.").format(
        executive=arguments.executive_id, account=arguments.account_id, day=day(as_of)
    )
    report(
        arguments,
        _decided(arguments.account_id, arguments.executive_id, as_of, done.decision_id) | {"warning": done.warning},
        [said, *([done.warning] if done.warning else [])],
    )
    return 0


def relieve_sponsor(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors relieve`."""
    as_of = as_of_date(arguments, store)
    decision_id = sponsorship.relieve(
        store, arguments.account_id, as_of=as_of, reason=arguments.reason, who=acting_person(arguments, store)
    )
    report(
        arguments,
        _decided(arguments.account_id, None, as_of, decision_id),
        [_("{account} has no sponsor from {day} on.").format(account=arguments.account_id, day=day(as_of))],
    )
    return 0


def _document(checked: sponsorship.Checked) -> dict[str, Any]:
    return {
        "as_of": checked.as_of,
        "assignments": [
            {
                "account_id": row["account_id"],
                "executive_id": row["executive_id"],
                "fit": checked.matching.points(row["account_id"], row["executive_id"]),
                "assigned_on": row["assigned_on"],
                "last_contact_on": row["last_contact_on"],
                "contact_state": row["contact_state"],
            }
            for row in checked.roster
            if row["executive_id"] is not None
        ],
        "problems": _problems(checked.findings),
    }


def _problems(findings: Iterable[sponsorship.Finding]) -> list[dict[str, Any]]:
    return [vars(finding) for finding in findings]


def _decided(account_id: str, executive_id: str | None, as_of: date, decision_id: int) -> dict[str, Any]:
    return {"decision_id": decision_id, "account_id": account_id, "executive_id": executive_id, "decided_on": as_of}


def _coverage(checked: sponsorship.Checked) -> str:
    return several(
        "{{covered}} of {count} key account has an executive sponsor on {{day}}.",
        "{{covered}} of {count} key accounts have an executive sponsor on {{day}}.",
        len(checked.roster),
    ).format(covered=checked.covered_count, day=day(checked.as_of))


def _roster_lines(roster: list[dict[str, Any]]) -> list[str]:
    return [
        f"{row['account_id']:12} {row['name']:30.30} {row['executive_name'] or row['executive_id'] or UNKNOWN:24.24} "
        f"{day(row['last_contact_on']):12} {row['contact_state'].replace('_', ' ')}"
        for row in roster
    ]


def _proposal_lines(proposal: sponsorship.Proposal, warnings: list[str], *, is_accepted: bool) -> list[str]:
    lines = [
        f"{line.account_id:12} {line.name:30.30} {line.executive_name or UNKNOWN:24.24} "
        f"{UNKNOWN if line.fit is None else format(line.fit, '.1f'):>4} {line.change}"
        for line in proposal.lines
    ]
    if proposal.relaxation:
        lines.append(proposal.relaxation)
    lines.append(
        _("The proposal is in place.")
        if is_accepted
        else _("Nothing was changed: --accept puts the proposal in place.")
    )
    return lines + warnings

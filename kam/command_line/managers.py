"""`managers show|match|appoint|rate|left|scheme`: who manages our key accounts, and with how much."""

from __future__ import annotations

import argparse
from typing import Any

from kam import managers, units
from kam.command_line.options import acting_person, add_as_of, as_of_date
from kam.command_line.output import report
from kam.errors import BadInput
from kam.store import Store
from kam.units import UNKNOWN
from kam.words import _, several

CHECK_FAILED = 1


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    people = commands.add_parser("managers", help=_("who manages our key accounts, and with how much"))
    actions = people.add_subparsers(dest="action", metavar="ACTION", required=True)

    show = actions.add_parser("show", help=_("load of every account manager, or the levels of one"))
    show.add_argument("manager_id", nargs="?", metavar="MANAGER")
    add_as_of(show)
    show.set_defaults(run=show_managers)

    match = actions.add_parser("match", help=_("who suits one key account, by gap, room, language and region"))
    match.add_argument("account_id", metavar="ACCOUNT")
    add_as_of(match)
    match.set_defaults(run=match_managers)

    appoint = actions.add_parser("appoint", help=_("make somebody the manager of a key account; opens the handover"))
    appoint.add_argument("account_id", metavar="ACCOUNT")
    appoint.add_argument("manager_id", metavar="MANAGER")
    appoint.add_argument("--ground", action="append", default=[], choices=list(managers.GROUNDS), metavar="GROUND",
                         help=", ".join(managers.GROUNDS))  # fmt: skip
    appoint.add_argument("--reason", required=True, metavar="TEXT")
    add_as_of(appoint)
    appoint.set_defaults(run=appoint_manager)

    rate = actions.add_parser("rate", help=_("rate a competency of an account manager, 1 to 5, with evidence"))
    rate.add_argument("manager_id", metavar="MANAGER")
    rate.add_argument("competency", metavar="COMPETENCY")
    rate.add_argument("level", type=int, metavar="LEVEL")
    rate.add_argument("--by", dest="rater_kind", required=True, choices=managers.RATER_KINDS)
    rate.add_argument("--rater", default="", metavar="NAME")
    rate.add_argument("--evidence", required=True, metavar="TEXT")
    add_as_of(rate)
    rate.set_defaults(run=rate_manager)

    left = actions.add_parser("left", help=_("record that an account manager leaves"))
    left.add_argument("manager_id", metavar="MANAGER")
    left.add_argument("--reason", required=True, metavar="TEXT")
    left.add_argument("--returned", action="store_true", help=_("record that they are back instead"))
    add_as_of(left)
    left.set_defaults(run=record_left)

    scheme = actions.add_parser(
        "scheme", help=_("record how account managers are measured; flags what is wrong with it")
    )
    scheme.add_argument("name", metavar="NAME")
    scheme.add_argument("--measure", action="append", nargs=3, default=[], metavar=("MEASURE", "WEIGHT", "SCOPE"),
                        help=_("weight 0 to 1; scope individual or team"))  # fmt: skip
    scheme.add_argument("--months", type=int, required=True, metavar="N")
    scheme.add_argument("--manager", metavar="MANAGER", help=_("for this one alone"))
    add_as_of(scheme)
    scheme.set_defaults(run=record_scheme)


def show_managers(arguments: argparse.Namespace, store: Store) -> int:
    """`managers show`: status 1 where a key account has no manager who is there."""
    person, as_of = acting_person(arguments, store), as_of_date(arguments, store)
    if arguments.manager_id is not None:
        found = managers.profile(store, arguments.manager_id, as_of, for_whom=person)
        report(
            arguments,
            {
                "as_of": as_of,
                "manager": found.person,
                "accounts": [account["account_id"] for account in found.accounts],
                "competencies": found.competencies,
                "weighted_gap": found.fit.weighted_gap,
                "readiness": found.fit.readiness,
                "value_at_stake": found.value_at_stake,
            },
            [
                found.person["name"],
                *(
                    f"{row['name']:14} {_level(row['required_level']):>4} {_level(row['actual_level']):>4} "
                    f"{_level(row['gap_levels']):>4} {_level(row['self_level']):>4}"
                    for row in found.competencies
                ),
            ],
        )
        return 0
    load = store.read("managers.load", {"as_of": as_of}, order_by=[("name", False)]).records()
    held = store.read("managers.holdings", {"as_of": as_of}, order_by=[("name", False)]).records()
    gone = {row["manager_id"] for row in load if row["has_left"]}
    lost = [row for row in held if row["manager_id"] is None or row["manager_id"] in gone]
    report(
        arguments,
        {"as_of": as_of, "managers": load, "without_manager": [row["account_id"] for row in lost]},
        [
            *(_load_line(row) for row in load),
            *(
                _("{account} has no manager who is there ({owner}).").format(
                    account=row["name"], owner=row["manager_name"] or UNKNOWN
                )
                for row in lost
            ),
        ],
    )
    return CHECK_FAILED if lost else 0


def match_managers(arguments: argparse.Namespace, store: Store) -> int:
    """`managers match`: for one account, and no ranking beyond it."""
    person, as_of = acting_person(arguments, store), as_of_date(arguments, store)
    found = managers.candidates(store, arguments.account_id, as_of, for_whom=person)
    shown = ("manager_id", "name", "background", "weighted_gap", "readiness", "known_count", "required_count",
             "gap_names", "has_room", "speaks", "is_near", "presence", "is_manager")  # fmt: skip
    report(
        arguments,
        {
            "as_of": as_of,
            "account_id": arguments.account_id,
            "candidates": [{name: row[name] for name in shown} for row in found],
        },
        [
            f"{row['manager_id']:8} {row['name']:26.26} {row['background'] or UNKNOWN:11} {_level(row['weighted_gap'], 2):>5} "
            f"{', '.join(row['gap_names'])}".rstrip()
            for row in found
        ],
    )
    return 0


def appoint_manager(arguments: argparse.Namespace, store: Store) -> int:
    """`managers appoint`."""
    as_of = as_of_date(arguments, store)
    done = managers.appoint(
        store,
        arguments.account_id,
        arguments.manager_id,
        grounds=arguments.ground,
        reason=arguments.reason,
        as_of=as_of,
        who=acting_person(arguments, store),
    )
    said = _("{manager} manages {account} from {day} on.").format(
        manager=arguments.manager_id, account=arguments.account_id, day=units.day(as_of)
    )
    report(
        arguments,
        vars(done) | {"account_id": arguments.account_id, "manager_id": arguments.manager_id, "appointed_on": as_of},
        [said, *([done.warning] if done.warning else [])],
    )
    return 0


def rate_manager(arguments: argparse.Namespace, store: Store) -> int:
    """`managers rate`."""
    as_of = as_of_date(arguments, store)
    managers.rate(
        store,
        arguments.manager_id,
        {arguments.competency: managers.Seen(arguments.level, arguments.evidence)},
        rater_kind=arguments.rater_kind,
        rater=arguments.rater,
        rated_on=as_of,
        as_of=as_of,
        who=acting_person(arguments, store),
    )
    document = {
        "manager_id": arguments.manager_id,
        "competency": arguments.competency,
        "level": arguments.level,
        "rated_on": as_of,
    }
    report(arguments, document, [_("The rating is saved.")])
    return 0


def record_left(arguments: argparse.Namespace, store: Store) -> int:
    """`managers left`: status 1 where key accounts wait for another manager."""
    as_of = as_of_date(arguments, store)
    waiting = managers.record_leaving(
        store,
        arguments.manager_id,
        on=as_of,
        reason=arguments.reason,
        has_left=not arguments.returned,
        who=acting_person(arguments, store),
    )
    said = several(
        "{count} key account waits for another manager.", "{count} key accounts wait for another manager.", waiting
    )
    report(
        arguments,
        {"manager_id": arguments.manager_id, "on": as_of, "account_count": waiting},
        [_("It is recorded.") if arguments.returned else said],
    )
    return CHECK_FAILED if waiting and not arguments.returned else 0


def record_scheme(arguments: argparse.Namespace, store: Store) -> int:
    """`managers scheme`: status 1 where something is wrong with it; it is recorded all the same."""
    as_of = as_of_date(arguments, store)
    number, found = managers.adopt_scheme(
        store,
        name=arguments.name,
        measures=[managers.SchemeMeasure(m, _weight(w), s) for m, w, s in arguments.measure],
        period_months=arguments.months,
        valid_from=as_of,
        manager_id=arguments.manager,
        who=acting_person(arguments, store),
    )
    report(
        arguments,
        {"scheme_id": number, "valid_from": as_of, "problems": [vars(finding) for finding in found]},
        [_("The scheme is recorded."), *(f"{finding.message} ({finding.source})" for finding in found)],
    )
    return CHECK_FAILED if found else 0


def _weight(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise BadInput(
            _("{text} is not a weight: write it as 0.25.").format(text=text), reason="bad_number", field="measures"
        ) from None


def _load_line(row: dict[str, Any]) -> str:
    given = UNKNOWN if row["hours_given"] is None else f"{row['hours_given']:,.0f}"
    return (
        f"{row['manager_id']:8} {row['name']:26.26} {row['account_count']:3} "
        f"{row['hours_needed'] + row['covered_hours']:>7,.0f} / {given:>6}  "
        f"{(row['load_state'] or UNKNOWN).replace('_', ' '):9} {row['presence'].replace('_', ' ')}"
    )


def _level(value: float | None, decimals: int = 1) -> str:
    return UNKNOWN if value is None else f"{value:.{decimals}f}"

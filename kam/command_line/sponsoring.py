"""The rest of `sponsors`: vetoes, locks, deputies, hours and leaving; contacts; what goes out as a file."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kam import documents, sponsorship
from kam.command_line.options import acting_person, add_as_of, as_of_date, day
from kam.command_line.output import report, save_bytes
from kam.errors import BadInput
from kam.store import Condition, Store
from kam.units import day as day_told
from kam.words import _, several


def add_actions(actions: argparse._SubParsersAction) -> None:
    """Add the actions beneath `sponsors`."""
    veto = _action(actions, "veto", declare, _("record that an executive must not sponsor"))
    veto.add_argument("executive_id", metavar="EXECUTIVE")
    veto.add_argument("kind", choices=sorted(sponsorship.VETOES))
    veto.add_argument("--account", metavar="ID", help=_("of a conflict of interest, or the customer's objection"))
    veto.add_argument("--owner", metavar="NAME", help=_("the account manager, of a line manager"))
    veto.add_argument("--declared-by", required=True, metavar="NAME")
    veto.add_argument("--source", default="", metavar="TEXT")
    veto.add_argument("--until", type=day, metavar="DATE", help=_("the last day on which it holds"))
    withdraw = _action(actions, "withdraw", withdraw_veto, _("end a veto"))
    withdraw.add_argument("veto_id", type=int, metavar="VETO")
    for name, run, told in (
        ("lock", lock, _("keep an account's sponsor in every proposal")),
        ("unlock", unlock, _("let proposals change an account's sponsor again")),
        ("stand-down", stand_down, _("end the task of an account's deputy")),
    ):
        _action(actions, name, run, told).add_argument("account_id", metavar="ACCOUNT")
    deputy = _action(actions, "deputy", name_deputy, _("name the deputy of an account's sponsor"))
    deputy.add_argument("account_id", metavar="ACCOUNT")
    deputy.add_argument("executive_id", metavar="EXECUTIVE")
    hours = _action(actions, "hours", give_hours, _("record the hours a year that an executive gives"))
    hours.add_argument("executive_id", metavar="EXECUTIVE")
    hours.add_argument("hours", type=float, metavar="HOURS")
    for name, run, told in (
        ("left", leave, _("record that an executive has left")),
        ("back", come_back, _("record that an executive is back")),
    ):
        _action(actions, name, run, told).add_argument("executive_id", metavar="EXECUTIVE")
    _reading(actions, "contacts", show_contacts, _("cadence, planned contacts, open promises and patterns"))
    brief = _reading(actions, "brief", save_brief, _("save the one-page brief about an account (HTML)"))
    brief.add_argument("account_id", metavar="ACCOUNT")
    brief.add_argument("file", type=Path, metavar="FILE")
    calendar = _reading(actions, "calendar", save_calendar, _("save the planned contacts as a calendar file (.ics)"))
    calendar.add_argument("file", type=Path, metavar="FILE")
    calendar.add_argument("--executive", metavar="ID", help=_("of this executive alone"))
    overview = _reading(actions, "overview", save_overview, _("save the committee's overview (.pptx or .xlsx)"))
    overview.add_argument("file", type=Path, metavar="FILE")


def _action(actions: argparse._SubParsersAction, name: str, run, told: str) -> argparse.ArgumentParser:
    parser = _reading(actions, name, run, told)
    parser.add_argument("--reason", required=True, metavar="TEXT")
    return parser


def _reading(actions: argparse._SubParsersAction, name: str, run, told: str) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=told)
    add_as_of(parser)
    parser.set_defaults(run=run)
    return parser


def _common(arguments: argparse.Namespace, store: Store) -> dict[str, Any]:
    return {
        "as_of": as_of_date(arguments, store),
        "reason": arguments.reason,
        "who": acting_person(arguments, store),
    }


def declare(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors veto`."""
    veto_id = sponsorship.declare_veto(
        store,
        arguments.executive_id,
        arguments.kind,
        declared_by=arguments.declared_by,
        account_id=arguments.account,
        owner=arguments.owner,
        source=arguments.source,
        until=arguments.until,
        **_common(arguments, store),
    )
    return _done(arguments, _("Veto {number} stands.").format(number=veto_id), veto_id=veto_id)


def withdraw_veto(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors withdraw`."""
    sponsorship.withdraw_veto(store, arguments.veto_id, **_common(arguments, store))
    return _done(arguments, _("The veto is withdrawn."), veto_id=arguments.veto_id)


def lock(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors lock`."""
    sponsorship.lock(store, arguments.account_id, **_common(arguments, store))
    return _done(arguments, _("The sponsor is locked."), account_id=arguments.account_id)


def unlock(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors unlock`."""
    sponsorship.unlock(store, arguments.account_id, **_common(arguments, store))
    return _done(arguments, _("The sponsor is released."), account_id=arguments.account_id)


def name_deputy(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors deputy`."""
    sponsorship.name_deputy(store, arguments.account_id, arguments.executive_id, **_common(arguments, store))
    return _done(arguments, _("The deputy is named."), account_id=arguments.account_id)


def stand_down(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors stand-down`."""
    sponsorship.stand_down(store, arguments.account_id, **_common(arguments, store))
    return _done(arguments, _("The deputy stands down."), account_id=arguments.account_id)


def give_hours(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors hours`."""
    sponsorship.give_hours(store, arguments.executive_id, arguments.hours, **_common(arguments, store))
    return _done(arguments, _("The hours are recorded."), executive_id=arguments.executive_id)


def leave(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors left`."""
    told = sponsorship.record_leaving(store, arguments.executive_id, **_common(arguments, store))
    said = " ".join([_("The leaving is recorded."), *([told] if told else [])])
    return _done(arguments, said, executive_id=arguments.executive_id)


def come_back(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors back`."""
    sponsorship.record_return(store, arguments.executive_id, **_common(arguments, store))
    return _done(arguments, _("The return is recorded."), executive_id=arguments.executive_id)


def show_contacts(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors contacts`."""
    as_of = as_of_date(arguments, store)
    order = [("account_id", False)]
    cadence = store.read("sponsorship.cadence", {"as_of": as_of}, order_by=[*order, ("kind", False)]).records()
    planned = store.read(
        "sponsorship.appointment_list",
        {"as_of": as_of},
        where=[Condition("state", "=", "planned")],
        order_by=[("planned_on", False), ("appointment_id", False)],
    ).records()
    promises = store.read(
        "sponsorship.promise_list",
        {"as_of": as_of},
        where=[Condition("closed_on", "is_missing")],
        order_by=[("due_on", False), ("promise_id", False)],
    ).records()
    found = sponsorship.patterns(store, as_of, for_whom=acting_person(arguments, store))
    document = {
        "as_of": as_of,
        "cadence": cadence,
        "planned": planned,
        "promises": promises,
        "patterns": [vars(pattern) for pattern in found],
    }
    report(
        arguments,
        document,
        [
            *(
                f"{row['account_id']:12} {row['name']:30.30} {row['kind']:12} {row['cadence_state'].replace('_', ' ')}"
                for row in cadence
            ),
            *(
                f"{day_told(row['planned_on'])}  {row['account_name']}: {row['kind']}, {row['executive_name']}"
                for row in planned
            ),
            *(
                f"{day_told(row['due_on'])}  {row['account_name']}: {row['promise']} ({row['owner']})"
                for row in promises
            ),
            *(pattern.message for pattern in found),
        ],
    )
    return 0


def save_brief(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors brief`."""
    as_of = as_of_date(arguments, store)
    found = sponsorship.brief(store, arguments.account_id, as_of, for_whom=acting_person(arguments, store))
    save_bytes(arguments.file, documents.brief_page(found).content())
    return _done(
        arguments,
        _("The brief is in {file}.").format(file=arguments.file.name),
        account_id=arguments.account_id,
        things=[thing.sentence for thing in found.things],
    )


def save_calendar(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors calendar`."""
    as_of = as_of_date(arguments, store)
    of_one = [Condition("executive_id", "=", arguments.executive)] if arguments.executive else []
    rows = store.read(
        "sponsorship.appointment_list",
        {"as_of": as_of},
        where=[*of_one, Condition("state", "=", "planned"), Condition("planned_on", ">=", as_of)],
        order_by=[("planned_on", False), ("appointment_id", False)],
    ).records()
    stamped_at = datetime.now(UTC).replace(tzinfo=None)
    save_bytes(arguments.file, documents.calendar(documents.visit_entries(rows), stamped_at=stamped_at))
    said = several("{count} contact is in {{file}}.", "{count} contacts are in {{file}}.", len(rows))
    return _done(arguments, said.format(file=arguments.file.name), contact_count=len(rows))


def save_overview(arguments: argparse.Namespace, store: Store) -> int:
    """`sponsors overview`."""
    makers = {".pptx": documents.overview_deck, ".xlsx": documents.overview_workbook}
    make = makers.get(arguments.file.suffix.casefold())
    if make is None:
        raise BadInput(
            _("{file} ends neither in .pptx nor in .xlsx: name one of these.").format(file=arguments.file.name),
            reason="bad_suffix",
        )
    as_of = as_of_date(arguments, store)
    found = sponsorship.overview(store, as_of, for_whom=acting_person(arguments, store))
    save_bytes(arguments.file, make(found))
    return _done(arguments, f"{found.finding} {arguments.file.name}", finding=found.finding)


def _done(arguments: argparse.Namespace, said: str, **document: Any) -> int:
    report(arguments, document | {"said": said}, [said])
    return 0

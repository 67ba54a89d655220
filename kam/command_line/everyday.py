"""`search`, `follow-up`, `referrals`, `dates`: the work of every day."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kam import everyday, portfolio, relationships
from kam.command_line.options import acting_person, add_as_of, as_of_date, day
from kam.command_line.output import report, save_bytes
from kam.errors import NotFound
from kam.store import Condition, Store
from kam.units import day as day_shown
from kam.words import _, several

_AHEAD_DAYS = 366  # as on the page: a year of dates is what a calendar can use


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    search = commands.add_parser(
        "search", help=_("find accounts, contacts, orders and actions by a part of their name")
    )
    search.add_argument("sought", metavar="TEXT")
    add_as_of(search)
    search.set_defaults(run=find)
    _follow_up(commands.add_parser("follow-up", help=_("do one of the follow-ups: outcome, next step, next grade")))
    referrals = commands.add_parser("referrals", help=_("moments to ask for a referral, and what was given"))
    actions = referrals.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, told, run in (
        ("moments", _("which account could be asked now, and what speaks against it"), show_moments),
        ("list", _("the referrals that were given, and what became of them"), show_referrals),
    ):
        parser = actions.add_parser(name, help=told)
        add_as_of(parser)
        parser.set_defaults(run=run)
    dates = commands.add_parser("dates", help=_("dates to remember: list them, or save a calendar file"))
    actions = dates.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help=_("the dates of the coming year, the next first"))
    saving = actions.add_parser("ics", help=_("save them as a calendar file with reminders"))
    saving.add_argument("file", type=Path, metavar="FILE")
    for parser, run in ((listing, show_dates), (saving, save_dates)):
        parser.add_argument("--account", metavar="ACCOUNT", help=_("of this account only"))
        add_as_of(parser)
        parser.set_defaults(run=run)


def _follow_up(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("follow_up", metavar="FOLLOW-UP", help=_("its number in `follow-ups --json`: C:…, P:… or S:…"))
    parser.add_argument("--outcome", required=True, metavar="TEXT")
    parser.add_argument("--kind", default="call", metavar="KIND", help=", ".join(relationships.KINDS))
    parser.add_argument("--next-step", metavar="TEXT")
    parser.add_argument(
        "--due", dest="next_step_due", type=day, metavar="DATE", help=_("until when the next step is due")
    )
    parser.add_argument("--dropped", action="store_true", help=_("the promise was dropped, not kept"))
    parser.add_argument("--grade", metavar="GRADE", help=", ".join(portfolio.GRADES))
    add_as_of(parser)
    parser.set_defaults(run=do_follow_up)


def find(arguments: argparse.Namespace, store: Store) -> int:
    """`search`."""
    found = everyday.search(store, arguments.sought, as_of_date(arguments, store))
    lines = [
        f"{kind:9} {row.get('account_id') or '':14.14} {row.get('name') or row.get('action') or row.get('order_id')}"
        for kind, rows in found.items()
        for row in rows
    ]
    document: dict[str, Any] = {kind: {"total": rows.total, "rows": rows.records()} for kind, rows in found.items()}
    report(arguments, document, lines or [_("Nothing has this in its name or number.")])
    return 0


def do_follow_up(arguments: argparse.Namespace, store: Store) -> int:
    """`follow-up`."""
    as_of, person = as_of_date(arguments, store), acting_person(arguments, store)
    this = [Condition("follow_up_id", "=", arguments.follow_up)]
    row = store.one("portfolio.follow_ups", {"as_of": as_of, "of_person": person.name}, where=this)
    if row is None:
        raise NotFound(
            _("There is no follow-up {number} on {day}: see `follow-ups --with-those-to-come --json`.").format(
                number=arguments.follow_up, day=day_shown(as_of)
            ),
            reason="unknown_follow_up",
            field="follow_up",
        )
    done = portfolio.follow_up(
        store,
        row["account_id"],
        kind=arguments.kind,
        outcome=arguments.outcome,
        done_on=as_of,
        next_step=arguments.next_step,
        next_step_due=arguments.next_step_due,
        promise_outcome="dropped" if arguments.dropped else "kept",
        grade=arguments.grade,
        who=person,
        **portfolio.promise_of(store, arguments.follow_up, as_of),
    )
    said = _("{name} was followed up and regraded.") if done and done.is_regraded else _("{name} was followed up.")
    report(arguments, {"account_id": row["account_id"], **vars(done)}, [said.format(name=row["name"])])
    return 0


def show_moments(arguments: argparse.Namespace, store: Store) -> int:
    """`referrals moments`."""
    rows = _rows(arguments, store, "everyday.referral_moments", "happened_on")
    lines = [
        f"{day_shown(row['happened_on'])} {row['name']:28.28} {everyday.MOMENTS[row['moment']]}"
        + (f" ({everyday.HELD_BACK[row['held_back_by']]})" if row["held_back_by"] else "")
        for row in rows
    ]
    report(arguments, {"moments": rows}, lines or [_("No account has a moment to ask now.")])
    return 0


def show_referrals(arguments: argparse.Namespace, store: Store) -> int:
    """`referrals list`."""
    rows = _rows(arguments, store, "everyday.referral_list", "given_on")
    lines = [
        f"{day_shown(row['given_on'])} {row['name']:28.28} {row['prospect']:28.28} {row['referral_state']}"
        for row in rows
    ]
    report(arguments, {"referrals": rows}, lines or [_("No referral was given.")])
    return 0


def show_dates(arguments: argparse.Namespace, store: Store) -> int:
    """`dates list`."""
    rows = _dates(arguments, store)
    lines = [f"{day_shown(row['falls_on'])} {row['name']:28.28} {everyday.date_told(row)}" for row in rows]
    report(arguments, {"dates": rows}, lines or [_("No date is to come within a year.")])
    return 0


def save_dates(arguments: argparse.Namespace, store: Store) -> int:
    """`dates ics`."""
    # Dear to import; the other commands do not need it.
    from kam import documents

    rows = _dates(arguments, store)
    content = documents.calendar(documents.date_entries(rows), stamped_at=datetime.now(UTC).replace(tzinfo=None))
    save_bytes(arguments.file, content)
    saved = _("{dates} saved in {file}.").format(
        dates=several("{count} date", "{count} dates", len(rows)), file=arguments.file.name
    )
    report(arguments, {"file": arguments.file.name, "dates": len(rows)}, [saved])
    return 0


def _dates(arguments: argparse.Namespace, store: Store) -> list[dict[str, Any]]:
    """The dates of the coming year. Raises NotFound for an unknown account."""
    where = [Condition("days_left", "<=", _AHEAD_DAYS)]
    if arguments.account is not None:
        this = Condition("account_id", "=", arguments.account)
        if store.one("ledgers.accounts", where=[this]) is None:
            raise NotFound(
                _("There is no account {account_id}: check the id.").format(account_id=arguments.account),
                reason="unknown_account",
                field="account",
            )
        where.append(this)
    order = [("falls_on", False), ("source", False), ("record_id", False)]
    return store.read(
        "everyday.coming_dates", {"as_of": as_of_date(arguments, store)}, where=where, order_by=order
    ).records()


def _rows(arguments: argparse.Namespace, store: Store, relation: str, latest: str) -> list[dict[str, Any]]:
    order = [(latest, True), ("account_id", False)]
    return store.read(relation, {"as_of": as_of_date(arguments, store)}, order_by=order).records()

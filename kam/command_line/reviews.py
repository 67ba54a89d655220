"""`review plan|hold|show|calendar`: the review cycle of the key accounts."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from kam import documents, reviews
from kam.command_line.options import acting_person, add_as_of, as_of_date, day
from kam.command_line.output import report
from kam.errors import BadInput, NotFound
from kam.store import Condition, Store
from kam.units import UNKNOWN
from kam.units import day as day_shown
from kam.words import _, several


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    review = commands.add_parser("review", help=_("the reviews of the key accounts"))
    actions = review.add_subparsers(dest="action", metavar="ACTION", required=True)

    show = actions.add_parser("show", help=_("what is due, overdue and held; or one review with what was seen"))
    show.add_argument("review_id", type=int, nargs="?", metavar="NUMBER")
    add_as_of(show)
    show.set_defaults(run=show_reviews)

    plan = actions.add_parser("plan", help=_("plan a review of a key account"))
    plan.add_argument("account_id", metavar="ACCOUNT")
    plan.add_argument("--on", type=day, required=True, metavar="DATE")
    plan.add_argument("--participants", default="", metavar="TEXT")
    plan.set_defaults(run=plan_review)

    hold = actions.add_parser("hold", help=_("hold a planned review: freezes the account's figures as seen"))
    hold.add_argument("review_id", type=int, nargs="?", metavar="NUMBER")
    hold.add_argument("--account", metavar="ID", help=_("its next planned review, in place of a number"))
    hold.add_argument("--on", type=day, metavar="DATE", help=_("the day it was held (else the ledger's last day)"))
    hold.add_argument("--notes", default="", metavar="TEXT")
    hold.add_argument("--rating", choices=reviews.RATINGS)
    hold.add_argument("--participants", metavar="TEXT", help=_("who took part (else as planned)"))
    hold.add_argument(
        "--agree",
        action="append",
        default=[],
        nargs=3,
        metavar=("ACTION", "OWNER", "DUE"),
        help=_("an action with its owner and due date; may be given several times"),
    )
    hold.set_defaults(run=hold_review, as_of=None)

    calendar = actions.add_parser("calendar", help=_("save the planned reviews, or one, as a calendar file (.ics)"))
    calendar.add_argument("review_id", type=int, nargs="?", metavar="NUMBER")
    calendar.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.ics")
    calendar.add_argument("--round", action="store_true", help=_("up to the end of the quarter of the day alone"))
    add_as_of(calendar)
    calendar.set_defaults(run=save_calendar)


def save_calendar(arguments: argparse.Namespace, store: Store) -> int:
    """`review calendar`."""
    if arguments.review_id is not None and arguments.round:
        raise BadInput(_("Name either the review's number or --round."), reason="usage")
    as_of = as_of_date(arguments, store)
    rows = reviews.for_calendars(store, as_of, review_id=arguments.review_id, is_round=arguments.round)
    content = documents.calendar(documents.review_entries(rows), stamped_at=datetime.now(UTC).replace(tzinfo=None))
    try:
        arguments.output.write_bytes(content)
    except OSError:
        raise BadInput(
            _("{file} cannot be written: check that its folder exists and that the file is not open elsewhere.").format(
                file=arguments.output.name
            ),
            reason="unwritable",
        ) from None
    report(
        arguments,
        {"as_of": as_of, "file": arguments.output, "reviews": len(rows)},
        [
            several("{count} review is in {{file}}.", "{count} reviews are in {{file}}.", len(rows)).format(
                file=arguments.output.name
            )
        ],
    )
    return 0


def show_reviews(arguments: argparse.Namespace, store: Store) -> int:
    """`review show`."""
    if arguments.review_id is not None:
        review = reviews.review_of(store, arguments.review_id, for_whom=acting_person(arguments, store))
        report(arguments, vars(review), _review_lines(review))
        return 0
    as_of = as_of_date(arguments, store)
    calendar = store.read("reviews.calendar", {"as_of": as_of}, order_by=[("due_on", False), ("account_id", False)])
    actions = store.read(
        "reviews.action_list",
        {"as_of": as_of},
        where=[Condition("is_open", "=", True)],
        order_by=[("due_on", False), ("action_id", False)],
    )
    report(
        arguments,
        {"as_of": as_of, "accounts": calendar.records(), "open_actions": actions.records()},
        [_calendar_line(row) for row in calendar] or [_("There is no key account on this day, so nothing to review.")],
    )
    return 0


def plan_review(arguments: argparse.Namespace, store: Store) -> int:
    """`review plan`."""
    review_id = reviews.plan(
        store,
        arguments.account_id,
        arguments.on,
        participants=arguments.participants,
        who=acting_person(arguments, store),
    )
    report(
        arguments,
        {"review_id": review_id, "account_id": arguments.account_id, "planned_on": arguments.on},
        [
            _("Review {number} of {account} is planned for {day}.").format(
                number=review_id, account=arguments.account_id, day=day_shown(arguments.on)
            )
        ],
    )
    return 0


def hold_review(arguments: argparse.Namespace, store: Store) -> int:
    """`review hold`."""
    person = acting_person(arguments, store)
    held_on = arguments.on or as_of_date(arguments, store)
    review = reviews.review_of(store, _number(arguments, store, held_on), for_whom=person)
    reviews.hold(
        store,
        review.review_id,
        held_on=held_on,
        notes=arguments.notes,
        rating=arguments.rating,
        actions=[reviews.Action(action, owner, day(due)) for action, owner, due in arguments.agree],
        participants=arguments.participants,
        expected_version=review.version,
        who=person,
    )
    held = reviews.review_of(store, review.review_id, for_whom=person)
    report(arguments, vars(held), _review_lines(held))
    return 0


def _number(arguments: argparse.Namespace, store: Store, held_on: date) -> int:
    if (arguments.review_id is None) == (arguments.account is None):
        raise BadInput(_("Name either the review's number or --account."), reason="usage")
    if arguments.review_id is not None:
        return arguments.review_id
    row = store.one(
        "reviews.calendar",
        {"as_of": held_on},
        where=[Condition("account_id", "=", arguments.account), Condition("planned_review_id", "is_known")],
    )
    if row is None:
        raise NotFound(
            _("No review of {account} is planned: plan one first.").format(account=arguments.account),
            reason="not_planned",
        )
    return row["planned_review_id"]


def _calendar_line(row: dict[str, Any]) -> str:
    planned = _("planned for {day}").format(day=day_shown(row["planned_on"])) if row["planned_on"] else ""
    return (
        f"{row['account_id']:12} {row['name']:30.30} {row['review_state'].replace('_', ' '):9} "
        f"{day_shown(row['due_on']):12} {planned}"
    ).rstrip()


def _review_lines(review: reviews.Review) -> list[str]:
    head = _("Review {number} of {account}, {state}, {day}").format(
        number=review.review_id,
        account=review.account_id,
        state=review.state,
        day=day_shown(review.held_on or review.planned_on),
    )
    lines = [head]
    if review.rating:
        lines.append(_("Rating: {rating}").format(rating=review.rating.replace("_", " ")))
    if review.notes:
        lines.append(review.notes)
    if review.seen:
        lines.append(_("Seen as of {day}:").format(day=review.seen["as_of"]))
        lines += [f"  {name:24} {UNKNOWN if seen is None else seen}" for name, seen in review.seen["measures"].items()]
    lines += [f"  {a['state']:8} {a['due_on']}  {a['owner']}: {a['action']}" for a in review.actions]
    return lines

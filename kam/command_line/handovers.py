"""`handovers show|mark|close|pack`: what passes on when an account changes hands."""

from __future__ import annotations

import argparse
from pathlib import Path

from kam import managers
from kam.command_line.options import acting_person, add_as_of, as_of_date
from kam.command_line.output import report
from kam.errors import BadInput
from kam.store import Store
from kam.units import UNKNOWN, day
from kam.words import _, several

CHECK_FAILED = 1


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    handovers = commands.add_parser("handovers", help=_("what passes on when an account changes hands"))
    actions = handovers.add_subparsers(dest="action", metavar="ACTION", required=True)

    show = actions.add_parser("show", help=_("all handovers, or one with its checklist; status 1 where one is open"))
    show.add_argument("handover", nargs="?", metavar="HANDOVER", help=_("as listed: appointment:3, sponsor:8 …"))
    add_as_of(show)
    show.set_defaults(run=show_handovers)

    mark = actions.add_parser("mark", help=_("settle an item of the checklist"))
    mark.add_argument("handover", metavar="HANDOVER")
    mark.add_argument("item", metavar="ITEM")
    mark.add_argument("state", choices=managers.MARKS)
    mark.add_argument("--note", default="", metavar="TEXT")
    add_as_of(mark)
    mark.set_defaults(run=mark_item)

    close = actions.add_parser("close", help=_("close a handover with what was learned"))
    close.add_argument("handover", metavar="HANDOVER")
    close.add_argument("--lessons", required=True, metavar="TEXT")
    add_as_of(close)
    close.set_defaults(run=close_one)

    pack = actions.add_parser("pack", help=_("everything on record of an account, as one HTML file"))
    pack.add_argument("account_id", metavar="ACCOUNT")
    pack.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.html")
    add_as_of(pack)
    pack.set_defaults(run=write_pack)


def show_handovers(arguments: argparse.Namespace, store: Store) -> int:
    """`handovers show`."""
    person, as_of = acting_person(arguments, store), as_of_date(arguments, store)
    if arguments.handover is not None:
        found = managers.handover_of(store, arguments.handover, as_of, for_whom=person)
        report(
            arguments,
            found.row | {"items": found.items},
            [_line(found.row), *(f"  {item['item_id']:14} {item['state']:11} {item['note']}" for item in found.items)],
        )
        return CHECK_FAILED if found.row["handover_state"] != "closed" else 0
    rows = store.read(
        "managers.handover_list", {"as_of": as_of}, order_by=[("handover_state", True), ("name", False)]
    ).records()
    report(
        arguments,
        {"as_of": as_of, "handovers": rows},
        [_line(row) for row in rows] or [_("No key account has changed hands.")],
    )
    return CHECK_FAILED if any(row["handover_state"] != "closed" for row in rows) else 0


def mark_item(arguments: argparse.Namespace, store: Store) -> int:
    """`handovers mark`."""
    as_of = as_of_date(arguments, store)
    number = managers.mark(
        store,
        arguments.handover,
        arguments.item,
        state=arguments.state,
        note=arguments.note,
        as_of=as_of,
        who=acting_person(arguments, store),
    )
    document = {"handover_id": number, "item_id": arguments.item, "state": arguments.state}
    report(arguments, document, [_("It is noted.")])
    return 0


def close_one(arguments: argparse.Namespace, store: Store) -> int:
    """`handovers close`."""
    as_of = as_of_date(arguments, store)
    taken = managers.close_handover(
        store, arguments.handover, lessons=arguments.lessons, as_of=as_of, who=acting_person(arguments, store)
    )
    said = several("The handover is closed after {count} day.", "The handover is closed after {count} days.", taken)
    report(arguments, {"source": arguments.handover, "closed_on": as_of, "days_taken": taken}, [said])
    return 0


def write_pack(arguments: argparse.Namespace, store: Store) -> int:
    """`handovers pack`."""
    as_of = as_of_date(arguments, store)
    found = managers.pack(store, arguments.account_id, as_of, for_whom=acting_person(arguments, store))
    written = managers.pack_html(
        found, currency=store.setting("currency") or "", word=lambda code: str(code).replace("_", " ")
    )
    try:
        arguments.output.write_bytes(written)
    except OSError as error:
        raise BadInput(
            _("{file} cannot be written: check that its folder exists and that the file is not open elsewhere.").format(
                file=arguments.output
            ),
            reason="unwritable",
        ) from error
    report(
        arguments,
        {"account_id": arguments.account_id, "as_of": as_of, "file": arguments.output, "bytes": len(written)},
        [_("The pack of {account} is written to {file}.").format(account=found.name, file=arguments.output)],
    )
    return 0


def _line(row: dict) -> str:
    settled = "" if row["settled_count"] is None else f"{row['settled_count']}/{row['item_count']}"
    return (
        f"{row['source']:20} {row['name']:28.28} {row['kind']:8} {row['from_name']} → {row['to_name'] or UNKNOWN}, "
        f"{day(row['changed_on'])}, {row['days_taken']} d, {row['handover_state']} {settled}"
    ).rstrip()

"""Commands on people's data: contacts export, contacts erase, contacts texts, contacts decide."""

from __future__ import annotations

import argparse
from pathlib import Path

from kam import privacy
from kam.command_line.options import acting_person
from kam.command_line.output import report
from kam.store import Store
from kam.words import _


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    contacts = commands.add_parser("contacts", help=_("a customer's person: data handed out, erased, texts decided on"))
    actions = contacts.add_subparsers(dest="action", metavar="ACTION", required=True)

    export = actions.add_parser("export", help=_("write everything that is held about a person"))
    export.add_argument("contact_id", metavar="CONTACT")
    export.add_argument("-o", "--output", required=True, type=Path, metavar="FILE", help=_("a .json or .xlsx file"))
    export.set_defaults(run=export_contact)

    erase = actions.add_parser("erase", help=_("erase a person's data, from the file too; there is no way back"))
    erase.add_argument("contact_id", metavar="CONTACT")
    erase.add_argument("--reason", required=True, metavar="TEXT", help=_("the request and its date"))
    erase.set_defaults(run=erase_contact)

    texts = actions.add_parser("texts", help=_("texts that still name erased persons, to be decided on"))
    texts.set_defaults(run=show_texts)

    decide = actions.add_parser("decide", help=_("keep such a text, or erase it"))
    decide.add_argument("trace_id", type=int, metavar="NUMBER")
    decide.add_argument("what", choices=["keep", "erase"])
    decide.add_argument("--reason", required=True, metavar="TEXT")
    decide.set_defaults(run=decide_text)


def export_contact(arguments: argparse.Namespace, store: Store) -> int:
    """`contacts export`."""
    path = privacy.export_person(store, arguments.contact_id, arguments.output)
    report(arguments, {"contact_id": arguments.contact_id, "file": str(path)}, [_("Written: {file}").format(file=path)])
    return 0


def erase_contact(arguments: argparse.Namespace, store: Store) -> int:
    """`contacts erase`."""
    erased = privacy.erase_person(
        store, arguments.contact_id, reason=arguments.reason, who=acting_person(arguments, store)
    )
    report(arguments, vars(erased) | {"message": erased.message}, [erased.message])
    return 0


def show_texts(arguments: argparse.Namespace, store: Store) -> int:
    """`contacts texts`."""
    traces = privacy.open_traces(store)
    lines = [
        _("{number}  {contact}  {where}: {text}").format(
            number=each.trace_id, contact=each.contact_id, where=f"{each.relation}.{each.column}", text=each.text
        )
        for each in traces
    ]
    report(arguments, {"texts": [vars(each) for each in traces]}, lines or [_("No text waits for a decision.")])
    return 0


def decide_text(arguments: argparse.Namespace, store: Store) -> int:
    """`contacts decide`."""
    erases = arguments.what == "erase"
    privacy.decide_trace(
        store, arguments.trace_id, erase=erases, reason=arguments.reason, who=acting_person(arguments, store)
    )
    said = _("Text {number} is erased.") if erases else _("Text {number} is kept.")
    message = said.format(number=arguments.trace_id)
    report(arguments, {"trace_id": arguments.trace_id, "decision": arguments.what, "message": message}, [message])
    return 0

"""`account show|note`: how an account stands, and writing down what happened."""

from __future__ import annotations

import argparse
from typing import Any

from kam import relationships
from kam.command_line.options import acting_person, add_as_of, as_of_date, day
from kam.command_line.output import report
from kam.errors import NotFound
from kam.store import Condition, Store
from kam.units import day as day_shown
from kam.units import share
from kam.words import _


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    account = commands.add_parser("account", help=_("how an account stands, and what happened with it"))
    actions = account.add_subparsers(dest="action", metavar="ACTION", required=True)

    show = actions.add_parser("show", help=_("health, stage, people and what changed, is due and at risk"))
    show.add_argument("account_id", metavar="ACCOUNT")
    add_as_of(show)
    show.set_defaults(run=show_account)

    note = actions.add_parser("note", help=_("write down a note, call, visit or complaint"))
    note.add_argument("account_id", metavar="ACCOUNT")
    note.add_argument("--on", type=day, required=True, metavar="DATE")
    note.add_argument("--kind", choices=list(relationships.KINDS), default="note")
    note.add_argument("--summary", required=True, metavar="TEXT")
    note.add_argument("--contact", metavar="ID")
    note.add_argument("--by", metavar="NAME", help=_("who of ours it was (else who acts)"))
    note.add_argument("--next-step", metavar="TEXT", help=_("what was promised"))
    note.add_argument("--due", type=day, metavar="DATE", help=_("until when"))
    note.set_defaults(run=note_dealing)


def show_account(arguments: argparse.Namespace, store: Store) -> int:
    """`account show`."""
    as_of, account_id = as_of_date(arguments, store), arguments.account_id
    account = store.one(
        "programme.account_list",
        {"as_of": as_of, "level": "account"},
        where=[Condition("account_id", "=", account_id)],
    )
    if account is None:
        raise NotFound(
            _("There is no account {account_id}: check the id, or import the account first.").format(
                account_id=account_id
            ),
            reason="unknown_account",
        )
    course = relationships.course(store, account_id, as_of)
    people = relationships.stakeholders(store, account_id, as_of)
    standing = relationships.standing(store, people, account_id, as_of)
    said = relationships.sentences(store, account, course, people, as_of)
    document: dict[str, Any] = {
        "as_of": as_of,
        "account_id": account_id,
        "name": account["name"],
        "health": {
            "index": course.now.index,
            "uncapped": course.now.uncapped,
            "change": course.change,
            "confidence": course.now.confidence,
            "parts": [vars(part) for part in course.now.parts],
            "red_lines": list(course.now.red_lines),
            "alerts": [vars(alert) for alert in course.alerts],
        },
        "stage": {
            "rated": {side: row["stage"] for side, row in standing.rated.items()},
            "supported": standing.supported.stage,
            "structure": standing.supported.structure,
            "gaps": list(standing.gaps),
        },
        "people": {
            "coverage": people.coverage,
            "support": people.support,
            "effective_threads": people.threads_count,
            "is_single_thread": people.is_single_thread,
            "blind_spots": list(people.blind_spots),
        },
        "sentences": {sentence.topic: sentence.text for sentence in said},
        "due": relationships.due_dates(store, account_id, as_of),
    }
    report(arguments, document, _lines(document))
    return 0


def _lines(document: dict[str, Any]) -> list[str]:
    health, stage = document["health"], document["stage"]
    index = _("unknown") if health["index"] is None else f"{health['index']:.0f}"
    sure = share(health["confidence"], decimals=0)
    lines = [
        _("{name}, as of {day}").format(name=document["name"], day=day_shown(document["as_of"])),
        _("Health {index}, {sure} of its evidence known and fresh").format(index=index, sure=sure),
    ]
    lines += [
        f"  {part['name']}: {_('unknown') if part['points'] is None else format(part['points'], '.0f')} "
        f"× {part['weight']:.0f}  {part['said']}"
        for part in health["parts"]
    ]
    supported = stage["supported"]
    lines.append(
        _("Stage: {supported} by the records").format(supported=relationships.STAGES[supported][0])
        if supported
        else _("Stage: unknown by the records")
    )
    return [*lines, *stage["gaps"], *document["sentences"].values()]


def note_dealing(arguments: argparse.Namespace, store: Store) -> int:
    """`account note`."""
    interaction_id = relationships.capture(
        store,
        arguments.account_id,
        kind=arguments.kind,
        occurred_on=arguments.on,
        summary=arguments.summary,
        by=arguments.by,
        contact_id=arguments.contact,
        next_step=arguments.next_step,
        next_step_due=arguments.due,
        who=acting_person(arguments, store),
    )
    report(
        arguments,
        {"interaction_id": interaction_id, "account_id": arguments.account_id},
        [_("Written down as {interaction}.").format(interaction=interaction_id)],
    )
    return 0

"""Options that several commands share: the as-of date, and who acts."""

from __future__ import annotations

import argparse
import getpass
from datetime import date, datetime

from kam import access
from kam.errors import BadInput
from kam.store import Store
from kam.words import _


def day(text: str) -> date:
    """A date as 2026-01-31. Raises BadInput for anything else."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadInput(
            _("{text} is not a date: write it as 2026-01-31.").format(text=text), reason="bad_date"
        ) from None


def today() -> date:
    """This day where the user is: the default of a date that was not given."""
    return datetime.now().astimezone().date()


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """Add `--as-of DATE`."""
    parser.add_argument(
        "--as-of", type=day, metavar="DATE", help=_("the day the reading is made for (else the ledger's last day)")
    )


def as_of_date(arguments: argparse.Namespace, store: Store) -> date:
    """The day that was asked for, checked against the ledger; else the ledger's own.

    Raises Refusal for a day before the ledger, or an empty ledger.
    """
    from kam import ledgers

    chosen = arguments.as_of or ledgers.default_as_of(store, today())
    ledgers.check_as_of(store, chosen)
    return chosen


def programme_day(arguments: argparse.Namespace, store: Store) -> date:
    """As `as_of_date`, and this day where there is no ledger yet: the programme begins before there is one."""
    if store.one("ledgers.extent")["line_count"] == 0:
        return arguments.as_of or today()
    return as_of_date(arguments, store)


def acting_person(arguments: argparse.Namespace, store: Store) -> access.Person:
    """Who acts: `--as NAME`, else the person of single-user mode, else the name of the machine's user."""
    if arguments.acting_as is None and (chosen := access.chosen(store)):
        return chosen
    named = access.person_named(_user_name() if arguments.acting_as is None else arguments.acting_as)
    known = {person.person_id: person for person in access.people(store)}
    return known.get(named.person_id, named)


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return _("command line")

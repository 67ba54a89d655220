"""`exceptions list|request`: the register of exceptions. The programme answers by itself; there is no override."""

from __future__ import annotations

import argparse

from kam import selection
from kam.command_line.options import acting_person, add_as_of, as_of_date
from kam.command_line.output import report
from kam.store import Store
from kam.units import day
from kam.words import _


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    exceptions = commands.add_parser("exceptions", help=_("requests for an exception, and the programme's answers"))
    actions = exceptions.add_subparsers(dest="action", metavar="ACTION", required=True)

    listed = actions.add_parser("list", help=_("the register, newest first, and its count by year"))
    listed.set_defaults(run=list_exceptions)

    request = actions.add_parser("request", help=_("record a request; the programme answers it"))
    request.add_argument("account_id", metavar="ACCOUNT")
    request.add_argument("--ground", required=True, choices=list(selection.EXCEPTION_GROUNDS))
    request.add_argument("--evidence", required=True, metavar="TEXT")
    request.add_argument("--asked-by", required=True, metavar="NAME")
    add_as_of(request)
    request.set_defaults(run=request_exception)


def list_exceptions(arguments: argparse.Namespace, store: Store) -> int:
    """`exceptions list`."""
    found = selection.exception_requests(store)
    years = store.read("selection.exception_years", order_by=[("year", True)]).records()
    lines = [
        _("{year}: {requests} asked, {refused} refused").format(
            year=row["year"], requests=row["request_count"], refused=row["refused_count"]
        )
        for row in years
    ]
    lines += [f"{day(r.requested_on):12} {r.account_id:12} {r.outcome:15} {r.asked_by}: {r.evidence}" for r in found]
    report(
        arguments,
        {"requests": [_document(request) for request in found], "years": years},
        lines or [_("Nobody has asked for an exception.")],
    )
    return 0


def request_exception(arguments: argparse.Namespace, store: Store) -> int:
    """`exceptions request`: 1 where the programme refuses; the request is kept with its answer."""
    request = selection.request_exception(
        store,
        arguments.account_id,
        arguments.ground,
        evidence=arguments.evidence,
        asked_by=arguments.asked_by,
        as_of=as_of_date(arguments, store),
        who=acting_person(arguments, store),
    )
    source = _("Source: {source}").format(source=request.source)
    report(arguments, _document(request), [request.answer, source])
    return 1 if request.is_refused else 0


def _document(request: selection.ExceptionRequest) -> dict:
    return {name: value for name, value in vars(request).items() if name != "seen"} | {"is_refused": request.is_refused}

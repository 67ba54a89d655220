"""`service …`: what was promised to the accounts, and complaints."""

from __future__ import annotations

import argparse
from typing import Any

from kam import plans
from kam.command_line.options import acting_person, add_as_of, as_of_date, day
from kam.command_line.output import report
from kam.command_line.plans import change_record, typed_fields
from kam.store import Condition, Store
from kam.units import day as day_shown
from kam.units import share
from kam.words import _

_KINDS = ("commitment", "concession")


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    service = commands.add_parser("service", help=_("what was promised to the accounts, and their complaints"))
    actions = service.add_subparsers(dest="action", metavar="ACTION", required=True)

    show = actions.add_parser("show", help=_("commitments, complaints and functions; of one account, or of all"))
    show.add_argument("account_id", nargs="?", metavar="ACCOUNT")
    add_as_of(show)
    show.set_defaults(run=show_service)

    record = actions.add_parser("record", help=_("record a commitment or a concession"))
    record.add_argument("kind", choices=_KINDS, metavar="KIND", help=", ".join(_KINDS))
    record.add_argument("account_id", metavar="ACCOUNT")
    _fields(record)
    record.set_defaults(run=record_of_account)

    change = actions.add_parser("change", help=_("change or end a commitment or concession"))
    change.add_argument("kind", choices=_KINDS, metavar="KIND", help=", ".join(_KINDS))
    change.add_argument("number", type=int, metavar="NUMBER")
    _fields(change)
    change.set_defaults(run=change_record)

    observe = actions.add_parser("observe", help=_("record that a commitment was kept, or not, with evidence"))
    observe.add_argument("number", type=int, metavar="NUMBER")
    kept = observe.add_mutually_exclusive_group(required=True)
    kept.add_argument("--kept", dest="is_kept", action="store_true")
    kept.add_argument("--broken", dest="is_kept", action="store_false")
    observe.add_argument("--evidence", required=True, metavar="TEXT")
    observe.add_argument("--value", type=float, metavar="NUMBER")
    observe.add_argument("--on", type=day, metavar="DATE")
    observe.set_defaults(run=observe_commitment, as_of=None)

    _complaints(actions)


def _complaints(actions: argparse._SubParsersAction) -> None:
    complain = actions.add_parser("complain", help=_("take in a complaint; who received it owns it"))
    complain.add_argument("account_id", metavar="ACCOUNT")
    complain.add_argument("complaint", metavar="TEXT")
    complain.add_argument("--function", required=True, choices=tuple(plans.functions()), metavar="FUNCTION")
    complain.add_argument("--severity", default="minor", choices=tuple(plans.SEVERITIES))
    complain.add_argument("--received-by", required=True, metavar="NAME")
    complain.add_argument("--on", type=day, metavar="DATE")
    complain.set_defaults(run=receive, as_of=None)

    answer = actions.add_parser("answer", help=_("record the first answer to a complaint"))
    answer.add_argument("number", type=int, metavar="NUMBER")
    answer.add_argument("words", metavar="TEXT")
    answer.add_argument("--on", type=day, metavar="DATE")
    answer.set_defaults(run=answer_complaint, as_of=None)

    hand_over = actions.add_parser("hand-over", help=_("ask someone to take a complaint over, or record their answer"))
    hand_over.add_argument("number", type=int, metavar="NUMBER")
    step = hand_over.add_mutually_exclusive_group(required=True)
    step.add_argument("--to", metavar="NAME")
    step.add_argument("--accepted", action="store_true")
    step.add_argument("--declined", action="store_true")
    hand_over.add_argument("--reason", default="", metavar="TEXT")
    add_as_of(hand_over)
    hand_over.set_defaults(run=hand_over_complaint)

    close = actions.add_parser("close", help=_("close a complaint with its outcome and cause"))
    close.add_argument("number", type=int, metavar="NUMBER")
    close.add_argument("--outcome", required=True, metavar="TEXT")
    close.add_argument("--cause", required=True, metavar="TEXT")
    add_as_of(close)
    close.set_defaults(run=close_complaint)


def show_service(arguments: argparse.Namespace, store: Store) -> int:
    """`service show`."""
    as_of = as_of_date(arguments, store)
    where = [Condition("account_id", "=", arguments.account_id)] if arguments.account_id else []
    commitments = store.read(
        "plans.commitment_list", {"as_of": as_of}, where=where, order_by=[("urgency", False), ("commitment_id", False)]
    ).records()
    complaints = store.read(
        "plans.complaint_list",
        {"as_of": as_of},
        where=where,
        order_by=[("days_overdue", True), ("complaint_id", False)],
    ).records()
    functions = store.read("plans.function_service", {"as_of": as_of}, order_by=[("function", False)]).records()
    lines = [
        f"{_('commitment')} {c['commitment_id']:<4} {c['name']:24.24} {c['commitment_state'].replace('_', ' '):12} "
        f"{c['owner']:18.18} {c['commitment']}"
        for c in commitments
    ]
    lines += [
        f"{_('complaint')}  {c['complaint_id']:<4} {c['name']:24.24} {c['complaint_state'].replace('_', ' '):12} "
        f"{c['owner']:18.18} {c['complaint']}"
        for c in complaints
    ]
    if not arguments.account_id:
        lines += [
            f"{plans.functions().get(f['function'], f['function']):26} {_('kept')} {share(f['kept_share_12m'], decimals=0):>5}  "
            f"{_('overdue complaints')} {f['overdue_complaint_count']}"
            for f in functions
        ]
    document = {"as_of": as_of, "commitments": commitments, "complaints": complaints}
    if not arguments.account_id:
        document["functions"] = functions
    report(arguments, document, lines or [_("Nothing has been promised and nobody has complained up to this day.")])
    return 0


def record_of_account(arguments: argparse.Namespace, store: Store) -> int:
    """`service record`."""
    number = plans.record(
        store,
        arguments.kind,
        arguments.account_id,
        typed_fields(arguments.kind, arguments.set),
        as_of=as_of_date(arguments, store),
        who=acting_person(arguments, store),
    )
    kind = plans.KINDS[arguments.kind]
    said = _("{kind} {number} is recorded.").format(kind=kind.label.capitalize(), number=number)
    report(arguments, {kind.id_column: number}, [said])
    return 0


def observe_commitment(arguments: argparse.Namespace, store: Store) -> int:
    """`service observe`."""
    on = arguments.on or as_of_date(arguments, store)
    plans.observe_commitment(
        store,
        arguments.number,
        observed_on=on,
        is_kept=arguments.is_kept,
        evidence=arguments.evidence,
        value=arguments.value,
        who=acting_person(arguments, store),
    )
    return _row(arguments, store, "commitment", on)


def receive(arguments: argparse.Namespace, store: Store) -> int:
    """`service complain`."""
    on = arguments.on or as_of_date(arguments, store)
    arguments.number = plans.receive(
        store,
        arguments.account_id,
        {
            "complaint": arguments.complaint,
            "function": arguments.function,
            "severity": arguments.severity,
            "received_on": on,
        },
        received_by=arguments.received_by,
        as_of=on,
        who=acting_person(arguments, store),
    )
    return _row(arguments, store, "complaint", on)


def answer_complaint(arguments: argparse.Namespace, store: Store) -> int:
    """`service answer`."""
    on = arguments.on or as_of_date(arguments, store)
    plans.answer(
        store,
        arguments.number,
        answered_on=on,
        first_answer=arguments.words,
        expected_version=None,
        who=acting_person(arguments, store),
    )
    return _row(arguments, store, "complaint", on)


def hand_over_complaint(arguments: argparse.Namespace, store: Store) -> int:
    """`service hand-over`."""
    given: dict[str, Any] = {
        "as_of": as_of_date(arguments, store),
        "reason": arguments.reason,
        "expected_version": None,
        "who": acting_person(arguments, store),
    }
    if arguments.to is not None:
        plans.offer(store, arguments.number, to=arguments.to, **given)
    else:
        plans.decide_offer(store, arguments.number, is_accepted=arguments.accepted, **given)
    return _row(arguments, store, "complaint", given["as_of"])


def close_complaint(arguments: argparse.Namespace, store: Store) -> int:
    """`service close`."""
    as_of = as_of_date(arguments, store)
    plans.close_complaint(
        store,
        arguments.number,
        outcome=arguments.outcome,
        cause=arguments.cause,
        as_of=as_of,
        expected_version=None,
        who=acting_person(arguments, store),
    )
    return _row(arguments, store, "complaint", as_of)


def _row(arguments: argparse.Namespace, store: Store, name: str, as_of: Any) -> int:
    where = [Condition(f"{name}_id", "=", arguments.number)]
    row = store.one(f"plans.{name}_list", {"as_of": as_of}, where=where)
    said = _("{what} {number} of {account}: {state}, owner {owner}, as of {day}.").format(
        what=plans.KINDS[name].label.capitalize(),
        number=arguments.number,
        account=row["name"],
        state=row[f"{name}_state"].replace("_", " "),
        owner=row["owner"],
        day=day_shown(as_of),
    )
    report(arguments, row, [said])
    return 0


def _fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help=_("a field; may be given several times")
    )
    add_as_of(parser)

"""`practices [show]|record|decide|follow`: best practices seen inside and outside, decided on and looked at again."""

from __future__ import annotations

import argparse

from kam import benchmarking, change
from kam.command_line.options import acting_person, add_as_of, day, programme_day
from kam.command_line.output import report
from kam.store import Store
from kam.words import _


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    practices = commands.add_parser("practices", help=_("the register of best practices"))
    actions = practices.add_subparsers(dest="action", metavar="ACTION", required=True)

    _add(actions, "show", _("every practice with its decision and what came of it"), show)
    record = _add(actions, "record", _("put a practice into the register"), record_practice)
    record.add_argument("practice", metavar="PRACTICE")
    record.add_argument("--kind", choices=["inside", "outside"], required=True)
    for name in ("source", "context", "evidence", "users"):
        record.add_argument(f"--{name}", required=True, metavar="TEXT")
    record.add_argument("--seen-on", type=day, required=True, metavar="DATE")

    decide = _add(actions, "decide", _("adopt, try or reject a practice"), decide_practice)
    decide.add_argument("practice_id", type=int, metavar="ID")
    decide.add_argument("verdict", choices=benchmarking.VERDICTS)
    decide.add_argument("--reason", required=True, metavar="TEXT")
    decide.add_argument("--owner", default="", metavar="NAME")
    decide.add_argument("--due", type=day, metavar="DATE")
    decide.add_argument("--again-on", type=day, metavar="DATE", help=_("when the committee looks again"))
    decide.add_argument("--step", choices=list(change.STEPS), default="renewal")

    follow = _add(actions, "follow", _("write down what came of an adopted or tried practice"), follow_practice)
    follow.add_argument("practice_id", type=int, metavar="ID")
    follow.add_argument("result", choices=benchmarking.RESULTS)
    follow.add_argument("--finding", required=True, metavar="TEXT")


def show(arguments: argparse.Namespace, store: Store) -> int:
    """`practices show`."""
    as_of = programme_day(arguments, store)
    rows = store.read("benchmarking.practice_list", {"as_of": as_of}, order_by=[("practice_id", False)]).records()
    lines = [f"{row['practice_id']:>4} {row['practice_state']:14} {row['practice']} ({row['source']})" for row in rows]
    report(arguments, {"as_of": as_of, "practices": rows}, lines or [_("No practice is on record.")])
    return 0


def record_practice(arguments: argparse.Namespace, store: Store) -> int:
    """`practices record`."""
    given = benchmarking.Practice(
        **{name: getattr(arguments, name) for name in benchmarking.Practice.__dataclass_fields__}
    )
    number = benchmarking.record_practice(
        store, given, as_of=programme_day(arguments, store), who=acting_person(arguments, store)
    )
    report(arguments, {"practice_id": number}, [_("The practice is recorded as {number}.").format(number=number)])
    return 0


def decide_practice(arguments: argparse.Namespace, store: Store) -> int:
    """`practices decide`."""
    verdict = benchmarking.PracticeVerdict(
        arguments.verdict, arguments.reason, arguments.owner, arguments.due, arguments.again_on, arguments.step
    )
    number = benchmarking.decide_practice(
        store,
        arguments.practice_id,
        verdict,
        as_of=programme_day(arguments, store),
        who=acting_person(arguments, store),
    )
    report(
        arguments,
        {"decision_id": number, "practice_id": arguments.practice_id, "verdict": arguments.verdict},
        [_("The decision on practice {number} is recorded.").format(number=arguments.practice_id)],
    )
    return 0


def follow_practice(arguments: argparse.Namespace, store: Store) -> int:
    """`practices follow`."""
    number = benchmarking.follow_practice(
        store,
        arguments.practice_id,
        result=arguments.result,
        finding=arguments.finding,
        as_of=programme_day(arguments, store),
        who=acting_person(arguments, store),
    )
    report(
        arguments,
        {"follow_up_id": number, "practice_id": arguments.practice_id, "result": arguments.result},
        [_("What came of practice {number} is recorded.").format(number=arguments.practice_id)],
    )
    return 0


def _add(actions: argparse._SubParsersAction, name: str, text: str, run) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text)
    add_as_of(parser)
    parser.set_defaults(run=run)
    return parser

"""`plan …` and `service …`: account plans, stages, whitespace, commitments, complaints."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from kam import plans
from kam.command_line.options import acting_person, add_as_of, as_of_date, day, today
from kam.command_line.output import report
from kam.errors import BadInput
from kam.store import Condition, Store
from kam.units import UNKNOWN, share
from kam.units import day as day_shown
from kam.words import _

_OF_PLANS = ("objective", "swot", "action", "risk")


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    plan = commands.add_parser("plan", help=_("the plans of the accounts"))
    actions = plan.add_subparsers(dest="action", metavar="ACTION", required=True)

    show = actions.add_parser("show", help=_("how far the plans are; or one account's plan with everything in it"))
    show.add_argument("account_id", nargs="?", metavar="ACCOUNT")
    add_as_of(show)
    show.set_defaults(run=show_plans)

    opened = actions.add_parser("open", help=_("open a plan of an account for a period"))
    opened.add_argument("account_id", metavar="ACCOUNT")
    _period(opened)
    opened.set_defaults(run=open_plan)

    record = actions.add_parser("record", help=_("add an objective, SWOT item, action or risk to the open plan"))
    record.add_argument("kind", choices=_OF_PLANS, metavar="KIND", help=", ".join(_OF_PLANS))
    record.add_argument("account_id", metavar="ACCOUNT")
    _fields(record)
    record.set_defaults(run=record_of_plan)

    change = actions.add_parser("change", help=_("change or end a record of a plan: --set state=done --set outcome=…"))
    change.add_argument("kind", choices=_OF_PLANS, metavar="KIND", help=", ".join(_OF_PLANS))
    change.add_argument("number", type=int, metavar="NUMBER")
    _fields(change)
    change.set_defaults(run=change_record)

    close = actions.add_parser("close", help=_("close the open plan: freezes what it says and the readings"))
    close.add_argument("account_id", metavar="ACCOUNT")
    close.add_argument("--outcome", required=True, metavar="TEXT")
    add_as_of(close)
    close.set_defaults(run=close_plan)

    following = actions.add_parser("continue", help=_("open the next period and take over what is open"))
    following.add_argument("account_id", metavar="ACCOUNT")
    _period(following)
    following.set_defaults(run=continue_plan)

    copy = actions.add_parser("copy", help=_("the customer's copy of the open plan, as an HTML page"))
    copy.add_argument("account_id", metavar="ACCOUNT")
    copy.add_argument("--out", type=Path, required=True, metavar="FILE")
    add_as_of(copy)
    copy.set_defaults(run=customer_copy)

    stages = actions.add_parser("stages", help=_("the stage definitions; or adopt some from a TOML file"))
    stages.add_argument("--adopt", type=Path, metavar="FILE")
    stages.add_argument("--starter", action="store_true", help=_("adopt the starter stages"))
    stages.add_argument("--reason", default="", metavar="TEXT")
    add_as_of(stages)
    stages.set_defaults(run=stage_definitions)

    white = actions.add_parser("whitespace", help=_("product category × unit of an account's group, every cell"))
    white.add_argument("account_id", metavar="ACCOUNT")
    add_as_of(white)
    white.set_defaults(run=whitespace)


def show_plans(arguments: argparse.Namespace, store: Store) -> int:
    """`plan show`."""
    as_of = as_of_date(arguments, store)
    if arguments.account_id is None:
        rows = store.read(
            "plans.progress", {"as_of": as_of}, order_by=[("overdue_count", True), ("account_id", False)]
        ).records()
        lines = [_plan_line(row) for row in rows] or [_("No plan has been made yet: open one with `plan open`.")]
        report(arguments, {"as_of": as_of, "plans": rows}, lines)
        return 0
    plan_id = _plan_of(store, arguments.account_id, as_of)
    content = plans.content(store, plan_id, as_of)
    lines = [_plan_line(content["progress"] | {"ends_on": date.fromisoformat(content["progress"]["ends_on"])})]
    for name, words in (("objectives", "objective"), ("actions", "action"), ("risks", "risk"), ("swot", "item")):
        lines += [f"  {name[:-1] if name != 'swot' else name:10} {row[words]}" for row in content[name]]
    report(arguments, {"plan_id": plan_id} | content, lines)
    return 0


def open_plan(arguments: argparse.Namespace, store: Store) -> int:
    """`plan open`."""
    as_of = as_of_date(arguments, store)
    plan_id = plans.open_plan(
        store, arguments.account_id, _period_of(arguments), as_of=as_of, who=acting_person(arguments, store)
    )
    _told(arguments, {"plan_id": plan_id}, _("Plan {number} is open.").format(number=plan_id))
    return 0


def record_of_plan(arguments: argparse.Namespace, store: Store) -> int:
    """`plan record`."""
    as_of = as_of_date(arguments, store)
    number = plans.record(
        store,
        arguments.kind,
        _plan_of(store, arguments.account_id, as_of),
        typed_fields(arguments.kind, arguments.set),
        as_of=as_of,
        who=acting_person(arguments, store),
    )
    kind = plans.KINDS[arguments.kind]
    said = _("{kind} {number} is recorded.").format(kind=kind.label.capitalize(), number=number)
    _told(arguments, {kind.id_column: number}, said)
    return 0


def change_record(arguments: argparse.Namespace, store: Store) -> int:
    """`plan change` and `service change`."""
    plans.change(
        store,
        arguments.kind,
        arguments.number,
        typed_fields(arguments.kind, arguments.set),
        as_of=as_of_date(arguments, store),
        expected_version=None,
        who=acting_person(arguments, store),
    )
    kind = plans.KINDS[arguments.kind]
    row = store.one(kind.table, where=[Condition(kind.id_column, "=", arguments.number)])
    _told(arguments, row, _("{kind} {number} is saved.").format(kind=kind.label.capitalize(), number=arguments.number))
    return 0


def close_plan(arguments: argparse.Namespace, store: Store) -> int:
    """`plan close`."""
    as_of = as_of_date(arguments, store)
    plan_id = _plan_of(store, arguments.account_id, as_of)
    plans.close_plan(
        store,
        plan_id,
        as_of=as_of,
        outcome=arguments.outcome,
        expected_version=store.one("plans.plans", where=[Condition("plan_id", "=", plan_id)])["version"],
        who=acting_person(arguments, store),
    )
    said = _("Plan {number} is closed and frozen as of {day}.").format(number=plan_id, day=day_shown(as_of))
    _told(arguments, {"plan_id": plan_id, "closed_on": as_of}, said)
    return 0


def continue_plan(arguments: argparse.Namespace, store: Store) -> int:
    """`plan continue`."""
    as_of = as_of_date(arguments, store)
    before = _plan_of(store, arguments.account_id, as_of)
    plan_id = plans.continue_plan(
        store, before, _period_of(arguments), as_of=as_of, who=acting_person(arguments, store)
    )
    said = _("Plan {number} continues plan {before}.").format(number=plan_id, before=before)
    _told(arguments, {"plan_id": plan_id, "continues_plan_id": before}, said)
    return 0


def customer_copy(arguments: argparse.Namespace, store: Store) -> int:
    """`plan copy`."""
    as_of = as_of_date(arguments, store)
    page = plans.customer_copy(store, _plan_of(store, arguments.account_id, as_of), as_of)
    try:
        arguments.out.write_text(page, encoding="utf-8")
    except OSError as error:
        raise BadInput(
            _("{file} cannot be written: check that its folder exists.").format(file=arguments.out), reason="unwritable"
        ) from error
    _told(arguments, {"file": str(arguments.out)}, _("The customer's copy is in {file}.").format(file=arguments.out))
    return 0


def stage_definitions(arguments: argparse.Namespace, store: Store) -> int:
    """`plan stages`."""
    if arguments.adopt or arguments.starter:
        text = plans.starter_stages() if arguments.starter else _text_of(arguments.adopt)
        plans.adopt_stages(store, plans.read_stages(text), reason=arguments.reason, who=acting_person(arguments, store))
    found = plans.stages_in_force(store, arguments.as_of or today())
    stages = [vars(stage) for stage in found.stages] if found else []
    lines = [
        f"{s['name']:14} {share(s['probability'], decimals=0):>6}  {'; '.join(s['exit_criteria'])}" for s in stages
    ]
    report(
        arguments,
        {"name": found.name if found else None, "stages": stages},
        lines or [_("No stages are adopted: `plan stages --starter --reason …` begins with some.")],
    )
    return 0


def whitespace(arguments: argparse.Namespace, store: Store) -> int:
    """`plan whitespace`."""
    as_of = as_of_date(arguments, store)
    grid = plans.grid(store, arguments.account_id, as_of)
    cells = list(grid.cells.values())
    lines = [
        f"{c['unit_name']:28.28} {c['category']:22.22} {c['holder']:10} {_money(c['revenue_12m']):>14} {_money(c['white_amount']):>14}"
        for c in cells
    ]
    report(arguments, {"as_of": as_of, "group_id": grid.group_id, "cells": cells}, lines)
    return 0


def typed_fields(kind_name: str, pairs: Sequence[str]) -> dict[str, Any]:
    """`--set name=value` as values of the kind's fields. Raises BadInput for another field or a value of another type."""
    kind = plans.KINDS[kind_name]
    known = {f.name: f.kind for f in kind.fields} | {"state": "text", "outcome": "text"}
    typed: dict[str, Any] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        if not equals or name not in known:
            raise BadInput(
                _("{pair} is not a field: write name=value with one of {names}.").format(
                    pair=pair, names=", ".join(known)
                ),
                reason="unknown_field",
            )
        typed[name] = _value(known[name], text.strip(), name)
    return typed


def _value(kind: str, text: str, name: str) -> Any:
    if text == "":
        return None
    if kind == "date":
        return day(text)
    if kind == "flag":
        if text.lower() not in ("yes", "no", "true", "false"):
            raise BadInput(_("{name} is yes or no.").format(name=name), reason="bad_flag", field=name)
        return text.lower() in ("yes", "true")
    if kind in ("money", "number", "share", "scale", "link"):
        try:
            number = float(text)
        except ValueError:
            raise BadInput(
                _("{name}: {text} is not a number.").format(name=name, text=text), reason="bad_number", field=name
            ) from None
        return int(number) if kind in ("scale", "link") else number
    return text


def _plan_of(store: Store, account_id: str, as_of: date) -> int:
    """The account's open plan, else its latest. Raises BadInput where it has none."""
    rows = store.read(
        "plans.progress",
        {"as_of": as_of},
        columns=("plan_id", "is_open"),
        where=[Condition("account_id", "=", account_id)],
        order_by=[("is_open", True), ("begins_on", True), ("plan_id", True)],
        limit=1,
    )
    if not len(rows):
        raise BadInput(
            _("{account} has no plan on this day: open one with `plan open`.").format(account=account_id),
            reason="no_plan",
        )
    return rows.column("plan_id")[0]


def _period(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--title", required=True, metavar="TEXT")
    parser.add_argument("--from", dest="begins_on", type=day, required=True, metavar="DATE")
    parser.add_argument("--until", dest="ends_on", type=day, required=True, metavar="DATE")
    parser.add_argument("--three-year-view", default="", metavar="TEXT")
    parser.add_argument("--joint-aim", default="", metavar="TEXT", help=_("stands in the customer's copy"))
    add_as_of(parser)


def _period_of(arguments: argparse.Namespace) -> dict[str, Any]:
    return {f.name: getattr(arguments, f.name) for f in plans.PLAN_FIELDS}


def _fields(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help=_("a field; may be given several times")
    )
    add_as_of(parser)


def _told(arguments: argparse.Namespace, document: dict[str, Any], line: str) -> None:
    report(arguments, document, [line])


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(_("{file} cannot be read.").format(file=file), reason="unreadable") from error


def _money(amount: Any) -> str:
    return UNKNOWN if amount is None else f"{amount:,.0f}"


def _plan_line(row: dict[str, Any]) -> str:
    return (
        f"{row['account_id']:12} {row['name']:28.28} {row['plan_state'].replace('_', ' '):10} "
        f"{_('done')} {share(row['due_done_share'], decimals=0):>5}  {_('on course')} {share(row['on_course_share'], decimals=0):>5}  "
        f"{_('late')} {row['overdue_count']}  {_('until')} {day_shown(row['ends_on'])}"
    )

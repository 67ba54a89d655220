"""`tags`, `grades`, `segments`, `fields`, `follow-ups`: the work over all accounts."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from kam import portfolio
from kam.command_line.options import acting_person, add_as_of, as_of_date
from kam.command_line.output import report
from kam.errors import BadInput
from kam.store import Condition, Store
from kam.units import day as day_shown
from kam.words import _, several


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    _tags(_group(commands, "tags", _("tags of accounts: make, put on, take off, show")))
    _grades(_group(commands, "grades", _("grades A to E: give, show, and what the opportunities speak for")))
    _segments(_group(commands, "segments", _("saved segments: save, show their accounts, take out of use")))
    _fields(_group(commands, "fields", _("fields that people define: define, fill from a file")))
    due = commands.add_parser("follow-ups", help=_("whom to follow up today"))
    due.add_argument("--with-those-to-come", dest="is_all", action="store_true")
    add_as_of(due)
    due.set_defaults(run=show_follow_ups)


def _group(commands: argparse._SubParsersAction, name: str, told: str) -> argparse._SubParsersAction:
    return commands.add_parser(name, help=told).add_subparsers(dest="action", metavar="ACTION", required=True)


def _tags(actions: argparse._SubParsersAction) -> None:
    make = actions.add_parser("make", help=_("make a tag in a dimension"))
    make.set_defaults(run=make_tag)
    show = actions.add_parser("show", help=_("which account carries which tag"))
    add_as_of(show)
    show.set_defaults(run=show_tags)
    for name, told in (("put", _("put a tag on accounts")), ("take", _("take a tag off accounts"))):
        change = actions.add_parser(name, help=told)
        change.set_defaults(run=change_tag, is_withdrawn=name == "take")
        change.add_argument("accounts", nargs="+", metavar="ACCOUNT")
        _tag_options(change)
    _tag_options(make)


def _tag_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dimension", required=True, metavar="NAME")
    parser.add_argument("--tag", required=True, metavar="NAME")
    add_as_of(parser)


def _grades(actions: argparse._SubParsersAction) -> None:
    give = actions.add_parser("give", help=_("give accounts a grade"))
    give.add_argument("grade", metavar="GRADE", help=", ".join(portfolio.GRADES))
    give.add_argument("accounts", nargs="+", metavar="ACCOUNT")
    give.add_argument("--reason", required=True, metavar="TEXT")
    for name, (label, words) in portfolio.CLASSES.items():
        give.add_argument(f"--{name.replace('_', '-')}", metavar="WORD", help=f"{label}: {', '.join(words)}")
    add_as_of(give)
    give.set_defaults(run=give_grade)
    for name, told, run in (
        ("show", _("the grades of a day"), show_grades),
        ("propose", _("grades that open opportunities speak for, with the effect on a week's work"), propose_grades),
    ):
        parser = actions.add_parser(name, help=told)
        add_as_of(parser)
        parser.set_defaults(run=run)


def _segments(actions: argparse._SubParsersAction) -> None:
    save = actions.add_parser("save", help=_("save conditions under a name"))
    save.add_argument("name", metavar="NAME")
    save.add_argument(
        "conditions", metavar="JSON", help='[{"key": "grade", "is": "one_of", "value": ["A", "B"]}]: ' + ", ".join(portfolio.COMPARISONS)
    )  # fmt: skip
    add_as_of(save)
    save.set_defaults(run=save_segment)
    for name, told, run in (
        ("show", _("the segments, or the accounts of one"), show_segments),
        ("withdraw", _("take a segment out of use"), withdraw_segment),
    ):
        parser = actions.add_parser(name, help=told)
        parser.add_argument("name", nargs="?" if name == "show" else None, metavar="NAME")
        add_as_of(parser)
        parser.set_defaults(run=run)


def _fields(actions: argparse._SubParsersAction) -> None:
    define = actions.add_parser("define", help=_("define a field"))
    define.add_argument("field", metavar="NAME")
    define.add_argument("kind", metavar="TYPE", help=", ".join(portfolio.FIELD_KINDS))
    define.add_argument("--choices", default="", metavar="A,B,C")
    add_as_of(define)
    define.set_defaults(run=define_field)
    taken = actions.add_parser("import", help=_("fill fields from a CSV file: account_id, field, value"))
    taken.add_argument("file", type=Path, metavar="FILE")
    add_as_of(taken)
    taken.set_defaults(run=import_fields)


def _who_and_when(arguments: argparse.Namespace, store: Store) -> dict[str, Any]:
    return {"as_of": as_of_date(arguments, store), "who": acting_person(arguments, store)}


def make_tag(arguments: argparse.Namespace, store: Store) -> int:
    """`tags make`."""
    dimension, tag = portfolio.make_tag(store, arguments.dimension, arguments.tag, **_who_and_when(arguments, store))
    report(
        arguments, {"dimension": dimension, "tag": tag}, [_("The tag {tag} is made.").format(tag=f"{dimension}: {tag}")]
    )
    return 0


def change_tag(arguments: argparse.Namespace, store: Store) -> int:
    """`tags put` and `tags take`."""
    changed = portfolio.tag_accounts(
        store,
        arguments.accounts,
        arguments.dimension,
        arguments.tag,
        is_withdrawn=arguments.is_withdrawn,
        **_who_and_when(arguments, store),
    )
    report(arguments, {"changed": changed}, [several("{count} account changed.", "{count} accounts changed.", changed)])
    return 0


def show_tags(arguments: argparse.Namespace, store: Store) -> int:
    """`tags show`."""
    rows = store.read(
        "portfolio.tags_carried", {"as_of": as_of_date(arguments, store)}, order_by=[("label", False), ("name", False)]
    ).records()
    lines = [f"{row['label']:40.40} {row['name']} ({row['account_id']})" for row in rows]
    report(arguments, {"tags": rows}, lines or [_("No account carries a tag.")])
    return 0


def give_grade(arguments: argparse.Namespace, store: Store) -> int:
    """`grades give`."""
    written = portfolio.grade_accounts(
        store,
        arguments.accounts,
        arguments.grade,
        reason=arguments.reason,
        classes={name: getattr(arguments, name) for name in portfolio.CLASSES},
        **_who_and_when(arguments, store),
    )
    report(
        arguments,
        {"written": written},
        [several("{count} account was graded.", "{count} accounts were graded.", written)],
    )
    return 0


def show_grades(arguments: argparse.Namespace, store: Store) -> int:
    """`grades show`."""
    rows = store.read(
        "portfolio.grades_held",
        {"as_of": as_of_date(arguments, store)},
        order_by=[("grade", False), ("account_id", False)],
    ).records()
    lines = [
        f"{row['grade']}  {row['account_id']:14.14} {_('since')} {day_shown(row['since'])}  {row['reason']}"
        for row in rows
    ]
    report(arguments, {"grades": rows}, lines or [_("No account has a grade.")])
    return 0


def propose_grades(arguments: argparse.Namespace, store: Store) -> int:
    """`grades propose`."""
    as_of = as_of_date(arguments, store)
    found = portfolio.proposals(store, as_of)
    load = portfolio.workload(store, as_of, {p.account_id: p.after for p in found})
    lines = [f"{p.before or '–'} → {p.after}  {p.name} ({p.account_id}): {p.why}" for p in found]
    lines.append(
        _("Follow-ups in a week: {before} now, {after} then.").format(
            before=f"{load.before:,.1f}", after=f"{load.after:,.1f}"
        )
    )
    document = {"as_of": as_of, "proposals": [vars(p) for p in found], "before": load.before, "after": load.after}
    report(arguments, document, lines)
    return 0


def save_segment(arguments: argparse.Namespace, store: Store) -> int:
    """`segments save`."""
    try:
        conditions = json.loads(arguments.conditions)
    except json.JSONDecodeError as error:
        raise BadInput(
            _("The conditions are not JSON: {problem}.").format(problem=error.msg),
            reason="bad_json",
            field="conditions",
        ) from None
    if not isinstance(conditions, list):
        raise BadInput(_("The conditions are a JSON list."), reason="bad_json", field="conditions")
    given = _who_and_when(arguments, store)
    name = portfolio.save_segment(store, arguments.name, conditions, **given)
    size = portfolio.size_of(store, conditions, given["as_of"])
    report(
        arguments,
        {"name": name, "size": size},
        [_("The segment {name} is saved; it holds {size} accounts.").format(name=name, size=size)],
    )
    return 0


def show_segments(arguments: argparse.Namespace, store: Store) -> int:
    """`segments show`."""
    as_of = as_of_date(arguments, store)
    if arguments.name is None:
        rows = portfolio.listed_segments(store, as_of)
        lines = [
            f"{row['name']:24.24} {row['size'] if row['size'] is not None else '–':>8}  {row['told']}" for row in rows
        ]
        report(arguments, {"segments": rows}, lines or [_("No segment is saved.")])
        return 0
    where = portfolio.conditions_of(store, portfolio.segment_named(store, arguments.name).conditions, as_of)
    rows = store.page("portfolio.owners", {"as_of": as_of}, where=where, order_by=[("account_id", False)]).records()
    lines = [f"{row['account_id']:14.14} {row['name']:32.32} {row['owner'] or '–'}" for row in rows]
    report(arguments, {"accounts": rows}, lines or [_("No account is in this segment.")])
    return 0


def withdraw_segment(arguments: argparse.Namespace, store: Store) -> int:
    """`segments withdraw`."""
    name = portfolio.withdraw_segment(store, arguments.name, **_who_and_when(arguments, store))
    report(arguments, {"name": name}, [_("{name} is out of use.").format(name=name)])
    return 0


def define_field(arguments: argparse.Namespace, store: Store) -> int:
    """`fields define`."""
    field = portfolio.define_field(
        store, arguments.field, arguments.kind, choices=arguments.choices.split(","), **_who_and_when(arguments, store)
    )
    report(arguments, {"field": field}, [_("The field {field} is defined.").format(field=field)])
    return 0


def import_fields(arguments: argparse.Namespace, store: Store) -> int:
    """`fields import`."""
    try:
        text = arguments.file.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        raise BadInput(
            _("{file} cannot be read: check the name.").format(file=arguments.file.name),
            reason="unreadable",
            field="file",
        ) from None
    changed = portfolio.import_values(store, text, file_name=arguments.file.name, **_who_and_when(arguments, store))
    report(arguments, {"changed": changed}, [several("{count} value changed.", "{count} values changed.", changed)])
    return 0


def show_follow_ups(arguments: argparse.Namespace, store: Store) -> int:
    """`follow-ups`."""
    as_of, person = as_of_date(arguments, store), acting_person(arguments, store)
    where = [] if arguments.is_all else [Condition("due_on", "<=", as_of)]
    given = {"as_of": as_of, "of_person": person.name}
    rows = store.read("portfolio.follow_ups", given, where=where, order_by=[("place", False)]).records()
    lines = [
        f"{day_shown(row['due_on'])} {'*' if row['is_mine'] else ' '} {row['grade'] or '–'} {row['name']:28.28} {row['what'] or ''}"
        for row in rows
    ]
    report(arguments, {"as_of": as_of, "follow_ups": rows}, lines or [_("Nobody is to be followed up.")])
    return 0

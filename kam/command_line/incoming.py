"""Commands around imports: templates, kept mappings, the watched folder, and merging accounts."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from kam import ledgers
from kam.command_line.options import acting_person, today
from kam.command_line.output import report
from kam.store import Store
from kam.words import _, several

_SOME_REFUSED = 1


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    template = commands.add_parser("template", help=_("write an empty file for a table, with notes on its columns"))
    template.add_argument("table", metavar="TABLE")
    template.add_argument("-o", "--output", required=True, type=Path, metavar="FILE", help=_("a .csv or .xlsx file"))
    template.set_defaults(run=write_template)

    mappings = commands.add_parser("mappings", help=_("list the kept mappings; keep one, or take one away"))
    mappings.add_argument("--keep", nargs=2, metavar=("NAME", "FILE.toml"), help=_("keep a mapping file under a name"))
    mappings.add_argument(
        "--create-accounts", action="store_true", help=_("with --keep: it makes accounts that the master lacks")
    )
    mappings.add_argument("--forget", metavar="NAME", help=_("take a kept mapping away"))
    mappings.set_defaults(run=show_mappings)

    inbox = commands.add_parser("inbox", help=_("the watched folder: its rules, and taking in what lies there"))
    inbox.add_argument("--add", nargs=2, metavar=("PATTERN", "MAPPING"), help=_("take in such files by a kept mapping"))
    inbox.add_argument("--end", type=int, metavar="RULE", help=_("end a rule"))
    inbox.add_argument("--take", action="store_true", help=_("take in every file that a rule names, now"))
    inbox.set_defaults(run=show_inbox)

    merge = commands.add_parser("merge", help=_("merge an account into another; list merges, or take one back"))
    merge.add_argument("account", nargs="?", metavar="ACCOUNT")
    merge.add_argument("into", nargs="?", metavar="INTO")
    merge.add_argument("--undo", type=int, metavar="MERGE", help=_("take a merge back"))
    merge.add_argument("--reason", default="", metavar="TEXT")
    merge.set_defaults(run=merge_accounts)


def write_template(arguments: argparse.Namespace, _store: Store) -> int:
    """`template TABLE -o FILE`."""
    ledgers.write_template(arguments.table, arguments.output)
    message = _("Template of {table} written to {file}.").format(table=arguments.table, file=arguments.output)
    report(arguments, {"table": arguments.table, "file": str(arguments.output), "message": message}, [message])
    return 0


def show_mappings(arguments: argparse.Namespace, store: Store) -> int:
    """`mappings [--keep NAME FILE | --forget NAME]`."""
    who = acting_person(arguments, store)
    if arguments.keep:
        name, file = arguments.keep
        mapping = ledgers.read_mapping(file)
        ledgers.save_mapping(store, name, mapping, creates_accounts=arguments.create_accounts, who=who)
    if arguments.forget:
        ledgers.forget_mapping(store, arguments.forget, who=who)
    kept = ledgers.saved_mappings(store)
    document = [
        {"name": m.name, "table": m.mapping.table, "creates_accounts": m.creates_accounts, "saved_by": m.saved_by}
        for m in kept
    ]
    lines = [f"{m.name}  ({m.mapping.table}, {m.saved_by})" for m in kept] or [_("No mapping is kept yet.")]
    report(arguments, {"mappings": document}, lines)
    return 0


def show_inbox(arguments: argparse.Namespace, store: Store) -> int:
    """`inbox [--add PATTERN MAPPING | --end RULE | --take]`."""
    if arguments.take:
        return take_in(arguments, store)
    who = acting_person(arguments, store)
    if arguments.add:
        ledgers.add_inbox_rule(store, *arguments.add, who=who)
    if arguments.end is not None:
        ledgers.end_inbox_rule(store, arguments.end, who=who)
    rules = ledgers.inbox_rules(store).records()
    files = [path.name for path in ledgers.waiting_files(store)]
    shown = ("rule_id", "pattern", "mapping_name", "added_by")
    report(
        arguments,
        {
            "folder": str(ledgers.inbox_folder(store)),
            "rules": [{k: rule[k] for k in shown} for rule in rules],
            "waiting": files,
        },
        [
            _("Watched folder: {folder}").format(folder=ledgers.inbox_folder(store)),
            *(f"{rule['rule_id']}  {rule['pattern']}  →  {rule['mapping_name']}" for rule in rules),
            several("{count} file waits.", "{count} files wait.", len(files)),
        ],
    )
    return 0


def take_in(arguments: argparse.Namespace, store: Store) -> int:
    """`inbox --take`, and `import --inbox`."""
    taken = ledgers.take_in(store, who=acting_person(arguments, store), today=today())
    report(
        arguments,
        {"files": [{"file": t.file_name, "outcome": t.outcome, **t.report} for t in taken]},
        _taken_lines(taken),
    )
    rejected = any(t.report.get("rows", {}).get("rejected") for t in taken)
    return _SOME_REFUSED if rejected or any(t.outcome != "imported" for t in taken) else 0


def _taken_lines(taken: Sequence[ledgers.Taken]) -> Iterator[str]:
    if not taken:
        yield _("Nothing new lies in the watched folder.")
    for file in taken:
        yield f"{file.file_name}: {file.message}"


def merge_accounts(arguments: argparse.Namespace, store: Store) -> int:
    """`merge ACCOUNT INTO --reason TEXT`, `merge --undo MERGE --reason TEXT`, `merge`."""
    who = acting_person(arguments, store)
    if arguments.undo is not None:
        done = ledgers.undo_merge(store, arguments.undo, reason=arguments.reason, who=who)
        sentence = _("Merge {number} is undone: {count} rows moved back to {account}.")
    elif arguments.account:
        done = ledgers.merge_accounts(store, arguments.account, arguments.into or "", reason=arguments.reason, who=who)
        sentence = _("Merge {number}: {count} rows of {account} belong to {into} now.")
    else:
        found = ledgers.merges(store).records()
        shown = ("merge_id", "account_id", "into_account_id", "reason", "merged_by", "merged_at", "undone_at")
        lines = [
            f"{m['merge_id']}  {m['account_id']} → {m['into_account_id']}"
            + (f"  ({_('undone')})" if m["undone_at"] else "")
            for m in found
        ]
        report(
            arguments, {"merges": [{k: m[k] for k in shown} for m in found]}, lines or [_("No account was merged yet.")]
        )
        return 0
    message = sentence.format(
        number=done.merge_id, count=f"{done.count:,}", account=done.account_id, into=done.into_account_id
    )
    report(arguments, {"merge_id": done.merge_id, "moved": done.moved, "message": message}, [message])
    return 0

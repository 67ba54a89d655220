"""`init`, `demo`, `ready`, `backup`, `restore`, `verify`: making a workbench, keeping it safe, checking it."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from kam import store as stored
from kam import workbench
from kam.command_line.options import day, today
from kam.command_line.output import report
from kam.errors import BadInput
from kam.store import Store
from kam.words import _

CHECK_FAILED = 1


def register(commands: argparse._SubParsersAction) -> None:
    """Add the commands."""
    from kam import demonstration

    init = commands.add_parser("init", help=_("make an empty workbench database"))
    init.add_argument("--currency", default="EUR", metavar="CODE", help=_("the reporting currency (EUR)"))
    init.add_argument(
        "--fiscal-year-start", type=int, default=1, metavar="MONTH", help=_("the month in which the year begins (1)")
    )
    init.set_defaults(run=make_empty, opens_store=False)

    demo = commands.add_parser("demo", help=_("make one with a generated, realistic programme in full operation"))
    demo.add_argument("--accounts", type=int, default=demonstration.ACCOUNTS, metavar="N")
    demo.add_argument("--order-lines", type=int, default=demonstration.ORDER_LINES, metavar="N")
    demo.add_argument("--seed", type=int, default=demonstration.SEED, metavar="S")
    demo.add_argument("--until", type=day, metavar="DATE", help=_("the ledger's last day (the last month's end)"))
    demo.set_defaults(run=make_demonstration, opens_store=False)

    ready = commands.add_parser("ready", help=_("say whether the database can be opened, and by whom it is held"))
    ready.set_defaults(run=say_ready)

    backup = commands.add_parser("backup", help=_("write a complete, portable copy into a new folder"))
    backup.add_argument("folder", type=Path, metavar="DIR")
    backup.set_defaults(run=back_up)

    restore = commands.add_parser("restore", help=_("make a new database from a backup"))
    restore.add_argument("folder", type=Path, metavar="DIR")
    restore.set_defaults(run=restore_backup, opens_store=False)

    verify = commands.add_parser("verify", help=_("check the audit chain, references, sums and decisions"))
    verify.add_argument(
        "--backup",
        type=Path,
        metavar="DIR",
        help=_("also check that the audit events of this backup are all still there"),
    )
    verify.set_defaults(run=verify_store)


def make_empty(arguments: argparse.Namespace, _store: None) -> int:
    """`init`."""
    if not re.fullmatch("[A-Z]{3}", arguments.currency):
        raise BadInput(
            _("{currency} is not a currency code: give three capital letters, such as EUR.").format(
                currency=arguments.currency
            ),
            reason="bad_currency",
        )
    if not 1 <= arguments.fiscal_year_start <= 12:
        raise BadInput(_("A fiscal year starts in a month from 1 to 12."), reason="out_of_range")
    workbench.make(arguments.db, currency=arguments.currency, fiscal_year_start=arguments.fiscal_year_start).close()
    report(
        arguments,
        {"database": arguments.db, "currency": arguments.currency, "fiscal_year_start": arguments.fiscal_year_start},
        [_("Made {file}, an empty workbench in {currency}.").format(file=arguments.db, currency=arguments.currency)],
    )
    return 0


def make_demonstration(arguments: argparse.Namespace, _store: None) -> int:
    """`demo`."""
    from kam import demonstration

    until = arguments.until or demonstration.last_month_end(today())
    demonstration.make(
        arguments.db, until=until, accounts=arguments.accounts, order_lines=arguments.order_lines, seed=arguments.seed
    )
    report(
        arguments,
        {
            "database": arguments.db,
            "accounts": arguments.accounts,
            "order_lines": arguments.order_lines,
            "seed": arguments.seed,
            "until": until,
        },
        [
            _("Made {file} with the demonstration programme; its ledger ends on {day}.").format(
                file=arguments.db, day=until
            )
        ],
    )
    return 0


def say_ready(arguments: argparse.Namespace, store: Store) -> int:
    """`ready`: that it was opened is the answer."""
    report(
        arguments,
        {"database": arguments.db, "currency": store.setting("currency")},
        [_("{file} can be opened.").format(file=arguments.db)],
    )
    return 0


def back_up(arguments: argparse.Namespace, store: Store) -> int:
    """`backup`."""
    made = stored.back_up(store, arguments.folder)
    report(
        arguments,
        _described(made),
        [
            _("Backed up {rows} rows of {tables} tables to {folder}.").format(
                rows=f"{sum(made.rows.values()):,}", tables=len(made.rows), folder=made.folder
            ),
            _("Audit head: {head} after {events} events. Keep it apart: it shows whether events go missing.").format(
                head=made.audit_head, events=made.audit_events
            ),
        ],
    )
    return 0


def restore_backup(arguments: argparse.Namespace, _store: None) -> int:
    """`restore`."""
    restored = stored.restore(arguments.folder, arguments.db)
    lines = [
        _("Restored {file} from the backup of {day} ({rows} rows).").format(
            file=restored.path,
            day=f"{restored.backup.made_at:%Y-%m-%d %H:%M} UTC",
            rows=f"{sum(restored.backup.rows.values()):,}",
        )
    ]
    aside = restored.log_set_aside
    if aside is not None:
        lines.append(
            _("A stray log of an earlier database lay beside it; it was moved to {file}.").format(file=aside.name)
        )
    report(arguments, {**_described(restored.backup), "database": restored.path, "log_set_aside": aside}, lines)
    return 0


def verify_store(arguments: argparse.Namespace, store: Store) -> int:
    """`verify`."""
    from kam import verification

    checks = verification.verify(store)
    if arguments.backup is not None:
        checks.append(verification.compare_with_backup(store, stored.read_backup(arguments.backup)))
    is_ok = all(check.is_ok for check in checks)
    report(
        arguments,
        {"ok": is_ok, "checks": [{"check": c.check, "ok": c.is_ok, "message": c.message} for c in checks]},
        [
            *(f"{_('ok') if check.is_ok else _('FAILED'):<8}{check.check:<17}{check.message}" for check in checks),
            _("The database is sound.") if is_ok else _("The database is not sound."),
        ],
    )
    return 0 if is_ok else CHECK_FAILED


def _described(backup: stored.Backup) -> dict:
    return {
        "folder": backup.folder,
        "made_at": backup.made_at,
        "rows": backup.rows,
        "audit": {"events": backup.audit_events, "head": backup.audit_head},
    }

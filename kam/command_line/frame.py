"""Parsing, opening the database, running the command, and what is said where it does not go through."""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import pkgutil
import sys
import tempfile
import uuid
from collections.abc import Sequence
from pathlib import Path

import kam.command_line
from kam import __version__
from kam.command_line.output import say, show_document
from kam.errors import BadInput, Refusal
from kam.words import _
from kam.workbench import database_path, open_workbench

REFUSED = 2
OUR_MISTAKE = 3
INTERRUPTED = 130


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are refusals, and whose every command knows the common options."""

    def __init__(self, **settings) -> None:
        super().__init__(**({"conflict_handler": "resolve", "allow_abbrev": False} | settings))
        # Suppressed defaults: an option before the command is not overwritten by the command's own default.
        self.add_argument(
            "--db",
            type=Path,
            default=argparse.SUPPRESS,
            metavar="PATH",
            help=_("the database file (else KAM_DB, else data/workbench.duckdb)"),
        )
        self.add_argument(
            "--as",
            dest="acting_as",
            default=argparse.SUPPRESS,
            metavar="NAME",
            help=_("the person to record as the one who acts"),
        )
        self.add_argument(
            "--json",
            action="store_true",
            default=argparse.SUPPRESS,
            help=_("print one JSON document on standard output and nothing else there"),
        )

    def error(self, message: str):
        raise BadInput(
            _("{problem}. See `{program} --help`.").format(
                problem=message[:1].upper() + message[1:].rstrip("."), program=self.prog
            ),
            reason="usage",
        )


def parser() -> argparse.ArgumentParser:
    """The parser with the commands of every module beside this file."""
    made = _Parser(prog="python -m kam", description=_("KAM Workbench: the programme from the command line."))
    made.add_argument("--version", action="version", version=f"KAM Workbench {__version__}")
    made.set_defaults(db=None, acting_as=None, json=False, opens_store=True)
    commands = made.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for module in pkgutil.iter_modules(kam.command_line.__path__):
        register = getattr(importlib.import_module(f"kam.command_line.{module.name}"), "register", None)
        if register is not None:
            register(commands)
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; returns the exit status. Never lets a traceback out."""
    given = list(sys.argv[1:] if argv is None else argv)
    as_json = "--json" in given
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    arguments = argparse.Namespace(db=None)
    try:
        arguments = parser().parse_args(given)
        arguments.db = database_path(arguments.db)
        status = _run(arguments)
        sys.stdout.flush()
        return status
    except Refusal as refusal:
        _refuse(refusal, as_json)
        return REFUSED
    except KeyboardInterrupt:
        say(_("Stopped: what was not confirmed is not saved."), stream=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader went away (`| head`): what is left in the buffer goes nowhere, without a complaint at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        _apologise(database_path(arguments.db), as_json)
        return OUR_MISTAKE


def _run(arguments: argparse.Namespace) -> int:
    if not arguments.opens_store:
        return arguments.run(arguments, None)
    with open_workbench(arguments.db) as store:
        return arguments.run(arguments, store)


def _refuse(refusal: Refusal, as_json: bool) -> None:
    if as_json:
        show_document(
            {
                "error": {
                    "reason": refusal.reason,
                    "message": refusal.message,
                    "line": refusal.line,
                    "column": refusal.column,
                }
            }
        )
    else:
        say(refusal.message, stream=sys.stderr)


def _apologise(database: Path, as_json: bool) -> None:
    """Log the exception that is being handled and show a reference to it."""
    reference = uuid.uuid4().hex[:8]
    folder = database.parent if database.parent.is_dir() else Path(tempfile.gettempdir())
    try:
        handler = logging.FileHandler(folder / "workbench.log", encoding="utf-8")
    except OSError:
        handler = logging.FileHandler(Path(tempfile.gettempdir()) / "workbench.log", encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger("kam.command_line")
    log.propagate = False
    log.addHandler(handler)
    try:
        log.exception("reference %s", reference)
    finally:
        log.removeHandler(handler)
        handler.close()
    message = _(
        "Sorry, something went wrong on our side (reference {reference}); nothing was left half-done. "
        "The details are in {file}."
    ).format(reference=reference, file=handler.baseFilename)
    _refuse(Refusal(message, reason="internal"), as_json)

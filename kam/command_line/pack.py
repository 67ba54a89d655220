"""`pack`: what people take into the room, of one account or of the whole programme."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from kam import benchmarking, packs
from kam.command_line.options import acting_person, add_as_of, as_of_date
from kam.command_line.output import report, say
from kam.errors import BadInput
from kam.store import Store
from kam.words import _, several


def register(commands: argparse._SubParsersAction) -> None:
    """Add the command."""
    pack = commands.add_parser("pack", help=_("the review pack of an account, or of the whole programme"))
    pack.add_argument(
        "account_id", nargs="?", metavar="ACCOUNT", help=_("the account; without it, --all or --overview")
    )
    pack.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    pack.add_argument(
        "--all", action="store_true", help=_("every key account and the overview, into a folder or a .zip")
    )
    pack.add_argument("--overview", action="store_true", help=_("the programme review for the top team alone"))
    pack.add_argument("--annual", type=int, metavar="YEAR", help=_("the annual report of a benchmark round"))
    pack.add_argument(
        "--for-customer", action="store_true", help=_("the customer's copy: only what is marked for them")
    )
    pack.add_argument("--format", choices=list(packs.FORMATS), help=_("of the packs with --all (else pptx)"))
    pack.add_argument("--template", type=Path, metavar="FILE.pptx", help=_("the company's deck (else the adopted one)"))
    add_as_of(pack)
    pack.set_defaults(run=write_pack)


def write_pack(arguments: argparse.Namespace, store: Store) -> int:
    """`pack`."""
    chosen = [bool(arguments.account_id), arguments.all, arguments.overview, arguments.annual is not None]
    if sum(chosen) != 1:
        raise BadInput(_("Name one account, or --all, or --overview, or --annual YEAR."), reason="usage")
    if arguments.for_customer and not arguments.account_id:
        raise BadInput(_("A customer's copy is of one account: name it."), reason="usage")
    if arguments.format and not arguments.all:
        raise BadInput(_("--format goes with --all; of one pack, the file's ending says it."), reason="usage")
    return _write_all(arguments, store) if arguments.all else _write_one(arguments, store)


def _write_one(arguments: argparse.Namespace, store: Store) -> int:
    person, as_of = acting_person(arguments, store), as_of_date(arguments, store)
    kind = arguments.output.suffix.lower().removeprefix(".")
    if kind not in packs.FORMATS:
        raise BadInput(
            _("{file} ends in none of {formats}: name the file with one of them.").format(
                file=arguments.output.name, formats=", ".join(f".{name}" for name in packs.FORMATS)
            ),
            reason="unknown_format",
        )
    template = _template(arguments, store)
    if arguments.annual is not None:
        pack = packs.annual_pack(benchmarking.annual_report(store, arguments.annual, as_of, for_whom=person))
    elif arguments.overview:
        pack = packs.programme_pack(store, as_of, for_whom=person)
    elif arguments.for_customer:
        pack = packs.customer_pack(store, arguments.account_id, as_of, for_whom=person)
    else:
        pack = packs.account_pack(store, arguments.account_id, as_of, for_whom=person)
    content = packs.pack_file(pack, kind, template=template)
    with _writable(arguments.output):
        arguments.output.write_bytes(content)
    failed = [section.heading for section in pack.sections if section.failed]
    report(
        arguments,
        {
            "account_id": pack.account_id,
            "as_of": as_of,
            "file": arguments.output,
            "bytes": len(content),
            "failed": failed,
        },
        [
            _("The pack of {name} is written to {file}.").format(name=pack.title, file=arguments.output),
            *(_("{section} could not be made; the file says why.").format(section=heading) for heading in failed),
        ],
    )
    return 0


def _write_all(arguments: argparse.Namespace, store: Store) -> int:
    person, as_of = acting_person(arguments, store), as_of_date(arguments, store)
    template = _template(arguments, store)

    def tell(done: int, total: int, name: str) -> None:
        if not arguments.json and name:
            say(f"{done + 1}/{total} {name}", stream=sys.stderr)

    files = packs.all_packs(
        store, as_of, kind=arguments.format or "pptx", template=template, for_whom=person, tell=tell
    )
    with _writable(arguments.output):
        if arguments.output.suffix.lower() == ".zip":
            # Grown beside its place: a run that stops leaves no half of a file.
            growing = arguments.output.with_name(arguments.output.name + ".making")
            try:
                with growing.open("wb") as out:
                    count = packs.write_zip(out, files)
                os.replace(growing, arguments.output)
            finally:
                growing.unlink(missing_ok=True)
        else:
            arguments.output.mkdir(parents=True, exist_ok=True)
            count = 0
            for name, content in files:
                (arguments.output / name).write_bytes(content)
                count += 1
    report(
        arguments,
        {"as_of": as_of, "output": arguments.output, "files": count},
        [
            _("{files} written to {out}.").format(
                files=several("{count} file is", "{count} files are", count), out=arguments.output
            )
        ],
    )
    return 0


def _template(arguments: argparse.Namespace, store: Store) -> bytes | None:
    if arguments.template is None:
        held = packs.template_in_force(store)
        return held.content if held else None
    try:
        return arguments.template.read_bytes()
    except OSError as error:
        raise BadInput(
            _("{file} cannot be read: check its name.").format(file=arguments.template), reason="unreadable"
        ) from error


@contextlib.contextmanager
def _writable(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadInput(
            _("{file} cannot be written: check that its folder exists and that the file is not open elsewhere.").format(
                file=output
            ),
            reason="unwritable",
        ) from error

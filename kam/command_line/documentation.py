"""`docs`: writes docs/relations.md and docs/parameters.md from what they describe."""

from __future__ import annotations

import argparse
from pathlib import Path

from kam import parameters, relations
from kam.command_line.output import report
from kam.words import _

FOLDER = Path(__file__).resolve().parents[2] / "docs"
_WRITTEN_BY = "<!-- Written by `python -m kam docs` from {source}: change it there. -->"


def register(commands: argparse._SubParsersAction) -> None:
    """Add `docs`."""
    command = commands.add_parser("docs", help=_("write the generated documents of a checkout again"))
    command.set_defaults(run=write, opens_store=False)


def write(arguments: argparse.Namespace, _store: None) -> int:
    """`docs`."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in documents().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    report(
        arguments,
        {"written": [f"docs/{name}" for name in documents()]},
        [_("Wrote {file}.").format(file=f"docs/{name}") for name in documents()],
    )
    return 0


def documents() -> dict[str, str]:
    """File name -> text of each generated document."""
    return {"relations.md": _relations(), "parameters.md": _parameters()}


def _relations() -> str:
    parts = [
        "# Relations",
        _WRITTEN_BY.format(source="the headers of kam/*/*.sql"),
        "Every reading starts from one of these: typed table macros and views, one per file. A window is half-open on the "
        "left: (as_of − n months, as_of].",
    ]
    by_schema: dict[str, list[relations.Relation]] = {}
    for relation in relations.catalogue().values():
        by_schema.setdefault(relation.schema, []).append(relation)
    for schema, found in sorted(by_schema.items()):
        parts.append(f"## {schema}")
        for relation in sorted(found, key=lambda relation: relation.name):
            parts += _relation(relation)
    return "\n\n".join(parts) + "\n"


def _relation(relation: relations.Relation) -> list[str]:
    prose, after = _prose(relation.header)
    signature = ", ".join(f"{name} {kind}" for name, kind in relation.parameters)
    columns = ["| column | what it holds |", "| --- | --- |"]
    columns += [f"| `{name}` | {_cell(text)} |" for name, text in relation.described_columns.items()]
    return [
        f"### {relation.name}" + (f"({signature})" if signature else ""),
        prose,
        *(["\n".join(columns)] if relation.kind != "function" else []),
        *([after] if after else []),
        f"Source: `{relation.path.relative_to(relations.ROOT.parent).as_posix()}`",
    ]


def _prose(header: str) -> tuple[str, str]:
    """What a header says before and after its columns, without the signature that it begins with."""
    before, after, inside, seen = [], [], False, False
    lines = header.splitlines()
    signature = next(at for at, line in enumerate(lines) if ")" in line or "(" not in lines[0])
    for line in lines[signature + 1 :]:
        if line.startswith("Columns:"):
            inside = seen = True
        elif inside and (line.startswith("  ") or not line):
            continue
        else:
            inside = False
            (after if seen else before).append(line)
    return " ".join(before).strip(), "\n".join(after).strip()


def _parameters() -> str:
    rows = ["| parameter | meaning | default | unit | from | source |", "| --- | --- | --- | --- | --- | --- |"]
    for default in sorted(parameters.defaults().values(), key=lambda default: default.parameter_id):
        shown = "none: the programme decides" if default.value is None else f"{default.value:g}"
        cells = (default.meaning, shown, default.unit, default.valid_from.isoformat(), default.source)
        rows.append(f"| `{default.parameter_id}` | " + " | ".join(map(_cell, cells)) + " |")
    return "\n\n".join(
        [
            "# Parameters",
            _WRITTEN_BY.format(source="data/parameters.toml"),
            "Every threshold and rate of the workbench. A programme adopts its own values, with date and source, on the "
            "Settings page or with `python -m kam parameters adopt`.",
            "\n".join(rows) + "\n",
        ]
    )


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")

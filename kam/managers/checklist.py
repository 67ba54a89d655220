"""The checklist of a handover, dated, from data/handover.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from kam.errors import NotFound
from kam.words import _

FILE = Path(__file__).resolve().parents[2] / "data" / "handover.toml"


@dataclass(frozen=True)
class Checklist:
    """A version of the checklist. items: id → what is to be done, in order."""

    version: str
    valid_from: date
    items: dict[str, str]


def checklist(as_of: date) -> Checklist:
    """The checklist for a change on a day: the latest that holds by then."""
    return [template for template in checklists() if template.valid_from <= as_of][-1]


def checklist_of(version: str) -> Checklist:
    """The checklist of a version. Raises NotFound where the file no longer has it."""
    for template in checklists():
        if template.version == version:
            return template
    raise NotFound(_("The workbench has no checklist {version} any more.").format(version=version))


@cache
def checklists() -> tuple[Checklist, ...]:
    """Every version, the oldest first."""
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found = [
        Checklist(entry["version"], entry["from"], {item["id"]: item["text"] for item in entry["item"]})
        for entry in document["checklist"]
    ]
    return tuple(sorted(found, key=lambda template: template.valid_from))

"""The reviewed definitions of the programme's measures: data/programme_measures.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "data" / "programme_measures.toml"


@dataclass(frozen=True)
class Definition:
    """A measure as it was reviewed. unit: of the figure; denominator: empty where nothing is divided.

    better: higher, lower or neither; owner: who answers for the definition.
    """

    id: str
    unit: str
    why: str
    numerator: str
    denominator: str
    better: str
    owner: str
    next_review: date


@cache
def definitions() -> dict[str, Definition]:
    """measure id → its definition, in the file's order."""
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {entry["id"]: Definition(**entry) for entry in document["measure"]}

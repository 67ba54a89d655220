"""The competency model: groups, anchored levels, and what a category of accounts requires, from data/competencies.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "data" / "competencies.toml"
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True)
class Competency:
    """A group of competencies. anchors: what each level looks like, from level 1 up."""

    competency_id: str
    name: str
    says: str
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class Required:
    """What is required of a competency. level: 1..5; weight: its share of all five, 0..1."""

    level: float
    weight: float


@dataclass(frozen=True)
class CompetencyModel:
    """The model of one version. levels: their names from 1 up; required: category → competency → Required."""

    version: str
    source: str
    levels: tuple[str, ...]
    competencies: tuple[Competency, ...]
    required: Mapping[str, Mapping[str, Required]]

    def competency(self, competency_id: str) -> Competency | None:
        """The competency of this id, or None."""
        return next((c for c in self.competencies if c.competency_id == competency_id), None)

    def demand(self, categories: Iterable[str | None]) -> dict[str, Required]:
        """What accounts of these categories require together; empty where no category is known.

        Per competency the highest level that one of them requires, because a competency is not divided among
        accounts, and the mean of their weights, which add up to 1. An unknown category is left out.
        """
        known = [self.required[category] for category in categories if category in self.required]
        if not known:
            return {}
        return {
            c.competency_id: Required(
                max(of[c.competency_id].level for of in known),
                sum(of[c.competency_id].weight for of in known) / len(known),
            )
            for c in self.competencies
        }


@cache
def competency_model() -> CompetencyModel:
    """The model in force. ValueError where the file does not name every level, competency and weight."""
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    competencies = tuple(
        Competency(entry["id"], entry["name"], entry["says"], tuple(entry["anchors"]))
        for entry in document["competency"]
    )
    required = {
        category: {name: Required(of["level"], of["weight"]) for name, of in entry.items()}
        for category, entry in document["category"].items()
    }
    ids = {c.competency_id for c in competencies}
    for category, of in required.items():
        if of.keys() != ids or abs(sum(r.weight for r in of.values()) - 1) > 1e-9:
            raise ValueError(f"{category}: every competency needs a level and a weight, and the weights make 1")
    if any(len(c.anchors) != HIGHEST for c in competencies) or len(document["levels"]) != HIGHEST:
        raise ValueError("every competency needs an anchor for each of five levels")
    return CompetencyModel(document["version"], document["source"], tuple(document["levels"]), competencies, required)

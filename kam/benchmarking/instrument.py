"""The benchmark instrument: dimensions, items and the rating scale, from data/instrument.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "data" / "instrument.toml"


@dataclass(frozen=True)
class Item:
    """One statement about the programme, rated on the scale. measured_by: measures of the records that speak about it."""

    item_id: str
    statement: str
    measured_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dimension:
    """Four items that belong together. is_core: part of the effectiveness core."""

    dimension_id: str
    name: str
    is_core: bool
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Scale:
    """points: how many marks the scale has (5 for 0–4). evidence_needed_from: a rating from here on needs dated
    evidence, without_evidence_counts what it counts as without. items_needed: answered items per dimension.
    anchors: what each mark means, from 0 up.
    """

    points: int
    evidence_needed_from: int
    without_evidence_counts: int
    items_needed: int
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class Instrument:
    """The instrument of one version."""

    version: str
    scale: Scale
    dimensions: tuple[Dimension, ...]

    def item(self, item_id: str) -> Item | None:
        """The item of this id, or None."""
        return next((i for d in self.dimensions for i in d.items if i.item_id == item_id), None)


@cache
def instrument() -> Instrument:
    """The instrument that new rounds are opened with."""
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    scale = document["scale"]
    return Instrument(
        version=document["version"],
        scale=Scale(
            points=scale["points"],
            evidence_needed_from=scale["evidence_needed_from"],
            without_evidence_counts=scale["without_evidence_counts"],
            items_needed=scale["items_needed"],
            anchors=tuple(scale["anchors"]),
        ),
        dimensions=tuple(
            Dimension(
                dimension_id=entry["id"],
                name=entry["name"],
                is_core=entry["is_core"],
                items=tuple(
                    Item(item["id"], item["statement"], tuple(item.get("measured_by", ()))) for item in entry["item"]
                ),
            )
            for entry in document["dimension"]
        ),
    )

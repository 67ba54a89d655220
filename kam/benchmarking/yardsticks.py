"""What others have published, as context: data/yardsticks.toml. No published norms exist, and none are here."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "data" / "yardsticks.toml"


@dataclass(frozen=True)
class Yardstick:
    """A published figure in words. strength: strong, medium or weak; because: why no more than that."""

    about: str
    says: str
    citation: str
    strength: str
    because: str


@cache
def yardsticks() -> tuple[Yardstick, ...]:
    """All of them, in the file's order."""
    return tuple(Yardstick(**entry) for entry in tomllib.loads(FILE.read_text(encoding="utf-8"))["yardstick"])

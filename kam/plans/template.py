"""The practices that a key account expects, and the functions that deliver them: data/commitments.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "data" / "commitments.toml"


@dataclass(frozen=True)
class Practice:
    """A practice of the template. function: a key of `functions()`; target: in `unit`."""

    practice_id: str
    name: str
    function: str
    is_standing: bool
    kpi: str
    unit: str
    target: float


@cache
def functions() -> dict[str, str]:
    """function id → its name."""
    return dict(_document()["functions"])


@cache
def practices() -> dict[str, Practice]:
    """practice_id → the practice, in the file's order."""
    return {entry["practice_id"]: Practice(**entry) for entry in _document()["practice"]}


@cache
def _document() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))

"""Which languages are spoken where an account is, from data/languages.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "data" / "languages.toml"


def spoken(country: str | None, languages: Iterable[str] | None) -> bool | None:
    """Whether one of a manager's languages is spoken in a country; None where either is unknown."""
    here = _by("countries").get((country or "").strip().casefold())
    named = [name.strip().casefold() for name in languages or () if name.strip()]
    if not here or not named:
        return None
    return any(here & _by("names").get(name, frozenset({name})) for name in named)


@cache
def _by(what: str) -> dict[str, frozenset[str]]:
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found: dict[str, frozenset[str]] = {}
    for language, entry in document.items():
        for name in entry[what]:
            found[name] = found.get(name, frozenset()) | {language}
    return found

"""Which languages are spoken where, from data/languages.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "data" / "languages.toml"


def spoken_in(country: str | None) -> frozenset[str]:
    """The languages of a country, however it is written; empty where the country is unknown to the file."""
    return _by("countries").get((country or "").strip().casefold(), frozenset())


def languages_named(names: Iterable[str] | None) -> frozenset[str]:
    """The languages behind names or codes as people write them; a name the file lacks stands for itself."""
    found = set()
    for name in names or ():
        written = name.strip().casefold()
        found |= _by("names").get(written, {written}) if written else set()
    return frozenset(found)


@cache
def _by(what: str) -> dict[str, frozenset[str]]:
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    found: dict[str, frozenset[str]] = {}
    for language, entry in document.items():
        for name in entry[what]:
            found[name] = found.get(name, frozenset()) | {language}
    return found

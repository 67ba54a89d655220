"""What the generator starts from: data/demonstration/*.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "data" / "demonstration"


@cache
def company() -> dict[str, Any]:
    """Products, industries, countries, seasonality, names."""
    return _read("company")


@cache
def people() -> dict[str, Any]:
    """The champion, our executives and account managers."""
    return _read("people")


@cache
def cast() -> list[dict[str, Any]]:
    """The accounts that the story is about, in the file's order."""
    return _read("cast")["account"]


@cache
def dealings() -> dict[str, Any]:
    """Contacts' titles, what is talked about, survey attributes, and the cost pools with their activities."""
    return _read("dealings")


@cache
def reviews() -> dict[str, Any]:
    """What reviews wrote down, by rating."""
    return _read("reviews")


@cache
def forecasts() -> dict[str, Any]:
    """Judgements of risk, initiatives, relational value and scenarios of the account teams."""
    return _read("forecasts")


@cache
def benchmark() -> dict[str, Any]:
    """How the programme is rated: raters, evidence, mean per dimension last year and the progress since."""
    return _read("benchmark")


def text(name: str) -> str:
    """A file of the folder as text (criteria, cost model)."""
    return (FOLDER / name).read_text(encoding="utf-8")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(text(f"{name}.toml"))

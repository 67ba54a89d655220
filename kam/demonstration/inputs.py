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
def assessments() -> dict[str, Any]:
    """What people know of the accounts: assessments, success factors, planned positions."""
    return _read("assessments")


@cache
def relationships() -> dict[str, Any]:
    """What our people know and wrote down about the key accounts."""
    return _read("relationships")


@cache
def reviews() -> dict[str, Any]:
    """What reviews wrote down, by rating."""
    return _read("reviews")


@cache
def sponsoring() -> dict[str, Any]:
    """How sponsorship is lived: hours, vetoes, locks, deputies, agendas, contacts and promises."""
    return _read("sponsoring")


@cache
def plans() -> dict[str, Any]:
    """What the account plans say, what is promised, complained about and given."""
    return _read("plans")


@cache
def forecasts() -> dict[str, Any]:
    """Judgements of risk, initiatives, relational value and scenarios of the account teams."""
    return _read("forecasts")


@cache
def benchmark() -> dict[str, Any]:
    """How the programme is rated: raters, evidence, mean per dimension last year and the progress since."""
    return _read("benchmark")


@cache
def cycles() -> dict[str, Any]:
    """The selection meetings: who was present, what they said, and who asked for an exception."""
    return _read("cycles")


@cache
def carriers() -> dict[str, Any]:
    """Champion, agenda, roadshow, and what account managers are rated, trained, paid by and hand over."""
    return _read("carriers")


@cache
def portfolio() -> dict[str, Any]:
    """Tags, grades, saved segments and a field of people's own."""
    return _read("portfolio")


@cache
def everyday() -> dict[str, Any]:
    """Thanks, referrals and dates to remember."""
    return _read("everyday")


@cache
def knowledge() -> dict[str, Any]:
    """Entries of the knowledge base."""
    return _read("knowledge")


@cache
def plays() -> dict[str, Any]:
    """Plays with their segments, lists and outcomes."""
    return _read("plays")


def text(name: str) -> str:
    """A file of the folder as text (criteria, cost model)."""
    return (FOLDER / name).read_text(encoding="utf-8")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(text(f"{name}.toml"))

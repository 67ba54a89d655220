"""How many key accounts a programme may have: a rule with its source, read from the parameters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kam import parameters
from kam.store import Store


@dataclass(frozen=True)
class Limits:
    """The rule on a day. at_least, at_most: accounts, None where none is adopted; the sources say who set each."""

    at_least: int | None
    at_most: int | None
    at_least_source: str
    at_most_source: str


def limits(store: Store, as_of: date) -> Limits:
    """How many accounts the programme should and may hold on as_of (5 to 25 where nothing else is adopted).

    Source of the default: Ryals, HBR 13 July 2012, as recalled.
    """
    least = parameters.value_at(store, "programme.accounts_at_least", as_of)
    most = parameters.value_at(store, "programme.accounts_at_most", as_of)
    return Limits(_whole(least.value), _whole(most.value), least.source, most.source)


def size(store: Store, as_of: date) -> int:
    """How many key accounts there are on as_of."""
    return len(store.read("programme.roster", {"as_of": as_of}, columns=("account_id",)))


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)

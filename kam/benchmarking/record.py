"""Rounds as they are on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import units
from kam.benchmarking.instrument import instrument
from kam.errors import NotFound, RuleBroken
from kam.store import Condition, Store, Transaction
from kam.words import _


@dataclass(frozen=True)
class Round:
    """A benchmark round as it is on record. state: open or closed."""

    round_id: int
    year: int
    instrument_version: str
    state: str
    opened_on: date
    opened_by: str
    closed_on: date | None
    closed_by: str | None
    conclusions: str
    version: int


def rounds(store: Store) -> list[Round]:
    """All rounds, the latest year first."""
    columns = tuple(Round.__dataclass_fields__)
    return [Round(**row) for row in store.read("benchmarking.rounds", columns=columns, order_by=[("year", True)])]


def round_of(store: Store, year: int) -> Round | None:
    """The round of a year, or None."""
    return next((held for held in rounds(store) if held.year == year), None)


def latest_year(store: Store, as_of: date) -> int:
    """The year of the latest round opened up to as_of; the day's own year where there is none."""
    return next((held.year for held in rounds(store) if held.opened_on <= as_of), as_of.year)


def held_round(store: Store, year: int) -> Round:
    """The round of a year. Raises NotFound."""
    held = round_of(store, year)
    if held is None:
        raise NotFound(_("There is no benchmark round of {year}: open it first.").format(year=year), reason="no_round")
    return held


def still_open(tx: Transaction, year: int) -> dict[str, Any]:
    """The row of an open round, inside a transaction. Raises NotFound, RuleBroken where it is closed."""
    held = next(iter(tx.read("benchmarking.rounds", where=[Condition("year", "=", year)])), None)
    if held is None:
        raise NotFound(_("There is no benchmark round of {year}: open it first.").format(year=year), reason="no_round")
    if held["state"] == "closed":
        raise RuleBroken(
            _("The round of {year} was closed on {day}, and its figures are frozen.").format(
                year=year, day=units.day(held["closed_on"])
            ),
            reason="round_closed",
        )
    if held["instrument_version"] != instrument().version:
        raise RuleBroken(
            _(
                "The round of {year} was opened with version {old} of the instrument, and this workbench has {new}."
            ).format(year=year, old=held["instrument_version"], new=instrument().version),
            reason="other_instrument",
        )
    return held

"""A round of reviews: those of a calendar quarter, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from kam import units
from kam.store import Store
from kam.words import _


@dataclass(frozen=True)
class Round:
    """The round of a day. rows: of reviews.round, what is overdue first."""

    rows: list[dict[str, Any]]

    @property
    def held_count(self) -> int:
        """Accounts whose review was held in it."""
        return sum(row["round_state"] == "held" for row in self.rows)

    @property
    def ends_on(self) -> date | None:
        """Last day of its quarter; None where it is empty."""
        return self.rows[0]["ends_on"] if self.rows else None

    @property
    def told(self) -> str:
        """`9 of 16 held in the quarter to 31 Dec 2026`."""
        if not self.rows:
            return _("No review falls into this quarter.")
        return _("{held} of {all} reviews held in the quarter to {day}").format(
            held=self.held_count, all=len(self.rows), day=units.day(self.ends_on)
        )


def round_of(store: Store, as_of: date) -> Round:
    """The round of the quarter that as_of lies in."""
    order = {"overdue": 0, "open": 1, "planned": 2, "held": 3}
    rows = store.read("reviews.round", {"as_of": as_of}).records()
    return Round(
        sorted(rows, key=lambda row: (order[row["round_state"]], row["due_on"] or date.max, row["account_id"]))
    )

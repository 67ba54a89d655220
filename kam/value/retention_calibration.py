"""Calibrating the retention table on what happened: last year's scores against who still bought (METHOD 3.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kam import parameters
from kam.access import Person
from kam.errors import BadInput
from kam.store import Condition, Store
from kam.units import day
from kam.value.retention import years_later
from kam.value.risk_scorecard import SCORES, TABLE, scorecards
from kam.words import _

# A chance of exactly 1 or 0 is no finding of a finite history.
_LOWEST, _HIGHEST = 0.01, 0.99


@dataclass(frozen=True)
class Calibration:
    """points: (score, yearly chance to keep the account) at the table's five scores, never falling. accounts: how many had
    a score a year ago; kept: of these bought in the 12 months since. from_on, to_on: the year that was read.
    """

    points: list[tuple[int, float]]
    accounts: int
    kept: int
    from_on: date
    to_on: date

    @property
    def source(self) -> str:
        """What the adopted points name as their source."""
        return _(
            "Calibrated (isotonic regression) on {count} accounts scored on {start}, of which {kept} bought in the 12 months "
            "to {end}"
        ).format(count=self.accounts, start=day(self.from_on), kept=self.kept, end=day(self.to_on))


def calibration(store: Store, as_of: date, *, for_whom: Person) -> Calibration:
    """The table that fits the year up to as_of: accounts that bought in the year before it, scored at its start.

    Kept is who bought in that year. Contacts carry no date, so they count as on record today. Raises BadInput below 30
    such accounts, where a stated table is the honest choice, and where all had the same score.
    """
    import numpy as np

    from kam.value.models.scorecard import calibrated_table

    start = years_later(as_of, -1)
    bought = [Condition("orders_12m", ">", 0)]

    def buyers(on: date) -> set[str]:
        return set(
            store.page("value.account_measures", {"as_of": on, "level": "account"}, where=bought).column("account_id")
        )

    at_risk = sorted(buyers(start))
    cards = scorecards(store, start, at_risk, for_whom=for_whom)
    scored = [(one, card.score) for one, card in cards.items() if card.score is not None]
    still = buyers(as_of)
    kept = [float(one in still) for one, _score in scored]
    # Whole points: finer differences are noise, and each would stand alone.
    table = calibrated_table([round(score) for _one, score in scored], kept)
    chances = np.interp(SCORES, [score for score, _chance in table], [chance for _score, chance in table])
    points = [
        (score, float(min(_HIGHEST, max(_LOWEST, chance)))) for score, chance in zip(SCORES, chances, strict=True)
    ]
    return Calibration(points, len(scored), int(sum(kept)), start, as_of)


def told_calibration(store: Store, as_of: date, *, for_whom: Person) -> tuple[str, Calibration | None]:
    """(the calibration in a sentence, or why there is none; the calibration, or None)."""
    try:
        found = calibration(store, as_of, for_whom=for_whom)
    except BadInput as refusal:
        return refusal.message, None
    return f"{found.source}.", found


def adopt_calibration(
    store: Store, found: Calibration, *, valid_from: date, who: Person, op_id: str | None = None
) -> None:
    """Adopt the five points as parameters from a day on, with the calibration as their source. Raises BadInput."""
    if [chance for _score, chance in found.points] != sorted(chance for _score, chance in found.points):
        raise BadInput(_("The calibrated table falls; calibrate anew."), reason="not_monotone", field="points")
    for name, (_score, chance) in zip(TABLE, found.points, strict=True):
        parameters.adopt(
            store,
            name,
            round(chance, 4),
            valid_from=valid_from,
            source=found.source,
            who=who,
            op_id=None if op_id is None else f"{op_id}.{name}",
        )

"""Whether gaps of competency close: what managers of key accounts lacked a year ago, and lack now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kam.managers.competencies import competency_model
from kam.managers.gaps import gap
from kam.managers.profile import competency_rows
from kam.store import Condition, Store


@dataclass(frozen=True)
class GapChange:
    """Levels, added up over managers and competencies. compared_count: competencies rated by enough others on both days.

    levels_before: lacked a year before against what today's key accounts require; levels_closed: less of it lacked now,
    below 0 where more is.
    """

    compared_count: int
    levels_before: float
    levels_closed: float


def gap_change(store: Store, as_of: date) -> GapChange:
    """The change of a year, of managers who hold key accounts on as_of and have not left, against today's demand.

    The demand is today's on both days: another account does not count as a gap opened or closed.
    """
    model = competency_model()
    now, then = competency_rows(store, as_of), competency_rows(store, _year_before(as_of))
    gone = {
        row["manager_id"]
        for row in store.read("managers.load", {"as_of": as_of}, where=[Condition("has_left", "=", True)])
    }
    categories: dict[str, list[str | None]] = {}
    for row in store.read("managers.holdings", {"as_of": as_of}, where=[Condition("manager_id", "is_known")]):
        categories.setdefault(row["manager_id"], []).append(row["category"])
    count, before, closed = 0, 0.0, 0.0
    for manager_id, held in categories.items():
        if manager_id in gone:
            continue
        for competency, required in model.demand(held).items():
            earlier, later = (
                gap(required.level, rows.get(manager_id, {}).get(competency, {}).get("actual_level"))
                for rows in (then, now)
            )
            if earlier is None or later is None:
                continue
            count += 1
            before += earlier
            closed += earlier - later
    return GapChange(count, before, closed)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)

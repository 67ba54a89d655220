"""The cost model: what capacity costs, and how many minutes each activity takes (Kaplan & Anderson 2004; METHOD 4.1).

The shapes are those of a cost model file (TOML); `kam.value.cost_model_file` reads and writes one.
"""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints

from kam.words import _

# driver: what is counted
DRIVERS = {
    "orders": _("orders in the ledger"),
    "lines": _("order lines in the ledger"),
    "rush_lines": _("rush lines in the ledger"),
    "return_lines": _("return and credit lines in the ledger"),
    "credit_notes": _("credit notes: documents of the ledger with returns and no purchase"),
    "activities": _("volumes recorded as activities under this code"),
}


def _number(given: Any) -> Decimal:
    # A TOML integer or decimal; text and true/false are no numbers.
    if isinstance(given, bool) or not isinstance(given, int | Decimal):
        raise ValueError("not a number")
    return Decimal(given)


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Money = Annotated[Decimal, Field(ge=0, max_digits=16, decimal_places=2), BeforeValidator(_number)]
Capacity = Annotated[Decimal, Field(gt=0, max_digits=16, decimal_places=2), BeforeValidator(_number)]
Minutes = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=4), BeforeValidator(_number)]
Coefficient = Annotated[Decimal, Field(max_digits=12, decimal_places=4), BeforeValidator(_number)]


class _Stated(BaseModel):
    """Closed: a key that nobody reads is a mistake. Built from a file (by alias) or in code (by name)."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Period(_Stated):
    """What a pool cost in a period, both days included, and the minutes it could practically work.

    cost: reporting currency. practical_capacity_minutes: about 80 % of theoretical; None for a pool that is never
    charged.
    """

    period_from: Annotated[date, Strict()] = Field(alias="from")
    period_to: Annotated[date, Strict()] = Field(alias="to")
    cost: Money
    practical_capacity_minutes: Capacity | None = None

    @property
    def rate_per_minute(self) -> Decimal | None:
        """Cost per minute, to 8 decimals; None without capacity."""
        if self.practical_capacity_minutes is None:
            return None
        return (self.cost / self.practical_capacity_minutes).quantize(Decimal("1e-8"), ROUND_HALF_UP)


class Pool(_Stated):
    """A department or resource with a cost. is_business_sustaining: never charged to an account."""

    pool_id: Code = Field(alias="id")
    name: Text
    is_business_sustaining: Annotated[bool, Strict()] = Field(default=False, alias="business_sustaining")
    source: Text
    periods: tuple[Period, ...] = Field(alias="period", min_length=1)

    def uncovered_days(self, first: date, last: date) -> int:
        """How many of the days from first to last no period holds: work on them has an unknown cost."""
        covered = sum(
            max(0, (min(period.period_to, last) - max(period.period_from, first)).days + 1) for period in self.periods
        )
        return (last - first).days + 1 - covered


class Term(_Stated):
    """A term of a time equation: minutes for each unit of what it counts.

    kind: count (for each of `of`), flag (once where the event has `of`), product (`of` × `by`, of one order). of, by:
    keys of time_equation.COUNTS and FLAGS, or activity:CODE for recorded activities. minutes: may be below 0.
    """

    kind: Literal["count", "flag", "product"]
    of: Code
    by: Code | None = None
    minutes: Coefficient
    name: Text


class Activity(_Stated):
    """Work that accounts cause. unit_minutes: standard time per unit of its driver, on its pool's capacity.

    terms: what is added to it (kam.value.time_equation), none for an activity that always takes the same time.
    """

    activity_code: Code = Field(alias="code")
    name: Text
    pool_id: Code = Field(alias="pool")
    driver: Literal["orders", "lines", "rush_lines", "return_lines", "credit_notes", "activities"]
    unit_minutes: Minutes
    source: Text
    terms: tuple[Term, ...] = Field(default=(), alias="term")


class Head(_Stated):
    """The [model] table. valid_from: the date from which the model holds, whatever periods its pools cover."""

    name: Text
    valid_from: Annotated[date, Strict()] = Field(alias="from")
    source: Text


class CostModel(_Stated):
    """Pools with their periods, and the activities that use them."""

    head: Head = Field(alias="model")
    pools: tuple[Pool, ...] = Field(alias="pool", min_length=1)
    activities: tuple[Activity, ...] = Field(alias="activity", min_length=1)

    @property
    def name(self) -> str:
        return self.head.name

    @property
    def valid_from(self) -> date:
        return self.head.valid_from

    @property
    def source(self) -> str:
        return self.head.source

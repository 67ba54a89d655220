"""What every write of this room checks: words that are there, days in order, amounts and shares within their bounds."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal

from kam import units
from kam.errors import BadInput, RuleBroken
from kam.relationships.rules import account_name, not_before, one_of, stated
from kam.words import _

_MOST_MONEY = Decimal("1e15")

__all__ = ["account_name", "money", "not_after", "not_before", "one_of", "share", "stated"]


def not_after(day: date | None, as_of: date, *, field: str) -> date:
    """The day, unless there is none (BadInput) or it lies after as_of (RuleBroken)."""
    if day is None:
        raise BadInput(_("Choose a day."), reason="missing", field=field)
    if day > as_of:
        raise RuleBroken(
            _("It cannot have happened after {day}: choose an earlier day, or a later day of the page.").format(
                day=units.day(as_of)
            ),
            reason="in_the_future",
            field=field,
        )
    return day


def money(amount: Decimal | float | None, *, field: str, may_be_negative: bool = False) -> Decimal | None:
    """The amount to the cent; None stays unknown. Raises BadInput for what is no amount, or below 0 where it may not be."""
    if amount is None:
        return None
    if not math.isfinite(amount) or abs(amount) >= _MOST_MONEY or (amount < 0 and not may_be_negative):
        raise BadInput(
            _(
                "{amount} is no amount that can stand here: type money from 0 on, or leave it empty where unknown."
            ).format(amount=amount),
            reason="out_of_range",
            field=field,
        )
    return round(Decimal(str(amount)), 2)


def share(value: float | None, *, field: str) -> float | None:
    """The share 0..1; None stays unsaid. Raises BadInput outside."""
    if value is None:
        return None
    if not (math.isfinite(value) and 0 <= value <= 1):
        raise BadInput(_("A share lies between 0 and 100 %."), reason="out_of_range", field=field)
    return float(value)

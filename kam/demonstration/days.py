"""Days of the story, counted back from the ledger's end."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def months_before(day: date, months: int) -> date:
    """The last day of the month that lies `months` before the day's."""
    counted = day.year * 12 + day.month - 1 - months
    year, month = counted // 12, counted % 12 + 1
    return date(year, month, monthrange(year, month)[1])

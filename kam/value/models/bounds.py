"""Refuses a number that a formula cannot take, in one sentence that names the field and what would do."""

from __future__ import annotations

import math
from collections.abc import Sequence

from kam.errors import BadInput
from kam.words import _


def number(value: float | None, field: str) -> float:
    """`value` as a float. Raises BadInput when it is missing, not a number or infinite."""
    try:
        read = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        read = math.nan
    if not math.isfinite(read):
        raise BadInput(
            _("{field} is {value}; give a finite number.").format(field=field, value=value),
            reason="bad_number",
            field=field,
        )
    return read


def within(
    value: float | None,
    field: str,
    lowest: float = -math.inf,
    highest: float = math.inf,
    *,
    open_low: bool = False,
    open_high: bool = False,
) -> float:
    """`value` as a float when it lies in the interval; `open_low`, `open_high` leave that end out.

    Raises BadInput that names the field, the value and the interval.
    """
    read = number(value, field)
    too_low = read <= lowest if open_low else read < lowest
    too_high = read >= highest if open_high else read > highest
    if too_low or too_high:
        raise BadInput(
            _("{field} is {value:g}; it has to be {interval}.").format(
                field=field, value=read, interval=_interval(lowest, highest, open_low, open_high)
            ),
            reason="out_of_range",
            field=field,
        )
    return read


def share(value: float | None, field: str) -> float:
    """`value` when it lies in 0..1, both included."""
    return within(value, field, 0, 1)


def positive(value: float | None, field: str) -> float:
    """`value` when it is above 0."""
    return within(value, field, 0, open_low=True)


def at_least_zero(value: float | None, field: str) -> float:
    """`value` when it is 0 or above."""
    return within(value, field, 0)


def rate(value: float | None, field: str) -> float:
    """A discount rate: above −1, so that (1 + rate) can divide."""
    return within(value, field, -1, open_low=True)


def whole(value: float | None, field: str, lowest: int = 0) -> int:
    """`value` as an int when it is a whole number of at least `lowest`."""
    read = within(value, field, lowest)
    if read != int(read):
        raise BadInput(
            _("{field} is {value:g}; give a whole number.").format(field=field, value=read),
            reason="not_whole",
            field=field,
        )
    return int(read)


def same_length(field: str, values: Sequence, other_field: str, others: Sequence) -> None:
    """Raises BadInput unless both sequences have the same length."""
    if len(values) != len(others):
        raise BadInput(
            _("{field} has {count} values and {other_field} {others}; give one of each per period.").format(
                field=field, count=len(values), other_field=other_field, others=len(others)
            ),
            reason="length",
            field=field,
        )


def _interval(lowest: float, highest: float, open_low: bool, open_high: bool) -> str:
    if math.isinf(highest):
        text = _("above {lowest:g}") if open_low else _("at least {lowest:g}")
    elif math.isinf(lowest):
        text = _("below {highest:g}") if open_high else _("at most {highest:g}")
    elif open_low and open_high:
        text = _("between {lowest:g} and {highest:g}, both left out")
    elif open_high:
        text = _("at least {lowest:g} and below {highest:g}")
    elif open_low:
        text = _("above {lowest:g} and at most {highest:g}")
    else:
        text = _("from {lowest:g} to {highest:g}")
    return text.format(lowest=lowest, highest=highest)

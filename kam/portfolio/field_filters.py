"""Narrowing a list by the fields that people defined: each by its type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kam.errors import BadInput
from kam.store import Among, Condition
from kam.units import day
from kam.words import _

_OF_KIND = {"number": "number_value", "date": "date_value"}


@dataclass(frozen=True)
class Asked:
    """What is asked of a field. low, high: of a number or date, either may be None; words: a part of a text;
    values: of a choice or yes_no, as kept."""

    low: float | date | None = None
    high: float | date | None = None
    words: str = ""
    values: tuple[str, ...] = ()


def field_condition(field: Mapping[str, Any], asked: Asked, as_of: date) -> Condition | None:
    """What is asked of a field (a row of portfolio.fields) as a condition on account_id; None where nothing is.

    An account for which the field is not filled meets no condition. Raises BadInput for limits the wrong way round.
    """
    name, column = field["field"], _OF_KIND.get(field["kind"], "value")
    if asked.low is not None and asked.high is not None and asked.low > asked.high:
        raise BadInput(
            _("{field}: from {low} to {high} is empty; the lower limit comes first.").format(
                field=name, low=_told(asked.low), high=_told(asked.high)
            ),
            reason="limits",
            field=name,
        )
    tests: list[Condition] = []
    if column != "value":
        tests += [] if asked.low is None else [Condition(column, ">=", asked.low)]
        tests += [] if asked.high is None else [Condition(column, "<=", asked.high)]
    elif field["kind"] == "text":
        tests += [Condition(column, "contains", asked.words.strip())] if asked.words.strip() else []
    elif asked.values:
        tests.append(Condition(column, "one_of", list(asked.values)))
    if not tests:
        return None
    of_field = Condition("field", "=", name)
    among = Among("portfolio.custom_values", (("as_of", as_of),), (of_field, *tests), label=told(name, asked))
    return Condition("account_id", "among", among)


def told(name: str, asked: Asked) -> str:
    """What is asked, in words."""
    parts = [
        _("from {low}").format(low=_told(asked.low)) if asked.low is not None else "",
        _("to {high}").format(high=_told(asked.high)) if asked.high is not None else "",
        asked.words.strip(),
        ", ".join(value.replace("_", " ") for value in asked.values),
    ]
    return f"{name}: " + " ".join(part for part in parts if part)


def _told(limit: float | date) -> str:
    return day(limit) if isinstance(limit, date) else f"{limit:,g}"

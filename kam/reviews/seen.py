"""What was seen in a review, read back from its frozen JSON: figures with their units."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from kam import value


def seen_figures(seen: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The measures as seen: name, value (exact money, dates as dates, None where it was unknown), unit."""
    return [
        {
            "measure_id": measure_id,
            "name": measure.name,
            "value": _value(seen["measures"].get(measure_id), measure.unit),
            "unit": measure.unit,
        }
        for measure_id, measure in value.MEASURES.items()
    ]


def _value(written: Any, unit: str) -> Any:
    if written is None:
        return None
    if unit == "date":
        return date.fromisoformat(written)
    return Decimal(written) if unit == "reporting currency" else written

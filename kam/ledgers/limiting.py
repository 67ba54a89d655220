"""The limits of a reading, as the workbench's parameters set them."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime

from kam import parameters
from kam.ledgers.reading.limits import Limits
from kam.store import Store


def limits_of(store: Store) -> Limits:
    """The limits that hold today; the shipped ones where nothing is adopted."""
    held = parameters.all_at(store, datetime.now(UTC).date())
    adopted = {field.name: held.get(f"imports.{field.name}") for field in fields(Limits)}
    return Limits(**{name: one.value for name, one in adopted.items() if one is not None and one.value is not None})

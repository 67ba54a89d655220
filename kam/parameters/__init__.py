"""Every threshold and rate, with its date, unit and source."""

from kam.parameters.values import (
    ListedParameter,
    Parameter,
    adopt,
    adoptions,
    all_at,
    defaults,
    history,
    listed,
    sync_defaults,
    typed_value,
    value_at,
)

__all__ = [
    "ListedParameter",
    "Parameter",
    "adopt",
    "adoptions",
    "all_at",
    "defaults",
    "history",
    "listed",
    "sync_defaults",
    "typed_value",
    "value_at",
]

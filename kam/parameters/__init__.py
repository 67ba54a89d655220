"""Every threshold and rate, with its date, unit and source."""

from kam.parameters.values import Parameter, adopt, all_at, defaults, history, sync_defaults, value_at

__all__ = ["Parameter", "adopt", "all_at", "defaults", "history", "sync_defaults", "value_at"]

"""What an account is worth: cost to serve, contribution, lifetime value, the whale curve."""

from kam.value.measures import MEASURES, Measure

__all__ = ["MEASURES", "Measure"]

"""What kind of customer an account is: its rhythm of buying, and how much hangs on few."""

from kam.segments.concentration import Concentration, concentration, months_back, share_that_holds

__all__ = ["Concentration", "concentration", "months_back", "share_that_holds"]

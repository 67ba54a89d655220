"""What moved an account's contribution against the 12 months before: volume, margin, cost to serve.

The parts add up to the change: contribution = revenue × margin rate − cost to serve, so with before (0) and now (1)
change = (R1 − R0) × m0 + R1 × (m1 − m0) − (S1 − S0): volume at the old margin rate, rate on the new volume, serving.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from kam.relationships.health import months_before
from kam.store import Condition, Store
from kam.words import _

_YEAR = 12


@dataclass(frozen=True)
class Moved:
    """Contribution before and now, reporting currency, and what moved it: name to amount, which add up to change; change None
    where a part is unknown."""

    before: Decimal | None
    now: Decimal | None
    drivers: Mapping[str, Decimal]

    @property
    def change(self) -> Decimal | None:
        """now − before."""
        return None if self.before is None or self.now is None or not self.drivers else self.now - self.before

    @property
    def largest(self) -> tuple[str, Decimal]:
        """The driver that moved most in the direction of the change."""
        sign = 1 if self.change >= 0 else -1
        return max(self.drivers.items(), key=lambda item: (item[1] * sign, item[0]))


def moved(before: Mapping[str, Any], now: Mapping[str, Any]) -> Moved:
    """From two rows of value.account_measures, 12 months apart."""
    named = ("revenue_12m", "margin_12m", "cost_to_serve_12m", "contribution_12m")
    if any(row.get(name) is None for row in (before, now) for name in named) or before["revenue_12m"] <= 0:
        return Moved(before.get("contribution_12m"), now.get("contribution_12m"), {})
    volume = (now["revenue_12m"] - before["revenue_12m"]) * before["margin_12m"] / before["revenue_12m"]
    cents = Decimal("0.01")
    volume = volume.quantize(cents)
    margin = now["margin_12m"] - before["margin_12m"] - volume
    serving = before["cost_to_serve_12m"] - now["cost_to_serve_12m"]
    return Moved(
        before["contribution_12m"],
        now["contribution_12m"],
        {_("Volume"): volume, _("Margin rate"): margin, _("Cost to serve"): serving},
    )


def moved_by(store: Store, account_id: str, as_of: date) -> Moved | None:
    """What moved an account's contribution; None where the master has no such account or nothing was known a year before."""
    among = [Condition("account_id", "=", account_id)]
    rows = [
        next(iter(store.page("value.account_measures", {"as_of": on, "level": "account"}, where=among)), None)
        for on in (months_before(as_of, _YEAR), as_of)
    ]
    return None if None in rows else moved(rows[0], rows[1])

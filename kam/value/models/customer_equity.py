"""The worth of the whole base, each account counted once: key accounts by their plan, everyone else by statistics.

Relational value (references, referrals, learning, innovation) stands beside it and is never added (METHOD 3.4, 9).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kam.errors import BadInput
from kam.value.models import bounds
from kam.value.models.forecast import ForecastYear, Timing, forecast_value
from kam.words import _

# The order in which a bridge exchanges the inputs: volume before rate, gains before costs, risk last.
STEPS = ("revenue", "margin_rate", "initiatives", "cost_to_serve", "capital", "retention")


@dataclass(frozen=True)
class CustomerEquity:
    """Money at the valuation day. by_plan: key accounts; by_statistics: all others.

    unknown: accounts of either kind whose value is unknown; they are in no sum, so the total is a lower count of
    accounts and not of money.
    """

    by_plan: float
    by_statistics: float
    plan_accounts: int
    statistics_accounts: int
    unknown: tuple[str, ...]

    @property
    def total(self) -> float:
        """Customer equity: the sum of lifetime values."""
        return self.by_plan + self.by_statistics


@dataclass(frozen=True)
class BridgeStep:
    """One input exchanged for the plan's. change: what that adds to the value, money; value: reached after it."""

    input: str
    change: float
    value: float


@dataclass(frozen=True)
class Bridge:
    """From the statistical value to the plan on one basis (years, discount, timing); the changes add up exactly.

    is_outside_band: the plan lies outside the statistical P10–P90; None where there is no band.
    """

    statistical: float
    steps: tuple[BridgeStep, ...]
    plan: float
    is_outside_band: bool | None


def customer_equity(plan: Mapping[str, float | None], statistics: Mapping[str, float | None]) -> CustomerEquity:
    """Add up both kinds; an account with a plan is left out of the statistics.

    plan: lifetime value by key account's id, money, None unknown. statistics: the same for the whole base or for the
    rest of it. A key account whose plan is unknown is unknown, and is not filled with its statistics.
    """
    others = {account: value for account, value in statistics.items() if account not in plan}
    known_plan = [value for value in plan.values() if value is not None]
    known_others = [value for value in others.values() if value is not None]
    return CustomerEquity(
        sum(known_plan),
        sum(known_others),
        len(known_plan),
        len(known_others),
        tuple(sorted(account for account, value in {**plan, **others}.items() if value is None)),
    )


def bridge(
    statistical: Sequence[ForecastYear],
    plan: Sequence[ForecastYear],
    discount: float,
    *,
    band: tuple[float, float] | None = None,
    timing: Timing = "end",
) -> Bridge:
    """Exchange the statistical forecast for the plan, one input after the other in all years.

    statistical, plan: the same years. discount: per year. band: P10 and P90 of the statistical value, money. The order
    is fixed (`STEPS`), because each step's change depends on those before it. Raises BadInput when the years differ.
    """
    bounds.same_length("plan", plan, "statistical forecast", statistical)
    if band is not None and not band[0] <= band[1]:
        raise BadInput(
            _("The band runs from {low:g} to {high:g}; its P10 has to come first.").format(low=band[0], high=band[1]),
            reason="order",
            field="band",
        )
    years = list(statistical)
    start = reached = forecast_value(years, discount, timing=timing)
    steps = []
    for name in STEPS:
        years = [replace(year, **{name: getattr(to, name)}) for year, to in zip(years, plan, strict=True)]
        value = forecast_value(years, discount, timing=timing)
        steps.append(BridgeStep(name, value - reached, value))
        reached = value
    return Bridge(start, tuple(steps), reached, None if band is None else not band[0] <= reached <= band[1])

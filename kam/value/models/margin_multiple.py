"""Lifetime value as a multiple of one year's margin (Gupta & Lehmann 2003, 2005; METHOD 3.3)."""

from __future__ import annotations

from typing import Literal

from kam.errors import BadInput
from kam.value.models import bounds
from kam.words import _

FirstMargin = Literal["now", "mid", "end"]


def margin_multiple(
    retention: float, discount: float, growth: float = 0.0, *, first_margin: FirstMargin = "end"
) -> float:
    """How many times this year's margin an account is worth when nothing ever changes.

    r / (1 + i − r·(1 + g)) with the first margin one year ahead (`end`), where an account has to survive the first
    year to pay it; `now` pays a margin at once, (1 + i) / (1 + i − r·(1 + g)); `mid` is half a year before `end`,
    times (1 + i)^½. Infinite horizon.

    retention r: share of accounts kept per year, 0 ≤ r < 1. discount i: per year, above 0. growth g: of the margin,
    per year, above −1. Raises BadInput when a rate is out of range, and when r·(1 + g) reaches 1 + i, where the sum
    has no limit. Gupta & Lehmann (2005), table of margin multiples: CLV-03, CLV-04.
    """
    r = bounds.within(retention, "retention", 0, 1, open_high=True)
    i = bounds.positive(discount, "discount")
    g = bounds.within(growth, "growth", -1, open_low=True)
    room = 1 + i - r * (1 + g)
    if room <= 1e-12:
        raise BadInput(
            _(
                "growth is {growth:g}, and kept accounts would then grow as fast as money is discounted; "
                "with retention {retention:g} and discount {discount:g} it has to stay below {bound:.6g}."
            ).format(growth=g, retention=r, discount=i, bound=(1 + i) / r - 1),
            reason="growth_bound",
            field="growth",
        )
    if first_margin == "now":
        return (1 + i) / room
    if first_margin == "mid":
        return r / room * (1 + i) ** 0.5
    return r / room


def lifetime_value(
    margin: float, retention: float, discount: float, growth: float = 0.0, *, first_margin: FirstMargin = "end"
) -> float:
    """`margin` (money per year, may be negative: a loss that goes on) times its multiple."""
    return bounds.number(margin, "margin") * margin_multiple(retention, discount, growth, first_margin=first_margin)


def per_period(annual: float, periods: float, *, field: str = "discount") -> float:
    """An annual effective rate per period, (1 + i)^(1/periods) − 1; 12 periods make a monthly rate (METHOD 0.5)."""
    return (1 + bounds.rate(annual, field)) ** (1 / bounds.positive(periods, "periods")) - 1


def retention_per_period(annual: float, periods: float) -> float:
    """An annual retention per period, r^(1/periods)."""
    return bounds.share(annual, "retention") ** (1 / bounds.positive(periods, "periods"))


def real_rate(nominal: float, inflation: float) -> float:
    """The real rate in (1 + nominal) = (1 + real)·(1 + inflation)."""
    return (1 + bounds.rate(nominal, "nominal rate")) / (1 + bounds.rate(inflation, "inflation")) - 1

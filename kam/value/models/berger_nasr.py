"""Lifetime value with constant margins and retention spending (Berger & Nasr 1998; METHOD 3.3)."""

from __future__ import annotations

from kam.value.models import bounds


def constant_margin_value(
    margin: float,
    retention_spend: float,
    years: int,
    retention: float,
    discount: float,
    *,
    cycles_per_year: float = 1,
) -> float:
    """Case 1: GC·Σ_{i=0..n} r^i/(1+d)^i − M·Σ_{i=1..n} r^(i−1)/(1+d)^(i−½).

    Margins come at the start of each cycle, beginning now and n + 1 times; the spending that keeps the account comes
    in the middle of each cycle, for the accounts kept so far. Case 2a: with several cycles a year, margin, spending
    and retention are per cycle and the exponent of the discount is i/p.

    margin GC, retention_spend M: money per cycle. years n: cycles counted, 0 or more. retention r: per cycle, 0..1.
    discount d: per year, above −1. cycles_per_year p: above 0. Raises BadInput naming the field. Published: CLV-01.
    """
    gc = bounds.number(margin, "margin")
    spend = bounds.number(retention_spend, "retention spend")
    n = bounds.whole(years, "years")
    r = bounds.share(retention, "retention")
    step = (1 + bounds.rate(discount, "discount")) ** (1 / bounds.positive(cycles_per_year, "cycles per year"))
    margins = sum((r / step) ** i for i in range(n + 1))
    spending = sum(r ** (i - 1) / step ** (i - 0.5) for i in range(1, n + 1))
    return gc * margins - spend * spending

"""Units of measure and how each is shown. A figure on screen always comes from here."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from kam.words import _

UNKNOWN = "–"

# unit id -> what a criteria file or a parameter calls it
UNITS = {
    "reporting currency": _("reporting currency"),
    "share": _("share"),
    "orders": _("orders"),
    "months": _("months"),
    "days": _("days"),
    "products": _("products"),
    "date": _("date"),
    "points": _("points 0–10"),
}

# What one of a unit is called.
_ONE = {"orders": _("order"), "months": _("month"), "days": _("day"), "products": _("product")}

# The no-break space keeps a figure and its unit on one line.
GAP = "\N{NO-BREAK SPACE}"


def money(amount: Decimal | float | None, currency: str, *, decimals: int = 0) -> str:
    """1,234,567 EUR; unknown as a dash."""
    if amount is None:
        return UNKNOWN
    return f"{amount:,.{decimals}f}{GAP}{currency}".replace("-", "\N{MINUS SIGN}")


def short_money(amount: Decimal | float | None, currency: str) -> str:
    """1.23 M EUR, 45 k EUR: for headlines, three significant figures."""
    if amount is None:
        return UNKNOWN
    size = abs(float(amount))
    for bound, divisor, mark in ((999_500_000, 1e9, "bn"), (999_500, 1e6, "M"), (1_000, 1e3, "k")):
        if size >= bound:
            figure = float(amount) / divisor
            decimals = 2 if abs(figure) < 9.995 else 1 if abs(figure) < 99.95 else 0
            return f"{figure:,.{decimals}f}{GAP}{mark}{GAP}{currency}".replace("-", "\N{MINUS SIGN}")
    return money(amount, currency)


def share(value: Decimal | float | None, *, decimals: int = 1) -> str:
    """0.1234 as 12.3 %; unknown as a dash."""
    if value is None:
        return UNKNOWN
    return f"{float(value) * 100:,.{decimals}f}{GAP}%".replace("-", "\N{MINUS SIGN}")


def count(value: int | None) -> str:
    """1,234; unknown as a dash."""
    return UNKNOWN if value is None else f"{value:,}".replace("-", "\N{MINUS SIGN}")


def day(value: date | None) -> str:
    """31 May 2005; unknown as a dash."""
    return UNKNOWN if value is None else f"{value.day} {value:%b %Y}"


def shown(value: object, unit: str, currency: str) -> str:
    """A value in its unit, as text."""
    if value is None:
        return UNKNOWN
    if unit == "reporting currency":
        return money(value, currency)
    if unit.startswith("share"):
        return share(value)
    if unit == "date":
        return day(value)
    is_whole = not isinstance(value, float | Decimal) or value == int(value)
    figure = count(int(value)) if is_whole else f"{value:,.2f}".replace("-", "\N{MINUS SIGN}")
    called = _ONE.get(unit, unit) if is_whole and abs(value) == 1 else unit
    return f"{figure}{GAP}{called}"

"""Figures as readers see them: one of a unit is said in the singular, a loss has a minus sign and no hyphen."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kam import units

SHOWN = {
    (None, "days"): "–",
    (1, "days"): "1 day",
    (-1, "days"): "−1 day",
    (0, "days"): "0 days",
    (2, "orders"): "2 orders",
    (1, "orders"): "1 order",
    (1.0, "months"): "1 month",
    (1.5, "months"): "1.50 months",
    (Decimal("-0.02"), "days"): "−0.02 days",
    (Decimal("1.00"), "products"): "1 product",
    (-3, "follow-ups"): "−3 follow-ups",
    (-1234567, "reporting currency"): "−1,234,567 EUR",
    (0.1234, "share of revenue"): "12.3 %",
    (date(2005, 5, 1), "date"): "1 May 2005",
}


@pytest.mark.parametrize(("value", "unit", "expected"), [(*given, text) for given, text in SHOWN.items()])
def test_a_value_is_shown_in_its_unit(value, unit, expected):
    assert units.shown(value, unit, "EUR").replace(units.GAP, " ") == expected

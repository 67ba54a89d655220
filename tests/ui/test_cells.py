"""A value stands in its cell in its unit; unknown is a dash, never 0."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from kam.ui.cells import Column, cell, shown


@pytest.mark.parametrize(
    ("unit", "value", "text"),
    [
        ("reporting currency", Decimal("-1234567.49"), "−1,234,567"),
        ("reporting currency", Decimal("0.00"), "0"),
        ("share", 0.1234, "12.3"),
        ("days", 12, "12"),
        ("number", Decimal("2.5000"), "2.50"),
        ("date", date(2025, 5, 31), "31 May 2025"),
        ("datetime", datetime(2025, 5, 31, 9, 5), "31 May 2025, 09:05"),
        ("flag", True, "★"),
        ("flag", False, ""),
        ("text", True, "yes"),
        ("text", "a\nb", "a b"),
        ("status", "due_soon", "due soon"),
        ("words", "executive_visit", "executive visit"),
    ],
)
def test_a_value_is_shown_in_its_unit(unit, value, text):
    assert shown(value, Column("x", "X", unit)) == text


@pytest.mark.parametrize("unit", ["reporting currency", "share", "date", "text", "count", "flag"])
def test_unknown_is_a_dash_and_marked_as_missing(unit):
    assert cell({"x": None}, Column("x", "X", unit)) == {"t": "–", "m": True}


def test_a_status_carries_word_shape_and_tone():
    assert cell({"x": "overdue"}, Column("x", "X", "status")) == {"t": "overdue", "s": "bad", "g": "■"}


def test_an_estimate_and_a_loss_look_it():
    row = {"x": Decimal(-5), "is_estimated": True}
    drawn = cell(row, Column("x", "X", "reporting currency", estimated_by="is_estimated"))
    assert drawn["e"] and drawn["x"]


def test_rows_of_different_units_show_each_its_own():
    column = Column("x", "X", unit_by="unit")
    assert cell({"x": Decimal(5), "unit": "reporting currency"}, column, "EUR")["t"] == "5\N{NO-BREAK SPACE}EUR"
    assert cell({"x": 0.5, "unit": "share"}, column, "EUR")["t"] == "50.0\N{NO-BREAK SPACE}%"


def test_the_heading_names_the_unit_that_cells_leave_out():
    assert Column("x", "Revenue", "reporting currency").heading("EUR") == "Revenue, EUR"
    assert Column("x", "Growth", "share").heading("EUR") == "Growth, %"

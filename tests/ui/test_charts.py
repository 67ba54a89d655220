"""Charts show text from data as text, name what is missing, and draw losses as losses."""

from __future__ import annotations

from datetime import date

import pytest
import streamlit as st

from kam.ui import bar_charts, point_charts, range_charts, style

TITLES = {"title": "Finding", "subtitle": "What, as of when", "empty": "Import order lines first."}


@pytest.fixture
def drawn(monkeypatch):
    """The figures that were drawn, and the captions."""
    seen = {"figures": [], "captions": []}
    monkeypatch.setattr(st, "plotly_chart", lambda figure, **_rest: seen["figures"].append(figure.to_plotly_json()))
    monkeypatch.setattr(st, "caption", seen["captions"].append)
    return seen


def draw_all(records, points, steps):
    bar_charts.bars(records, name="name", value="value", key="a", **TITLES)
    bar_charts.months(records, month="month", value="value", before="before", key="b", **TITLES)
    point_charts.lines(points, key="c", **TITLES)
    bar_charts.waterfall(steps, key="d", **TITLES)
    point_charts.bubbles(
        records, name="name", x="value", y="value", size="value", x_title="x", y_title="y", key="e", **TITLES
    )
    point_charts.dots(records, name="name", value="value", before="before", key="f", **TITLES)
    middle = records[0]["value"]
    range_charts.tornado(records, name="name", low="before", high="value", middle=middle, key="g", **TITLES)
    range_charts.ranges(records, name="name", low="before", middle="value", high="value", key="h", **TITLES)
    range_charts.slopes(
        records, name="name", left="before", right="value", left_name="l", right_name="r", key="i", id="name", **TITLES
    )


def test_names_from_data_take_no_effect_in_any_chart(drawn):
    name = '<b>Alpha</b> <a href="http://192.0.2.1">x</a>'
    record = {"name": name, "value": 4, "before": 3, "month": date(2025, 1, 1)}
    draw_all([record], {name: [(1, 2), (2, 3)]}, [(name, 5, True), ("Rest", 5, True)])
    assert len(drawn["figures"]) == 9
    for figure in drawn["figures"]:
        assert "<b>" not in str(figure) and "<a " not in str(figure)


def test_every_chart_without_a_known_value_says_what_is_missing(drawn):
    record = {"name": "Alpha", "value": None, "before": None, "month": date(2025, 1, 1)}
    draw_all([record], {"Alpha": [(1, None)]}, [("Revenue", None, True)])
    assert not drawn["figures"]
    assert drawn["captions"] == ["Import order lines first\\."] * 9


def test_a_loss_takes_the_colour_of_a_loss_and_a_highlight_the_accent(drawn):
    records = [{"name": n, "value": v} for n, v in (("A", 3), ("B", 2), ("C", -1))]
    bar_charts.bars(records, name="name", value="value", key="a", highlight={"A"}, **TITLES)
    colours = style.LIGHT
    assert list(drawn["figures"][0]["data"][0]["marker"]["color"]) == [colours.bad, colours.grey, colours.accent]


def test_a_waterfall_steps_down_from_revenue_to_what_remains(drawn):
    steps = [("Revenue", 100, True), ("Cost", -60, False), ("Serving", -50, False), ("Rest", -10, True)]
    bar_charts.waterfall(steps, key="d", **TITLES)
    bars = drawn["figures"][0]["data"][0]
    assert list(bars["base"]) == [0, 100, 40, 0]
    assert list(bars["y"]) == [100, -60, -50, -10]
    assert bars["marker"]["color"][3] == style.LIGHT.bad


def test_a_tornado_grows_from_the_middle_to_both_sides(drawn):
    records = [{"name": "Revenue", "low": 60, "high": 130}, {"name": "Cost", "low": 105, "high": 95}]
    range_charts.tornado(records, name="name", low="low", high="high", middle=100, key="g", **TITLES)
    low, _names, high, _tips = drawn["figures"][0]["data"]
    assert list(low["base"]) == [100, 100] and list(low["x"]) == [-40, 5] and list(high["x"]) == [30, -5]


def test_slopes_stand_in_the_order_of_ranks_with_who_falls_in_the_colour_of_a_loss(drawn):
    records = [
        {"account_id": one, "name": one, "left": left, "right": right}
        for one, left, right in (("A", 1, 380), ("B", 2, 1), ("C", 3, 2))
    ]
    range_charts.slopes(
        records, name="name", left="left", right="right", left_name="l", right_name="r", key="i", falls=["A"], **TITLES
    )
    lines = drawn["figures"][0]["data"]
    assert [list(line["y"]) for line in lines] == [[2, 0], [1, 2], [0, 1]]
    assert [line["line"]["color"] == style.LIGHT.bad for line in lines] == [True, False, False]

"""A figure's change: its arrow and its colour say the same."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def shown(change):
    def script(change):
        from kam import ui

        ui.figure("Revenue", 100.0, "reporting currency", currency="EUR", change=change)

    run = AppTest.from_function(script, args=(change,), default_timeout=30).run()
    assert not run.exception
    return run.metric[0].proto


@pytest.mark.parametrize(
    ("change", "colour", "arrow"), [(0.2, "GREEN", "UP"), (-0.2, "RED", "DOWN"), (0.0, "GRAY", "NONE")]
)
def test_a_fall_is_red_and_points_down_a_rise_is_green_and_points_up(change, colour, arrow):
    proto = shown(change)
    assert proto.MetricColor.Name(proto.color) == colour
    assert proto.MetricDirection.Name(proto.direction) == arrow

"""The importance-performance picture: importance upward, performance to the right, each point with its interval."""

from __future__ import annotations

from collections.abc import Sequence

from kam import benchmarking
from kam.ui.charts import name_of, nothing, show
from kam.ui.point_labels import Bubble, label_places
from kam.ui.states import state
from kam.ui.style import palette
from kam.words import _

_ROOM = 0.05  # of the span, beside the outermost point


def priorities_chart(found: benchmarking.Picture, *, title: str, subtitle: str, key: str) -> None:
    """Filled: decided; empty: the interval crosses a line. The accent is where customers ask us to concentrate."""
    placed = [a for a in found.attributes if a.quadrant is not None]
    if not placed:
        return nothing(title, _("No attribute was marked both for importance and for performance."))
    import plotly.graph_objects as go

    colours = palette()
    across = _span([a.performance for a in placed], found.performance_line, found.scale)
    up = _span([a.importance for a in placed], found.importance_line, found.scale)
    shades = [colours.accent if a.quadrant == "concentrate" else colours.grey for a in placed]
    places = label_places(
        [
            Bubble(
                name_of(a.attribute),
                (a.performance.value - across[0]) / (across[1] - across[0]),
                (a.importance.value - up[0]) / (up[1] - up[0]),
                6,
            )
            for a in placed
        ]
    )
    points = go.Scatter(
        x=[a.performance.value for a in placed],
        y=[a.importance.value for a in placed],
        mode="markers+text",
        marker={
            "size": 12,
            "color": shades,
            "symbol": ["circle-open" if a.is_undecided else "circle" for a in placed],
            "line": {"width": 2, "color": shades},
        },
        text=[name_of(a.attribute) if place else "" for a, place in zip(placed, places, strict=True)],
        textposition=[place or "top center" for place in places],
        textfont={"size": 12, "color": colours.text},
        hovertext=[_told(a) for a in placed],
        hoverinfo="text",
        cliponaxis=False,
    )
    bars = [
        go.Scatter(x=x, y=y, mode="lines", line={"color": colours.grey_soft, "width": 2}, hoverinfo="skip")
        for a in placed
        for x, y in _bars(a)
    ]
    corners = (
        (across[0], up[1], "left", "top", "concentrate"),
        (across[1], up[1], "right", "top", "keep_up"),
        (across[0], up[0], "left", "bottom", "low_priority"),
        (across[1], up[0], "right", "bottom", "overkill"),
    )
    line = {"type": "line", "line": {"color": colours.grey, "width": 1, "dash": "dot"}}
    show(
        [*bars, points],
        key=key,
        title=title,
        subtitle=subtitle,
        height=520,
        layout={
            "annotations": [
                {
                    "x": x,
                    "y": y,
                    "text": state(code).word,
                    "xanchor": xanchor,
                    "yanchor": yanchor,
                    "showarrow": False,
                    "font": {"color": colours.quiet, "size": 12},
                }
                for x, y, xanchor, yanchor, code in corners
            ],
            "shapes": [
                line | {"x0": found.performance_line, "x1": found.performance_line, "y0": up[0], "y1": up[1]},
                line | {"x0": across[0], "x1": across[1], "y0": found.importance_line, "y1": found.importance_line},
            ],
            "xaxis": {"title": {"text": _("How well we do")}, "range": list(across), "showgrid": False, "nticks": 6},
            "yaxis": {"title": {"text": _("How much it matters")}, "range": list(up), "showgrid": False, "nticks": 6},
        },
    )
    return None


def _span(means: Sequence[benchmarking.Mean], line: float, scale: tuple[float, float]) -> tuple[float, float]:
    """From the lowest to the highest end of an interval within the scale, with room at both ends."""
    ends = [line]
    for mean in means:
        ends += [mean.value if mean.low is None else mean.low, mean.value if mean.high is None else mean.high]
    low, high = max(min(ends), scale[0]), min(max(ends), scale[1])
    room = max((high - low) * 2 * _ROOM, (scale[1] - scale[0]) * _ROOM)
    return low - room, high + room


def _bars(a: benchmarking.Placed) -> list[tuple[list[float], list[float]]]:
    drawn: list[tuple[list[float], list[float]]] = []
    if a.performance.low is not None:
        drawn.append(([a.performance.low, a.performance.high], [a.importance.value] * 2))
    if a.importance.low is not None:
        drawn.append(([a.performance.value] * 2, [a.importance.low, a.importance.high]))
    return drawn


def _told(a: benchmarking.Placed) -> str:
    word = state(a.quadrant).word + (f", {_('undecided')}" if a.is_undecided else "")
    return (
        f"{name_of(a.attribute)}<br>{_('importance')} {_mean(a.importance)} · "
        f"{_('performance')} {_mean(a.performance)}<br>{word}"
    )


def _mean(mean: benchmarking.Mean) -> str:
    return f"{mean.value:.2f}" if mean.low is None else f"{mean.value:.2f} ({mean.low:.2f}–{mean.high:.2f})"


def interval_told(mean: benchmarking.Mean) -> str | None:
    """The interval as a table shows it: 3.1–3.9; unknown for fewer than two answers."""
    return None if mean.low is None else f"{mean.low:.2f}–{mean.high:.2f}"

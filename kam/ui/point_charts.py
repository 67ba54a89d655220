"""Lines, the matrix of bubbles, and dots beside those of the round before."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from kam.ui.charts import label_of, name_of, nothing, number, show, with_currency
from kam.ui.style import palette


def lines(
    series: Mapping[str, Sequence[tuple[Any, Any]]],
    *,
    key: str,
    title: str,
    subtitle: str,
    empty: str,
    unit: str = "reporting currency",
    currency: str = "",
    accent: str | None = None,
    x_title: str = "",
    y_title: str = "",
    x_range: tuple[float, float] | None = None,
    y_range: tuple[float, float] | None = None,
    marks: Sequence[tuple[Any, Any, str, bool]] = (),
) -> None:
    """Lines named at their last point. series: name → (x, y) pairs; accent: the one that the title speaks of.

    marks: (x, y, text, is_named) points on them, each with its text on hovering and, where is_named, beside it.
    """
    drawn = {n: [(x, number(y)) for x, y in points if y is not None] for n, points in series.items()}
    drawn = {n: points for n, points in drawn.items() if points}
    if not drawn:
        return nothing(title, empty)
    import plotly.graph_objects as go

    colours = palette()
    accent = accent if accent in drawn else next(iter(drawn))
    traces, notes = [], []
    for name, points in drawn.items():
        shade = colours.accent if name == accent else colours.grey
        traces.append(
            go.Scatter(
                x=[x for x, _y in points],
                y=[y for _x, y in points],
                mode="lines" if len(points) > 1 else "markers",
                line={"color": shade, "width": 2.4 if name == accent else 1.6},
                marker={"color": shade, "size": 7},
                hovertext=[f"{name_of(name)}: {label_of(y, unit, currency)}" for _x, y in points],
                hoverinfo="text",
            )
        )
        notes.append(
            {
                "x": points[-1][0],
                "y": points[-1][1],
                "text": name_of(name),
                "xanchor": "left",
                "xshift": 6,
                "showarrow": False,
                "font": {"color": shade if name == accent else colours.quiet, "size": 12},
            }
        )
    if marks:
        traces.append(
            go.Scatter(
                x=[x for x, _y, _text, _named in marks],
                y=[number(y) for _x, y, _text, _named in marks],
                mode="markers+text",
                marker={"color": colours.accent, "size": 9, "line": {"color": colours.background, "width": 1.5}},
                text=[f"★ {name_of(text)}" if is_named else "" for _x, _y, text, is_named in marks],
                textposition="bottom left",
                textfont={"color": colours.text, "size": 12},
                cliponaxis=False,
                hovertext=[name_of(text) for _x, _y, text, _named in marks],
                hoverinfo="text",
            )
        )
    show(
        traces,
        key=key,
        title=title,
        subtitle=with_currency(subtitle, unit, currency),
        height=320,
        layout={
            "annotations": notes,
            "margin": {"l": 8, "r": 120, "t": 8, "b": 8},
            "xaxis": {"showgrid": False, "title": {"text": x_title}, "range": x_range and list(x_range)},
            "yaxis": {
                "tickformat": ".0%" if unit.startswith("share") else "~s",
                "nticks": 6,
                "title": {"text": y_title},
                "range": y_range and list(y_range),
            },
        },
    )
    return None


def bubbles(
    records: Sequence[Mapping[str, Any]],
    *,
    name: str,
    x: str,
    y: str,
    size: str,
    key: str,
    title: str,
    subtitle: str,
    empty: str,
    x_title: str,
    y_title: str,
    x_cut: float = 5,
    y_cut: float = 5,
    corners: Sequence[str] = (),
    highlight: str | None = None,
    is_x_reversed: bool = True,
    axis_range: tuple[float, float] = (0, 10),
) -> None:
    """The matrix: attractiveness upward, strength drawn high on the left. Bubble area ∝ size.

    corners: names of the cells, upper left, upper right, lower left, lower right. highlight: a boolean
    column; true takes the accent and its name.
    """
    known = [r for r in records if r.get(x) is not None and r.get(y) is not None]
    if not known:
        return nothing(title, empty)
    import plotly.graph_objects as go

    colours = palette()
    known.sort(key=lambda r: -max(number(r.get(size)) or 0, 0))
    most = max(number(known[0].get(size)) or 0, 1e-9)
    is_key = [bool(highlight and r.get(highlight)) for r in known]
    named = {i for i, k in enumerate(is_key) if k} if any(is_key) else set(range(len(known)))
    if len(named) > 30:
        named = set(sorted(named)[:30])
    trace = go.Scatter(
        x=[number(r[x]) for r in known],
        y=[number(r[y]) for r in known],
        mode="markers+text",
        marker={
            "size": [max(number(r.get(size)) or 0, 0) for r in known],
            "sizemode": "area",
            "sizeref": 2 * most / 46**2,
            "sizemin": 4,
            "color": [colours.accent if k or not any(is_key) else colours.grey for k in is_key],
            "opacity": 0.75,
            "line": {"width": 1, "color": colours.background},
        },
        text=[name_of(r[name]) if i in named else "" for i, r in enumerate(known)],
        textposition="top center",
        textfont={"size": 11, "color": colours.text},
        hovertext=[
            f"{name_of(r[name])}<br>{x_title}: {number(r[x]):.1f} · {y_title}: {number(r[y]):.1f}" for r in known
        ],
        hoverinfo="text",
    )
    low, high = axis_range
    left, right = (high, low) if is_x_reversed else (low, high)
    places = (
        (left, high, "left", "top"),
        (right, high, "right", "top"),
        (left, low, "left", "bottom"),
        (right, low, "right", "bottom"),
    )
    notes = [
        {
            "x": px,
            "y": py,
            "text": name_of(text),
            "xanchor": ax,
            "yanchor": ay,
            "showarrow": False,
            "font": {"color": colours.quiet, "size": 12},
        }
        for text, (px, py, ax, ay) in zip(corners, places, strict=False)
    ]
    cut = {"type": "line", "line": {"color": colours.grey, "width": 1, "dash": "dot"}}
    show(
        [trace],
        key=key,
        title=title,
        subtitle=subtitle,
        height=520,
        layout={
            "annotations": notes,
            "shapes": [
                cut | {"x0": x_cut, "x1": x_cut, "y0": low, "y1": high},
                cut | {"x0": low, "x1": high, "y0": y_cut, "y1": y_cut},
            ],
            "xaxis": {"title": {"text": x_title}, "range": [left, right], "showgrid": False},
            "yaxis": {"title": {"text": y_title}, "range": [low, high], "showgrid": False},
        },
    )
    return None


def dots(
    records: Sequence[Mapping[str, Any]],
    *,
    name: str,
    value: str,
    key: str,
    title: str,
    subtitle: str,
    empty: str,
    before: str | None = None,
    reference: str | None = None,
    axis_range: tuple[float, float] = (0, 100),
    is_log: bool = False,
    decimals: int = 0,
    keeps_unknown: bool = False,
    before_name: str = "",
    reference_name: str = "",
    value_name: str = "",
) -> None:
    """A dot plot: this round in the accent, the one before as an empty ring, a reference as a short bar.

    is_log: a logarithmic axis; the ends of axis_range are above 0 then, and may fall from left to right. decimals: at
    most so many at the dots. keeps_unknown: a record without a value keeps its line, with its reference alone.
    """
    known = [r for r in records if keeps_unknown or r.get(value) is not None or (before and r.get(before) is not None)]
    if not known:
        return nothing(title, empty)
    import plotly.graph_objects as go

    colours = palette()
    known = known[::-1]
    rows = list(range(len(known)))
    traces: list[Any] = []
    shapes = []
    if before:
        for at, r in zip(rows, known, strict=True):
            if r.get(before) is not None and r.get(value) is not None:
                shapes.append(
                    {
                        "type": "line",
                        "x0": number(r[before]),
                        "x1": number(r[value]),
                        "y0": at,
                        "y1": at,
                        "line": {"color": colours.grey_soft, "width": 3},
                        "layer": "below",
                    }
                )
        traces.append(
            _dots(
                go,
                known,
                rows,
                before,
                before_name,
                {"symbol": "circle-open", "size": 11, "color": colours.grey, "line": {"width": 2}},
            )
        )
    if reference:
        traces.append(
            _dots(
                go,
                known,
                rows,
                reference,
                reference_name,
                {"symbol": "line-ns", "size": 14, "color": colours.quiet, "line": {"width": 2, "color": colours.quiet}},
            )
        )
    now = _dots(go, known, rows, value, value_name, {"symbol": "circle", "size": 12, "color": colours.accent})
    now.update(
        mode="markers+text",
        text=["" if r.get(value) is None else f"{round(number(r[value]), decimals):g}" for r in known],
        textposition="top center",
        textfont={"size": 11},
    )
    traces.append(now)
    show(
        traces,
        key=key,
        title=title,
        subtitle=subtitle,
        height=max(220, 40 * len(known) + 60),
        layout={
            "shapes": shapes,
            "showlegend": len(traces) > 1,
            "legend": {"orientation": "h", "y": 1.08, "x": 0},
            "xaxis": {"type": "log", "range": [math.log10(end) for end in axis_range], "dtick": 1}
            if is_log
            else {"range": list(axis_range)},
            "yaxis": {
                "tickmode": "array",
                "tickvals": rows,
                "ticktext": [name_of(r[name]) for r in known],
                "showgrid": False,
                "tickfont": {"color": colours.text},
                "range": [-0.6, len(known) - 0.2],
            },
        },
    )
    return None


def _dots(
    go: Any, known: Sequence[Mapping[str, Any]], rows: Sequence[int], column: str, name: str, marker: dict
) -> Any:
    return go.Scatter(
        x=[number(r.get(column)) for r in known],
        y=list(rows),
        mode="markers",
        marker=marker,
        name=name_of(name or column),
        hovertemplate="%{x:.1f}<extra></extra>",
    )

"""Charts: the title is the finding, the subtitle says what and as of when, labels stand at the marks.

One accent for what the title speaks of, greys for the rest. Text from data is made inert here: Plotly reads
a little HTML in labels. Every chart has an empty state and an alternative text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import streamlit as st

from kam.ui.style import Palette, palette
from kam.ui.text import escaped, plain
from kam.units import UNKNOWN, day, share, short_money, shown
from kam.words import _

_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}
_ROW, _LEAST = 30, 220


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _label(value: Any, unit: str, currency: str) -> str:
    if value is None:
        return UNKNOWN
    if unit == "reporting currency":
        return short_money(value, currency).rstrip()
    if unit.startswith("share"):
        return share(value)
    if unit == "text":
        return plain(value)
    return shown(value, unit, currency)


def _in(subtitle: str, unit: str, currency: str) -> str:
    """The subtitle with the currency, which labels at the marks leave out."""
    return f"{subtitle}, {currency}" if unit == "reporting currency" and currency else subtitle


def _name(text: Any) -> str:
    """Text from data for Plotly, which reads <b>, <a href> and entities."""
    return plain(text, longest=60).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _headed(title: str, subtitle: str) -> None:
    st.markdown(f"**{escaped(title)}**")
    if subtitle:
        st.caption(escaped(subtitle))


def _show(
    traces: Sequence[Any], *, key: str, title: str, subtitle: str, height: int, layout: Mapping[str, Any]
) -> None:
    import plotly.graph_objects as go

    colours = palette()
    axis = {"gridcolor": colours.line, "zeroline": False, "fixedrange": True, "tickfont": {"color": colours.quiet}}
    figure = go.Figure(list(traces))
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        showlegend=False,
        hovermode="closest",
        font={"color": colours.text, "size": 13},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        bargap=0.35,
    )
    figure.update_xaxes(automargin=True, **axis)
    figure.update_yaxes(automargin=True, **axis)
    figure.update_layout(layout)
    with st.container(key=f"chart-{key}", gap=None):
        _headed(title, subtitle)
        st.plotly_chart(figure, key=key, config=_CONFIG, theme="streamlit", alt=f"{plain(title)}. {plain(subtitle)}")


def _nothing(title: str, empty: str) -> None:
    st.markdown(f"**{escaped(title)}**")
    st.caption(escaped(empty))


def bars(
    records: Sequence[Mapping[str, Any]],
    *,
    name: str,
    value: str,
    key: str,
    title: str,
    subtitle: str,
    empty: str,
    unit: str = "reporting currency",
    currency: str = "",
    highlight: Collection[Any] = (),
    id: str | None = None,
    limit: str | None = None,
    limit_name: str = "",
) -> None:
    """Horizontal bars in the order given (the largest first reads best), values at their ends.

    highlight: values of `id` (or of `name`) that take the accent; losses take the warning colour.
    limit: a column with the length that a bar should not pass, drawn as a line; limit_name: what it is called.
    """
    known = [r for r in records if r.get(value) is not None]
    if not known:
        return _nothing(title, empty)
    import plotly.graph_objects as go

    colours = palette()
    known = known[::-1]
    marked = [r[id or name] in highlight if highlight else True for r in known]
    shade = [
        colours.bad if _number(r[value]) < 0 else colours.accent if m else colours.grey
        for r, m in zip(known, marked, strict=True)
    ]
    rows, amounts = list(range(len(known))), [_number(r[value]) for r in known]
    drawn = go.Bar(x=amounts, y=rows, orientation="h", marker={"color": shade}, hoverinfo="skip")
    # Labels stand right of their bar, of a loss right of zero, so that they never run into the names.
    labels = go.Scatter(
        x=[max(amount, 0) for amount in amounts],
        y=rows,
        mode="text",
        text=[f" {_label(r[value], unit, '')}" for r in known],
        textposition="middle right",
        textfont={"color": colours.text},
        cliponaxis=False,
        hoverinfo="skip",
    )
    low, high = min(0.0, *amounts), max(0.0, *amounts)
    traces = [drawn, labels]
    if limit:
        limits = [_number(r.get(limit)) for r in known]
        high = max(high, *(most for most in limits if most is not None), 0.0)
        mark = {"symbol": "line-ns", "size": 18, "line": {"width": 2, "color": colours.text}}
        tips = [f"{_name(limit_name)}: {_label(r.get(limit), unit, currency)}" for r in known]
        traces.append(go.Scatter(x=limits, y=rows, mode="markers", marker=mark, hovertext=tips, hoverinfo="text"))
    _show(
        traces,
        key=key,
        title=title,
        subtitle=_in(subtitle, unit, currency),
        height=max(120, _ROW * len(known) + 24),
        layout={
            "xaxis": {"visible": False, "range": [low, high + ((high - low) * 0.25 or 1)]},
            "yaxis": {
                "tickmode": "array",
                "tickvals": rows,
                "ticktext": [_name(r[name]) for r in known],
                "tickfont": {"color": colours.text},
                "showgrid": False,
            },
        },
    )
    return None


def months(
    records: Sequence[Mapping[str, Any]],
    *,
    month: str,
    value: str,
    key: str,
    title: str,
    subtitle: str,
    empty: str,
    unit: str = "reporting currency",
    currency: str = "",
    before: str | None = None,
) -> None:
    """Columns by calendar month. before: a column with the same month a year earlier, drawn behind in grey."""
    known = [r for r in records if r.get(value) is not None]
    if not known:
        return _nothing(title, empty)
    import plotly.graph_objects as go

    colours = palette()
    places = list(range(len(known)))
    traces = []
    if before:
        earlier = [f"{r[month]:%B}, {_('a year before')}: {_label(r.get(before), unit, currency)}" for r in known]
        traces.append(
            go.Bar(
                x=places,
                y=[_number(r.get(before)) for r in known],
                marker={"color": colours.grey_soft},
                width=0.8,
                hovertext=earlier,
                hoverinfo="text",
            )
        )
    traces.append(
        go.Bar(
            x=places,
            y=[_number(r[value]) for r in known],
            marker={"color": [colours.bad if _number(r[value]) < 0 else colours.accent for r in known]},
            width=0.44 if before else 0.72,
            hovertext=[f"{r[month]:%B %Y}: {_label(r[value], unit, currency)}" for r in known],
            hoverinfo="text",
        )
    )
    step = max(1, len(known) // 4)
    named = places[::-1][::step]
    _show(
        traces,
        key=key,
        title=title,
        subtitle=_in(subtitle, unit, currency),
        height=280,
        layout={
            "barmode": "overlay",
            "xaxis": {
                "showgrid": False,
                "tickmode": "array",
                "tickvals": named,
                "ticktext": [f"{known[at][month]:%b}<br>{known[at][month]:%Y}" for at in named],
            },
            "yaxis": {"tickformat": "~s", "nticks": 5, "rangemode": "tozero"},
        },
    )
    return None


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
) -> None:
    """Lines named at their last point. series: name → (x, y) pairs; accent: the one that the title speaks of."""
    drawn = {n: [(x, _number(y)) for x, y in points if y is not None] for n, points in series.items()}
    drawn = {n: points for n, points in drawn.items() if points}
    if not drawn:
        return _nothing(title, empty)
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
                hovertext=[f"{_name(name)}: {_label(y, unit, currency)}" for _x, y in points],
                hoverinfo="text",
            )
        )
        notes.append(
            {
                "x": points[-1][0],
                "y": points[-1][1],
                "text": _name(name),
                "xanchor": "left",
                "xshift": 6,
                "showarrow": False,
                "font": {"color": shade if name == accent else colours.quiet, "size": 12},
            }
        )
    _show(
        traces,
        key=key,
        title=title,
        subtitle=_in(subtitle, unit, currency),
        height=320,
        layout={
            "annotations": notes,
            "margin": {"l": 8, "r": 120, "t": 8, "b": 8},
            "xaxis": {"showgrid": False, "title": {"text": x_title}},
            "yaxis": {
                "tickformat": ".0%" if unit.startswith("share") else "~s",
                "nticks": 6,
                "title": {"text": y_title},
            },
        },
    )
    return None


def waterfall(
    steps: Sequence[tuple[str, Any, bool]],
    *,
    key: str,
    title: str,
    subtitle: str,
    empty: str,
    currency: str = "",
) -> None:
    """From revenue to contribution: (label, amount, is_total) steps; an unknown step leaves the chart out."""
    if not steps or any(amount is None for _l, amount, _t in steps):
        return _nothing(title, empty)
    import plotly.graph_objects as go

    colours = palette()
    bases, tops, running = [], [], 0.0
    for _step, amount, is_total in steps:
        before = 0.0 if is_total else running
        running = before + _number(amount)
        bases.append(before)
        tops.append(max(before, running))
    last = len(steps) - 1
    shade = [
        (colours.bad if _number(amount) < 0 else colours.accent) if at == last else colours.grey
        for at, (_step, amount, _total) in enumerate(steps)
    ]
    names = [_name(label) for label, _amount, _total in steps]
    drawn = go.Bar(
        x=names, y=[_number(a) for _s, a, _t in steps], base=bases, marker={"color": shade}, hoverinfo="skip"
    )
    labels = go.Scatter(
        x=names,
        y=tops,
        mode="text",
        text=[_label(amount, "reporting currency", "") for _step, amount, _total in steps],
        textposition="top center",
        textfont={"color": colours.text},
        cliponaxis=False,
        hoverinfo="skip",
    )
    low, high = min(0.0, *(b + min(_number(a), 0) for b, (_s, a, _t) in zip(bases, steps, strict=True))), max(tops)
    _show(
        [drawn, labels],
        key=key,
        title=title,
        subtitle=_in(subtitle, "reporting currency", currency),
        height=280,
        layout={
            "yaxis": {"visible": False, "range": [low, high + ((high - low) * 0.12 or 1)]},
            "xaxis": {"showgrid": False, "tickfont": {"color": colours.text}},
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
        return _nothing(title, empty)
    import plotly.graph_objects as go

    colours = palette()
    known.sort(key=lambda r: -max(_number(r.get(size)) or 0, 0))
    most = max(_number(known[0].get(size)) or 0, 1e-9)
    is_key = [bool(highlight and r.get(highlight)) for r in known]
    named = {i for i, k in enumerate(is_key) if k} if any(is_key) else set(range(len(known)))
    if len(named) > 30:
        named = set(sorted(named)[:30])
    trace = go.Scatter(
        x=[_number(r[x]) for r in known],
        y=[_number(r[y]) for r in known],
        mode="markers+text",
        marker={
            "size": [max(_number(r.get(size)) or 0, 0) for r in known],
            "sizemode": "area",
            "sizeref": 2 * most / 46**2,
            "sizemin": 4,
            "color": [colours.accent if k or not any(is_key) else colours.grey for k in is_key],
            "opacity": 0.75,
            "line": {"width": 1, "color": colours.background},
        },
        text=[_name(r[name]) if i in named else "" for i, r in enumerate(known)],
        textposition="top center",
        textfont={"size": 11, "color": colours.text},
        hovertext=[
            f"{_name(r[name])}<br>{x_title}: {_number(r[x]):.1f} · {y_title}: {_number(r[y]):.1f}" for r in known
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
            "text": _name(text),
            "xanchor": ax,
            "yanchor": ay,
            "showarrow": False,
            "font": {"color": colours.quiet, "size": 12},
        }
        for text, (px, py, ax, ay) in zip(corners, places, strict=False)
    ]
    cut = {"type": "line", "line": {"color": colours.grey, "width": 1, "dash": "dot"}}
    _show(
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
    before_name: str = "",
    reference_name: str = "",
    value_name: str = "",
) -> None:
    """A dot plot: this round in the accent, the one before as an empty ring, a reference as a short bar."""
    known = [r for r in records if r.get(value) is not None or (before and r.get(before) is not None)]
    if not known:
        return _nothing(title, empty)
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
                        "x0": _number(r[before]),
                        "x1": _number(r[value]),
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
        text=["" if r.get(value) is None else f"{_number(r[value]):.0f}" for r in known],
        textposition="top center",
        textfont={"size": 11},
    )
    traces.append(now)
    _show(
        traces,
        key=key,
        title=title,
        subtitle=subtitle,
        height=max(_LEAST, 40 * len(known) + 60),
        layout={
            "shapes": shapes,
            "showlegend": len(traces) > 1,
            "legend": {"orientation": "h", "y": 1.08, "x": 0},
            "xaxis": {"range": list(axis_range)},
            "yaxis": {
                "tickmode": "array",
                "tickvals": rows,
                "ticktext": [_name(r[name]) for r in known],
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
        x=[_number(r.get(column)) for r in known],
        y=list(rows),
        mode="markers",
        marker=marker,
        name=_name(name or column),
        hovertemplate="%{x:.1f}<extra></extra>",
    )


def as_of_line(what: str, as_of: Any) -> str:
    """A subtitle: what is drawn, and as of when."""
    return _("{what}, as of {day}").format(what=what, day=day(as_of))


__all__ = ["Palette", "as_of_line", "bars", "bubbles", "dots", "lines", "months", "waterfall"]

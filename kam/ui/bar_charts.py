"""Bars, columns by month, and the way from revenue to what remains."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from kam.ui.charts import label_of, name_of, nothing, number, show, with_currency
from kam.ui.style import palette
from kam.words import _


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
        return nothing(title, empty)
    import plotly.graph_objects as go

    colours = palette()
    known = known[::-1]
    marked = [r[id or name] in highlight if highlight else True for r in known]
    shade = [
        colours.bad if number(r[value]) < 0 else colours.accent if m else colours.grey
        for r, m in zip(known, marked, strict=True)
    ]
    rows, amounts = list(range(len(known))), [number(r[value]) for r in known]
    drawn = go.Bar(x=amounts, y=rows, orientation="h", marker={"color": shade}, hoverinfo="skip")
    # Labels stand right of their bar, of a loss right of zero, so that they never run into the names.
    labels = go.Scatter(
        x=[max(amount, 0) for amount in amounts],
        y=rows,
        mode="text",
        text=[f" {label_of(r[value], unit, '')}" for r in known],
        textposition="middle right",
        textfont={"color": colours.text},
        cliponaxis=False,
        hoverinfo="skip",
    )
    low, high = min(0.0, *amounts), max(0.0, *amounts)
    traces = [drawn, labels]
    if limit:
        limits = [number(r.get(limit)) for r in known]
        high = max(high, *(most for most in limits if most is not None), 0.0)
        mark = {"symbol": "line-ns", "size": 18, "line": {"width": 2, "color": colours.text}}
        tips = [f"{name_of(limit_name)}: {label_of(r.get(limit), unit, currency)}" for r in known]
        traces.append(go.Scatter(x=limits, y=rows, mode="markers", marker=mark, hovertext=tips, hoverinfo="text"))
    show(
        traces,
        key=key,
        title=title,
        subtitle=with_currency(subtitle, unit, currency),
        height=max(120, 30 * len(known) + 24),
        layout={
            "xaxis": {"visible": False, "range": [low, high + ((high - low) * 0.25 or 1)]},
            "yaxis": {
                "tickmode": "array",
                "tickvals": rows,
                "ticktext": [name_of(r[name]) for r in known],
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
        return nothing(title, empty)
    import plotly.graph_objects as go

    colours = palette()
    places = list(range(len(known)))
    traces = []
    if before:
        earlier = [f"{r[month]:%B}, {_('a year before')}: {label_of(r.get(before), unit, currency)}" for r in known]
        traces.append(
            go.Bar(
                x=places,
                y=[number(r.get(before)) for r in known],
                marker={"color": colours.grey_soft},
                width=0.8,
                hovertext=earlier,
                hoverinfo="text",
            )
        )
    traces.append(
        go.Bar(
            x=places,
            y=[number(r[value]) for r in known],
            marker={"color": [colours.bad if number(r[value]) < 0 else colours.accent for r in known]},
            width=0.44 if before else 0.72,
            hovertext=[f"{r[month]:%B %Y}: {label_of(r[value], unit, currency)}" for r in known],
            hoverinfo="text",
        )
    )
    step = max(1, len(known) // 4)
    named = places[::-1][::step]
    show(
        traces,
        key=key,
        title=title,
        subtitle=with_currency(subtitle, unit, currency),
        height=280,
        layout={
            "barmode": "overlay",
            "xaxis": {
                "showgrid": False,
                "tickmode": "array",
                "tickvals": named,
                "ticktext": [f"{known[at][month]:%b}<br>{known[at][month]:%Y}" for at in named],
            },
            "yaxis": {"tickformat": ".0%" if unit.startswith("share") else "~s", "nticks": 5, "rangemode": "tozero"},
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
        return nothing(title, empty)
    import plotly.graph_objects as go

    colours = palette()
    bases, tops, running = [], [], 0.0
    for _step, amount, is_total in steps:
        before = 0.0 if is_total else running
        running = before + number(amount)
        bases.append(before)
        tops.append(max(before, running))
    last = len(steps) - 1
    shade = [
        (colours.bad if number(amount) < 0 else colours.accent) if at == last else colours.grey
        for at, (_step, amount, _total) in enumerate(steps)
    ]
    names = [name_of(label) for label, _amount, _total in steps]
    drawn = go.Bar(x=names, y=[number(a) for _s, a, _t in steps], base=bases, marker={"color": shade}, hoverinfo="skip")
    labels = go.Scatter(
        x=names,
        y=tops,
        mode="text",
        text=[label_of(amount, "reporting currency", "") for _step, amount, _total in steps],
        textposition="top center",
        textfont={"color": colours.text},
        cliponaxis=False,
        hoverinfo="skip",
    )
    low, high = min(0.0, *(b + min(number(a), 0) for b, (_s, a, _t) in zip(bases, steps, strict=True))), max(tops)
    show(
        [drawn, labels],
        key=key,
        title=title,
        subtitle=with_currency(subtitle, "reporting currency", currency),
        height=280,
        layout={
            "yaxis": {"visible": False, "range": [low, high + ((high - low) * 0.12 or 1)]},
            "xaxis": {"showgrid": False, "tickfont": {"color": colours.text}},
        },
    )
    return None

"""Ranges: a tornado around a middle value, ranges of several side by side, and slopes from one rank to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kam.ui.charts import label_of, name_of, nothing, number, show, with_currency
from kam.ui.style import palette


def tornado(
    records: Sequence[Mapping[str, Any]],
    *,
    name: str,
    low: str,
    high: str,
    middle: float | None,
    key: str,
    title: str,
    subtitle: str,
    empty: str,
    currency: str = "",
) -> None:
    """A bar per input from the value at its P10 (grey) to that at its P90 (accent) around the middle, largest first."""
    if not records or middle is None:
        return nothing(title, empty)
    import plotly.graph_objects as go

    colours = palette()
    rows = list(range(len(records)))[::-1]
    traces: list[Any] = []
    for column, shade, tip in ((low, colours.grey, "P10"), (high, colours.accent, "P90")):
        ends = [number(record[column]) for record in records]
        traces.append(
            go.Bar(
                x=[end - middle for end in ends],
                y=rows,
                base=[middle] * len(rows),
                orientation="h",
                marker={"color": shade},
                hoverinfo="skip",
            )
        )
        traces.append(
            go.Scatter(
                x=ends,
                y=rows,
                mode="text",
                text=[f" {tip} {label_of(end, 'reporting currency', '')} " for end in ends],
                textposition=["middle right" if end >= middle else "middle left" for end in ends],
                textfont={"color": colours.text, "size": 12},
                cliponaxis=False,
                hoverinfo="skip",
            )
        )
    every = [number(record[column]) for record in records for column in (low, high)]
    room = 0.45 * ((max(every) - min(every)) or 1)
    show(
        traces,
        key=key,
        title=title,
        subtitle=with_currency(subtitle, "reporting currency", currency),
        height=max(140, 38 * len(records) + 30),
        layout={
            "barmode": "overlay",
            "shapes": [_line(middle, len(rows), colours.text)],
            "xaxis": {"visible": False, "range": [min(every) - room, max(every) + room]},
            "yaxis": _names(rows, [record[name] for record in records], colours),
        },
    )
    return None


def ranges(
    records: Sequence[Mapping[str, Any]],
    *,
    name: str,
    low: str,
    middle: str,
    high: str,
    key: str,
    title: str,
    subtitle: str,
    empty: str,
    currency: str = "",
    ends: tuple[str, str, str] = ("P10", "P50", "P90"),
) -> None:
    """A line per record from low to high with its middle as a dot, in the order given. ends: what the three are called."""
    known = [record for record in records if record.get(middle) is not None]
    if not known:
        return nothing(title, empty)
    import plotly.graph_objects as go

    colours = palette()
    rows = list(range(len(known)))[::-1]
    shades = [colours.bad if number(record[middle]) < 0 else colours.accent for record in known]
    spans = [
        go.Scatter(
            x=[number(record[low]), number(record[high])],
            y=[row, row],
            mode="lines",
            line={"color": colours.grey_soft, "width": 7},
            hoverinfo="skip",
        )
        for row, record in zip(rows, known, strict=True)
    ]
    tips = [
        " · ".join(
            f"{called} {label_of(record[c], 'reporting currency', currency)}"
            for called, c in zip(ends, (low, middle, high), strict=True)
        )
        for record in known
    ]
    dots = go.Scatter(
        x=[number(record[middle]) for record in known],
        y=rows,
        mode="markers+text",
        marker={"color": shades, "size": 10},
        text=[label_of(record[middle], "reporting currency", "") for record in known],
        textposition="top center",
        textfont={"size": 11, "color": colours.text},
        cliponaxis=False,
        hovertext=tips,
        hoverinfo="text",
    )
    show(
        [*spans, dots],
        key=key,
        title=title,
        subtitle=with_currency(subtitle, "reporting currency", currency),
        height=max(160, 34 * len(known) + 50),
        layout={
            "shapes": [_line(0, len(rows), colours.line)],
            "xaxis": {"tickformat": "~s", "nticks": 5},
            "yaxis": _names(rows, [record[name] for record in known], colours) | {"range": [-0.6, len(rows) - 0.2]},
        },
    )
    return None


def slopes(
    records: Sequence[Mapping[str, Any]],
    *,
    name: str,
    left: str,
    right: str,
    left_name: str,
    right_name: str,
    key: str,
    title: str,
    subtitle: str,
    empty: str,
    falls: Sequence[Any] = (),
    rises: Sequence[Any] = (),
    id: str = "account_id",
) -> None:
    """A slope chart: each record's rank on the left joined to its rank on the right, first place on top.

    Places are drawn in order, so that names never run into each other; the ranks themselves stand at both ends.
    falls, rises: values of `id` that take the warning colour and the accent.
    """
    known = [record for record in records if record.get(left) is not None and record.get(right) is not None]
    if not known:
        return nothing(title, empty)
    import plotly.graph_objects as go

    colours = palette()
    count = len(known)
    at_left = {r[id]: count - 1 - at for at, r in enumerate(sorted(known, key=lambda r: (r[left], str(r[id]))))}
    at_right = {r[id]: count - 1 - at for at, r in enumerate(sorted(known, key=lambda r: (r[right], str(r[id]))))}
    traces, notes = [], []
    for record in known:
        one = record[id]
        shade = colours.bad if one in falls else colours.accent if one in rises else colours.grey
        marked = one in falls or one in rises
        traces.append(
            go.Scatter(
                x=[0, 1],
                y=[at_left[one], at_right[one]],
                mode="lines+markers",
                line={"color": shade, "width": 2.6 if marked else 1.4},
                marker={"color": shade, "size": 8 if marked else 6},
                cliponaxis=False,
                hovertext=[f"{name_of(record[name])}: {record[left]} → {record[right]}"] * 2,
                hoverinfo="text",
            )
        )
        font = {"size": 12, "color": shade if marked else colours.text}
        common = {"showarrow": False, "font": font, "xref": "x"}
        notes.append(
            common
            | {
                "x": 0,
                "y": at_left[one],
                "xanchor": "right",
                "xshift": -8,
                "text": _short(record[name], record[left], True),
            }
        )
        text = _short(record[name], record[right], False) if marked else str(record[right])
        notes.append(common | {"x": 1, "y": at_right[one], "xanchor": "left", "xshift": 8, "text": text})
    head = {"showarrow": False, "y": count - 0.3, "font": {"size": 11, "color": colours.quiet}, "yanchor": "bottom"}
    notes += [
        head | {"x": 0, "xanchor": "right", "xshift": 8, "text": name_of(left_name)},
        head | {"x": 1, "xanchor": "left", "xshift": -8, "text": name_of(right_name)},
    ]
    show(
        traces,
        key=key,
        title=title,
        subtitle=subtitle,
        height=max(260, 27 * count + 60),
        layout={
            "annotations": notes,
            "margin": {"l": 165, "r": 130, "t": 24, "b": 8},
            "xaxis": {"visible": False, "range": [-0.03, 1.03]},
            "yaxis": {"visible": False, "range": [-0.7, count + 0.3]},
        },
    )
    return None


def _short(name: Any, rank: Any, is_before: bool) -> str:
    text, longest = str(name), 20 if is_before else 15
    text = name_of(text if len(text) <= longest else f"{text[: longest - 1]}…")
    return f"{text}  {rank}" if is_before else f"{rank}  {text}"


def _line(at: float, rows: int, colour: str) -> dict[str, Any]:
    return {"type": "line", "x0": at, "x1": at, "y0": -0.5, "y1": rows - 0.5, "line": {"color": colour, "width": 1}}


def _names(rows: Sequence[int], names: Sequence[Any], colours) -> dict[str, Any]:
    return {
        "tickmode": "array",
        "tickvals": list(rows),
        "ticktext": [name_of(name) for name in names],
        "tickfont": {"color": colours.text},
        "showgrid": False,
    }

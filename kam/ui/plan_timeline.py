"""The picture of a plan in time: actions as bars with their progress, milestones as diamonds, a line for today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from kam.ui.charts import name_of, nothing, show
from kam.ui.states import state
from kam.ui.style import palette
from kam.units import day, share
from kam.words import _

_MOST = 30


def plan_timeline(
    actions: Sequence[Mapping[str, Any]], *, as_of: date, begins_on: date, ends_on: date, title: str, key: str
) -> None:
    """Draw the actions (rows of plans.action_list); one without a start is drawn as its due day.

    needed_ids of an action: the actions that come before it, each with an arrow from its due day; red where it is late.
    """
    drawn = [a for a in actions if a["action_state"] not in ("dropped", "carried", "left_open")]
    if not drawn:
        return nothing(title, _("No action is planned yet: add one below."))
    import plotly.graph_objects as go

    colours = palette()
    drawn = sorted(drawn, key=lambda a: (a["starts_on"] or a["due_on"], a["due_on"], a["action_id"]))[:_MOST]
    rows = list(range(len(drawn)))
    tones = {"overdue": colours.bad, "done": colours.good, "due_soon": colours.warning}
    whole, done, points = [], [], []
    for at, action in zip(rows, drawn, strict=True):
        shade = tones.get(action["action_state"], colours.accent)
        first, last = action["starts_on"] or action["due_on"], action["due_on"]
        told = (
            f"{name_of(action['action'])}<br>{name_of(action['owner'])}, {day(first)} – {day(last)}, "
            f"{state(action['action_state']).word}, {share(action['progress_share'], decimals=0)}"
        )
        if action["is_milestone"] or first == last:
            points.append((at, last, shade, told, "diamond" if action["is_milestone"] else "circle"))
            continue
        length = (last - first).days
        progress = 1.0 if action["action_state"] == "done" else action["progress_share"]
        whole.append((at, first, last, colours.grey_soft, told))
        done.append((at, first, first + timedelta(days=round(length * progress)), shade))
        points.append((at, last, shade, told, "line-ns"))
    traces = [
        go.Scatter(
            x=[first, last],
            y=[at, at],
            mode="lines",
            line={"color": shade, "width": 11},
            hovertext=told,
            hoverinfo="text",
        )
        for at, first, last, shade, told in whole
    ]
    traces += [
        go.Scatter(x=[first, last], y=[at, at], mode="lines", line={"color": shade, "width": 11}, hoverinfo="skip")
        for at, first, last, shade in done
        if last > first
    ]
    traces.append(
        go.Scatter(
            x=[on for _at, on, *_rest in points],
            y=[at for at, *_rest in points],
            mode="markers",
            marker={
                "color": [shade for _at, _on, shade, *_rest in points],
                "symbol": [symbol for *_rest, symbol in points],
                "size": 11,
                "line": {"width": 2, "color": [shade for _at, _on, shade, *_rest in points]},
            },
            hovertext=[told for _at, _on, _shade, told, _symbol in points],
            hoverinfo="text",
        )
    )
    arrows = _arrows(drawn, colours)
    said = _("Bar: start to due, filled by progress. Diamond: milestone. Line: {day}").format(day=day(as_of))
    show(
        traces,
        key=key,
        title=title,
        subtitle=said + (_(". Arrow: comes first, red where it is late") if arrows else ""),
        height=90 + 30 * len(drawn),
        layout={
            "annotations": arrows,
            "xaxis": {
                "type": "date",
                "range": [
                    min([begins_on, *(a["starts_on"] or a["due_on"] for a in drawn)]) - timedelta(days=5),
                    max([ends_on, as_of, *(a["due_on"] for a in drawn)]) + timedelta(days=5),
                ],
                "nticks": 5,
                "tickformat": "%b %Y",
            },
            "yaxis": {
                "tickmode": "array",
                "tickvals": rows,
                "ticktext": [_short(a["action"]) for a in drawn],
                "autorange": "reversed",
                "showgrid": False,
                "tickfont": {"color": colours.text, "size": 12},
            },
            "shapes": [
                {
                    "type": "line",
                    "x0": as_of,
                    "x1": as_of,
                    "yref": "paper",
                    "y0": 0,
                    "y1": 1,
                    "line": {"color": colours.text, "width": 1.5, "dash": "dot"},
                }
            ],
        },
    )
    return None


def _arrows(drawn: Sequence[Mapping[str, Any]], colours) -> list[dict[str, Any]]:
    """An arrow from each action that another needs to the start of that one, or to its due day."""
    at = {action["action_id"]: row for row, action in enumerate(drawn)}
    return [
        {
            "ax": drawn[at[needed]]["due_on"],
            "ay": at[needed],
            "x": max(action["starts_on"] or action["due_on"], drawn[at[needed]]["due_on"]),
            "y": row,
            "axref": "x",
            "ayref": "y",
            "xref": "x",
            "yref": "y",
            "text": "",
            "showarrow": True,
            "arrowhead": 2,
            "arrowsize": 1.1,
            "arrowwidth": 1.4,
            "arrowcolor": colours.bad if drawn[at[needed]]["action_state"] == "overdue" else colours.quiet,
            "startstandoff": 7,
            "standoff": 8,
        }
        for row, action in enumerate(drawn)
        for needed in action.get("needed_ids") or ()
        if needed in at
    ]


def _short(text: str) -> str:
    """Two lines at most, so that bars keep their room on a phone."""
    words, lines = name_of(text).split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 22 and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines[:2]) + ("…" if len(lines) > 2 else "")

"""Contracts in time: how long each runs, and the last day to give notice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from kam.ui.charts import as_of_line, name_of, nothing, show
from kam.ui.frame import Frame
from kam.ui.states import state
from kam.ui.style import palette
from kam.units import day
from kam.words import _, several

_MOST = 25


def contract_timeline(frame: Frame, contracts: Sequence[Mapping[str, Any]], *, key: str, by: str = "contract") -> None:
    """Draw rows of plans.contract_notices that run; the diamond is the last day to give notice. by: the column that names a row."""
    running = [c for c in contracts if c["notice_state"] not in ("ended",)]
    title = _title(running)
    if not running:
        return nothing(title, _("No contract is on record that runs: import contracts."))
    import plotly.graph_objects as go

    colours = palette()
    tones = {"soon": colours.warning, "passed": colours.bad, "renewed": colours.bad}
    drawn = sorted(running, key=lambda c: (c["notice_on"] or c["end_date"] or c["start_date"], c["contract_id"]))[
        :_MOST
    ]
    last_shown = max([frame.as_of + timedelta(days=365), *(c["end_date"] for c in drawn if c["end_date"])])
    first_shown = frame.as_of - timedelta(days=365)
    traces = []
    for at, contract in enumerate(drawn):
        told = (
            f"{name_of(contract['contract'])}<br>{day(contract['start_date'])} – {day(contract['end_date'])}, "
            f"{_('notice until {day}').format(day=day(contract['notice_on']))}, {state(contract['notice_state']).word}"
        )
        traces.append(
            go.Scatter(
                x=[max(first_shown, contract["start_date"]), contract["end_date"] or last_shown],
                y=[at, at],
                mode="lines",
                line={"color": colours.grey_soft, "width": 11, "dash": "solid" if contract["end_date"] else "dot"},
                hovertext=told,
                hoverinfo="text",
            )
        )
        if contract["notice_on"]:
            shade = tones.get(contract["notice_state"], colours.accent)
            traces.append(
                go.Scatter(
                    x=[contract["notice_on"]],
                    y=[at],
                    mode="markers",
                    marker={"symbol": "diamond", "size": 12, "color": shade},
                    hovertext=told,
                    hoverinfo="text",
                )
            )
    show(
        traces,
        key=key,
        title=title,
        subtitle=as_of_line(_("Bar: contract. Diamond: last day to give notice. Line: the day"), frame.as_of),
        height=80 + 34 * len(drawn),
        layout={
            "xaxis": {
                "type": "date",
                "nticks": 5,
                "tickformat": "%b %Y",
                "range": [first_shown, last_shown + timedelta(days=10)],
            },
            "yaxis": {
                "tickmode": "array",
                "tickvals": list(range(len(drawn))),
                "ticktext": [name_of(c[by])[:34] for c in drawn],
                "autorange": "reversed",
                "showgrid": False,
                "tickfont": {"color": colours.text, "size": 12},
            },
            "shapes": [
                {
                    "type": "line",
                    "x0": frame.as_of,
                    "x1": frame.as_of,
                    "yref": "paper",
                    "y0": 0,
                    "y1": 1,
                    "line": {"color": colours.text, "width": 1.5, "dash": "dot"},
                }
            ],
        },
    )
    return None


def _title(contracts: Sequence[Mapping[str, Any]]) -> str:
    soon = sorted(c["notice_on"] for c in contracts if c["notice_state"] == "soon")
    if soon:
        return several(
            "{count} contract needs a decision on notice, the first by {{day}}",
            "{count} contracts need a decision on notice, the first by {{day}}",
            len(soon),
        ).format(day=day(soon[0]))
    return _("No last day of notice is near")

"""The trend by dimension over the rounds: a line per dimension, one beneath the other, and the weakest dimension of each year."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import streamlit as st

from kam import benchmarking
from kam.ui.benchmark_programmes import score_names, score_values
from kam.ui.cells import Column
from kam.ui.charts import name_of, nothing, show
from kam.ui.frame import Frame
from kam.ui.states import state
from kam.ui.style import palette
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.words import _, several

# The part of a row's height that a score of 100 takes: the next line begins above it.
_TALL = 0.62


def round_trend(frame: Frame, found: benchmarking.Results) -> None:
    """Every round up to the one that is looked at, last year behind this one."""
    rounds = benchmarking.trend(frame.store, found, for_whom=frame.person)
    names, weakest = score_names(found), found.scores.minimum
    scores = {one.year: score_values(one) for one in rounds}
    _lines(scores, names, weakest.dimension_id if weakest else None, _finding(rounds))
    _unlike(rounds)
    years = [one.year for one in rounds]
    rows: list[dict[str, Any]] = [
        {"measure": measure, "name": name} | {str(year): scores[year].get(measure) for year in years}
        for measure, name in names.items()
    ]
    columns = [
        Column("name", _("Dimension")),
        *(Column(str(year), str(year), "number", decimals=0) for year in years),
    ]
    title = _("Scores by year")
    st.subheader(title, anchor=False)
    record_table(rows, columns, key="trend", title=title, empty="")
    record_downloads(frame, rows, columns, key="trend", title=title, ids=("measure",))
    title = _("The weakest dimension of each year")
    st.subheader(title, anchor=False)
    record_table(
        [_year_row(one) for one in reversed(rounds)],
        [
            Column("year", _("Year")),
            Column("weakest", _("Weakest dimension")),
            Column("score", _("Its score"), "number", decimals=0),
            Column("overall", _("Overall"), "number", decimals=0),
            Column("stage", _("Stage")),
            Column("raters", _("Raters")),
            Column("version", _("Instrument")),
        ],
        key="trend_weakest",
        title=title,
        empty="",
    )


def _year_row(one: benchmarking.Results) -> dict[str, Any]:
    weakest, scores = one.scores.minimum, one.scores
    return {
        "year": f"{one.year}, {state('closed' if one.is_closed else 'open').word}",
        "weakest": weakest.name if weakest else None,
        "score": weakest.score if weakest else None,
        "overall": scores.overall,
        "stage": scores.stage and state(scores.stage).word,
        "raters": ", ".join(scores.raters),
        "version": scores.instrument_version,
    }


def _unlike(rounds: Sequence[benchmarking.Results]) -> None:
    """Say where a step of the trend is not of the same raters or the same version (METHOD 7.2)."""
    for then, now in pairwise(rounds):
        said = []
        if then.scores.instrument_version != now.scores.instrument_version:
            said.append(_("another version of the instrument"))
        if set(then.scores.raters) != set(now.scores.raters):
            said.append(_("other raters"))
        if said:
            st.caption(
                escaped(
                    _("From {then} to {now}: {what}. Read the step with care.").format(
                        then=then.year, now=now.year, what=_(" and ").join(said)
                    )
                )
            )


def _finding(rounds: Sequence[benchmarking.Results]) -> str:
    if len(rounds) < 2:
        return _("The first round: a trend begins with the second")
    first, last = score_values(rounds[0]), score_values(rounds[-1])
    dimensions = [d.dimension_id for d in rounds[-1].scores.dimensions]
    both = [(first.get(d), last[d]) for d in dimensions if first.get(d) is not None and last[d] is not None]
    if not both:
        return _("No dimension has a score in both the first and the last round yet")
    better = sum(now > then for then, now in both)
    return several(
        "{count} of {{all}} dimensions is better than in {{year}}",
        "{count} of {{all}} dimensions are better than in {{year}}",
        better,
    ).format(all=len(both), year=rounds[0].year)


def _lines(scores: dict[int, dict[str, float | None]], names: dict[str, str], weakest: str | None, title: str) -> None:
    known = [m for m in names if any(values.get(m) is not None for values in scores.values())]
    if not known:
        return nothing(title, _("A dimension has a score once three of its four items are rated without disagreement."))
    import plotly.graph_objects as go

    colours, years = palette(), list(scores)
    traces, shapes = [], []
    for at, measure in enumerate(reversed(known)):
        points = [(year, scores[year].get(measure)) for year in years]
        points = [(year, score) for year, score in points if score is not None]
        shade = (
            colours.bad if measure == weakest else colours.accent if measure in ("overall", "core") else colours.grey
        )
        shapes.append(
            {"type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": at, "y1": at, "layer": "below"}
            | {"line": {"color": colours.line, "width": 1}}
        )
        traces.append(
            go.Scatter(
                x=[str(year) for year, _score in points],
                y=[at + score / 100 * _TALL for _year, score in points],
                mode="lines+markers+text",
                line={"color": shade, "width": 2},
                marker={
                    "color": [shade if year == years[-1] else colours.background for year, _score in points],
                    "size": 9,
                    "line": {"color": shade, "width": 2},
                },
                text=[f"{score:.0f}" for _year, score in points],
                textposition="top center",
                textfont={"size": 11, "color": colours.text},
                cliponaxis=False,
                hovertext=[f"{name_of(names[measure])}, {year}: {score:.0f}" for year, score in points],
                hoverinfo="text",
            )
        )
    show(
        traces,
        key="trend",
        title=title,
        subtitle=_("Score of 100 by year; each line stands on its own 0. Filled: the latest round. Red: its weakest dimension."),
        height=70 + 54 * len(known),
        layout={
            "shapes": shapes,
            "xaxis": {
                "type": "category",
                "categoryorder": "array",
                "categoryarray": [str(year) for year in years],
                "showgrid": False,
                "range": [-0.4, len(years) - 0.6],
            },
            "yaxis": {
                "tickmode": "array",
                "tickvals": [at + 0.2 for at in range(len(known))],
                "ticktext": [_wrapped(names[measure]) for measure in reversed(known)],
                "tickfont": {"color": colours.text, "size": 12},
                "showgrid": False,
                "range": [-0.2, len(known)],
            },
        },
    )  # fmt: skip
    return None


def _wrapped(name: str) -> str:
    """Two lines at most, so that the lines keep their room on a phone."""
    words, lines = name_of(name).split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 20 and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines[:2])

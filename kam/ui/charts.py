"""What every chart shares: the title is the finding, the subtitle says what and as of when, labels stand at the marks.

One accent for what the title speaks of, greys for the rest. Text from data is made inert here: Plotly reads
a little HTML in labels. Every chart has an empty state and an alternative text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kam.ui.style import palette
from kam.ui.text import escaped, plain
from kam.units import UNKNOWN, day, share, short_money, shown
from kam.words import _

_CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False}


def number(value: Any) -> float | None:
    """A value as Plotly takes it; unknown stays unknown."""
    return None if value is None else float(value)


def label_of(value: Any, unit: str, currency: str) -> str:
    """A value as it stands at its mark."""
    if value is None:
        return UNKNOWN
    if unit == "reporting currency":
        return short_money(value, currency).rstrip()
    if unit.startswith("share"):
        return share(value)
    if unit == "text":
        return plain(value)
    return shown(value, unit, currency)


def with_currency(subtitle: str, unit: str, currency: str) -> str:
    """The subtitle with the currency, which labels at the marks leave out."""
    return f"{subtitle}, {currency}" if unit == "reporting currency" and currency else subtitle


def name_of(text: Any) -> str:
    """Text from data for Plotly, which reads <b>, <a href> and entities."""
    return plain(text, longest=60).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _headed(title: str, subtitle: str) -> None:
    st.markdown(f"**{escaped(title)}**")
    if subtitle:
        st.caption(escaped(subtitle))


def show(
    traces: Sequence[Any],
    *,
    key: str,
    title: str,
    subtitle: str,
    height: int,
    layout: Mapping[str, Any],
    can_select: bool = False,
) -> Sequence[Mapping[str, Any]]:
    """Draw traces under their title and subtitle, in the colours of the visitor's theme. height: pixels.

    can_select: a point can be picked; returns those that are, each with its `customdata`.
    """
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
        common = {"key": key, "config": _CONFIG, "theme": "streamlit", "alt": f"{plain(title)}. {plain(subtitle)}"}
        if not can_select:
            st.plotly_chart(figure, **common)
            return ()
        picked = st.plotly_chart(figure, on_select="rerun", selection_mode="points", **common)
    return picked["selection"]["points"]


def nothing(title: str, empty: str) -> None:
    """The empty state of a chart: its title, and what is missing."""
    st.markdown(f"**{escaped(title)}**")
    st.caption(escaped(empty))


def as_of_line(what: str, as_of: Any) -> str:
    """A subtitle: what is drawn, and as of when."""
    return _("{what}, as of {day}").format(what=what, day=day(as_of))

"""Pictures of people: who reports to whom, influence against attitude, and who of ours knows whom of theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kam import relationships
from kam.ui.charts import name_of, nothing, show
from kam.ui.style import Palette, palette
from kam.ui.text import escaped, plain
from kam.words import _

_LONGEST_NAME = 28
_STRENGTH_AT = {"no_contact": 0, "brief": 1, "several": 2, "in_depth": 3}


def org_chart(people: Sequence[Mapping[str, Any]], *, title: str, subtitle: str, empty: str) -> None:
    """Reporting lines as a tree, each person in the colour of their attitude; people: who are still there."""
    if not any(row["reports_to"] for row in people):
        return nothing(title, empty)
    st.markdown(f"**{escaped(title)}**")
    st.caption(escaped(subtitle))
    st.graphviz_chart(_dot(people, palette()), width="stretch", alt=plain(title))
    legend = " · ".join(
        f"{_ATTITUDE_SHAPES[at]} {relationships.ATTITUDES[at]}" for at in sorted(relationships.ATTITUDES, reverse=True)
    )
    st.caption(legend + " · " + _("dashed: attitude unknown"))
    return None


# Beside its colour each attitude has a sign of its own.
_ATTITUDE_SHAPES = {2: "▲▲", 1: "▲", 0: "●", -1: "▼", -2: "▼▼"}


def _dot(people: Sequence[Mapping[str, Any]], colours: Palette) -> str:
    """The tree in the DOT language. Names come in as quoted text, in which nothing has a meaning."""
    fill = {
        2: colours.good, 1: colours.good, 0: colours.grey, -1: colours.warning, -2: colours.bad, None: colours.grey
    }  # fmt: skip
    number = {row["contact_id"]: at for at, row in enumerate(people)}
    nodes = []
    for row in people:
        attitude = row["attitude"]
        sign = _ATTITUDE_SHAPES.get(attitude, "?")
        words = [f"{sign} {_quoted(row['name'])}", _quoted(row["title"] or _role_told(row))]
        label = "\\n".join(word for word in words if word)
        style = "rounded,dashed" if attitude is None else "rounded"
        width = 2.5 if (row["influence"] or 0) >= 4 else 1.2
        nodes.append(
            f'n{number[row["contact_id"]]} [label="{label}", style="{style}", color="{fill[attitude]}", '
            f"penwidth={width}]"
        )
    edges = [
        f"n{number[row['reports_to']]} -> n{number[row['contact_id']]}" for row in people if row["reports_to"] in number
    ]
    return "\n".join(
        [
            "digraph people {",
            'graph [bgcolor="transparent", rankdir="LR", nodesep=0.12, ranksep=0.4]',
            f'node [shape="box", fontname="sans-serif", fontsize=11, fontcolor="{colours.text}", margin="0.12,0.07"]',
            f'edge [arrowhead="none", color="{colours.grey}"]',
            *nodes,
            *edges,
            "}",
        ]
    )


def _role_told(row: Mapping[str, Any]) -> str:
    return relationships.ROLES.get(row["role"], row["role"] or "")


def _quoted(text: str) -> str:
    """Text inside a quoted DOT label: no escape, no end of the quotes, no entity."""
    return (
        plain(text, longest=_LONGEST_NAME)
        .replace("\\", "\N{FULLWIDTH REVERSE SOLIDUS}")
        .replace('"', "\N{RIGHT DOUBLE QUOTATION MARK}")
        .replace("&", "&amp;")
    )


def attitude_map(people: Sequence[Mapping[str, Any]], *, key: str, title: str, subtitle: str, empty: str) -> None:
    """Influence against attitude; people on the same spot stand beneath each other, those not in touch as rings."""
    known = [row for row in people if row["influence"] is not None and row["attitude"] is not None]
    if not known:
        return nothing(title, empty)
    import plotly.graph_objects as go

    colours = palette()
    spots: dict[tuple[int, int], list[Mapping[str, Any]]] = {}
    for row in known:
        spots.setdefault((row["attitude"], row["influence"]), []).append(row)
    places = list(spots)
    is_active = [any(row["is_active"] for row in spots[place]) for place in places]
    trace = go.Scatter(
        x=[x for x, _y in places],
        y=[y for _x, y in places],
        mode="markers+text",
        marker={
            "size": [12 + 5 * (len(spots[place]) - 1) for place in places],
            "symbol": ["circle" if active else "circle-open" for active in is_active],
            "color": [colours.accent if active else colours.bad for active in is_active],
            "line": {"width": 2},
        },
        text=["<br>".join(_short(row["name"]) for row in spots[place]) for place in places],
        # Names of neighbouring columns stand above and beneath in turn, so that they do not run into each other.
        textposition=["top center" if x % 2 == 0 else "bottom center" for x, _y in places],
        textfont={"size": 11, "color": colours.text},
        hovertext=[
            "<br>".join(f"{name_of(row['name'])}, {name_of(row['title'] or '')}" for row in spots[place])
            for place in places
        ],
        hoverinfo="text",
        cliponaxis=False,
    )
    show(
        [trace],
        key=key,
        title=title,
        subtitle=subtitle,
        height=380,
        layout={
            "xaxis": {
                "tickmode": "array",
                "tickvals": list(relationships.ATTITUDES),
                "ticktext": [word for word in relationships.ATTITUDES.values()],
                "range": [-2.6, 2.6],
                "title": {"text": _("Attitude")},
            },
            "yaxis": {"range": [0.4, 6], "tickvals": [1, 2, 3, 4, 5], "title": {"text": _("Influence")}},
        },
    )
    return None


def contact_matrix(
    people: Sequence[Mapping[str, Any]],
    threads: Sequence[Mapping[str, Any]],
    *,
    key: str,
    title: str,
    subtitle: str,
    empty: str,
) -> None:
    """Their people down, ours across, each cell coloured by the strength of the contact and named."""
    ours = list(dict.fromkeys(row["our_person"] for row in sorted(threads, key=lambda r: -r["touch_count_12m"])))[:12]
    if not ours or not people:
        return nothing(title, empty)
    import plotly.graph_objects as go

    colours = palette()
    held = {(row["contact_id"], row["our_person"]): row for row in threads}
    rows = list(people)[:40][::-1]
    strength = [
        [held.get((row["contact_id"], person), {}).get("strength", "no_contact") for person in ours] for row in rows
    ]
    texts = [[_cell_told(held.get((row["contact_id"], person))) for person in ours] for row in rows]
    shades = [colours.background, colours.grey_soft, colours.accent_soft, colours.accent]
    scale = [[at / 4 + end, shade] for at, shade in enumerate(shades) for end in (0, 0.25)]
    trace = go.Heatmap(
        z=[[_STRENGTH_AT.get(cell, 0) for cell in line] for line in strength],
        x=list(range(len(ours))),
        y=list(range(len(rows))),
        zmin=-0.5,
        zmax=3.5,
        colorscale=scale,
        showscale=False,
        xgap=2,
        ygap=2,
        text=texts,
        texttemplate="%{text}",
        textfont={"size": 11},
        hoverinfo="skip",
    )
    show(
        [trace],
        key=key,
        title=title,
        subtitle=subtitle,
        height=90 + 30 * len(rows),
        layout={
            "xaxis": {
                "tickmode": "array",
                "tickvals": list(range(len(ours))),
                "ticktext": [_short(person) for person in ours],
                "side": "top",
                "showgrid": False,
            },
            "yaxis": {
                "tickmode": "array",
                "tickvals": list(range(len(rows))),
                "ticktext": [_short(row["name"]) for row in rows],
                "showgrid": False,
            },
        },
    )
    return None


def _cell_told(thread: Mapping[str, Any] | None) -> str:
    """The strength, with the interactions it was counted from, or that somebody wrote it down."""
    if thread is None or thread["strength"] == "no_contact":
        return ""
    behind = _("noted") if thread["is_recorded"] else str(thread["touch_count_12m"])
    return f"{relationships.STRENGTHS[thread['strength']]} ({behind})"


def _short(name: str | None) -> str:
    return name_of(plain(name or _("unnamed"), longest=_LONGEST_NAME))

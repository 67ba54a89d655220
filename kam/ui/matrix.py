"""The picture of the portfolio matrix: attractiveness against strength, and where accounts are meant to go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kam import selection
from kam.ui.charts import as_of_line, label_of, name_of, show
from kam.ui.empty import empty
from kam.ui.frame import Frame
from kam.ui.links import go
from kam.ui.matrix_tables import axis_name
from kam.ui.point_labels import Bubble, label_places
from kam.ui.states import state
from kam.ui.style import palette
from kam.ui.text import escaped, plain
from kam.ui.verdicts import points_told
from kam.units import count, day, share
from kam.words import _, several

# Pixels across the largest and the smallest bubble.
_WIDEST, _SMALLEST = 46, 10
# Names that are looked for a place at all, and how many of them outside the programme.
_NAMED, _OTHERS_NAMED = 40, 8


def matrix_answer(frame: Frame, found: selection.Portfolio) -> None:
    """How many lie in each cell, and how many may lie in another."""
    counted = {cell: sum(a.placement.category == cell for a in found.placed) for cell in selection.CATEGORIES}
    said = ", ".join(f"{count(n)} {state(cell).word}" for cell, n in counted.items())
    open_ = sum(max(a.probability.values(), default=1) < 0.9 for a in found.placed)
    st.markdown(
        f"**{escaped(said)}**; "
        + several(
            "{count} lies so near a line that another cell has a chance of a tenth",
            "{count} lie so near a line that another cell has a chance of a tenth",
            open_,
        )
        + "; "
        + several("{count} cannot be placed.", "{count} cannot be placed.", len(found.unplaced))
    )
    if found.in_question > len(found.accounts):
        st.caption(
            _("The key accounts and the largest contributions, {shown} of {all} accounts in question.").format(
                shown=count(len(found.accounts)), all=count(found.in_question)
            )
        )


def portfolio_matrix(frame: Frame, found: selection.Portfolio) -> None:
    """The picture. A point that is picked opens its account. Bubble area: contribution, whichever its sign."""
    if not found.placed:
        empty(
            _("No account can be placed."),
            _("Every account in question lacks a score; the list below says which.")
            if found.unplaced
            else _("No account passes the gates, is a key account or comes near: look at what keeps them out."),
            page="candidates",
        )
        return
    most = max((abs(float(a.contribution_amount or 0)) for a in found.placed), default=0) or 1.0
    names = _names(found, most)
    groups: dict[str, list[selection.PortfolioAccount]] = {"key": [], "near": [], "outside": []}
    for account in found.placed:
        kind = "key" if account.verdict.is_key_account else "near" if account.verdict.is_near_miss else "outside"
        groups[kind].append(account)
    picked = show(
        [_trace(frame, kind, accounts, most, names) for kind, accounts in groups.items() if accounts],
        key="matrix.chart",
        title=_finding(found),
        subtitle=as_of_line(
            _("Area: contribution after cost to serve, 12 months; a red ring marks a loss"), frame.as_of
        ),
        height=560,
        layout=_layout(found),
        can_select=True,
    )
    if picked:
        go("account", account=picked[0]["customdata"][0])
    planned = sum(a.planned is not None for a in found.placed)
    st.caption(
        _("A click on a bubble opens the account. Names that would cover another are on hover.")
        + (
            " "
            + several(
                "{count} arrow leads to a planned position.", "{count} arrows lead to planned positions.", planned
            )
            if planned
            else ""
        )
    )


def _finding(found: selection.Portfolio) -> str:
    key = [a for a in found.placed if a.verdict.is_key_account]
    low = [a for a in key if a.placement.category == "streamline"]
    if not key:
        return _("No key account is placed yet")
    if low:
        names = ", ".join(a.verdict.name for a in low[:2])
        return _("{low} of {all} placed key accounts belong to Streamline: {names}").format(
            low=len(low), all=len(key), names=names
        ) + (" …" if len(low) > 2 else "")
    return _("None of the {all} placed key accounts belongs to Streamline").format(all=len(key))


def _names(found: selection.Portfolio, most: float) -> dict[str, tuple[str, str]]:
    """Account → (name, where it stands): those with an arrow and those the title speaks of first, then key
    accounts, near misses, the largest."""
    ranked = sorted(
        found.placed,
        key=lambda a: (
            a.planned is None,
            not (a.verdict.is_key_account and a.placement.category == "streamline"),
            not a.verdict.is_key_account,
            not a.verdict.is_near_miss,
            -float(a.contribution_amount or 0),
        ),
    )
    inside = sum(a.verdict.is_key_account or a.verdict.is_near_miss for a in ranked)
    ranked = ranked[: min(inside + _OTHERS_NAMED, _NAMED)]
    bubbles = [
        Bubble(
            _marked(a),
            1 - a.verdict.strength / 10,
            a.verdict.attractiveness / 10,
            max(_SMALLEST, _WIDEST * (abs(float(a.contribution_amount or 0)) / most) ** 0.5) / 2,
        )
        for a in ranked
    ]
    places = label_places(bubbles)
    return {
        a.verdict.account_id: (bubble.name, place)
        for a, bubble, place in zip(ranked, bubbles, places, strict=True)
        if place is not None
    }


def _marked(account: selection.PortfolioAccount) -> str:
    mark = "★ " if account.verdict.is_key_account else "▲ " if account.verdict.is_near_miss else ""
    return f"{mark}{plain(account.verdict.name, longest=26)}"


def _trace(
    frame: Frame,
    kind: str,
    accounts: Sequence[selection.PortfolioAccount],
    most: float,
    placed_names: Mapping[str, tuple[str, str]],
) -> Any:
    import plotly.graph_objects as go_

    colours = palette()
    fill = {"key": colours.accent, "near": colours.warning, "outside": colours.grey}[kind]
    names = {"key": _("★ Key account"), "near": _("▲ Near miss"), "outside": _("Outside the programme")}
    loses = [(a.contribution_amount or 0) < 0 for a in accounts]
    stands = [placed_names.get(a.verdict.account_id, ("", "top center")) for a in accounts]
    return go_.Scatter(
        x=[a.verdict.strength for a in accounts],
        y=[a.verdict.attractiveness for a in accounts],
        mode="markers+text",
        name=names[kind],
        marker={
            "size": [abs(float(a.contribution_amount or 0)) for a in accounts],
            "sizemode": "area",
            "sizeref": 2 * most / _WIDEST**2,
            "sizemin": _SMALLEST / 2,
            "color": fill,
            "opacity": 0.75,
            "line": {
                "width": [3 if lost else 1 for lost in loses],
                "color": [colours.bad if lost else colours.background for lost in loses],
            },
        },
        text=[name_of(name) for name, _place in stands],
        textposition=[place for _name, place in stands],
        textfont={"size": 11, "color": colours.text},
        customdata=[[a.verdict.account_id] for a in accounts],
        hovertext=[_hover(frame, a) for a in accounts],
        hoverinfo="text",
        selected={"marker": {"opacity": 0.9}},
        unselected={"marker": {"opacity": 0.75}},
    )


def _hover(frame: Frame, account: selection.PortfolioAccount) -> str:
    verdict = account.verdict
    lines = [
        f"<b>{name_of(verdict.name)}</b>",
        _("{category}, {distance:.2f} points from the {axis} line").format(
            category=state(account.placement.category).word,
            distance=account.placement.distance,
            axis=axis_name(account.placement.nearest_axis),
        ),
        _("Contribution: {amount}").format(
            amount=label_of(account.contribution_amount, "reporting currency", frame.currency)
        ),
        _("Gates: {verdict}").format(verdict=state(verdict.verdict).word),
        *(name_of(clause) for clause in selection.because(verdict, frame.currency)[:4]),
    ]
    for axis in selection.AXES:
        of_axis = [s for s in verdict.scores if s.axis == axis]
        earned = ", ".join(
            f"{name_of(selection.MEASURES[s.measure].name)} {_('unknown') if s.points is None else f'{s.points:.1f}'}"
            for s in of_axis
        )
        lines.append(f"{axis_name(axis)} {points_told(getattr(verdict, f'{axis}_range'))}: {earned}")
    if account.planned is not None:
        lines.append(
            _("Planned by {day}: attractiveness {attractiveness:.1f}, strength {strength:.1f}").format(
                day=day(account.planned.due_on),
                attractiveness=account.planned.attractiveness,
                strength=account.planned.strength,
            )
        )
    chances = [(cell, p) for cell, p in account.probability.items() if p >= 0.005]
    if len(chances) > 1:
        lines.append(
            _("Chance: {cells}").format(
                cells=", ".join(f"{state(cell).word} {share(p, decimals=0)}" for cell, p in chances)
            )
        )
    return "<br>".join(lines)


def _arrow(account: selection.PortfolioAccount) -> dict:
    """From where the account lies to where it is planned to lie, with the month by which."""
    colours, plan = palette(), account.planned
    return {
        "x": plan.strength,
        "y": plan.attractiveness,
        "ax": account.verdict.strength,
        "ay": account.verdict.attractiveness,
        "xref": "x",
        "yref": "y",
        "axref": "x",
        "ayref": "y",
        "text": "",
        "hovertext": _("{name}: planned by {day}").format(name=name_of(account.verdict.name), day=day(plan.due_on)),
        "showarrow": True,
        "arrowhead": 2,
        "arrowsize": 1.2,
        "arrowwidth": 1.5,
        "arrowcolor": colours.text,
    }


def _layout(found: selection.Portfolio) -> dict:
    colours = palette()
    cut = {"type": "line", "line": {"color": colours.grey, "width": 1, "dash": "dot"}, "layer": "below"}
    corners = (
        ("strategic", 10, 10, "left", "top"),
        ("star", 0, 10, "right", "top"),
        ("status", 10, 0, "left", "bottom"),
        ("streamline", 0, 0, "right", "bottom"),
    )
    return {
        "shapes": [
            cut | {"x0": found.cuts.strength, "x1": found.cuts.strength, "y0": 0, "y1": 10},
            cut | {"x0": 0, "x1": 10, "y0": found.cuts.attractiveness, "y1": found.cuts.attractiveness},
        ],
        "annotations": [
            {
                "x": x,
                "y": y,
                "text": f"<b>{state(cell).word}</b>",
                "xanchor": across,
                "yanchor": up,
                "showarrow": False,
                "font": {"color": colours.quiet, "size": 13},
            }
            for cell, x, y, across, up in corners
        ]
        + [_arrow(a) for a in found.placed if a.planned is not None],
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "itemsizing": "constant"},
        "margin": {"l": 8, "r": 8, "t": 36, "b": 8},
        "xaxis": {"title": {"text": _("Strength against our best competitor (high on the left)")}, "range": [10, 0]},
        "yaxis": {"title": {"text": _("Attractiveness")}, "range": [0, 10]},
    }

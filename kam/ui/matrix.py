"""The portfolio matrix: attractiveness against strength, what lies near a line, and what cannot be placed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from kam import selection
from kam.ui.cells import Column
from kam.ui.charts import as_of_line, label_of, name_of, show
from kam.ui.empty import empty
from kam.ui.frame import Frame
from kam.ui.links import go
from kam.ui.states import state
from kam.ui.style import palette
from kam.ui.tables import record_downloads, record_table
from kam.ui.text import escaped
from kam.ui.verdicts import points_told
from kam.units import count, day, share
from kam.words import _, several

_WIDEST = 46
# The nearest line is near when the noise of one score may carry an account over it.
_NAMED = 30


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
    groups: dict[str, list[selection.PortfolioAccount]] = {"key": [], "near": [], "outside": []}
    for account in found.placed:
        kind = "key" if account.verdict.is_key_account else "near" if account.verdict.is_near_miss else "outside"
        groups[kind].append(account)
    picked = show(
        [_trace(frame, kind, accounts, most) for kind, accounts in groups.items() if accounts],
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
    st.caption(_("A click on a bubble opens the account."))


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


def _trace(frame: Frame, kind: str, accounts: Sequence[selection.PortfolioAccount], most: float) -> Any:
    import plotly.graph_objects as go_

    colours = palette()
    fill = {"key": colours.accent, "near": colours.warning, "outside": colours.grey}[kind]
    names = {"key": _("★ Key account"), "near": _("▲ Near miss"), "outside": _("Outside the programme")}
    loses = [(a.contribution_amount or 0) < 0 for a in accounts]
    # Names stand at the largest; the rest have them on hover.
    named = _NAMED if kind != "outside" else 8
    marks = {"key": "", "near": "▲ ", "outside": ""}
    return go_.Scatter(
        x=[a.verdict.strength for a in accounts],
        y=[a.verdict.attractiveness for a in accounts],
        mode="markers+text",
        name=names[kind],
        marker={
            "size": [abs(float(a.contribution_amount or 0)) for a in accounts],
            "sizemode": "area",
            "sizeref": 2 * most / _WIDEST**2,
            "sizemin": 5,
            "color": fill,
            "opacity": 0.75,
            "line": {
                "width": [3 if lost else 1 for lost in loses],
                "color": [colours.bad if lost else colours.background for lost in loses],
            },
        },
        text=[f"{marks[kind]}{name_of(a.verdict.name)}" if at < named else "" for at, a in enumerate(accounts)],
        textposition=["top center" if at % 2 else "bottom center" for at in range(len(accounts))],
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
            axis=_axis(account.placement.nearest_axis),
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
        lines.append(f"{_axis(axis)} {points_told(getattr(verdict, f'{axis}_range'))}: {earned}")
    chances = [(cell, p) for cell, p in account.probability.items() if p >= 0.005]
    if len(chances) > 1:
        lines.append(
            _("Chance: {cells}").format(
                cells=", ".join(f"{state(cell).word} {share(p, decimals=0)}" for cell, p in chances)
            )
        )
    return "<br>".join(lines)


def _axis(axis: str) -> str:
    return {"attractiveness": _("Attractiveness"), "strength": _("Strength")}[axis]


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
        ],
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "itemsizing": "constant"},
        "margin": {"l": 8, "r": 8, "t": 36, "b": 8},
        "xaxis": {"title": {"text": _("Strength against our best competitor (high on the left)")}, "range": [10, 0]},
        "yaxis": {"title": {"text": _("Attractiveness")}, "range": [0, 10]},
    }


def matrix_table(frame: Frame, found: selection.Portfolio) -> None:
    """Every placed account with its cell, its distance to the nearest line and the chance of each cell."""
    records = [
        {
            "account_id": a.verdict.account_id,
            "name": a.verdict.name,
            "is_key_account": a.verdict.is_key_account,
            "verdict": a.verdict.verdict,
            "near_miss": a.verdict.is_near_miss,
            "category": a.placement.category,
            "attractiveness": a.verdict.attractiveness,
            "strength": a.verdict.strength,
            "distance": a.placement.distance,
            "nearest": _axis(a.placement.nearest_axis),
            "contribution": a.contribution_amount,
            "owner": a.owner,
            "because": "; ".join(selection.because(a.verdict, frame.currency)),
            **{f"p_{cell}": p for cell, p in a.probability.items()},
        }
        for a in found.placed
    ]
    columns = [
        Column("name", _("Account"), "account"),
        Column("is_key_account", _("Key"), "flag", help=_("A star marks a key account.")),
        Column("category", _("Category"), "status"),
        Column("distance", _("To the line"), "points", decimals=2, help=_("Points to the nearest cut line.")),
        Column("nearest", _("Nearest line")),
        *[
            Column(f"p_{cell}", _("Chance of {cell}").format(cell=state(cell).word), "share", decimals=0)
            for cell in selection.CATEGORIES
        ],
        Column("contribution", _("Contribution"), "reporting currency"),
        Column("verdict", _("Gates"), "status"),
    ]
    more = [
        Column("attractiveness", _("Attractiveness"), "points"),
        Column("strength", _("Strength"), "points"),
        Column("near_miss", _("Near miss")),
        Column("owner", _("Account manager")),
        Column("because", _("What keeps it out")),
    ]
    record_table(
        records,
        columns,
        key="matrix.placed",
        title=_("Accounts in the matrix"),
        empty=_("No account is placed."),
        currency=frame.currency,
    )
    if records:
        record_downloads(
            frame, records, [*columns, *more], key="matrix", title=_("Accounts in the matrix"), notes=_rests_on(found)
        )


def unplaced_table(frame: Frame, found: selection.Portfolio) -> None:
    """The accounts that cannot be placed, with the range that is possible and what is missing."""
    st.subheader(_("Not placed"), anchor=False)
    columns = [
        Column("name", _("Account"), "account"),
        Column("is_key_account", _("Key"), "flag"),
        Column("verdict", _("Gates"), "status"),
        Column("attractiveness", _("Attractiveness")),
        Column("strength", _("Strength")),
        Column("category", _("Category"), "status", help=_("Known where no missing score can change it.")),
        Column("missing", _("What is missing")),
    ]
    records = [
        {
            "account_id": a.verdict.account_id,
            "name": a.verdict.name,
            "is_key_account": a.verdict.is_key_account,
            "verdict": a.verdict.verdict,
            "attractiveness": points_told(a.verdict.attractiveness_range),
            "strength": points_told(a.verdict.strength_range),
            "category": a.verdict.category,
            "missing": ", ".join(selection.MEASURES[measure].name for measure in a.missing)
            or _("The criteria score nothing on {axes}").format(axes=", ".join(_axis(x) for x in found.unscored_axes)),
        }
        for a in found.unplaced
    ]
    record_table(
        records,
        columns,
        key="matrix.unplaced",
        title=_("Not placed"),
        empty=_("Every account in question has all its scores."),
    )
    if records:
        record_downloads(frame, records, columns, key="unplaced", title=_("Not placed"), notes=_rests_on(found))


def matrix_rule(found: selection.Portfolio) -> None:
    """What the picture rests on: criteria, lines with date and source, noise, draws and seed."""
    with st.expander(_("What this rests on")):
        record_table(
            [{"what": what, "value": told} for what, told in _rests_on(found)],
            [Column("what", _("What")), Column("value", _("Value and source"))],
            key="matrix.rests_on",
            title=_("What the matrix rests on"),
            empty="",
        )


def _rests_on(found: selection.Portfolio) -> list[tuple[str, str]]:
    lines = [
        (
            _("{axis}: high from").format(axis=_axis(axis)),
            _("{value:g} points, from {day} · {source}").format(
                value=cut.value, day=day(cut.valid_from), source=cut.source
            ),
        )
        for axis, cut in found.cut_sources.items()
    ]
    noise = found.score_noise
    return [
        (_("Criteria"), f"{found.criteria.name}, {day(found.criteria.valid_from)} · {found.criteria.source}"),
        *lines,
        (_("On a line"), _("A score on a cut line belongs to the higher cell.")),
        (_("Categories"), _("Woodburn & McDonald, Key Account Management, 2011 (recalled)")),
        (
            _("Chance of a cell"),
            _(
                "Share of {draws} random draws (seed {seed}) in which every score varies by {noise:g} points "
                "(standard deviation, normal, within 0 to 10), from {day} · {source}"
            ).format(
                draws=count(found.draws),
                seed=found.seed,
                noise=noise.value or 0,
                day=day(noise.valid_from),
                source=noise.source,
            ),
        ),
        (
            _("Accounts in question"),
            _("All that pass every gate or whose gates are unknown, near misses, and key accounts"),
        ),
    ]

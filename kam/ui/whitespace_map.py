"""The heat map of whitespace: units down, product categories across, who sells in each cell, totals at the edges."""

from __future__ import annotations

from kam import plans
from kam.ui.charts import label_of, name_of, nothing, show
from kam.ui.style import palette
from kam.words import _

_MOST_UNITS, _MOST_CATEGORIES = 40, 16


def whitespace_map(grid: plans.Grid, *, title: str, subtitle: str, currency: str, key: str) -> None:
    """Draw the grid; the colour is white potential, the words say who sells there and what is ours."""
    units, categories = list(grid.units)[:_MOST_UNITS], grid.categories[:_MOST_CATEGORIES]
    if not units or not categories:
        return nothing(title, _("The ledger knows no product category: import products with their category."))
    import plotly.graph_objects as go

    colours = palette()
    depth, words, told = [], [], []
    for unit in units:
        row = [grid.cells[unit, category] for category in categories]
        depth.append([0.0 if c["white_amount"] is None else float(c["white_amount"]) for c in row])
        words.append([_words(c, currency) for c in row])
        told.append([_told(c, currency) for c in row])
    across = [_heading(c, grid.total("white_amount", category=c), currency) for c in categories]
    down = [_heading(grid.units[u], grid.total("white_amount", unit=u), currency) for u in units]
    drawn = go.Heatmap(
        z=depth,
        x=list(range(len(categories))),
        y=list(range(len(units))),
        text=words,
        hovertext=told,
        hoverinfo="text",
        texttemplate="%{text}",
        textfont={"size": 11, "color": colours.text},
        colorscale=[[0, colours.background], [1, colours.accent_soft]],
        zmin=0,
        zmax=max(1.0, *(v for row in depth for v in row)),
        showscale=False,
        xgap=2,
        ygap=2,
    )
    show(
        [drawn],
        key=key,
        title=title,
        subtitle=subtitle,
        height=90 + 46 * len(units),
        layout={
            "xaxis": {
                "side": "top",
                "tickmode": "array",
                "tickvals": list(range(len(categories))),
                "ticktext": across,
                "showgrid": False,
                "tickfont": {"size": 11, "color": colours.text},
            },
            "yaxis": {
                "autorange": "reversed",
                "tickmode": "array",
                "tickvals": list(range(len(units))),
                "ticktext": down,
                "showgrid": False,
                "tickfont": {"size": 11, "color": colours.text},
            },
        },
    )
    return None


def _heading(name: str, white: object, currency: str) -> str:
    """A name in two lines with its white total beneath."""
    words, lines = name_of(name).split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 14 and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    total = "" if white is None else f"<br><i>{label_of(white, 'reporting currency', '')}</i>"
    return "<br>".join(lines[:2]) + total


def _words(cell: dict, currency: str) -> str:
    if cell["holder"] == "us":
        return f"<b>{label_of(cell['revenue_12m'], 'reporting currency', '')}</b>"
    if cell["holder"] == "unknown":
        return "?"
    return name_of(cell["competitor"] or plans.HOLDERS[cell["holder"]])[:14]


def _told(cell: dict, currency: str) -> str:
    lines = [
        f"{name_of(cell['unit_name'])}, {name_of(cell['category'])}",
        plans.HOLDERS[cell["holder"]] + (f" ({name_of(cell['competitor'])})" if cell["competitor"] else ""),
        _("ours, 12 months: {amount}").format(amount=label_of(cell["revenue_12m"], "reporting currency", currency)),
        _("potential: {amount}").format(amount=label_of(cell["potential_amount"], "reporting currency", currency)),
        _("white: {amount}").format(amount=label_of(cell["white_amount"], "reporting currency", currency)),
    ]
    return "<br>".join([*lines, *([name_of(cell["source"])] if cell["source"] else [])])

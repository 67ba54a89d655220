"""The funnel: what stands in each open stage, and how much of it counts by probability."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kam.ui.charts import as_of_line, label_of, name_of, nothing, number, show, with_currency
from kam.ui.frame import Frame
from kam.ui.style import palette
from kam.units import share, short_money
from kam.words import _, several


def funnel_chart(frame: Frame, stages: Sequence[Mapping[str, Any]], *, key: str) -> None:
    """Draw rows of plans.funnel: the whole amount as an outline, the probability-weighted part filled."""
    count = sum(s["opportunity_count"] for s in stages)
    known = [s for s in stages if s["opportunity_count"] and s["amount"] is not None]
    weighted = sum(s["weighted_amount"] for s in known if s["weighted_amount"] is not None)
    whole = sum(s["amount"] for s in known)
    if count and not known:
        return nothing(
            several(
                "{count} open opportunity, without an amount", "{count} open opportunities, none with an amount", count
            ),
            _("A funnel needs amounts: import them with the opportunities."),
        )
    if not count:
        return nothing(_("Nothing is open"), _("Opportunities come in by import, or are made here."))
    import plotly.graph_objects as go

    colours = palette()
    rows = list(range(len(stages)))
    top = max([number(s["amount"] or 0) for s in stages] + [1.0])
    traces = [
        go.Bar(
            y=rows,
            x=[number(s[column] or 0) for s in stages],
            base=[-number(s[column] or 0) / 2 for s in stages],
            orientation="h",
            marker={"color": colour},
            width=0.62,
            hoverinfo="skip",
        )
        for column, colour in (("amount", colours.grey_soft), ("weighted_amount", colours.accent))
    ]
    traces.append(
        go.Scatter(
            x=[top * 0.56] * len(rows),
            y=rows,
            mode="text",
            text=[_label(s) for s in stages],
            textposition="middle right",
            textfont={"color": colours.text, "size": 12},
            hoverinfo="skip",
            cliponaxis=False,
        )
    )
    title = several(
        "{count} open opportunity: {{weighted}} by probability, of {{whole}}",
        "{count} open opportunities: {{weighted}} by probability, of {{whole}}",
        count,
    ).format(weighted=short_money(weighted, frame.currency), whole=short_money(whole, frame.currency))
    show(
        traces,
        key=key,
        title=title,
        subtitle=with_currency(
            as_of_line(_("Grey: amounts. Filled: amount × probability"), frame.as_of),
            "reporting currency",
            frame.currency,
        ),
        height=50 + 52 * len(rows),
        layout={
            "barmode": "overlay",
            "xaxis": {"visible": False, "range": [-top * 0.55, top * 1.15]},
            "yaxis": {
                "tickmode": "array",
                "tickvals": rows,
                "ticktext": [name_of(s["stage_name"]) for s in stages],
                "autorange": "reversed",
                "showgrid": False,
                "tickfont": {"color": colours.text},
            },
        },
    )
    return None


def _label(stage: Mapping[str, Any]) -> str:
    lines = [f"{stage['opportunity_count']} · {label_of(stage['amount'], 'reporting currency', '')}"]
    known = [f"{share(stage['probability'], decimals=0)}"]
    if stage["stuck_count"]:
        known.append(several("{count} stuck", "{count} stuck", stage["stuck_count"]))
    return "<br>".join([*lines, ", ".join(known)])

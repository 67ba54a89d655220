"""Whitespace of a group on its page: what is ours, who has the rest, what it is worth, and a cell's way to an opportunity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import plans
from kam.ui.cells import Column
from kam.ui.charts import as_of_line
from kam.ui.figures import Rule, figures, months_to
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.tables import record_downloads, record_table
from kam.ui.whitespace_map import whitespace_map
from kam.units import short_money
from kam.words import _, several

_TOP = 5


def account_whitespace(frame: Frame, account: Mapping[str, Any]) -> None:
    """The grid with its totals, the picture, the editor, and what to do about the largest white cells."""
    grid = plans.grid(frame.store, account["account_id"], frame.as_of)
    white = grid.total("white_amount")
    unknown = sum(cell["holder"] == "unknown" for cell in grid.cells.values())
    figures(
        {
            "label": _("White potential a year"),
            "value": white,
            "unit": "reporting currency",
            "currency": frame.currency,
            "period": _("where the potential is known"),
            "unknown_because": _("no potential has been noted yet"),
            "rule": Rule(
                _(
                    "Potential a year less what is ours: × (1 − our share), where the share is as noted, else revenue over potential."
                ),
                missing=several(
                    "{count} cell without a known potential",
                    "{count} cells without a known potential",
                    sum(cell["white_amount"] is None for cell in grid.cells.values()),
                ),
            ),
            "key": "white",
        },
        {
            "label": _("Ours"),
            "value": grid.total("revenue_12m"),
            "unit": "reporting currency",
            "currency": frame.currency,
            "period": months_to(frame.as_of),
            "key": "white-ours",
        },
        {
            "label": _("Cells nobody knows"),
            "value": unknown,
            "unit": "count",
            "period": _("of {count} cells").format(count=len(grid.cells)),
            "key": "white-unknown",
        },
    )
    whitespace_map(
        grid,
        title=_map_title(grid, frame.currency),
        subtitle=as_of_line(_("Ours by revenue of 12 months; the darker, the more white potential"), frame.as_of),
        currency=frame.currency,
        key="whitespace",
    )
    _cells(frame, grid)
    _editor(frame, grid)
    left, right = st.columns(2, gap="large")
    with left:
        _make_opportunity(frame, grid)
    with right:
        _add_unit(frame, grid)


def _map_title(grid: plans.Grid, currency: str) -> str:
    known = [c for c in grid.cells.values() if c["white_amount"]]
    if not known:
        return _("Nothing is known beyond our own sales: note who sells the rest")
    best = max(known, key=lambda c: c["white_amount"])
    return _("The largest white cell is {category} at {unit}: {amount} a year").format(
        category=best["category"], unit=best["unit_name"], amount=short_money(best["white_amount"], currency)
    )


def _cells(frame: Frame, grid: plans.Grid) -> None:
    """Totals by unit and by category, and every cell to download."""
    columns = [
        Column("name", _("Unit")),
        Column("revenue_12m", _("Ours, 12 months"), "reporting currency"),
        Column("potential_amount", _("Potential a year"), "reporting currency"),
        Column("white_amount", _("White"), "reporting currency"),
    ]
    money = ("revenue_12m", "potential_amount", "white_amount")
    totals = {name: grid.total(name) for name in money}
    by_unit = [{"name": n} | {m: grid.total(m, unit=u) for m in money} for u, n in grid.units.items()]
    by_category = [{"name": c} | {m: grid.total(m, category=c) for m in money} for c in grid.categories]
    left, right = st.columns(2, gap="large")
    with left:
        record_table(
            by_unit, columns, key="white.units", title=_("By unit"), empty="", currency=frame.currency, totals=totals
        )
    with right:
        record_table(
            by_category,
            [Column("name", _("Product category")), *columns[1:]],
            key="white.categories",
            title=_("By product category"),
            empty="",
            currency=frame.currency,
            totals=totals,
        )
    everything = [
        Column("unit_name", _("Unit")),
        Column("category", _("Product category")),
        Column("holder", _("Who sells there")),
        Column("competitor", _("Competitor")),
        *columns[1:],
        Column("our_share", _("Our share"), "share"),
        Column("source", _("Source")),
        Column("noted_on", _("Noted"), "date"),
    ]
    record_downloads(
        frame, list(grid.cells.values()), everything, key="white.all", title=_("Whitespace"), ids=("unit", "category")
    )


def _editor(frame: Frame, grid: plans.Grid) -> None:
    """Every cell as a row to edit; what was changed is written down with one source and date."""
    import pandas as pd

    with st.expander(_("Note what is known of the cells")), form("whitespace", _("Save the changed cells")) as noting:
        shown = noting.seen({str(at): dict(cell) for at, cell in enumerate(grid.cells.values())})
        order = list(shown.values())
        table = pd.DataFrame(
            [
                {
                    "unit": c["unit_name"],
                    "category": c["category"],
                    "ours": None if c["revenue_12m"] is None else float(c["revenue_12m"]),
                    "holder": c["holder"],
                    "competitor": c["competitor"],
                    "potential": None if c["potential_amount"] is None else float(c["potential_amount"]),
                    "share": None if c["our_share"] is None else round(float(c["our_share"]) * 100, 1),
                }
                for c in order
            ]
        ).astype({"ours": "float64", "potential": "float64", "share": "float64"})
        key = f"whitespace.{noting.op_id[:8]}"
        st.data_editor(
            table,
            key=f"{key}.cells",
            hide_index=True,
            disabled=["unit", "category", "ours"],
            column_config={
                "unit": st.column_config.TextColumn(_("Unit")),
                "category": st.column_config.TextColumn(_("Product category")),
                "ours": st.column_config.NumberColumn(
                    _("Ours, 12 months, {currency}").format(currency=frame.currency), format="%.0f"
                ),
                "holder": st.column_config.SelectboxColumn(
                    _("Who sells there"),
                    options=list(plans.HOLDERS),
                    required=True,
                    format_func=plans.HOLDERS.__getitem__,
                ),
                "competitor": st.column_config.TextColumn(_("Which competitor"), max_chars=200),
                "potential": st.column_config.NumberColumn(
                    _("Potential a year, {currency}").format(currency=frame.currency), min_value=0, format="%.0f"
                ),
                "share": st.column_config.NumberColumn(_("Our share, %"), min_value=0, max_value=100, format="%.0f"),
            },
        )
        left, right = st.columns([2, 1], vertical_alignment="bottom")
        source = left.text_input(_("Source: who or what says so"), max_chars=500, key=f"{key}.source")
        noted_on = right.date_input(_("Date"), value=frame.as_of, format="YYYY-MM-DD", key=f"{key}.on")
    if noting.sent:
        with refusals_shown(noting):
            edited = st.session_state[f"{key}.cells"]["edited_rows"]
            notes = [_note(order[int(at)], row, source, noted_on) for at, row in edited.items() if row]
            plans.note_cells(frame.store, grid.group_id, notes, who=frame.person, op_id=noting.op_id)
            noting.done(several("{count} cell is noted.", "{count} cells are noted.", len(notes)))


def _note(cell: Mapping[str, Any], edited: Mapping[str, Any], source: str, noted_on: Any) -> dict[str, Any]:
    """A note of one cell: what was edited, else as it was; a share that only followed from revenue is not kept."""
    holder = edited.get("holder", cell["holder"])
    competitor = edited.get("competitor", cell["competitor"]) or ""
    return {
        "unit": cell["unit"],
        "category": cell["category"],
        "holder": "competitor" if "competitor" in edited and competitor and holder == "unknown" else holder,
        "competitor": competitor if "competitor" in edited or holder == "competitor" else "",
        "potential_amount": edited.get("potential", cell["potential_amount"]),
        "our_share": None if edited.get("share") is None else edited["share"] / 100,
        "source": source,
        "noted_on": noted_on,
    }


def _make_opportunity(frame: Frame, grid: plans.Grid) -> None:
    """The largest white cells first; one becomes an opportunity of its unit."""
    white = sorted((c for c in grid.cells.values() if c["holder"] != "us" or c["white_amount"]), key=_largest)
    with st.expander(_("Make a cell an opportunity")), form("cell_opportunity", _("Make the opportunity")) as making:
        at = st.selectbox(
            _("Cell, the largest white potential first"),
            list(range(len(white))),
            format_func=lambda n: _called(white[n], frame.currency),
        )
        name = st.text_input(_("Name of the opportunity"), max_chars=500, placeholder=_("Else category and unit"))
        owner = st.text_input(_("Owner"), value=frame.person.name, max_chars=120, key=f"cell.{making.op_id[:8]}")
        close = st.date_input(_("Expected close"), value=None, format="YYYY-MM-DD")
    if making.sent and white:
        with refusals_shown(making):
            cell = white[at]
            plans.opportunity_of_cell(
                frame.store,
                grid.group_id,
                cell,
                name=name,
                owner=owner,
                expected_close_on=close,
                as_of=frame.as_of,
                who=frame.person,
                op_id=making.op_id,
            )
            making.done(
                _("The opportunity is made."),
                page="account",
                label=_("See the opportunities"),
                account=cell["unit"] if cell["is_account"] else grid.group_id,
                tab=_("Opportunities"),
            )


def _largest(cell: Mapping[str, Any]) -> tuple:
    return (-(cell["white_amount"] or 0), cell["unit_name"], cell["category"])


def _called(cell: Mapping[str, Any], currency: str) -> str:
    known = f", {short_money(cell['white_amount'], currency)}" if cell["white_amount"] is not None else ""
    return f"{cell['category']}, {cell['unit_name']}{known}"


def _add_unit(frame: Frame, grid: plans.Grid) -> None:
    with st.expander(_("Add a unit that the ledger does not know")), form("unit", _("Add the unit")) as adding:
        name = st.text_input(_("Subsidiary, region or site"), max_chars=500)
        kind = st.selectbox(_("Kind"), list(plans.UNIT_KINDS), format_func=plans.UNIT_KINDS.__getitem__)
    if adding.sent:
        with refusals_shown(adding):
            plans.add_unit(
                frame.store, grid.group_id, name, kind, as_of=frame.as_of, who=frame.person, op_id=adding.op_id
            )
            adding.done(_("{unit} is in the grid.").format(unit=name.strip()))

"""What an import would do, by examples: a few rows of each outcome, and the exchange rates that rows wait for."""

from __future__ import annotations

import streamlit as st

from kam.ledgers import ImportResult
from kam.ui.cells import Column
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.words import _


def samples(result: ImportResult) -> None:
    """The first rows that would be new, changed, unchanged or left out, read as the import reads them."""
    titles = {
        "inserted": _("The first new rows"),
        "updated": _("The first rows that change"),
        "unchanged": _("The first unchanged rows"),
        "left_out": _("The first rows left out"),
    }
    shown = {outcome: rows for outcome, rows in result.samples.items() if rows}
    if not shown:
        return
    with st.expander(_("Examples of each outcome"), expanded=False, key="import.samples"):
        for outcome, rows in shown.items():
            record_table(
                [{name: None if value is None else str(value) for name, value in row.items()} for row in rows],
                [Column(name, name.replace("_", " ")) for name in rows[0]],
                key=f"samples.{outcome}",
                title=titles[outcome],
                empty="",
            )


def read_as(result: ImportResult) -> None:
    """How days and numbers are read, by heading."""
    if result.ways_told:
        st.caption(_("How dates and numbers are read: {ways}").format(ways=escaped(result.ways_told, longest=600)))


def missing_rates(result: ImportResult) -> None:
    """The exchange rates to import first: currency and month."""
    if not result.missing_rates:
        return
    st.markdown(f"**{_('Exchange rates to import first')}**")
    record_table(
        [each.document() for each in result.missing_rates],
        [Column("currency", _("Currency")), Column("month", _("Month")), Column("rows", _("Rows"), "count")],
        key="missing_rates",
        title=_("Exchange rates to import first"),
        empty="",
    )

"""The sponsorship overview on screen: the finding, who has whom, and the files for the committee."""

from __future__ import annotations

import streamlit as st

from kam import documents, sponsorship
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.words import _

_MOST_COLUMNS = 12


def overview_answer(found: sponsorship.Overview) -> None:
    """The overview in a sentence."""
    st.markdown(f"**{escaped(found.finding)}**")


def overview_downloads(frame: Frame, found: sponsorship.Overview) -> None:
    """The presentation and the workbook for the executive committee."""
    stem = f"sponsorship-{frame.as_of.isoformat()}"
    with st.container(horizontal=True):
        st.download_button(
            _("Presentation"),
            data=lambda: documents.overview_deck(found),
            file_name=f"{stem}.pptx",
            mime=documents.PRESENTATION_MIME,
            on_click="ignore",
            icon=":material/download:",
            key="overview.pptx",
            help=_("PPTX: coverage, matrix, load, gaps and promises; charts hold their numbers."),
        )
        st.download_button(
            _("Workbook"),
            data=lambda: documents.overview_workbook(found),
            file_name=f"{stem}.xlsx",
            mime=documents.WORKBOOK_MIME,
            on_click="ignore",
            icon=":material/download:",
            key="overview.xlsx",
            help=_("XLSX: one sheet per table, with the ids."),
        )


def cover_matrix(frame: Frame, found: sponsorship.Overview) -> None:
    """Key accounts down, executives across; sponsor and deputy by their marks."""
    holders = [row for row in found.load if row["account_count"] or row["deputy_count"]]
    marks = {"sponsor": "●", "deputy": "○", None: ""}
    states = {r["account_id"]: "vacant" if r["executive_id"] is None else r["contact_state"] for r in found.roster}
    rows = [
        row
        | {held["executive_id"]: marks[row[held["executive_id"]]] for held in holders}
        | {"cover": states[row["account_id"]]}
        for row in frame.those_shown(found.matrix)
    ]
    st.markdown(f"**{escaped(_('Who stands behind whom: ● sponsor, ○ deputy'))}**")
    record_table(
        rows,
        [
            Column("name", _("Account"), "account"),
            Column("category", _("Category"), "status"),
            Column("cover", _("Visit"), "status"),
            *(Column(held["executive_id"], held["name"]) for held in holders[:_MOST_COLUMNS]),
        ],
        key="matrix",
        title=_("Who stands behind whom"),
        empty=_("No key account is in this selection: choose All under “Accounts shown”."),
    )
    if len(holders) > _MOST_COLUMNS:
        st.caption(
            _("The {shown} busiest of {all} executives are shown; the workbook has them all.").format(
                shown=_MOST_COLUMNS, all=len(holders)
            )
        )

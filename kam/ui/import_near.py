"""Accounts that a file names and the master lacks, with the one that each is likest."""

from __future__ import annotations

import streamlit as st

from kam import quality
from kam.ledgers import ImportResult
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.import_draft import Draft
from kam.ui.tables import record_table
from kam.words import _, several

_SHOWN = 50


def near_accounts(frame: Frame, draft: Draft, result: ImportResult) -> None:
    """Which accounts are unknown, how often, and which known one has a name or an id alike."""
    unknown: dict[str, int] = {}
    for problem in result.problems:
        if problem.reason == "unknown_account" and problem.text:
            unknown[problem.text] = unknown.get(problem.text, 0) + 1
    if not unknown:
        return
    # The most frequent ones: those are looked up, and shown.
    shown = sorted(unknown.items(), key=lambda item: (-item[1], item[0]))[:_SHOWN]
    near = quality.near_names(frame.store, [text for text, _count in shown])
    rows = [
        {
            "text": text,
            "rows": count,
            "near": near[text][1] if text in near else None,
            "account_id": near[text][0] if text in near else None,
        }
        for text, count in shown
    ]
    st.caption(
        several(
            "{count} account is not in the master. Correct the file, merge or import the account first, or let it be made.",
            "{count} accounts are not in the master. Correct the file, import the accounts first, or let them be made.",
            len(unknown),
        )
    )
    if result.rows.rejected > len(result.problems):
        st.caption(
            _("Counted among the first {count} faults: there may be more.").format(count=f"{len(result.problems):,}")
        )
    same = sum(near[text][2] == 100.0 and near[text][0] != text for text in near)
    if same and draft.mapping.account_by == "id":
        st.info(
            several(
                "{count} of them is the name of an account: say under Columns that the file gives the account by its name.",
                "{count} of them are names of accounts: say under Columns that the file gives the account by its name.",
                same,
            )
        )
    st.markdown(f"**{_('Accounts that the master lacks')}**")
    record_table(
        rows,
        [
            Column("text", _("In the file")),
            Column("rows", _("Rows"), "count"),
            Column("near", _("Nearest account")),
            Column("account_id", _("Its id")),
        ],
        key="near",
        title=_("Accounts that the master lacks"),
        empty="",
    )

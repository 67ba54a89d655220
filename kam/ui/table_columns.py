"""Which columns a visitor adds to a list: chosen for the visit, and kept for the next ones where they say so."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from kam import access
from kam.ui.cells import Column
from kam.ui.forms import press
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.words import _


def added_columns(frame: Frame, more: Sequence[Column], *, key: str) -> list[Column]:
    """Those of `more` that are added, in its order; at first the ones that this person kept for the list `key`."""
    by_name = {column.name: column for column in more}
    slot, kept_slot = f"{key}.more", f"{key}.more.kept"
    if kept_slot not in st.session_state:
        st.session_state[kept_slot] = access.kept_columns(frame.store, frame.person, key)
    kept = [name for name in st.session_state[kept_slot] if name in by_name]
    if slot not in st.session_state:
        st.session_state[slot] = kept
    with st.popover(_("Columns"), type="tertiary"):
        added = st.pills(
            _("Columns to add"),
            list(by_name),
            format_func=lambda name: by_name[name].label,
            selection_mode="multi",
            key=slot,
            persist_state="session",
        )
        if set(added) != set(kept):
            keeping = press(f"{key}.columns", _("Keep these columns for my next visits"))
            if keeping.sent:
                with refusals_shown(keeping):
                    access.keep_columns(frame.store, frame.person, key, added, op_id=keeping.op_id)
                    st.session_state[kept_slot] = list(added)
                    keeping.done(_("These columns are kept for you."))
    return [column for column in more if column.name in added]

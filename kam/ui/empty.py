"""Empty states: what is missing, and where it comes from."""

from __future__ import annotations

import streamlit as st

from kam.ui.links import link


def empty(missing: str, what_to_do: str, *, page: str | None = None, label: str | None = None, **query: str) -> None:
    """Say what is missing and what to do next, with a link to where that is done.

    missing, what_to_do: sentences of ours (escape text from data). page, label: the place, e.g. "import".
    """
    with st.container(border=True):
        st.markdown(f"**{missing}**")
        st.write(what_to_do)
        if page:
            link(page, label, **query)

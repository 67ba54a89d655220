"""What stands beneath a page's title: a line of facts; and tabs that compute only what is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from kam.ui.states import State
from kam.ui.text import escaped


def facts(pairs: Sequence[tuple[str, State | str | None]]) -> None:
    """A line of facts: states as badges, the rest as label and value; None is left out."""
    drawn = []
    for label, fact in pairs:
        if isinstance(fact, State):
            drawn.append(f"{label}: {fact.badge}" if label else fact.badge)
        elif fact:
            drawn.append(f"{label}: **{escaped(fact)}**" if label else escaped(fact))
    if drawn:
        st.markdown(" · ".join(drawn))


def tabs(contents: Mapping[str, Callable[[], None]], *, key: str = "tab") -> None:
    """Tabs by label, held in the address (`?tab=People`); only the open one's function is called."""
    places = st.tabs(list(contents), key=key, bind="query-params")
    for place, draw in zip(places, contents.values(), strict=True):
        if place.open:
            with place:
                draw()

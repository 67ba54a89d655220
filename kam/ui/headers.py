"""What stands beneath a page's title: a line of facts; and tabs that compute only what is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from kam.ui.links import WANTED_TAB
from kam.ui.states import State
from kam.ui.text import escaped

_GAP = "\N{NO-BREAK SPACE}"
_SPACE = " \N{EM SPACE}"


def facts(pairs: Sequence[tuple[str, State | str | None]]) -> None:
    """A line of facts: states as badges, the rest as label and value; None is left out."""
    badges = [f"{label} {fact.badge}".strip() for label, fact in pairs if isinstance(fact, State)]
    said = [
        f":gray[{label}]{_GAP}**{escaped(fact)}**" if label else escaped(fact)
        for label, fact in pairs
        if fact and not isinstance(fact, State)
    ]
    if badges or said:
        st.markdown(f"{' '.join(badges)}{_SPACE if badges and said else ''}{_SPACE.join(said)}")


def tabs(contents: Mapping[str, Callable[[], None]], *, key: str = "tab") -> None:
    """Tabs by label, held in the address (`?tab=People`); only the open one's function is called."""
    wanted = st.session_state.pop(WANTED_TAB, None)
    if wanted in contents:
        st.session_state[key] = wanted
    places = st.tabs(list(contents), key=key, bind="query-params")
    for place, draw in zip(places, contents.values(), strict=True):
        if place.open:
            with place:
                draw()

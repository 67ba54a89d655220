"""Fields whose words are sent while they are typed, so that a browser that goes takes nothing with it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

# What people pause for in typing; as text, for `live` of text inputs.
PAUSE = "1s"
_MILLISECONDS = 1000
_SCRIPT = Path(__file__).with_suffix(".js")


@cache
def _component() -> Any:
    return st.components.v2.component("kam_kept_typing", html="<span></span>", js=_SCRIPT.read_text(encoding="utf-8"))


def text_areas_are_kept(place: str) -> None:
    """Text areas in the container of this key send what was typed after a pause. To be called inside it.

    Text inputs can do so by themselves (`live=PAUSE`), text areas cannot.
    """
    _component()(key=f"{place}.typing", data={"place": place, "pause": _MILLISECONDS}, height=1)

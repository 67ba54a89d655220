"""The answer of the candidates page in a sentence, and its narrowing by verdict."""

from __future__ import annotations

import streamlit as st

from kam import programme, selection
from kam.store import Condition
from kam.ui.frame import Frame
from kam.words import _, several

_WHERE = {
    "all": [],
    "pass": [Condition("verdict", "=", "pass")],
    "unknown": [Condition("verdict", "=", "unknown")],
    "fail": [Condition("verdict", "=", "fail")],
    "near": [Condition("is_near_miss", "=", True)],
}


def verdict_tally(frame: Frame, bound: selection.Judging) -> selection.Tally:
    """How many accounts pass, are unknown and fail, and how much room the programme has."""
    counted = selection.tally(frame.store, bound, frame.narrowing())
    size, limits = programme.size(frame.store, frame.as_of), programme.limits(frame.store, frame.as_of)
    st.markdown(
        "**"
        + several("{count} passes", "{count} pass", counted.passing)
        + ", "
        + several("{count} is unknown", "{count} are unknown", counted.unknown)
        + ", "
        + several("{count} fails", "{count} fail", counted.failing)
        + "**; "
        + several("{count} near miss", "{count} near misses", counted.near_misses)
        + ". "
        + _("The programme holds {size} of at most {at_most}.").format(size=size, at_most=limits.at_most)
    )
    return counted


def verdict_filter(counted: selection.Tally, *, key: str) -> list[Condition]:
    """The verdicts to show: at first those that pass, where any does."""
    names = {
        "pass": _("Pass ({count})").format(count=counted.passing),
        "unknown": _("Unknown ({count})").format(count=counted.unknown),
        "fail": _("Fail ({count})").format(count=counted.failing),
        "near": _("Near misses ({count})").format(count=counted.near_misses),
        "all": _("All"),
    }
    chosen = st.segmented_control(
        _("Verdicts shown"),
        list(names),
        default="pass" if counted.passing else "all",
        required=True,
        format_func=names.__getitem__,
        key=key,
        label_visibility="collapsed",
        persist_state="session",
    )
    return _WHERE[chosen or "all"]

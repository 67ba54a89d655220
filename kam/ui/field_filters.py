"""Filters of a list by the fields that people defined, each with the control that its type asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import portfolio
from kam.store import Condition
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.words import _


def field_filters(frame: Frame, *, key: str) -> list[Condition]:
    """The conditions that a visitor sets on fields, in a window under one button; nothing where no field is defined."""
    fields = frame.store.read("portfolio.fields", order_by=[("field", False)]).records()
    found: list[Condition] = []
    if not fields:
        return found
    with st.popover(_("Filter by fields"), type="tertiary", icon=":material/filter_alt:"):
        for field in fields:
            with refusals_shown():
                condition = portfolio.field_condition(field, _asked(field, f"{key}.{field['field']}"), frame.as_of)
                found += [] if condition is None else [condition]
    if found:
        st.caption("; ".join(condition.value.label for condition in found), width="content")
    return found


def _asked(field: Mapping[str, Any], key: str) -> portfolio.Asked:
    name, kind = field["field"], field["kind"]
    if kind == "number":
        low, high = _limits(st.number_input, name, key)
        return portfolio.Asked(low=low, high=high)
    if kind == "date":
        low, high = _limits(st.date_input, name, key, format="YYYY-MM-DD")
        return portfolio.Asked(low=low, high=high)
    if kind == "text":
        return portfolio.Asked(words=st.text_input(name, key=key, max_chars=100, persist_state="session"))
    offered = field["choices"] if kind == "choice" else ["yes", "no"]
    words = {"yes": _("yes"), "no": _("no")} if kind == "yes_no" else {}
    chosen = st.multiselect(
        name,
        offered,
        format_func=lambda value: words.get(value, value),
        key=key,
        placeholder=_("All"),
        persist_state="session",
    )
    return portfolio.Asked(values=tuple(chosen))


def _limits(control: Any, name: str, key: str, **given: Any) -> tuple[Any, Any]:
    """Two controls side by side: from, to."""
    left, right = st.columns(2)
    with left:
        low = control(
            _("{field} from").format(field=name), value=None, key=f"{key}.low", persist_state="session", **given
        )
    with right:
        high = control(
            _("{field} to").format(field=name), value=None, key=f"{key}.high", persist_state="session", **given
        )
    return low, high

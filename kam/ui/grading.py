"""The inputs of a grade with its four classifications, in every form that gives one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from kam import portfolio
from kam.words import _


def grade_inputs(held: Mapping[str, Any], *, key: str, label: str) -> tuple[str | None, dict[str, str | None]]:
    """The grade and the classes chosen, at first as held; (None, …) leaves the grade."""
    options = [None, *portfolio.GRADES]
    grade = st.selectbox(
        label,
        options,
        index=options.index(held.get("grade")),
        format_func=lambda at: _("no grade") if at is None else f"{at}: {portfolio.GRADES[at]}",
        key=f"{key}.grade",
    )
    classes: dict[str, str | None] = {}
    with st.container(horizontal=True, gap="small"):
        for name, (heading, words) in portfolio.CLASSES.items():
            codes = [None, *words]
            classes[name] = st.selectbox(
                heading,
                codes,
                index=codes.index(held.get(name)),
                format_func=lambda at, words=words: _("not said") if at is None else words[at],
                key=f"{key}.{name}",
                width=180,
            )
    return grade, classes

"""Figures: a number with its unit, its period, how fresh it is, and its rule one click away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import streamlit as st

from kam.ui.text import escaped
from kam.units import UNKNOWN, count, day, share, short_money, shown
from kam.words import _


@dataclass(frozen=True)
class Rule:
    """What a figure opens to.

    says: the rule in a sentence. period: which days it covers. inputs: (what, value as text) pairs.
    source: the file, table or publication it rests on. missing: what is not known, where something is not.
    """

    says: str
    period: str = ""
    inputs: Sequence[tuple[str, str]] = field(default=())
    source: str = ""
    missing: str = ""


def figure(
    label: str,
    value: Any,
    unit: str = "text",
    *,
    currency: str = "",
    period: str = "",
    rule: Rule | None = None,
    is_estimated: bool = False,
    unknown_because: str = "",
    change: float | Decimal | None = None,
    key: str | None = None,
) -> None:
    """Draw one figure. value None is unknown, and unknown_because says why.

    unit: reporting currency, share, count, date, days … or text. period: shown beneath ("12 months to 31 May
    2005"). change: share against the period before. is_estimated: looks it. key: where two figures on a page
    share a label.
    """
    text = UNKNOWN if value is None else _in_words(value, unit, currency)
    slot = "".join(c if c.isalnum() else "-" for c in (key or label).lower())
    with st.container(key=f"{'estimated' if is_estimated else 'figure'}-{slot}", gap=None, width="stretch"):
        st.metric(
            escaped(label),
            escaped(f"≈ {text}" if is_estimated and value is not None else text),
            delta=None if change is None else escaped(_change(change)),
            delta_arrow="up"
            if change is not None and change > 0
            else "down"
            if change is not None and change < 0
            else "off",
            # By name: "normal" looks for a hyphen in the text, and ours is a minus sign.
            delta_color="green" if change is not None and change > 0 else "red" if change else "off",
        )
        beneath = unknown_because if value is None and unknown_because else period
        if is_estimated and value is not None:
            beneath = _("estimated · {period}").format(period=period) if period else _("estimated")
        if rule is None:
            if beneath:
                st.caption(escaped(beneath))
            return
        with st.popover(escaped(beneath or _("How it is computed")), type="tertiary"):
            _opened(label, rule, period)


def figures(*drawn: dict[str, Any]) -> None:
    """Figures in one row that wraps on a phone; each dict holds the arguments of `figure`."""
    slot = "".join(c if c.isalnum() else "-" for c in str(drawn[0].get("key") or drawn[0]["label"]).lower())
    with st.container(key=f"figures-{slot}"):
        for place, arguments in zip(st.columns(len(drawn), gap="medium"), drawn, strict=True):
            with place:
                figure(**arguments)


def _in_words(value: Any, unit: str, currency: str) -> str:
    if unit == "reporting currency":
        return short_money(value, currency)
    if unit.startswith("share"):
        return share(value)
    if unit == "count":
        return count(value)
    if unit == "text":
        return str(value)
    return shown(value, unit, currency)


def _change(change: float | Decimal) -> str:
    sign = "+" if change > 0 else ""
    return _("{change} on the year before").format(change=f"{sign}{share(change)}")


def _opened(label: str, rule: Rule, period: str) -> None:
    st.markdown(f"**{escaped(label)}**")
    st.write(escaped(rule.says, longest=1000))
    if rule.period or period:
        st.caption(escaped(_("Period: {period}").format(period=rule.period or period)))
    for what, value in rule.inputs:
        st.markdown(f"{escaped(what)}: **{escaped(value)}**")
    if rule.missing:
        st.markdown(f":orange[▲] {escaped(_('Missing: {what}').format(what=rule.missing), longest=1000)}")
    if rule.source:
        st.caption(escaped(_("Source: {source}").format(source=rule.source), longest=1000))


def months_to(as_of: Any, months: int = 12) -> str:
    """The usual window in words: 12 months to 31 May 2005."""
    return _("{months} months to {day}").format(months=months, day=day(as_of))

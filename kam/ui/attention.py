"""What needs attention: one line per kind of trouble, how many, which accounts, and where it is dealt with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from kam.store import Rows
from kam.ui import table_view
from kam.ui.links import address
from kam.ui.states import State
from kam.ui.text import plain
from kam.words import _

_NAMED = 4


@dataclass(frozen=True)
class Need:
    """A line. count 0: nothing to do, and the line is left out. names: the first accounts it is about.

    account_count: how many accounts it is about, where that is not `count` itself (actions, say).
    """

    tone: str
    count: int
    sentence: str
    page: str
    names: Sequence[str] = ()
    query: dict[str, str] = field(default_factory=dict)
    account_count: int | None = None


def need(tone: str, found: Rows | Sequence[str], sentence: str, page: str, **query: str) -> Need:
    """A line over rows (named by their `name` column) or names. page: where to act."""
    names = found.column("name") if isinstance(found, Rows) else list(found)
    count = found.total if isinstance(found, Rows) else len(names)
    return Need(tone, count, sentence, page, names, query)


def attention(needs: Sequence[Need], *, key: str, title: str, nothing: str) -> int:
    """Draw the lines that have something to say, the worst first; returns how many. nothing: said where none has."""
    worst = ("bad", "soon", "open", "none", "good")
    open_needs = sorted((n for n in needs if n.count), key=lambda n: worst.index(n.tone))
    if not open_needs:
        st.markdown(f"{State(_('in order'), 'good').badge} {nothing}")
        return 0
    table_view.draw(
        key=key,
        label=title,
        columns=[{"k": "what", "l": title, "n": False}, {"k": "which", "l": _("Accounts"), "n": False}],
        rows=[
            [
                {
                    "t": need.sentence,
                    "s": need.tone,
                    "g": State("", need.tone).shape,
                    "a": address(need.page, **need.query),
                    "r": at,
                },
                {"t": _which(need)},
            ]
            for at, need in enumerate(open_needs)
        ],
        targets=[(need.page, need.query) for need in open_needs],
    )
    return len(open_needs)


def _which(need: Need) -> str:
    named = ", ".join(plain(name) for name in need.names[:_NAMED])
    accounts = need.count if need.account_count is None else need.account_count
    more = accounts - min(len(need.names), _NAMED)
    if not named or more <= 0:
        return named
    return named + " " + _("and {count} more").format(count=more)


@dataclass(frozen=True)
class Step:
    """A step of setting up. is_done: taken already."""

    is_done: bool
    sentence: str
    page: str


def steps(taken: Sequence[Step], *, key: str, title: str) -> None:
    """What to do first, in order: done, next, later; each leads to its page."""
    first_open = next((at for at, step in enumerate(taken) if not step.is_done), len(taken))
    tones = ["good" if s.is_done else "soon" if at == first_open else "none" for at, s in enumerate(taken)]
    words = {"good": _("done"), "soon": _("next"), "none": _("then")}
    table_view.draw(
        key=key,
        label=title,
        columns=[{"k": "step", "l": title, "n": False}, {"k": "state", "l": "", "n": False}],
        rows=[
            [
                {"t": f"{at}. {step.sentence}", "a": address(step.page), "r": at - 1},
                {"t": words[tone], "s": tone, "g": State("", tone).shape},
            ]
            for at, (step, tone) in enumerate(zip(taken, tones, strict=True), 1)
        ],
        targets=[(step.page, {}) for step in taken],
    )

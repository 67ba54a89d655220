"""The drawn table: a real HTML table in the page, whose links open in the same tab and session.

`st.dataframe` sorts only the rows that were sent, opens links in another tab, and cannot be read by assistive
technology or on a phone; its built-in download writes formulas.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from kam.ui.links import go
from kam.words import _

_FOLDER = Path(__file__).parent
# Characters: text that stays on one line, and text that needs room.
_SHORT, _LONG = 20, 60


@cache
def _component() -> Any:
    return st.components.v2.component(
        "kam_table",
        html='<div class="table"></div>',
        css=(_FOLDER / "table.css").read_text(encoding="utf-8"),
        js=(_FOLDER / "table.js").read_text(encoding="utf-8"),
    )


def draw(
    *,
    key: str,
    label: str,
    columns: Sequence[dict],
    rows: Sequence[Sequence[dict]],
    totals: Sequence[dict] | None = None,
    sort: tuple[str, bool] | None = None,
    on_sort: Callable[[str, bool], None] | None = None,
    targets: Sequence[tuple[str, dict[str, str]]] = (),
    ids: Sequence[str] | None = None,
    ticked: Sequence[str] = (),
    on_tick: Callable[[list[str]], None] | None = None,
) -> None:
    """Draw the rows. targets: where each row's link leads, (page, query); on_sort(column, descending).

    ids: one a row, gives each row a check box; ticked: those that are ticked; on_tick: told all that are now.
    """

    def sorted_by() -> None:
        asked = st.session_state[key].get("sorted")
        if asked and on_sort and asked[0] in {c["k"] for c in columns if c.get("o")}:
            on_sort(asked[0], bool(asked[1]))

    def ticked_now() -> None:
        # All boxes of the page at once: of two quick clicks the second tells of both.
        told = st.session_state[key].get("ticked")
        if on_tick and isinstance(told, list):
            on_tick([row_id for row_id in told if row_id in set(ids or ())])

    data = {
        "label": label,
        "columns": [column | {"w": _width(column, at, rows)} for at, column in enumerate(columns)],
        "rows": list(rows),
        "totals": totals,
        "sort": list(sort) if sort else None,
        "estimated": _("Estimated: it rests on an assumption, not on the ledger alone."),
    }
    if ids is not None:
        data |= {"ids": list(ids), "ticked": list(ticked), "tick_all": _("All on this page")}
    result = _component()(
        key=key,
        data=data,
        on_sorted_change=sorted_by,
        on_opened_change=lambda: None,
        on_ticked_change=ticked_now,
    )
    opened = result.get("opened")
    if isinstance(opened, int) and 0 <= opened < len(targets):
        page, query = targets[opened]
        go(page, **query)


def _width(column: dict, at: int, rows: Sequence[Sequence[dict]]) -> str:
    """n number, d short (never broken over lines), l long (wide enough to read), w between."""
    if column.get("n"):
        return "n"
    longest = max((len(row[at]["t"]) for row in rows), default=0)
    return "d" if longest <= _SHORT else "l" if longest > _LONG else "w"

"""Drafting criteria on a page: start from a set or a file, edit gates and scores as tables, read the result.

The editors get the same input for as long as they are shown; what comes out of them is never fed back. The
text of the draft is kept beside, so that it is still there after a visit to another page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from kam import selection
from kam.ui.frame import Frame
from kam.words import _

if TYPE_CHECKING:
    import pandas as pd

_SLOT = "criteria.draft"
HELD, STARTER, FILE = "held", "starter", "file"


def criteria_draft(frame: Frame, held: selection.CriteriaSet | None) -> selection.CriteriaSet | None:
    """The draft as it stands, or None while no file has been given. held: the set in force.

    Raises Refusal (with the gate or score it is about) for a draft or a file that is no valid set.
    """
    start = _start(held)
    base = _base(start, held)
    if base is None:
        return None
    # A file states its own date; a set that others are drafted from is dated on.
    begins = base.valid_from if start == FILE else max(base.valid_from, frame.as_of)
    kept = st.session_state.setdefault(_SLOT, {})
    identity = hashlib.sha256(f"{start}{base.text}".encode()).hexdigest()[:10]
    key = f"{_SLOT}.{identity}"
    if f"{key}.gates" not in st.session_state:
        kept[identity] = {"shown": kept.get(identity, {}).get("written")}
    head, gates, scores = kept[identity]["shown"] or _tables(base, begins)
    written = (
        _head(head, key),
        _edited(_("Gates: all of them have to be passed"), gates, _gate_columns(), f"{key}.gates"),
        _edited(_("Scores: points of 10 on two axes"), scores, _score_columns(), f"{key}.scores"),
    )
    kept[identity]["written"] = written
    draft = selection.read_criteria(_text(*written), None)
    # Comments of a file that was not edited stay with it.
    return base if replace(draft, text=base.text) == base else draft


def _start(held: selection.CriteriaSet | None) -> str:
    """What the draft starts from, as chosen."""
    names = {HELD: _("The set in force"), STARTER: _("The starter set"), FILE: _("A criteria file")}
    if held is None:
        names.pop(HELD)
    return st.segmented_control(
        _("Start from"),
        list(names),
        default=next(iter(names)),
        required=True,
        format_func=names.__getitem__,
        key=f"{_SLOT}.start",
        persist_state="session",
    )


def _base(start: str, held: selection.CriteriaSet | None) -> selection.CriteriaSet | None:
    """The set that the draft starts from; None while no file has been given."""
    if start == FILE:
        given = st.file_uploader(_("Criteria file (TOML)"), type=["toml"], key=f"{_SLOT}.file", max_upload_size=1)
        return selection.read_criteria(given.getvalue(), given.name) if given is not None else None
    return held if start == HELD else selection.starter_criteria()


def _tables(base: selection.CriteriaSet, begins: date) -> tuple[dict, list[dict], list[dict]]:
    """A set as the editors show it, holding from `begins`."""
    head = {"name": base.name, "from": begins, "source": base.source, "level": base.level}
    gates = [
        {
            "measure": g.measure,
            "bound": g.bound,
            "threshold": _quantity_told(g.threshold),
            "suspends": g.suspends or None,
            "source": g.source,
        }
        for g in base.gates
    ]
    scores = [
        {
            "axis": s.axis,
            "measure": s.measure,
            "weight": s.weight,
            "anchors": "; ".join(f"{_quantity_told(x)} = {points:g}" for x, points in s.anchors),
            "source": s.source,
        }
        for s in base.scores
    ]
    return head, gates, scores


def _head(head: Mapping[str, Any], key: str) -> dict[str, Any]:
    left, middle, right = st.columns([3, 2, 2])
    levels = {"account": _("Accounts"), "group": _("Whole groups")}
    return {
        "name": left.text_input(_("Name of the set"), head["name"], max_chars=500, key=f"{key}.name"),
        "from": middle.date_input(_("Holds from"), head["from"], format="YYYY-MM-DD", key=f"{key}.from"),
        "level": right.segmented_control(
            _("Judges"),
            list(levels),
            default=head["level"],
            required=True,
            format_func=levels.__getitem__,
            key=f"{key}.level",
        ),
        "source": st.text_input(_("Source: who decided it, when"), head["source"], max_chars=500, key=f"{key}.source"),
    }


def _edited(title: str, rows: list[dict], columns: Mapping[str, Any], key: str) -> list[dict]:
    """The rows as they stand in the editor; a row without any entry is none."""
    import pandas as pd

    st.caption(title)
    shown = pd.DataFrame(rows, columns=list(columns), dtype=object)
    edited = st.data_editor(shown, column_config=columns, num_rows="dynamic", hide_index=True, key=key)
    return [row for row in _records(edited) if any(row.values())]


def _records(edited: pd.DataFrame) -> list[dict]:
    import pandas as pd

    return [
        {name: None if pd.isna(value) or value == "" else value for name, value in row.items()}
        for row in edited.to_dict("records")
    ]


def _measures() -> Any:
    return st.column_config.SelectboxColumn(
        _("Measure"),
        options=list(selection.MEASURES),
        format_func=lambda measure: selection.MEASURES[measure].name,
        width="medium",
    )


def _gate_columns() -> dict[str, Any]:
    bounds = {"at_least": _("at least"), "at_most": _("at most")}
    return {
        "measure": _measures(),
        "bound": st.column_config.SelectboxColumn(
            _("Must be"), options=list(bounds), format_func=bounds.__getitem__, width="small"
        ),
        "threshold": st.column_config.TextColumn(
            _("Threshold"),
            help=_("In the measure's unit: 250000, or 20 % or 0.2 for a share, or 2026-01-31 for a date."),
        ),
        "suspends": st.column_config.CheckboxColumn(
            _("Suspends"),
            help=_("A legal or credit gate: a key account that fails it is suspended at once."),
            width="small",
        ),
        "source": st.column_config.TextColumn(_("Source"), width="large"),
    }


def _score_columns() -> dict[str, Any]:
    axes = {"attractiveness": _("Attractiveness"), "strength": _("Strength")}
    return {
        "axis": st.column_config.SelectboxColumn(
            _("Axis"), options=list(axes), format_func=axes.__getitem__, width="medium"
        ),
        "measure": _measures(),
        "weight": st.column_config.NumberColumn(_("Weight"), help=_("The weights of an axis make 1."), width="small"),
        "anchors": st.column_config.TextColumn(
            _("Points"),
            width="medium",
            help=_(
                "Values of the measure and their points from 0 to 10, rising in the value: 0 = 0; 20 % = 5; 40 % = 10"
            ),
        ),
        "source": st.column_config.TextColumn(_("Source"), width="large"),
    }


def _text(head: Mapping[str, Any], gates: Iterable[Mapping], scores: Iterable[Mapping]) -> str:
    """The criteria file of what stands in the editors."""
    return selection.written_criteria(
        head,
        [
            {
                "measure": row["measure"],
                row["bound"] or "at_least": _quantity(row["threshold"]),
                "suspends": row["suspends"] or None,
                "unit": _unit(row["measure"]),
                "source": row["source"],
            }
            for row in gates
        ],
        [
            {
                **row,
                "weight": None if row["weight"] is None else float(row["weight"]),
                "anchors": _anchors(row["anchors"]),
                "unit": _unit(row["measure"]),
            }
            for row in scores
        ],
    )


def _unit(measure: str | None) -> str | None:
    return selection.MEASURES[measure].unit if measure in selection.MEASURES else None


def _quantity(text: str | None) -> float | date | str | None:
    """What was typed as a number, a share in per cent, or a date; anything else stays text and is refused."""
    if text is None:
        return None
    typed = str(text).strip()
    percent = typed.endswith("%")
    try:
        number = float(typed.removesuffix("%").replace("\N{MINUS SIGN}", "-"))
    except ValueError:
        try:
            return date.fromisoformat(typed)
        except ValueError:
            return typed
    # Rounded, or 7 % would become 0.07000000000000001.
    return round(number / 100, 12) if percent else number


def _anchors(text: str | None) -> list[list[Any]] | None:
    """`0 = 0; 20 % = 5` as pairs."""
    if text is None:
        return None
    return [[_quantity(part) for part in pair.split("=")] for pair in text.split(";") if pair.strip()]


def _quantity_told(quantity: float | date) -> str:
    return quantity.isoformat() if isinstance(quantity, date) else f"{quantity:.12g}"

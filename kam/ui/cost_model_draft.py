"""Drafting a cost model on a page: start from a model or a file, edit pools, activities and terms as tables.

The editors get the same input for as long as they are shown; what comes out of them is never fed back. The
draft is kept beside, so that it is still there after a visit to another page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import streamlit as st

from kam import value
from kam.ui.frame import Frame
from kam.words import _

_SLOT = "costs.draft"
HELD, STARTER, FILE = "held", "starter", "file"


def cost_model_draft(frame: Frame, held: value.CostModel | None) -> value.CostModel | None:
    """The draft as it stands, or None while no file has been given. held: the model in force.

    Raises Refusal (with the pool or activity it is about) for a draft or a file that is no valid model.
    """
    base = _base(frame, held)
    if base is None:
        return None
    text = value.cost_model_text(base)
    identity = hashlib.sha256(text.encode()).hexdigest()[:10]
    key = f"{_SLOT}.{identity}"
    kept = st.session_state.setdefault(_SLOT, {})
    if f"{key}.pools" not in st.session_state:
        kept[identity] = {"shown": kept.get(identity, {}).get("written")}
    head, pools, activities, terms = kept[identity]["shown"] or (
        *value.cost_model_rows(base),
        value.cost_model_terms(base),
    )
    written = (
        _head(head, key),
        _edited(_("Pools, a row for each period"), pools, _pool_columns(), f"{key}.pools"),
        _edited(_("Activities"), activities, _activity_columns(), f"{key}.activities"),
        _edited(
            _("Terms of time equations: minutes that an activity takes beside its own"),
            terms,
            _term_columns(),
            f"{key}.terms",
        ),
    )
    kept[identity]["written"] = written
    return value.read_cost_model(value.written_cost_model(*written), _("The draft"))


def _base(frame: Frame, held: value.CostModel | None) -> value.CostModel | None:
    """Where the draft starts."""
    names = {HELD: _("The model in force"), STARTER: _("The starter model"), FILE: _("A cost model file")}
    if held is None:
        names.pop(HELD)
    start = st.segmented_control(
        _("Start from"),
        list(names),
        default=next(iter(names)),
        required=True,
        format_func=names.__getitem__,
        key=f"{_SLOT}.start",
        persist_state="session",
    )
    if start == FILE:
        given = st.file_uploader(_("Cost model file (TOML)"), type=["toml"], key=f"{_SLOT}.file", max_upload_size=1)
        return value.read_cost_model(given.getvalue(), given.name) if given is not None else None
    return held if start == HELD else value.starter_cost_model(frame.as_of)


def _head(head: Mapping[str, Any], key: str) -> dict[str, Any]:
    left, right = st.columns([3, 2])
    return {
        "name": left.text_input(_("Name of the model"), head["name"], max_chars=500, key=f"{key}.name"),
        "from": right.date_input(_("Holds from"), head["from"], format="YYYY-MM-DD", key=f"{key}.from"),
        "source": st.text_input(
            _("Source: where the figures come from"), head["source"], max_chars=500, key=f"{key}.source"
        ),
    }


def _edited(title: str, rows: list[dict], columns: Mapping[str, Any], key: str) -> list[dict]:
    """The rows as they stand in the editor; a row without any entry is none."""
    import pandas as pd

    # The editor shows figures: exact decimals become floats, which print back as they were typed.
    plain = [{name: _figure(row.get(name)) for name in columns} for row in rows]
    shown = pd.DataFrame(plain, columns=list(columns), dtype=object)
    st.caption(title)
    edited = st.data_editor(shown, column_config=columns, num_rows="dynamic", hide_index=True, key=key)
    records = [
        {name: None if pd.isna(entry) or entry == "" else entry for name, entry in row.items()}
        for row in edited.to_dict("records")
    ]
    return [row for row in records if any(entry is not None for entry in row.values())]


def _figure(entry: Any) -> Any:
    return float(entry) if isinstance(entry, Decimal) else entry


def _pool_columns() -> dict[str, Any]:
    return {
        "id": st.column_config.TextColumn(_("Pool"), help=_("A short name; rows of one pool share it."), width="small"),
        "name": st.column_config.TextColumn(_("Name")),
        "from": st.column_config.DateColumn(_("From"), format="YYYY-MM-DD", width="small"),
        "to": st.column_config.DateColumn(_("To"), format="YYYY-MM-DD", help=_("This day counts."), width="small"),
        "cost": st.column_config.NumberColumn(_("Cost"), help=_("Of the whole period, in the reporting currency")),
        "practical_capacity_minutes": st.column_config.NumberColumn(
            _("Practical capacity, minutes"),
            help=_("People × days × paid minutes, of which about 80 % are practical; empty for a pool never charged"),
        ),
        "business_sustaining": st.column_config.CheckboxColumn(
            _("Never charged"), help=_("Business-sustaining cost is shown, and charged to no account.")
        ),
        "source": st.column_config.TextColumn(_("Source"), width="large"),
    }


def _activity_columns() -> dict[str, Any]:
    return {
        "code": st.column_config.TextColumn(_("Code"), help=_("As imported activities name it"), width="small"),
        "name": st.column_config.TextColumn(_("Name")),
        "pool": st.column_config.TextColumn(_("Pool"), width="small"),
        "driver": st.column_config.SelectboxColumn(
            _("What is counted"), options=list(value.DRIVERS), format_func=value.DRIVERS.__getitem__, width="medium"
        ),
        "unit_minutes": st.column_config.NumberColumn(_("Minutes each"), width="small"),
        "source": st.column_config.TextColumn(_("Source"), width="large"),
    }


def _term_columns() -> dict[str, Any]:
    counted = ", ".join(value.VARIABLES)
    return {
        "activity": st.column_config.TextColumn(_("Activity"), help=_("Its code, as above"), width="small"),
        "kind": st.column_config.SelectboxColumn(
            _("Kind"), options=list(value.KINDS), format_func=value.KINDS.__getitem__, width="small"
        ),
        "of": st.column_config.TextColumn(
            _("Of"),
            help=_("One of {counted}, or activity:CODE for recorded activities").format(counted=counted),
            width="small",
        ),
        "by": st.column_config.TextColumn(
            _("By"), help=_("Of a product alone: its second factor; one of the two is rush or return"), width="small"
        ),
        "minutes": st.column_config.NumberColumn(
            _("Minutes"), help=_("May be below 0; the equation may not"), width="small"
        ),
        "name": st.column_config.TextColumn(_("What for"), width="large"),
    }

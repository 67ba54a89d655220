"""Forms over the kinds of records of plans and service: adding one, changing or closing one.

A change sends only what its user changed, so that two people who change different fields of one record lose nothing;
where they changed it at the same time, the second sees both versions first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from kam import plans
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.refusals import refusals_shown
from kam.ui.text import plain
from kam.words import _

Options = Mapping[str, Mapping[Any, str]]
_WIDE = ("long",)


def record_inputs(
    fields: Sequence[plans.Field], values: Mapping[str, Any], *, key: str, options: Options | None = None
) -> dict[str, Any]:
    """Draw an input per field, two beside each other; returns what stands in them.

    values: what they hold at first. options: field → value and words, for links and texts chosen from a list.
    """
    options = options or {}
    shown = [f for f in fields if f.kind != "link" or options.get(f.name)]
    typed: dict[str, Any] = {f.name: values.get(f.name) for f in fields}
    pairs: list[list[plans.Field]] = []
    for field in shown:
        if field.kind in _WIDE or not pairs or len(pairs[-1]) == 2 or pairs[-1][0].kind in _WIDE:
            pairs.append([])
        pairs[-1].append(field)
    for pair in pairs:
        places = st.columns(2, vertical_alignment="bottom") if pair[0].kind not in _WIDE else [st.container()]
        for place, field in zip(places, pair, strict=False):
            with place:
                typed[field.name] = _input(
                    field, values.get(field.name), f"{key}.{field.name}", options.get(field.name)
                )
    return typed


def _input(field: plans.Field, value: Any, key: str, offered: Mapping[Any, str] | None) -> Any:
    label, said = field.label, {"key": key, "help": field.help or None}
    if offered is not None or field.kind == "choice":
        words = dict(offered if offered is not None else field.choices())
        if value not in (None, "") and value not in words:
            words[value] = str(value)
        at = list(words).index(value) if value in words else None
        chosen = st.selectbox(
            label, list(words), index=at, format_func=lambda v: plain(words[v]), placeholder=_("None"), **said
        )
        return "" if chosen is None and field.kind == "text" else chosen
    if field.kind == "flag":
        return st.checkbox(label, value=bool(value), **said)
    if field.kind == "date":
        return st.date_input(label, value=value, format="YYYY-MM-DD", **said)
    if field.kind == "scale":
        return st.number_input(label, min_value=1, max_value=5, value=int(value or field.default or 3), step=1, **said)
    if field.kind == "share":
        percent = st.number_input(
            label,
            min_value=0.0,
            max_value=100.0,
            value=None if value is None else round(float(value) * 100, 2),
            step=5.0,
            format="%.0f",
            **said,
        )
        return None if percent is None else round(percent / 100, 4)
    if field.kind in ("money", "number"):
        number = st.number_input(label, value=None if value is None else float(value), step=1.0, format="%.2f", **said)
        return number
    if field.kind == "long":
        return st.text_area(label, value=value or "", max_chars=20_000, height=100, **said)
    return st.text_input(label, value=value or "", max_chars=500, **said)


def add_record(
    frame: Frame,
    name: str,
    parent_id: int | str,
    *,
    label: str,
    done: str,
    values: Mapping[str, Any] | None = None,
    options: Options | None = None,
    save: Callable[..., Any] | None = None,
    slot: str = "",
    is_open: bool = False,
) -> None:
    """A form, folded away (unless is_open), that adds a record of a kind. label: of the fold and the button; values: at first.

    save(values, op_id) in place of `plans.record`. slot: tells two forms of one kind on a page apart.
    """
    kind = plans.KINDS[name]
    first = {f.name: f.default for f in kind.fields} | dict(values or {})
    with st.expander(label, expanded=is_open), form(f"add.{name}.{parent_id}{slot}", label) as adding:
        typed = record_inputs(kind.fields, first, key=f"add.{adding.op_id[:8]}", options=options)
    if not adding.sent:
        return
    with refusals_shown(adding):
        if save is not None:
            save(typed, adding.op_id)
        else:
            plans.record(frame.store, name, parent_id, typed, as_of=frame.as_of, who=frame.person, op_id=adding.op_id)
        adding.done(done)


def change_record(
    frame: Frame,
    name: str,
    records: Sequence[Mapping[str, Any]],
    *,
    label: str,
    done: str,
    options: Options | None = None,
    save: Callable[..., Any] | None = None,
    states: Sequence[str] | None = None,
) -> None:
    """A form, folded away, that changes, ends or opens again one of these records (rows of the kind's table).

    save(record_id, changes, version, op_id) in place of `plans.change`. states: those offered, else all of the kind.
    """
    if not records:
        return
    kind = plans.KINDS[name]
    by_id = {row[kind.id_column]: row for row in records}
    with st.expander(label):
        chosen = st.selectbox(
            kind.label.capitalize(),
            list(by_id),
            format_func=lambda at: _called(kind, by_id[at]),
            key=f"change.{name}.which",
        )
        row = by_id[chosen]
        with form(f"change.{name}.{chosen}", _("Save the change"), is_primary=False) as changing:
            version, seen = changing.version(row["version"]), changing.seen(row)
            key = f"change.{changing.op_id[:8]}"
            typed = record_inputs(kind.fields, seen, key=key, options=options)
            offered = kind.states if states is None else {s: kind.states[s] for s in states}
            if offered:
                left, right = st.columns([1, 2], vertical_alignment="bottom")
                typed["state"] = left.selectbox(
                    _("State"),
                    list(offered),
                    index=list(offered).index(seen["state"]) if seen["state"] in offered else 0,
                    format_func=offered.__getitem__,
                    key=f"{key}.state",
                )
                typed["outcome"] = right.text_input(
                    _("What came of it (needed to end it)"),
                    value=seen["outcome"] or "",
                    max_chars=500,
                    key=f"{key}.outcome",
                )
    if not changing.sent:
        return
    changes = {n: v for n, v in typed.items() if not _same(v, seen[n])}
    with refusals_shown(changing):
        if save is not None:
            save(chosen, changes, version, changing.op_id)
        else:
            plans.change(
                frame.store,
                name,
                chosen,
                changes,
                as_of=frame.as_of,
                expected_version=version,
                who=frame.person,
                op_id=changing.op_id,
            )
        changing.done(done)


def _same(typed: Any, seen: Any) -> bool:
    """Nothing typed is the same as nothing kept, and 100.0 the same as Decimal 100.00."""
    if typed in (None, "") or seen in (None, ""):
        return typed in (None, "") and seen in (None, "")
    if isinstance(typed, float):
        return abs(typed - float(seen)) < 1e-9
    return typed == seen


def _called(kind: plans.Kind, row: Mapping[str, Any]) -> str:
    name = plain(row[kind.title], longest=80)
    return name if row["state"] not in kind.closing else f"{name} ({kind.states[row['state']]})"

"""Rules about the lines of a file: which are left out (cancelled), credit notes, or no products (postage, fees)."""

from __future__ import annotations

from typing import Any

import streamlit as st

from kam import ledgers
from kam.ui.import_uploads import Upload
from kam.words import _, several

_TESTS = {"equals": _("is"), "one_of": _("is one of (;)"), "starts_with": _("begins with"), "missing": _("is empty")}


def line_rules(
    upload: Upload, base: ledgers.Mapping | None, headings: list[str], left_out: list[dict[str, Any]]
) -> dict[str, list[dict[str, Any]]]:
    """The [[leave_out]], [[negate]] and [[classify]] parts of a mapping, as they stand in three small tables.

    left_out: the rows to leave out so far; those by an empty cell stay, the others are those of the first table.
    """
    cancelled = [rule for rule in base.leave_out if not rule.missing] if base else []
    rules = [*cancelled, *base.negate, *base.classify] if base else []
    opened = st.expander(
        _("Cancelled documents, credit notes, postage and fees: no rule")
        if not rules
        else several(
            "Cancelled documents, credit notes, postage and fees: {count} rule",
            "Cancelled documents, credit notes, postage and fees: {count} rules",
            len(rules),
        ),
        expanded=False,
        key=f"{upload.key}.rules.{bool(base)}",
    )
    with opened:
        st.caption(_("Lines to leave out, such as those whose status is Cancelled: they are counted apart."))
        leave_out = _edited(f"{upload.key}.cancelled.{bool(base)}", cancelled, headings, {})
        st.caption(
            _(
                "Where the file writes credit notes without a minus, say how they are known: their quantity and amounts "
                "become negative."
            )
        )
        negate = _edited(f"{upload.key}.negate.{bool(base)}", list(base.negate) if base else [], headings, {})
        st.caption(
            _(
                "Lines that are no products stay in the ledger and in the control totals; in revenue only where the "
                "rule says so. The first rule that a line meets decides."
            )
        )
        kinds = {
            "kind": st.column_config.TextColumn(_("Kind"), max_chars=60),
            "in_revenue": st.column_config.CheckboxColumn(_("Is revenue"), default=False),
        }
        classify = _edited(f"{upload.key}.classify.{bool(base)}", list(base.classify) if base else [], headings, kinds)
    kept = [rule for rule in left_out if rule.get("missing")]
    return {"leave_out": kept + leave_out, "negate": negate, "classify": classify}


def _edited(key: str, rules: list[Any], headings: list[str], more: dict[str, Any]) -> list[dict[str, Any]]:
    import pandas as pd

    names = ["column", "test", "words", *more]
    shown = pd.DataFrame([_row(rule, more) for rule in rules], columns=names)
    shown = shown.astype({name: "bool" if name == "in_revenue" else "string" for name in names})
    columns = {
        "column": st.column_config.SelectboxColumn(_("Column"), options=headings),
        "test": st.column_config.SelectboxColumn(_("Test"), options=list(_TESTS), format_func=_TESTS.__getitem__),
        "words": st.column_config.TextColumn(_("What stands there")),
        **more,
    }
    edited = st.data_editor(shown, column_config=columns, num_rows="dynamic", hide_index=True, key=key)
    found = [_rule({name: _plain(row[name]) for name in names}, more) for row in edited.to_dict("records")]
    return [rule for rule in found if rule is not None]


def _row(rule: Any, more: dict[str, Any]) -> dict[str, Any]:
    said = rule.model_dump(exclude_none=True)
    test = next(name for name in _TESTS if name in said)
    words = said[test]
    text = ";".join(map(str, words)) if test == "one_of" else "" if test == "missing" else str(words)
    return {"column": said["column"], "test": test, "words": text} | {name: said[name] for name in more}


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | str) else None


def _rule(row: dict[str, Any], more: dict[str, Any]) -> dict[str, Any] | None:
    """A rule of a whole row; None while the row is not complete."""
    test, words = row["test"], (row["words"] or "").strip()
    if not row["column"] or not test or (test != "missing" and not words) or ("kind" in more and not row["kind"]):
        return None
    value: Any = {"missing": True, "one_of": [word.strip() for word in words.split(";") if word.strip()]}.get(
        test, words
    )
    rule = {"column": row["column"], test: value}
    return rule | {"kind": row["kind"], "in_revenue": bool(row["in_revenue"])} if more else rule

"""An import in the making: the file, what it seems to be, how it is read, and which column is which.

What the visitor said is kept by the widgets; what the file is, and what would come of it, is kept beside for
as long as neither the file nor anything that was said changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from kam import ledgers
from kam.ledgers import ImportResult, Look, Question
from kam.ui import session
from kam.ui.cells import Column
from kam.ui.frame import Frame
from kam.ui.import_columns import account_columns, at, columns_chosen
from kam.ui.import_rules import line_rules
from kam.ui.import_uploads import SLOT, Upload, uploaded
from kam.ui.tables import record_table
from kam.ui.text import escaped, plain
from kam.words import _

FROM_HEADINGS, FROM_FILE = "", "file"
KINDS = ["csv", "txt", "tsv", "tab", "psv", "dat", "gz", "xlsx", "xls", "parquet"]
# Up to this size the file is checked at once, as things are said about it; a larger one when asked to.
_CHECKED_AT_ONCE = 2 * 1024 * 1024
_ROWS_SHOWN = 5
_DATE_CHOICES = {
    "": _("as they show"),
    "dmy": _("day/month/year"),
    "mdy": _("month/day/year"),
    "ymd": _("year-month-day"),
    "yyyymmdd": _("YYYYMMDD"),
    "excel": _("days since 1900"),
    "excel1904": _("days since 1904"),
    "roc": _("Minguo years"),
}
_DECIMAL_CHOICES = {"": _("as they show"), ".": _("1,234.50"), ",": _("1.234,50")}
_ENCODINGS = [
    *("", "utf-8", "utf-16", "utf-32", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949"),
]
_DELIMITER_CHOICES = {
    "": _("as it shows"),
    ",": _("comma"),
    ";": _("semicolon"),
    "\t": _("tab"),
    "|": _("bar"),
    "whitespace": _("blanks"),
    "fixed": _("by position"),
}
_ANSWERS = {
    "date_order": ("date_format", {"dmy": _("day/month/year"), "mdy": _("month/day/year")}),
    "date_epoch": ("date_format", {"excel": _("days since 1900"), "excel1904": _("days since 1904")}),
    "decimal": ("decimal", {".": _("a decimal point"), ",": _("a decimal comma")}),
}


@dataclass(frozen=True)
class Draft:
    """What `ledgers.import_files` needs."""

    upload: Upload
    table: str
    mapping: ledgers.Mapping
    options: ledgers.ReadOptions
    create_accounts: bool
    joined: Upload | None

    @property
    def paths(self) -> list[Path]:
        """The dropped files, taken in as one import."""
        return [one.path for one in self.upload.files]

    @property
    def whole_mapping(self) -> ledgers.Mapping:
        """The mapping with what was said about reading: all that the next file of this kind needs."""
        return self.mapping.model_copy(update={"read": self.options.over(self.mapping.read)})

    @property
    def said(self) -> dict[str, Any]:
        """The arguments of an import beside the store and who acts."""
        return {
            "mapping": self.mapping,
            "options": self.options,
            "create_accounts": self.create_accounts,
            "labels": [one.name for one in self.upload.files],
            "join_path": self.joined.path if self.joined else None,
            "join_label": self.joined.name if self.joined else None,
            "today": session.today(),
        }


def import_draft(frame: Frame) -> Draft | None:
    """The draft as far as it goes; None while there is no file. Raises Refusal for what cannot be read."""
    upload = uploaded("lines", _("A file of records, or several alike (CSV, XLSX, Parquet)"), KINDS, takes_several=True)
    if upload is None:
        st.caption(
            _(
                "Begin with the accounts, then products and order lines; exchange rates come before lines in other "
                "currencies. Nothing is written before you have seen what would come of it."
            )
        )
        return None
    left, right = st.columns([1, 2])
    with right:
        base = _chosen_mapping(frame, upload)
    told = st.empty()
    reading = st.expander(_("How it is read, and its first rows"), expanded=False, key=f"{upload.key}.reading")
    with reading:
        options = _options(upload, base)
    look = _looked(frame, upload, base, options)
    with left:
        table = _chosen_table(upload, look, base)
    told.caption(_what_it_is(look))
    if upload.more:
        st.caption(
            _("{count} files of the same columns, taken in as one import: {files}").format(
                count=len(upload.files), files=escaped(", ".join(one.name for one in upload.files), longest=500)
            )
        )
    with reading:
        _first_rows(look)
    joined, keys, headings = _headers_file(frame, upload, look, base, table)
    if table is None:
        return None
    mapping = columns_chosen(upload, table, look, base, headings)
    if table == "order_lines":
        mapping |= line_rules(upload, base, headings, mapping["leave_out"])
    if keys is not None and joined is not None:
        mapping["join"] = {"file": joined.name, "on": keys}
    creates = False
    if ledgers.TABLES[table].has_account:
        creates = st.checkbox(
            _("Make the accounts that the master lacks"),
            key=f"{upload.key}.accounts",
            help=_("From the account's id, and from what the file says about it."),
        )
    account = account_columns(upload, base, headings) if creates else {}
    made = ledgers.mapping_of({**mapping, "table": table, "account": account})
    return Draft(upload, table, made, options, creates, joined)


def import_preview(frame: Frame, draft: Draft) -> ImportResult | None:
    """What the import would do, or None while a question is open. Raises Refusal for what stands in its way."""
    said = (draft.upload.identity, draft.table, draft.mapping.as_toml(), draft.options, draft.create_accounts)
    seen = (said, draft.joined, frame.store.version("ledgers"))
    kept = st.session_state.get(f"{SLOT}.preview")
    if kept is None or kept[0] != seen:
        if sum(one.size for one in draft.upload.files) > _CHECKED_AT_ONCE and not st.button(
            _("Check the whole file"), key=f"{draft.upload.key}.check"
        ):
            st.caption(_("Nothing is written by checking."))
            return None
        with st.spinner(_("Checking every row …")):
            found = ledgers.preview(frame.store, draft.table, draft.paths, who=frame.person, **draft.said)
        kept = (seen, found)
        st.session_state[f"{SLOT}.preview"] = kept
    found = kept[1]
    if isinstance(found, Question):
        _ask(draft.upload, found)
        return None
    return found


# -- the file ---------------------------------------------------------------------------------------------------------


def _looked(frame: Frame, upload: Upload, base: ledgers.Mapping | None, options: ledgers.ReadOptions) -> Look:
    seen = (upload.identity, base.as_toml() if base else None, options)
    kept = st.session_state.setdefault(f"{SLOT}.look", {})
    if seen not in kept:
        found = ledgers.look_at(frame.store, upload.path, label=upload.name, mapping=base, options=options)
        kept.clear()
        kept[seen] = found
    return kept[seen]


def _what_it_is(look: Look) -> str:
    """One line on what the file is."""
    parts = {"csv": _("text"), "xlsx": _("workbook"), "parquet": _("Parquet")}
    said = [parts[look.kind]]
    if look.encoding:
        said.append(look.encoding.upper().replace("_", "-"))
    if look.delimiter:
        said.append(_("parted by {what}").format(what=_DELIMITER_CHOICES[look.delimiter]))
    if look.sheet:
        said.append(_("sheet {name}").format(name=escaped(look.sheet)))
    header = _("columns named in line {line}").format(line=look.header_row) if look.header_row else _("no column names")
    return " · ".join([*said, header])


def _first_rows(look: Look) -> None:
    """The first rows as they are parted."""
    columns = [Column(str(n), plain(heading)) for n, heading in enumerate(look.headings)]
    rows = [{str(n): cell[:80] for n, cell in enumerate(row)} for row in look.rows[:_ROWS_SHOWN]]
    record_table(
        rows, columns, key="import.rows", title=_("The first rows of the file"), empty=_("The file has no rows.")
    )


# -- how it is read ------------------------------------------------------------------------------------------------


def _chosen_mapping(frame: Frame, upload: Upload) -> ledgers.Mapping | None:
    """The mapping to start from: none, one that we ship and that fits, or a file of the visitor's."""
    kept = {one.name: one for one in ledgers.saved_mappings(frame.store)}
    known = ledgers.shipped_mappings() | {name: one.mapping for name, one in kept.items()}
    fitting = st.session_state.get(f"{upload.key}.fitting")
    if fitting is None:
        headings = ledgers.look_at(frame.store, upload.path, label=upload.name).headings
        fitting = st.session_state[f"{upload.key}.fitting"] = ledgers.fitting_mappings(headings, known)
    names = {FROM_HEADINGS: _("By the headings"), **{name: name for name in fitting}, FROM_FILE: _("By a mapping file")}
    chosen = st.segmented_control(
        _("Which column is which"),
        list(names),
        default=FROM_HEADINGS,
        required=True,
        format_func=names.__getitem__,
        key=f"{upload.key}.mapping",
    )
    if chosen == FROM_FILE:
        given = st.file_uploader(_("Mapping file (TOML)"), type=["toml"], key=f"{upload.key}.toml", max_upload_size=1)
        return ledgers.mapping_from(given.getvalue().decode("utf-8", "replace"), name=given.name) if given else None
    return known.get(chosen)


def _options(upload: Upload, base: ledgers.Mapping | None) -> ledgers.ReadOptions:
    """What the visitor said about reading, above what the mapping says."""
    key = upload.key
    read = base.read if base else ledgers.ReadOptions()
    places = st.columns(5)
    encoding = places[0].selectbox(
        _("Encoding"), _ENCODINGS, format_func=lambda e: e.upper() or _("as it shows"), key=f"{key}.encoding"
    )
    delimiter = _choice(places[1], _("Columns parted by"), _DELIMITER_CHOICES, f"{key}.delimiter")
    header_row = places[2].number_input(
        _("Line of the column names"),
        min_value=0,
        max_value=1000,
        value=None,
        step=1,
        placeholder=_("as it shows"),
        help=_("0 where the file has none."),
        key=f"{key}.header_row",
    )
    dates = _choice(places[3], _("Dates"), _DATE_CHOICES, f"{key}.date_format")
    decimal = _choice(places[4], _("Numbers"), _DECIMAL_CHOICES, f"{key}.decimal")
    answered = {name: st.session_state.get(f"{key}.answer.{name}") for name in ("date_format", "decimal")}
    said = ledgers.read_options(
        encoding=encoding,
        delimiter=delimiter,
        header_row=header_row,
        date_format=dates or answered["date_format"],
        decimal=decimal or answered["decimal"],
    )
    return said.over(read)


def _choice(place: Any, label: str, choices: Mapping[str, str], key: str) -> str:
    return place.selectbox(label, list(choices), format_func=choices.__getitem__, key=key)


def _ask(upload: Upload, question: Question) -> None:
    """A question about what can be read in two ways; the answer is an option from the next run on."""
    name, choices = _ANSWERS[question.about]
    st.warning(escaped(question.message, longest=1000))
    st.segmented_control(
        _("{column} holds").format(column=escaped(question.column or _("The file"))),
        list(choices),
        format_func=choices.__getitem__,
        default=None,
        key=f"{upload.key}.answer.{name}",
        persist_state="session",
    )


# -- which column is which -----------------------------------------------------------------------------------------


def _chosen_table(upload: Upload, look: Look, base: ledgers.Mapping | None) -> str | None:
    names = list(ledgers.TABLES)
    if base is not None:
        # The mapping says so; shown, and not open to choice.
        st.selectbox(
            _("It holds"), [base.table.replace("_", " ")], disabled=True, key=f"{upload.key}.table.{base.table}"
        )
        return base.table
    index = names.index(look.table) if look.table else None
    return st.selectbox(
        _("It holds"),
        names,
        index=index,
        format_func=lambda name: name.replace("_", " "),
        placeholder=_("Choose what the file holds"),
        key=f"{upload.key}.table",
    )


def _headers_file(
    frame: Frame, upload: Upload, look: Look, base: ledgers.Mapping | None, table: str | None
) -> tuple[Upload | None, dict[str, str] | None, list[str]]:
    """(headers file, its keys, all headings): of a ledger whose orders come in a second file."""
    join = base.join if base else None
    key = upload.key
    headings = list(look.headings)
    if table != "order_lines":
        return None, None, headings
    if not st.toggle(
        _("The orders' headers come in a second file"), value=join is not None, key=f"{key}.joins.{bool(join)}"
    ):
        return None, None, headings
    joined = uploaded("headers", _("Headers file {file}").format(file=join.file if join else "").strip(), KINDS)
    if joined is None:
        return None, None, headings
    other = list(_headings_of(frame, joined))
    left, right = st.columns(2)
    keys = {
        "lines": left.selectbox(
            _("The line's order"), headings, index=at(headings, join and join.keys.lines), key=f"{key}.on"
        ),
        "headers": right.selectbox(
            _("The header's order"), other, index=at(other, join and join.keys.headers), key=f"{key}.to"
        ),
    }
    return joined, keys if all(keys.values()) else None, headings + [h for h in other if h not in headings]


def _headings_of(frame: Frame, upload: Upload) -> tuple[str, ...]:
    kept = st.session_state.setdefault(f"{upload.key}.headings", [])
    if not kept:
        kept.append(ledgers.look_at(frame.store, upload.path, label=upload.name).headings)
    return kept[0]

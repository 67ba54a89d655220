"""Tables: pages of rows cut by the database, and short lists of records.

A list never holds a whole relation: search, filters, order and page go to the store; the download asks for
all rows only when it is pressed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from kam.store import Among, Condition, Rows, Store
from kam.ui import files, table_view
from kam.ui.cells import Column, cell
from kam.ui.frame import Frame
from kam.ui.links import address
from kam.ui.states import state
from kam.ui.table_columns import added_columns
from kam.ui.text import plain
from kam.units import day
from kam.words import _, several

PAGE_ROWS = 25
MOST_ROWS = 200

# A row's link: (page, {query name: column}).
Opens = tuple[str, Mapping[str, str]]
ACCOUNT: Opens = ("account", {"account": "account_id"})


def relation_table(
    frame: Frame,
    relation: str,
    arguments: Mapping[str, Any] | None,
    columns: Sequence[Column],
    *,
    key: str,
    title: str,
    more: Sequence[Column] = (),
    where: Sequence[Condition] = (),
    search: Sequence[str] = (),
    filters: Mapping[str, str] | None = None,
    order_by: tuple[str, bool] | None = None,
    totals: Sequence[str] = (),
    opens: Opens | None = ACCOUNT,
    ids: Sequence[str] = ("account_id",),
    empty: str | None = None,
    rows_per_page: int = PAGE_ROWS,
    has_ticks: bool = False,
) -> Rows:
    """A list page of a relation: search, filters, order, count, totals, pages, CSV and XLSX.

    title: names the table for assistive technology and downloads. more: columns that a visitor may add. search: columns that the search box looks
    in. filters: column → label; each becomes a choice among the column's values. order_by: (column,
    descending) at first. totals: columns summed over all rows found, not only those shown. opens: where the
    first column's link leads. ids: columns that go into downloads whether shown or not. has_ticks: each row has a check box; `rows_ticked` of the key tells which are ticked, over all
    pages. Returns the rows shown.
    """
    store = frame.store
    sort_key, page_key = f"{key}.sort", f"{key}.page"
    sort = st.session_state.setdefault(sort_key, order_by)
    sought, picked, columns = _tools(frame, relation, arguments, columns, more, key, where, search, filters or {})
    narrowing = {"where": [*where, *picked], "search": (sought, tuple(search)) if sought else None}
    st.session_state[f"{key}.narrowing"] = narrowing
    chosen = _read_columns(store, relation, columns, opens, ids)
    order = [sort] if sort else []
    order += [(name, False) for name in ids if name in chosen and (not sort or name != sort[0])]

    def cut(limit: int | None, page: int) -> Rows:
        offset = (page - 1) * (limit or 0)
        return store.page(relation, arguments, columns=chosen, order_by=order, limit=limit, offset=offset, **narrowing)

    at = st.session_state.get(page_key, 1)
    found = cut(rows_per_page, at)
    if not found.rows and at > 1:
        st.session_state[page_key] = at = 1
        found = cut(rows_per_page, at)
    if not found.rows:
        is_narrowed = bool(sought or picked) or not empty
        st.info(_("No row meets these conditions: widen the search or the filters.") if is_narrowed else empty)
        return found

    sums = store.sums(relation, arguments, list(totals), **narrowing) if totals else None
    _draw(
        found.records(),
        columns,
        key=f"{key}.rows",
        title=title,
        currency=frame.currency,
        opens=opens,
        sort=sort,
        on_sort=lambda column, descending: st.session_state.update({sort_key: (column, descending)}),
        totals=None if sums is None else _total_cells(columns, sums, found.total),
        ticks=(key, [str(row_id) for row_id in found.column(ids[0])]) if has_ticks else None,
    )
    if sums and any(known < found.total for _amount, known in sums.values()):
        st.caption(_("\\* Without the rows whose figure is unknown."))
    headings = {c.name: c.heading(frame.currency) for c in columns}
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-foot"):
        _count(found, at, rows_per_page, page_key)
        _downloads(
            lambda: cut(None, 1),
            headings,
            key=key,
            title=title,
            total=found.total,
            notes=_notes(frame, sought, narrowing["where"]),
        )
    return found


def rows_found(
    frame: Frame, relation: str, arguments: Mapping[str, Any] | None, *, key: str, columns: Sequence[str]
) -> Rows:
    """All rows that the table of this key finds by its search and filters, not only those shown."""
    narrowing = st.session_state[f"{key}.narrowing"]
    return frame.store.page(relation, arguments, columns=columns, order_by=[(columns[0], False)], **narrowing)


def rows_ticked(key: str) -> list[str]:
    """The ids of the rows that are ticked in the table of this key, on whichever of its pages."""
    return list(st.session_state.get(f"{key}.ticked", []))


def untick(key: str) -> None:
    """Take all ticks off the table of this key."""
    st.session_state[f"{key}.ticked"] = []


def _tools(
    frame: Frame,
    relation: str,
    arguments: Mapping[str, Any] | None,
    columns: Sequence[Column],
    more: Sequence[Column],
    key: str,
    where: Sequence[Condition],
    search: Sequence[str],
    filters: Mapping[str, str],
) -> tuple[str, list[Condition], list[Column]]:
    """What the visitor asks for above a table: (text sought, conditions picked, columns shown)."""
    if not (search or filters or more):
        return "", [], list(columns)
    sought, picked = "", []
    with st.container(horizontal=True, vertical_alignment="bottom", key=f"{key}-tools"):
        if search:
            sought = st.text_input(
                _("Search"), key=f"{key}.search", type="search", width=220, max_chars=100, persist_state="session"
            )
        for column, label in filters.items():
            picked += _filter(frame.store, relation, arguments, column, label, key, [*where, *picked])
        if more:
            columns = [*columns, *added_columns(frame, more, key=key)]
    return sought.strip(), picked, list(columns)


def _read_columns(
    store: Store, relation: str, columns: Sequence[Column], opens: Opens | None, ids: Sequence[str]
) -> list[str]:
    """The relation's columns that a table needs: shown, marking estimates, leading on, and the ids."""
    asked = [c.name for c in columns] + [c.estimated_by for c in columns if c.estimated_by]
    asked += [c.unit_by for c in columns if c.unit_by]
    asked += list(opens[1].values()) if opens else []
    known = store.columns(relation)
    return [name for name in dict.fromkeys([*asked, *ids]) if name in known]


def record_table(
    records: Sequence[Mapping[str, Any]],
    columns: Sequence[Column],
    *,
    key: str,
    empty: str,
    title: str = "",
    currency: str = "",
    opens: Opens | None = None,
    totals: Mapping[str, Any] | None = None,
) -> None:
    """A short list of records as they come (at most 200 are drawn). totals: column → value of a last line."""
    records = list(records)
    if not records:
        st.caption(empty)
        return
    last = None
    if totals is not None:
        last = [cell(totals, c) if c.name in totals else {"t": ""} for c in columns]
        if columns[0].name not in totals:
            last[0] = {"t": _("Total")}
    _draw(
        records[:MOST_ROWS], columns, key=f"{key}.rows", title=title or key, currency=currency, opens=opens, totals=last
    )
    if len(records) > MOST_ROWS:
        st.caption(_("The first {shown} of {all} are shown.").format(shown=MOST_ROWS, all=len(records)))


def record_downloads(
    frame: Frame,
    records: Sequence[Mapping[str, Any]],
    columns: Sequence[Column],
    *,
    key: str,
    title: str,
    ids: Sequence[str] = ("account_id",),
    notes: Sequence[tuple[str, str]] = (),
) -> None:
    """CSV and XLSX of a list of records, all of them, with the ids. notes: (what, value) beside the as-of date."""
    names = list(dict.fromkeys([*ids, *(c.name for c in columns)]))

    def everything() -> Rows:
        return Rows(tuple(names), [tuple(r.get(name) for name in names) for r in records], len(records))

    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-foot"):
        st.caption(several("{count} row", "{count} rows", len(records)), width="content")
        _downloads(
            everything,
            {c.name: c.heading(frame.currency) for c in columns},
            key=key,
            title=title,
            total=len(records),
            notes=[(_("As of"), day(frame.as_of)), (_("Currency"), frame.currency), *notes],
        )


def _draw(
    records: Sequence[Mapping[str, Any]],
    columns: Sequence[Column],
    *,
    key: str,
    title: str,
    currency: str,
    opens: Opens | None,
    sort: tuple[str, bool] | None = None,
    on_sort: Callable[[str, bool], None] | None = None,
    totals: list[dict] | None = None,
    ticks: tuple[str, list[str]] | None = None,
) -> None:
    """The table itself. A column of unit account is linked to the account page; else the first, by `opens`."""
    linked, leads = 0, opens
    for at, column in enumerate(columns):
        if column.unit == "account" and leads is None:
            linked, leads = at, ACCOUNT
        elif column.unit == "account" and leads == ACCOUNT:
            linked = at
            break
    rows, targets = [], []
    for record in records:
        cells = [cell(record, column, currency) for column in columns]
        query = {name: str(record[source]) for name, source in leads[1].items() if record.get(source)} if leads else {}
        if leads and query:
            cells[linked] |= {"a": address(leads[0], **query), "r": len(targets)}
            targets.append((leads[0], query))
        rows.append(cells)
    table_view.draw(
        key=key,
        label=title,
        columns=[
            {
                "k": c.name,
                "l": c.heading(currency),
                "n": c.is_numeric,
                "h": c.help,
                "o": on_sort is not None,
            }
            for c in columns
        ],
        rows=rows,
        totals=totals,
        sort=sort,
        on_sort=on_sort,
        targets=targets,
        **({} if ticks is None else _ticks(*ticks)),
    )


def _ticks(key: str, ids: list[str]) -> dict[str, Any]:
    """What the drawn table needs for check boxes; ticks on other pages stay when those of this one change."""
    slot = f"{key}.ticked"
    ticked = st.session_state.setdefault(slot, [])

    def now(of_page: list[str]) -> None:
        st.session_state[slot] = [row_id for row_id in ticked if row_id not in ids] + of_page

    return {"ids": ids, "ticked": [row_id for row_id in ticked if row_id in ids], "on_tick": now}


def _filter(store, relation, arguments, column, label, key, where) -> list[Condition]:
    """A choice among the column's values; seeded by the address (`?industry=…`) when first shown."""
    slot = f"{key}.filter.{column}"
    choices = store.choices(relation, arguments, column, where=[c for c in where if c.column != column])
    choices = [c for c in choices if c is not None]
    if slot not in st.session_state and st.query_params.get(column) in choices:
        st.session_state[slot] = st.query_params[column]
    if st.session_state.get(slot) not in (None, *choices):
        choices = [*choices, st.session_state[slot]]
    picked = st.selectbox(
        label,
        choices,
        index=None,
        key=slot,
        placeholder=_("All"),
        width=170,
        format_func=lambda value: (
            state(value).word if column.endswith("state") or column in ("verdict", "trend") else plain(value)
        ),
        persist_state="session",
    )
    return [] if picked is None else [Condition(column, "=", picked)]


def _total_cells(columns: Sequence[Column], sums: Mapping[str, tuple], total: int) -> list[dict]:
    cells: list[dict] = []
    for at, column in enumerate(columns):
        if column.name not in sums:
            cells.append({"t": _("Total of {count}").format(count=f"{total:,}") if at == 0 else ""})
            continue
        amount, known = sums[column.name]
        drawn = cell({column.name: amount}, column)
        if known < total:
            drawn["h"] = _("{count} of {total} are known; the rest is not counted as 0.").format(
                count=known, total=total
            )
            drawn["t"] += "\N{NO-BREAK SPACE}*" if amount is not None else ""
        cells.append(drawn)
    return cells


def _count(found: Rows, at: int, rows_per_page: int, page_key: str) -> None:
    if found.total <= rows_per_page:
        st.caption(several("{count} row", "{count} rows", found.total), width="content")
        return
    first = (at - 1) * rows_per_page + 1
    shown = _("{first}–{last} of {total}").format(first=first, last=first + len(found) - 1, total=f"{found.total:,}")
    st.caption(shown, width="content")
    st.pagination(-(-found.total // rows_per_page), key=page_key, persist_state="session")


def _notes(frame: Frame, sought: str, where: Sequence[Condition]) -> list[tuple[str, str]]:
    conditions = "; ".join(
        c.value.label
        if isinstance(c.value, Among)
        else f"{c.column} {c.comparison} {', '.join(map(str, c.value)) if c.comparison == 'one_of' else c.value}"
        for c in where
    )
    return [
        (_("As of"), day(frame.as_of)),
        (_("Currency"), frame.currency),
        (_("Search"), sought or _("none")),
        (_("Conditions"), conditions or _("none")),
    ]


def _downloads(
    everything: Callable[[], Rows],
    headings: Mapping[str, str],
    *,
    key: str,
    title: str,
    total: int,
    notes: list[tuple[str, str]],
) -> None:
    def written(kind: str) -> bytes:
        rows = everything()
        names = [headings.get(name, name) for name in rows.columns]
        return files.as_csv(names, rows.rows) if kind == "csv" else files.as_xlsx(title, names, rows.rows, notes)

    stem = "-".join(plain(title).lower().split())
    for kind, mime in (("csv", files.CSV_MIME), ("xlsx", files.XLSX_MIME)):
        st.download_button(
            kind.upper(),
            data=lambda kind=kind: written(kind),
            file_name=f"{stem}.{kind}",
            mime=mime,
            key=f"{key}.{kind}",
            help=_("Download all {count} rows").format(count=f"{total:,}"),
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )

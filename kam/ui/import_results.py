"""What an import did or would do: rows and amounts by outcome, the rows that do not fit, and how to take it back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from kam import access, ledgers
from kam.ledgers import ImportResult
from kam.store import Condition
from kam.ui.cells import Column
from kam.ui.figures import figures
from kam.ui.files import CSV_MIME
from kam.ui.frame import Frame
from kam.ui.headers import facts
from kam.ui.import_draft import Draft
from kam.ui.import_samples import missing_rates, read_as, samples
from kam.ui.tables import record_table, relation_table
from kam.ui.text import escaped
from kam.units import day
from kam.words import _, several

_PROBLEMS_SHOWN = 10
_OUTCOMES = {
    "read": _("Rows read"),
    "inserted": _("New"),
    "updated": _("Updated"),
    "unchanged": _("Unchanged"),
    "rejected": _("Rejected"),
    "left_out": _("Left out"),
}


def import_outcome(frame: Frame, draft: Draft, result: ImportResult) -> int:
    """What an import would do: counts, control totals, accounts, and the first rows that do not fit.

    Returns how many rows would be new or changed.
    """
    _counts(result.rows.document())
    _totals({currency: totals.document() for currency, totals in result.control_totals.items()})
    _line_kinds([each.document() for each in result.line_kinds])
    if result.accounts_created:
        st.write(several("{count} account will be made.", "{count} accounts will be made.", result.accounts_created))
    missing_rates(result)
    read_as(result)
    samples(result)
    if result.problems:
        _problem_table(
            [
                {
                    "line": problem.line,
                    "column": problem.column,
                    "text": problem.text,
                    "reason": problem.reason,
                    "message": problem.message,
                }
                for problem in result.problems[:_PROBLEMS_SHOWN]
            ]
        )
        if len(result.problems) > _PROBLEMS_SHOWN:
            st.caption(_("The first {count} faults are shown.").format(count=_PROBLEMS_SHOWN))
        _rejects_button(
            lambda: ledgers.rejects_to_come(frame.store, draft.table, draft.paths, who=frame.person, **draft.said),
            "preview",
        )
    coming = result.rows.inserted + result.rows.updated
    if not coming and result.rows.rejected == result.rows.read > 0:
        st.info(_("No row of the file fits: put right how it is mapped, or correct the rows and bring it in again."))
    elif not coming:
        st.info(_("No row of the file is new or changed: there is nothing to import."))
    return coming


def import_record(frame: Frame, record: Mapping[str, Any]) -> None:
    """A finished import: who took in what and when, its counts and totals, its rejected rows to download."""
    facts(
        [
            (_("File"), record["file_name"]),
            (_("Table"), record["table_name"].replace("_", " ")),
            (_("On"), f"{day(record['finished_at'].date())}, {record['finished_at']:%H:%M} UTC"),
            (_("By"), _name(frame, record["person_id"])),
            (_("Undone on"), day(record["undone_at"].date()) if record["undone_at"] else None),
        ]
    )
    _counts({name: record[f"{name}_count"] for name in _OUTCOMES})
    _totals(json.loads(record["control_totals"]))
    _line_kinds(json.loads(record["line_kinds"] or "[]"))
    if not record["rejected_count"]:
        return
    held = frame.store.read(
        "ledgers.import_rejects",
        columns=("line_no", "column_name", "original_text", "reason", "message"),
        where=[Condition("import_id", "=", record["import_id"])],
        order_by=[("line_no", False)],
        limit=200,
    )
    _problem_table([dict(zip(("line", "column", "text", "reason", "message"), row, strict=True)) for row in held.rows])
    _rejects_button(lambda: ledgers.rejects_file(frame.store, record["import_id"]), str(record["import_id"]))


def _rejects_button(content: Callable[[], bytes], key: str) -> None:
    st.download_button(
        _("Download the rejected rows"),
        data=content,
        file_name=f"rejects-{key}.csv",
        mime=CSV_MIME,
        on_click="ignore",
        icon=":material/download:",
        help=_("In the file's own shape with the reasons beside: correct them and import the file again."),
        key=f"rejects.{key}",
    )


def imports_table(frame: Frame) -> None:
    """All imports, newest first; each opens to its record."""
    relation_table(
        frame,
        "ledgers.imports",
        None,
        [
            Column("file_name", _("File")),
            Column("table_name", _("Table"), "words"),
            Column("finished_at", _("On"), "datetime"),
            Column("read_count", _("Rows read"), "count"),
            Column("inserted_count", _("New"), "count"),
            Column("updated_count", _("Updated"), "count"),
            Column("unchanged_count", _("Unchanged"), "count"),
            Column("rejected_count", _("Rejected"), "count"),
            Column("left_out_count", _("Left out"), "count"),
            Column("undone_at", _("Undone"), "datetime"),
        ],
        key="imports",
        title=_("Imports so far"),
        search=("file_name", "table_name"),
        order_by=("import_id", True),
        opens=("import", {"import": "import_id"}),
        ids=("import_id",),
        empty=_("Nothing has been imported yet: drop a file to begin."),
    )


def import_progress() -> Callable[[str, float], None]:
    """A bar that says what is being done; pass it to the import."""
    bar = st.progress(0.0, text=_("Reading"))
    return lambda doing, done: bar.progress(min(max(done, 0.0), 1.0), text=doing)


def _name(frame: Frame, person_id: str) -> str:
    return next((p.name for p in access.people(frame.store) if p.person_id == person_id), person_id)


def _counts(counts: Mapping[str, int]) -> None:
    figures(*[{"label": label, "value": counts[name], "unit": "count"} for name, label in _OUTCOMES.items()])


def _totals(totals: Mapping[str, Mapping[str, str]]) -> None:
    """Net revenue in the file's currency, split the same way; it adds up to what was read."""
    if not totals:
        return
    from decimal import Decimal

    rows = [
        {"currency": currency} | {name: Decimal(split[name]) for name in _OUTCOMES}
        for currency, split in totals.items()
    ]
    st.markdown(f"**{_('Control totals in the file’s currency')}**")
    labels = {**_OUTCOMES, "read": _("Net revenue read")}
    record_table(
        rows,
        [Column("currency", _("Currency")), *(Column(n, label, "number", decimals=2) for n, label in labels.items())],
        key="control_totals",
        title=_("Control totals in the file's currency"),
        empty="",
    )


def _line_kinds(kinds: Sequence[Mapping[str, Any]]) -> None:
    """Lines by kind, and both totals: what counts as revenue, and what is kept for reconciliation alone."""
    if not kinds:
        return
    from decimal import Decimal

    inside = {True: _("in revenue"), False: _("out of revenue")}
    rows = [
        {
            **each,
            "kind": each["kind"] or _("ordinary lines"),
            "counts": inside[each["in_revenue"]],
            "amount": Decimal(each["amount"]),
        }
        for each in kinds
    ]
    totals = {}
    for row in rows:
        key = (row["currency"], row["counts"])
        totals[key] = totals.get(key, Decimal(0)) + row["amount"]
    st.write(
        " · ".join(
            _("{currency} {amount} {where}").format(currency=escaped(currency), amount=f"{amount:,.2f}", where=where)
            for (currency, where), amount in sorted(totals.items())
        )
    )
    record_table(
        rows,
        [
            Column("kind", _("Kind")),
            Column("counts", _("Counts")),
            Column("currency", _("Currency")),
            Column("rows", _("Lines"), "count"),
            Column("amount", _("Net revenue"), "number", decimals=2),
        ],
        key="line_kinds",
        title=_("Lines by kind"),
        empty="",
    )


def _problem_table(problems: Sequence[Mapping[str, Any]]) -> None:
    st.markdown(f"**{_('Rows that do not fit')}**")
    record_table(
        problems,
        [
            Column("line", _("Line")),
            Column("column", _("Column")),
            Column("text", _("What stands there")),
            Column("message", _("What is wrong")),
        ],
        key="problems",
        title=_("Rows that do not fit"),
        empty="",
    )

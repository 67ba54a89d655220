"""What makes next month's import a matter of seconds: mappings kept by name, the watched folder, templates."""

from __future__ import annotations

import streamlit as st

from kam import ledgers
from kam.ui.cells import Column
from kam.ui.files import CSV_MIME, XLSX_MIME
from kam.ui.forms import form
from kam.ui.frame import Frame
from kam.ui.import_draft import Draft
from kam.ui.refusals import refusals_shown
from kam.ui.session import today
from kam.ui.tables import record_table
from kam.ui.text import escaped
from kam.words import _, several


def keep_mapping(frame: Frame, draft: Draft) -> None:
    """Keep the mapping of this draft under a name."""
    with (
        st.expander(_("Keep this mapping for the next file"), expanded=False),
        form("keep", _("Keep it"), is_primary=False) as asked,
    ):
        name = st.text_input(_("Name"), max_chars=80, placeholder=_("Monthly invoices"))
    if asked.sent:
        with refusals_shown(asked):
            ledgers.save_mapping(
                frame.store,
                name,
                draft.whole_mapping,
                creates_accounts=draft.create_accounts,
                who=frame.person,
                op_id=asked.op_id,
            )
            st.success(
                escaped(_("Kept as {name}: it is offered for every file that has these columns.").format(name=name))
            )


def kept_mappings(frame: Frame) -> None:
    """The kept mappings, each to download, and one to take away."""
    kept = ledgers.saved_mappings(frame.store)
    record_table(
        [
            {
                "name": m.name,
                "table": m.mapping.table,
                "columns": len(m.mapping.columns),
                "creates": m.creates_accounts,
                "saved_by": m.saved_by,
                "saved_at": m.saved_at,
            }
            for m in kept
        ],
        [
            Column("name", _("Mapping")),
            Column("table", _("Facts"), "words"),
            Column("columns", _("Columns"), "count"),
            Column("creates", _("Makes accounts")),
            Column("saved_by", _("Kept by")),
            Column("saved_at", _("On"), "datetime"),
        ],
        key="kept",
        title=_("Kept mappings"),
        empty=_("No mapping is kept yet: map a file once, and keep its mapping under a name for the next one."),
    )
    if not kept:
        return
    names = [m.name for m in kept]
    chosen = st.selectbox(_("Mapping"), names, key="kept.chosen")
    held = next(m for m in kept if m.name == chosen)
    st.download_button(
        _("Download as TOML"),
        data=held.mapping.as_toml().encode(),
        file_name="mapping.toml",
        mime="application/toml",
        on_click="ignore",
        key="kept.toml",
    )
    with form("forget", _("Take this mapping away"), is_primary=False, border=False) as asked:
        st.caption(_("Imports that were made by it stay."))
    if asked.sent:
        with refusals_shown(asked):
            ledgers.forget_mapping(frame.store, chosen, who=frame.person, op_id=asked.op_id)
            asked.done(_("{name} is gone.").format(name=chosen))


def watched_folder(frame: Frame) -> None:
    """The rules of the watched folder, what lies in it, and what came of its files."""
    rules = ledgers.inbox_rules(frame.store).records()
    waiting = ledgers.waiting_files(frame.store)
    st.markdown(
        _(
            "Files that are put into **{folder}** beside the database are taken in while the workbench runs, by the first rule "
            "that names them; a report lies beside each afterwards."
        ).format(folder=escaped(ledgers.inbox_folder(frame.store).name))
    )
    st.markdown(f"**{_('Rules, tried in this order')}**")
    record_table(
        rules,
        [
            Column("pattern", _("File names")),
            Column("mapping_name", _("By the mapping")),
            Column("added_by", _("Added by")),
            Column("added_at", _("On"), "datetime"),
        ],
        key="inbox.rules",
        title=_("Rules, tried in this order"),
        empty=_("No rule yet: keep a mapping first, then say which files it reads."),
    )
    _new_rule(frame)
    if rules:
        _old_rule(frame, rules)
    st.markdown(f"**{_('Waiting in the folder')}**")
    record_table(
        [{"name": path.name, "size": path.stat().st_size / 1024} for path in waiting],
        [Column("name", _("File")), Column("size", _("Size, kB"), "number", decimals=0)],
        key="inbox.waiting",
        title=_("Waiting in the folder"),
        empty=_("Nothing lies in the folder."),
    )
    if waiting and st.button(_("Take them in now"), key="inbox.take"):
        with refusals_shown(), st.spinner(_("Taking in …")):
            taken = ledgers.take_in(frame.store, who=frame.person, today=today())
            st.success(several("{count} file was looked at.", "{count} files were looked at.", len(taken)))
    _outcomes(frame)


def _new_rule(frame: Frame) -> None:
    kept = [m.name for m in ledgers.saved_mappings(frame.store)]
    if not kept:
        return
    with form("rule", _("Add the rule"), is_primary=False) as asked:
        left, right = st.columns(2)
        pattern = left.text_input(_("File names"), max_chars=100, placeholder="invoices-*.csv")
        mapping = right.selectbox(_("By the mapping"), kept)
    if asked.sent:
        with refusals_shown(asked):
            ledgers.add_inbox_rule(frame.store, pattern, mapping, who=frame.person, op_id=asked.op_id)
            asked.done(_("Files named {pattern} are taken in from now on.").format(pattern=pattern))


def _old_rule(frame: Frame, rules: list[dict]) -> None:
    with st.expander(_("End a rule"), expanded=False), form("endrule", _("End it"), is_primary=False) as asked:
        names = {rule["rule_id"]: f"{rule['pattern']} → {rule['mapping_name']}" for rule in rules}
        chosen = st.selectbox(_("Rule"), list(names), format_func=names.__getitem__)
    if asked.sent:
        with refusals_shown(asked):
            ledgers.end_inbox_rule(frame.store, chosen, who=frame.person, op_id=asked.op_id)
            asked.done(_("The rule has ended; what it took in stays."))


def _outcomes(frame: Frame) -> None:
    import json

    rows = ledgers.taken_files(frame.store, limit=50).records()
    for row in rows:
        report = json.loads(row["report"])
        row["message"] = report["error"]["message"] if "error" in report else report["message"]
    st.markdown(f"**{_('What came of its files')}**")
    record_table(
        rows,
        [
            Column("file_name", _("File")),
            Column("outcome", _("Outcome"), "status"),
            Column("message", _("What happened")),
            Column("taken_at", _("On"), "datetime"),
        ],
        key="inbox.files",
        title=_("What came of its files"),
        opens=("import", {"import": "import_id"}),
        empty=_("No file has been taken in yet."),
    )


def templates(frame: Frame) -> None:
    """An empty file per table, and what each column holds."""
    table = st.selectbox(
        _("Facts"), list(ledgers.TABLES), format_func=lambda name: name.replace("_", " "), key="template.table"
    )
    with st.container(horizontal=True):
        for kind, mime in (("xlsx", XLSX_MIME), ("csv", CSV_MIME)):
            st.download_button(
                _("Empty {kind} file").format(kind=kind.upper()),
                data=lambda kind=kind: ledgers.template(table, kind),
                file_name=f"{table}.{kind}",
                mime=mime,
                on_click="ignore",
                key=f"template.{kind}",
            )
        st.download_button(
            _("What is held now, as CSV"),
            data=lambda: ledgers.exported(frame.store, table, "csv"),
            file_name=f"{table}.csv",
            mime=CSV_MIME,
            on_click="ignore",
            key="template.held",
            help=_("In the same shape: it can be changed and imported back."),
        )
    record_table(
        ledgers.template_notes(ledgers.TABLES[table]),
        [
            Column("column", _("Column")),
            Column("needed", _("Needed")),
            Column("holds", _("Holds")),
            Column("meaning", _("Meaning")),
        ],
        key="template.notes",
        title=_("Columns"),
        empty="",
    )

"""What do the company's records say, and how do they come in?"""

import streamlit as st

from kam import ledgers, ui
from kam.words import _, several

frame = ui.page(_("Import"), _("What do the company's records say, and how do they come in?"), needs_ledger=False)
asked = ui.asked("import")


def bring_in():
    """A file, what it seems to be, what would come of it, and its import."""
    draft = result = None
    with ui.refusals_shown():
        draft = ui.import_draft(frame)
        result = ui.import_preview(frame, draft) if draft else None
    if draft is None or result is None:
        return
    st.subheader(_("What the import will do"), anchor=False)
    coming = ui.import_outcome(frame, draft, result)
    ui.near_accounts(frame, draft, result)
    ui.keep_mapping(frame, draft)
    if not coming:
        return
    with ui.form("import", several("Import {count} row", "Import {count} rows", coming)) as form:
        st.caption(_("Rows that do not fit stay outside, with their reasons; the import can be undone as a whole."))
    if form.sent:
        with ui.refusals_shown(form):
            done = ledgers.import_files(
                frame.store,
                draft.table,
                draft.paths,
                who=frame.person,
                op_id=form.op_id,
                progress=ui.import_progress(),
                **draft.said,
            )
            ui.import_finished()
            form.done(done.message, page="import", label=_("See what it did"), **{"import": str(done.import_id)})


def one_import(record):
    """What an import did, and its undoing."""
    ui.link("import", _("All imports"))
    st.subheader(_("Import {number}").format(number=record["import_id"]), anchor=False)
    ui.import_record(frame, record)
    if record["undone_at"] is not None:
        return
    st.caption(_("Undoing takes back every row of this import and restores what it changed; other imports stay."))
    if (undo := ui.press("undo", _("Undo this import"))).sent:
        with ui.refusals_shown(undo):
            undone = ledgers.undo_import(frame.store, record["import_id"], who=frame.person, op_id=undo.op_id)
            undo.done(undone.message)


opened = ledgers.import_record(frame.store, int(asked)) if asked.isdecimal() else None
if opened is not None:
    one_import(opened)
else:
    ui.tabs(
        {
            _("Bring in a file"): bring_in,
            _("Imports so far"): lambda: ui.imports_table(frame),
            _("Kept mappings"): lambda: ui.kept_mappings(frame),
            _("Watched folder"): lambda: ui.watched_folder(frame),
            _("Templates"): lambda: ui.templates(frame),
        }
    )

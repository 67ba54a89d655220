"""What have we learned that helps with an account like this one?"""

from kam import ui
from kam.words import _

frame = ui.page(_("Knowledge"), _("What have we learned that helps with an account like this one?"), needs_ledger=False)

if not ui.opened_entry(frame):
    ui.knowledge_answer(frame)
    ui.tabs(
        {
            _("Knowledge"): lambda: ui.knowledge_list(frame),
            _("Write an entry"): lambda: ui.write_entry(frame),
        }
    )

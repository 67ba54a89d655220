"""What did we promise our key accounts, and do we keep it?"""

from kam import ui
from kam.words import _

frame = ui.page(_("Service"), _("What did we promise our key accounts, and do we keep it?"))

ui.promise_figures(frame)
ui.tabs(
    {
        _("Commitments"): lambda: ui.all_commitments(frame),
        _("Complaints"): lambda: ui.all_complaints(frame),
        _("Functions"): lambda: ui.function_table(frame),
        _("Price and other measures"): lambda: ui.all_concessions(frame),
    }
)

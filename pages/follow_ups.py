"""Whom do I follow up today?"""

from kam import ui
from kam.words import _

frame = ui.page(_("Follow-ups"), _("Whom do I follow up today?"))

ui.follow_up_figures(frame)
ui.tabs(
    {
        _("Today"): lambda: ui.follow_up_list(frame),
        _("Regrading"): lambda: ui.regrading(frame),
        _("In time"): lambda: ui.follow_up_compliance(frame),
    }
)

"""Which plans move, and which actions are late?"""

from kam import ui
from kam.words import _

frame = ui.page(_("Plans"), _("Which plans move, and which actions are late?"))

ui.plan_figures(frame)
ui.tabs(
    {
        _("Plans"): lambda: ui.plan_list(frame),
        _("Actions"): lambda: ui.plan_actions(frame),
        _("Opportunities"): lambda: ui.all_opportunities(frame),
        _("Contracts"): lambda: ui.all_contracts(frame),
        _("Stages"): lambda: ui.adopt_stages(frame),
    }
)

"""What if an account's price, drop size, rush fee or payment terms were different?"""

from kam import ui
from kam.words import _

frame = ui.page(_("Scenarios"), _("What if an account's price, drop size, rush fee or payment terms were different?"))

ui.tabs(
    {
        _("Try"): lambda: ui.try_scenario(frame),
        _("Kept"): lambda: ui.kept_scenarios(frame),
        _("Compare two"): lambda: ui.compared_scenarios(frame),
    }
)

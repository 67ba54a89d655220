"""How far has the company come with the change that key account management is, and what comes next?"""

from kam import ui
from kam.words import _

frame = ui.page(
    _("Programme change"),
    _("How far has the company come with the change that key account management is, and what comes next?"),
    needs_ledger=False,
)
found = ui.change_answer(frame)
ui.tabs(
    {
        _("Seven steps"): lambda: ui.change_steps(frame, found),
        _("Functions"): lambda: ui.change_functions(frame),
        _("Roadmap"): lambda: ui.change_roadmap(frame),
        _("The case"): lambda: ui.change_case(frame),
        _("Stage"): lambda: ui.change_stage(frame),
    }
)

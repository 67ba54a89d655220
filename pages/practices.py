"""Which practices of others and of our own are worth having, and what came of those we took up?"""

from kam import ui
from kam.words import _

frame = ui.page(
    _("Best practices"),
    _("Which practices of others and of our own are worth having, and what came of those we took up?"),
    needs_ledger=False,
)
rows = ui.practices_answer(frame)
ui.tabs(
    {
        _("Register"): lambda: ui.practice_register(frame),
        _("Decide and follow up"): lambda: ui.practice_decision(frame, rows),
    }
)

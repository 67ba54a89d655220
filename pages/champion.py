"""Who carries key account management, and does the top team stand behind it?"""

from kam import ui
from kam.words import _

frame = ui.page(
    _("Champion"), _("Who carries key account management, and does the top team stand behind it?"), needs_ledger=False
)
ui.champion_answer(frame)
ui.tabs(
    {
        _("Agenda"): lambda: ui.champion_agenda(frame),
        _("Roadshow"): lambda: ui.champion_roadshow(frame),
        _("Terms"): lambda: ui.champion_terms(frame),
    }
)

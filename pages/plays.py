"""Which accounts get what next, which do not, and what was done?"""

from kam import ui
from kam.words import _

frame = ui.page(_("Plays"), _("Which accounts get what next, which do not, and what was done?"))

if not (ui.opened_play(frame) or ui.opened_list(frame)):
    ui.plays_answer(frame)
    ui.tabs(
        {
            _("Plays"): lambda: ui.play_register(frame),
            _("Lists"): lambda: ui.play_lists(frame),
            _("Make a play"): lambda: ui.make_play(frame),
        }
    )

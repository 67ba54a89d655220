"""Who buys, how regularly, and who has gone quiet?"""

from kam import ui
from kam.words import _

frame = ui.page(_("Rhythm"), _("Who buys, how regularly, and who has gone quiet?"))

ui.buying_answer(frame)
ui.tabs(
    {
        _("Accounts"): lambda: ui.buying_table(frame),
        _("Segments"): lambda: ui.segment_sizes(frame),
        _("Concentration"): lambda: ui.concentration(frame),
    }
)

"""Which accounts belong together?"""

from kam import ui
from kam.words import _

frame = ui.page(_("Segments"), _("Which accounts belong together?"))

ui.tabs(
    {
        _("Segments"): lambda: ui.saved_segments(frame),
        _("Tags"): lambda: ui.tags(frame),
        _("Fields"): lambda: ui.custom_fields(frame),
    }
)

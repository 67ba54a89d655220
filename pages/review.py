"""What does this review have to talk about, what was decided, and what changed since the last one?"""

from kam import ui
from kam.words import _

frame = ui.page(_("Review"), _("What is there to talk about, what is decided, and what changed since the last one?"))
review = ui.opened_review(frame)
if review is not None:
    ui.review_room(frame, review)

"""Which dates of our customers come next?"""

from kam import ui
from kam.words import _

frame = ui.page(_("Dates to remember"), _("Which dates of our customers come next?"))

ui.dates_answer(frame)
ui.date_table(frame)

"""What is being decided, what was decided, and does the record still stand?"""

import streamlit as st

from kam import selection, ui
from kam.words import _

frame = ui.page(
    _("Cycle and decisions"), _("What is being decided, what was decided, and does the record still stand?")
)
cycle = ui.choose_cycle(frame)

if cycle is not None:
    ui.cycle_told(frame, cycle)
elif selection.adopted(frame.store, frame.as_of) is None:
    ui.empty(
        _("No criteria hold on this day."),
        _("Adopt written eligibility criteria first; a selection cycle judges every account by them."),
        page="criteria",
        label=_("Draft criteria"),
    )
    st.stop()
else:
    st.markdown(_("**No selection cycle was opened yet.** Open one: it judges every account on one day."))
ui.cycle_account(frame, cycle)

ui.tabs(
    {
        _("Steps"): lambda: ui.cycle_steps(frame, cycle),
        _("Record"): lambda: ui.cycle_record(frame, cycle),
        _("As decided and now"): lambda: ui.cycle_now(frame, cycle),
        _("Waiting list"): lambda: ui.waiting_list(frame),
        _("Exceptions"): lambda: ui.exceptions(frame),
        _("All cycles"): lambda: ui.cycles_table(frame),
    }
)

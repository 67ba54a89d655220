"""Are the right people managing our key accounts, and with how much?"""

import streamlit as st

from kam import managers, ui
from kam.words import _

frame = ui.page(_("Account managers"), _("Are the right people managing our key accounts, and with how much?"))
load = frame.store.read("managers.load", {"as_of": frame.as_of}).records()

if not load:
    ui.empty(
        _("No account manager is on record."),
        _("Import the table account_managers: id, name, and where known background, region, languages, max_accounts."),
        page="import",
        label=_("Import account managers"),
    )
    st.stop()

manager_id = ui.opened_manager(frame)
if manager_id is None:
    ui.manager_figures(frame, load)
    ui.tabs(
        {
            _("Load"): lambda: ui.manager_list(frame),
            _("The right person"): lambda: ui.right_person(frame),
            _("Training"): lambda: ui.function_training(frame),
            _("How they are measured"): lambda: ui.scheme_list(frame),
        }
    )
else:
    profile = managers.profile(frame.store, manager_id, frame.as_of, for_whom=frame.person)
    ui.manager_head(frame, profile)
    ui.tabs(
        {
            _("Competencies"): lambda: ui.manager_competencies(frame, profile),
            _("Accounts"): lambda: ui.manager_accounts(frame, profile),
            _("Rate"): lambda: ui.rate_manager(frame, profile),
            _("Training plan"): lambda: ui.manager_training(frame, profile),
            _("Scorecard"): lambda: ui.manager_scorecard(frame, profile),
            _("Presence"): lambda: ui.manager_presence(frame, profile),
        },
        key="of",
    )

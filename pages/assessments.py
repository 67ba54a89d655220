"""What do we know that the ledger does not say?"""

import streamlit as st

from kam import selection, ui
from kam.words import _

frame = ui.page(_("Assessments"), _("What do we know that the ledger does not say?"))


def account():
    """One account: what is assessed, the customer's success factors, where it is meant to go."""
    account_id = ui.assessments_of_account(frame)
    if account_id is None:
        return
    st.subheader(_("Record an assessment"), anchor=False)
    ui.record_assessment(frame, account_id)
    st.subheader(_("The customer's success factors"), anchor=False)
    ui.success_factors(frame, account_id)
    st.subheader(_("Planned position"), anchor=False)
    ui.plan_position(frame, account_id)


def overview():
    """What is stale or missing among key accounts and candidates."""
    accounts, wanted = selection.assessed_accounts(
        frame.store, frame.as_of, where=frame.narrowing(), for_whom=frame.person
    )
    ui.assessments_overview(frame, accounts, wanted)


views = {_("Stale or missing"): overview, _("One account"): account}
if frame.account_id is not None:
    views = dict(reversed(views.items()))
ui.tabs(views | {_("All records"): lambda: ui.assessments_table(frame)})

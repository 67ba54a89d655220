"""What will our key accounts be worth, and how sure is that?"""

import streamlit as st

from kam import ui
from kam.words import _

frame = ui.page(_("Lifetime value"), _("What will our key accounts be worth, and how sure is that?"))
with st.container(horizontal=True, vertical_alignment="bottom"):
    years = st.segmented_control(_("Years ahead"), [3, 4, 5], default=3, required=True, key="outlook.years")
    risk = ui.risk_choice()
found = ui.read_outlooks(frame, years=years, risk=risk)

ui.outlook_figures(frame, found)
frame.says_whole()
ui.tabs(
    {
        _("Key accounts"): lambda: ui.outlook_table(frame, found),
        _("One account"): lambda: ui.one_outlook(frame, found),
        _("Everyone else"): lambda: ui.everyone_else(frame, found),
        _("Reconciliation"): lambda: ui.value_reconciliation(frame, found),
        _("Rates and risk"): lambda: ui.rates_and_risk(frame, found),
        _("Which forecast"): lambda: ui.forecast_verdict(frame, found),
    }
)
